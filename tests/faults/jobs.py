"""Commands as somebody runs them, which can be killed and called again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.world import World
from tests.flows.command import tocsin
from warehouse.connection import open_writer

MAX_CYCLES = 12
# An environment in which no Prefect server is named, so that each command starts its own.
NO_PREFECT = {"PREFECT_API_URL": "", "PREFECT_PROFILE": ""}


@dataclass(frozen=True, slots=True)
class Job:
    """A command that is killed, and the one that takes up what it left, with what is added to their environments."""

    name: str
    words: tuple[str | Path, ...]
    final: tuple[str | Path, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    final_env: Mapping[str, str] = field(default_factory=dict)

    def call(self, warehouse: Path) -> tuple[str | Path, ...]:
        """Return the command line for a warehouse."""
        return (*self.words, "--warehouse", warehouse)

    def once(self, warehouse: Path) -> None:
        """Run what takes up its work, once, with all due that waits for its time."""
        make_all_due(warehouse)
        done = tocsin(*self.final, "--warehouse", warehouse, env=self.final_env)
        assert done.code == 0, done.err

    def finish(self, warehouse: Path) -> None:
        """Run it to its end, and again until nothing waits any more."""
        for _ in range(MAX_CYCLES):
            self.once(warehouse)
            if not count_waiting(warehouse):
                return
        raise AssertionError(f"{self.name}: something waits for ever")


def jobs(world: World, env: Mapping[str, str]) -> dict[str, Job]:
    """Return every command that works on a warehouse; all but ``up`` itself use the server that ``env`` names."""
    watch = ("watch", "--once", "--config", world.config)
    replay = ("replay", world.corpus, "--config", world.config)
    backfill = ("backfill", *world.crawls, "--config", world.crawl_config)
    all_jobs = (
        Job("watch", watch, watch, env, env),
        Job("up", ("up", "--config", world.config), watch, NO_PREFECT, env),
        Job("replay", replay, replay, env, env),
        Job("backfill", backfill, backfill, env, env),
    )
    return {job.name: job for job in all_jobs}


def make_all_due(warehouse: Path) -> None:
    """Let everything be due that waits for its time, as after a day."""
    if not warehouse.exists():
        return
    with open_writer(warehouse) as con:
        con.execute("UPDATE source_states SET next_at = NULL")
        con.execute("UPDATE entries SET due_at = TIMESTAMPTZ '2000-01-01' WHERE due_at IS NOT NULL")


def count_waiting(warehouse: Path) -> int:
    """Return how many pages are still to be asked for or to be read, and articles to be extracted."""
    with open_writer(warehouse) as con:
        row = con.execute(
            """
            SELECT (SELECT count(*) FROM entries WHERE status = 'pending')
                 + (SELECT count(*) FROM captures WHERE outcome IS NULL)
                 + (SELECT count(*) FROM articles ANTI JOIN extractions USING (article_id))
            """
        ).fetchone()
    return int(row[0]) if row else 0
