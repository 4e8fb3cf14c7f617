"""``python -m tests.bench.costs WAREHOUSE [--json]``: what commands that only read cost beside bare DuckDB, in one run.

Processor seconds of whole processes, the least of several; the ratios travel from machine to machine. WAREHOUSE is a
published file, such as ``tests.bench.warehouses`` makes.
"""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from subprocess import DEVNULL, run
from textwrap import dedent

TIMES = 5
FLOOR = """
import duckdb, sys
duckdb.connect(sys.argv[1], read_only=True).execute("SELECT 1").fetchall()
"""
COMMANDS = {
    "sql 'select 1'": ("sql", "select 1"),
    "status": ("status",),
    "search 'red line'": ("search", "red line"),
    "search by a beginning": ("search", "dron*"),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command costs in processor seconds, and how many times the floor."""

    name: str
    seconds: float
    ratio: float


def seconds_of(call: Sequence[str]) -> float:
    """Return the processor seconds of a process, the least of several runs. Raises where it fails."""
    return min(_once(call) for _ in range(TIMES))


def _once(call: Sequence[str]) -> float:
    before = os.times()
    run(call, stdout=DEVNULL, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def measure(warehouse: Path) -> list[Cost]:
    """Return the floor and each command."""
    floor = seconds_of((sys.executable, "-c", dedent(FLOOR), str(warehouse)))
    found = {"floor: import duckdb and connect": floor}
    for name, words in COMMANDS.items():
        call = (sys.executable, "-m", "flows.commands.cli", *words, "--warehouse", str(warehouse))
        found[name] = seconds_of(call)
    return [Cost(name, round(seconds, 3), round(seconds / floor, 2)) for name, seconds in found.items()]


def main() -> None:
    """Print the costs as a table or as JSON."""
    words = [one for one in sys.argv[1:] if one != "--json"]
    if len(words) != 1 or not Path(words[0]).is_file():
        sys.exit(__doc__)
    costs = measure(Path(words[0]))
    if "--json" in sys.argv:
        print(json.dumps([asdict(one) for one in costs], indent=1))
        return
    for one in costs:
        print(f"{one.name:<34}{one.seconds:>8.3f} s{one.ratio:>8.2f} x")


if __name__ == "__main__":
    main()
