"""Trials: warehouses that are disturbed in rounds, each compared in the end with one that never was."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults.jobs import Job, jobs, make_all_due
from tests.faults.killing import kill_at_random
from tests.faults.tables import Difference, differences, stored_rows
from tests.faults.world import World

EDITS, MORE = 2, 10
UP_SPAN_S = 15.0
# Seconds until a command begins its work, and the least time in which it is killed then.
START_S, LEAST_SPAN_S = 1.5, 2.0
MAX_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a disturbed warehouse came to: how often its command was killed in its work, and what differs then."""

    command: str
    kills: int
    differences: tuple[Difference, ...]

    @property
    def lost(self) -> int:
        """Return how many rows are missing."""
        return sum(one.lost.total() for one in self.differences)

    @property
    def doubled(self) -> int:
        """Return how many rows are there beyond those of an undisturbed run."""
        return sum(one.doubled.total() for one in self.differences)


def run_trials(
    world: World, env: Mapping[str, str], folder: Path, plan: Mapping[str, Sequence[int]], seed: int
) -> Iterator[Outcome]:
    """Yield the outcome of each disturbed warehouse; ``plan`` says how often each is killed, by command.

    The kills of a warehouse are spread over the rounds of its command: the site changes between them.
    """
    chance = random.Random(seed)
    by_name = jobs(world, env)
    if on_site := {name: kills for name, kills in plan.items() if name in ("watch", "up")}:
        changes = (lambda: None, lambda: world.newsroom.edit(EDITS), lambda: world.newsroom.publish_more(MORE))
        disturbed = [(by_name[name], kills) for name, kills in on_site.items()]
        yield from _rounds(by_name["watch"], disturbed, changes, folder, chance)
    for name in sorted(plan.keys() - on_site.keys()):
        yield from _rounds(by_name[name], [(by_name[name], plan[name])], (lambda: None,), folder, chance)


def _rounds(
    undisturbed: Job,
    disturbed: Sequence[tuple[Job, Sequence[int]]],
    changes: Sequence[Callable[[], object]],
    folder: Path,
    chance: random.Random,
) -> Iterator[Outcome]:
    whole = folder / f"{undisturbed.name}-whole.duckdb"
    warehouses = [
        (job, n, folder / f"{job.name}-{number}.duckdb") for job, kills in disturbed for number, n in enumerate(kills)
    ]
    killed = dict.fromkeys((path for _, _, path in warehouses), 0)
    for number, change in enumerate(changes):
        change()
        span_s = _timed(undisturbed, whole)
        for job, n, path in warehouses:
            for _ in range(n // len(changes) + (number < n % len(changes))):
                killed[path] += _killed(job, path, chance, UP_SPAN_S if job.name == "up" else span_s)
            job.finish(path)
    expected = stored_rows(whole)
    for job, _, path in warehouses:
        yield Outcome(job.name, killed[path], tuple(differences(expected, stored_rows(path))))


def _killed(job: Job, warehouse: Path, chance: random.Random, span_s: float) -> bool:
    """Kill the job in its work, with less and less time where it was through before; tell whether it was met."""
    for attempt in range(MAX_ATTEMPTS):
        if kill_at_random(job, warehouse, chance, span_s / 2**attempt):
            return True
        make_all_due(warehouse)
    return False


def _timed(job: Job, warehouse: Path) -> float:
    """Run the job to its end; return how long its first cycle took, without the start of the program."""
    began = time.monotonic()
    job.once(warehouse)
    span_s = max(time.monotonic() - began - START_S, LEAST_SPAN_S)
    job.finish(warehouse)
    return span_s
