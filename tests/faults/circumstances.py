"""What befalls a command from outside: another one beside it, a folder that cannot be written, too little memory.

`python -m tests.faults.circumstances [--times 3] [--seed 1]` prints a table of what was lost and doubled.
"""

import argparse
import os
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.jobs import Job, jobs
from tests.faults.tables import Difference, Rows, differences, stored_rows
from tests.faults.world import World, serve_world
from tests.flows.command import SEEDS, Process, start
from tests.flows.prefect_server import serve_prefect
from warehouse.connection import open_writer

LIMIT_S = 400
MEBIBYTE = 1 << 20
# Enough for the command to begin its work, too little for it to go on.
MEMORY_MB = (220, 300, 380)
CONTROL_GROUPS = Path("/sys/fs/cgroup/memory")
# They tell of every time a page was asked for: a command beside another asks again, and gives up sooner.
OF_ASKING = frozenset(("captures", "entries", "rejections"))
TRACEBACK = "Traceback (most recent call last)"


class CannotHappenError(Exception):
    """This machine does not allow to bring the circumstance about."""


@dataclass(frozen=True, slots=True)
class Survival:
    """How the commands ended that a circumstance befell, with their last words, and what differs in the end."""

    codes: tuple[int, ...]
    last_words: tuple[str, ...]
    has_traceback: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A world, the commands that work in it, and a folder for their warehouses; ``number`` tells trials apart."""

    world: World
    env: Mapping[str, str]
    folder: Path
    number: int = 0

    @property
    def watch(self) -> Job:
        """Return the command that watches the world's site."""
        return jobs(self.world, self.env)["watch"]

    @property
    def replay(self) -> Job:
        """Return a replay of texts that have nothing to do with the site."""
        words = ("replay", SEEDS, "--config", self.world.config)
        return Job("replay", words, words, self.env, self.env)


def two_watches(trial: Trial) -> Survival:
    """Start one beside the other."""
    return _beside(trial, (trial.watch, trial.watch))


def a_replay_beside_a_watch(trial: Trial) -> Survival:
    """Both write to one warehouse."""
    return _beside(trial, (trial.watch, trial.replay))


def a_read_only_folder(trial: Trial) -> Survival:
    """Take the right to write away between two cycles, and give it back after the second."""
    with small_disk(trial.folder / "disk") as disk:
        path, whole = disk / "w.duckdb", trial.folder / "whole.duckdb"
        for one in (path, whole):
            trial.watch.once(one)
        trial.world.newsroom.publish_more(6)
        _mount("-o", "remount,ro", disk)
        befallen = [_ended(start(*trial.watch.call(path), env=trial.env))]
        _mount("-o", "remount,rw", disk)
        for one in (path, whole):
            trial.watch.once(one)
        return _survival(befallen, whole, path)


def too_little_memory(trial: Trial) -> Survival:
    """Let the kernel end what takes more memory than there is, whichever process that is."""
    whole, path = trial.folder / "whole.duckdb", trial.folder / "w.duckdb"
    with control_group(MEMORY_MB[trial.number % len(MEMORY_MB)]) as group:
        befallen = [_ended(_start_in(group, trial.watch, path))]
    for one in (path, whole):
        trial.watch.once(one)
    return _survival(befallen, whole, path)


CIRCUMSTANCES: Mapping[str, Callable[[Trial], Survival]] = {
    "two watch at once": two_watches,
    "replay beside watch": a_replay_beside_a_watch,
    "read-only folder": a_read_only_folder,
    "memory limit": too_little_memory,
}


def _beside(trial: Trial, commands: Sequence[Job]) -> Survival:
    whole, path = trial.folder / "whole.duckdb", trial.folder / "w.duckdb"
    processes = [start(*job.call(path), env=trial.env) for job in commands]
    befallen = [_ended(one) for one in processes]
    for one in (whole, path):
        for job in {job.name: job for job in commands}.values():
            job.once(one)
    return _survival(befallen, whole, path)


def _ended(process: Process) -> tuple[int, str]:
    _, said = process.communicate(timeout=LIMIT_S)
    return process.wait(), said


def _survival(befallen: Sequence[tuple[int, str]], whole: Path, path: Path) -> Survival:
    last = tuple((said.strip().splitlines() or [""])[-1] for _, said in befallen)
    found = differences(_what_stands(whole), _what_stands(path))
    return Survival(
        tuple(code for code, _ in befallen), last, any(TRACEBACK in said for _, said in befallen), tuple(found)
    )


def _what_stands(warehouse: Path) -> dict[str, Rows]:
    """Return all that was found, and which entries it was found of, but not how often each was asked for."""
    rows = {name: found for name, found in stored_rows(warehouse).items() if name not in OF_ASKING}
    with open_writer(warehouse) as con:
        entries = con.execute("SELECT canonical_url, article_id FROM entries WHERE article_id IS NOT NULL").fetchall()
    return rows | {"entries": Counter(entries)}


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount a disk of its own."""
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", "size=256m", "tmpfs", folder)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def _mount(*words: str | Path) -> None:
    done = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotHappenError(done.stderr.strip())


@contextmanager
def control_group(megabytes: int) -> Iterator[Path]:
    """Make a group of processes that have so much memory together."""
    group = CONTROL_GROUPS / f"tocsin-{os.getpid()}-{time.monotonic_ns()}"
    try:
        group.mkdir()
        (group / "memory.limit_in_bytes").write_text(str(megabytes * MEBIBYTE))
    except OSError as error:
        raise CannotHappenError(str(error)) from error
    try:
        yield group
    finally:
        time.sleep(2)  # a process that is killed is gone a moment later
        group.rmdir()


def _start_in(group: Path, job: Job, warehouse: Path) -> Process:
    """Start the command in a group; what it starts is in it too, a Prefect server that runs already is not."""
    process = start(*job.call(warehouse), env=job.env, is_fresh=True)
    (group / "cgroup.procs").write_text(str(process.pid))
    return process


def main() -> None:
    """Bring each circumstance about several times and print what it came to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=40)
    given = parser.parse_args()
    print(f"{'circumstance':<22}times  survived  lost  doubled  exit codes")
    for name, befall in CIRCUMSTANCES.items():
        found = [_tried(befall, number, given.seed, given.articles) for number in range(given.times)]
        lost = sum(one.lost.total() for each in found for one in each.differences)
        doubled = sum(one.doubled.total() for each in found for one in each.differences)
        survived = sum(not each.differences and not each.has_traceback for each in found)
        codes = " ".join(str(each.codes) for each in found)
        print(f"{name:<22}{len(found):>5}{survived:>10}{lost:>6}{doubled:>9}  {codes}", flush=True)
        for each in found:
            print(*each.last_words, *map(str, each.differences), sep="\n    ")


def _tried(befall: Callable[[Trial], Survival], number: int, seed: int, n_articles: int) -> Survival:
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        with (
            contextmanager(serve_prefect)(folder / "prefect") as env,
            serve_world(folder, seed + number, n_articles=n_articles) as world,
        ):
            return befall(Trial(world, env, folder, number))


if __name__ == "__main__":
    main()
