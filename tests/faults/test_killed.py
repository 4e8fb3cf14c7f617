"""Real commands killed at random moments: nothing lost, nothing doubled."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.faults.trial import run_trials
from tests.faults.world import World, serve_world

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]

SEED = 5
# A small part of what `python -m tests.faults.kills` does on a larger site.
PLAN = {"watch": (2,), "up": (1,), "replay": (1,), "backfill": (1,)}
N_ARTICLES, N_POISON, N_CRAWLED = 24, 150, 30


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("world")
    with serve_world(folder, SEED, n_articles=N_ARTICLES, n_poison=N_POISON, n_crawled=N_CRAWLED) as served:
        yield served


@pytest.mark.parametrize("command", [("watch", "up"), ("replay",), ("backfill",)], ids="-".join)
def test_a_killed_command_loses_and_doubles_nothing(
    command: tuple[str, ...], world: World, prefect_env: Mapping[str, str], tmp_path: Path
) -> None:
    """The final warehouse equals an undisturbed run's in every table but runs and clocks."""
    plan = {name: PLAN[name] for name in command}
    for outcome in run_trials(world, prefect_env, tmp_path, plan, SEED):
        assert not outcome.differences, "\n".join(map(str, outcome.differences))
