"""The full figure: `python -m tests.faults.kills [--kills 60] [--seed 1]` kills real commands and prints a table."""

import argparse
import tempfile
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.faults.trial import Outcome, run_trials
from tests.faults.world import serve_world
from tests.flows.prefect_server import serve_prefect

SHARES = {"watch": 0.4, "up": 0.2, "replay": 0.2, "backfill": 0.2}
OF_ONE = 6  # kills of one warehouse before it is compared


def main() -> None:
    """Run the trials and print what they came to, by command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    plan = {name: _parts(round(given.kills * share)) for name, share in SHARES.items()}
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        with contextmanager(serve_prefect)(folder / "prefect") as env, serve_world(folder, given.seed) as world:
            outcomes = []
            for outcome in run_trials(world, env, folder, plan, given.seed):
                outcomes.append(outcome)
                print(outcome.command, outcome.kills, *outcome.differences, sep="\n  ", flush=True)
    print(table(outcomes))


def table(outcomes: Sequence[Outcome]) -> str:
    """Return one row a command."""
    rows = ["command    killed  warehouses  equal  rows lost  rows doubled"]
    for name in SHARES:
        own = [one for one in outcomes if one.command == name]
        equal = sum(not one.differences for one in own)
        lost, doubled = sum(one.lost for one in own), sum(one.doubled for one in own)
        rows.append(f"{name:<9}{sum(one.kills for one in own):>8}{len(own):>12}{equal:>7}{lost:>11}{doubled:>14}")
    return "\n".join(rows)


def _parts(n: int) -> tuple[int, ...]:
    return tuple(min(OF_ONE, n - first) for first in range(0, n, OF_ONE))


if __name__ == "__main__":
    main()
