"""What stands in the end depends on what came in, not on its order or on how it was cut into batches."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.load import load_configuration
from extractors.alerting import Rule
from extractors.language import load_language
from flows.place import Arrival
from tests.flows.arriving import START, Desk, arrivals, tables
from tests.newsroom.configuration import write_config
from warehouse.alerts import Ringing
from warehouse.connection import open_writer

SILENT = Ringing((), now=START)
LOUD = Ringing((Rule("loud", severity=1, polarity="any"),), now=START)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the steps with the newsroom's actors."""
    config = write_config(tmp_path_factory.mktemp("config"), [])
    return Desk(load_configuration(config).knowledge(load_language()))


def shuffled(found: Sequence[Arrival], chance: random.Random) -> list[list[Arrival]]:
    """Return the arrivals in another order, in batches of other sizes."""
    order = chance.sample(found, len(found))
    batches, start = [], 0
    while start < len(order):
        size = chance.choice((1, 2, 5, 13, 50))
        batches.append(order[start : start + size])
        start += size
    return batches


def differences(one: dict[str, list[tuple[Any, ...]]], other: dict[str, list[tuple[Any, ...]]]) -> dict[str, Any]:
    """Return for each table the rows that only one of the two has."""
    found = {name: ([r for r in rows if r not in other[name]], [r for r in other[name] if r not in rows])
             for name, rows in one.items() if rows != other[name]}  # fmt: skip
    return {name: (len(one[name]), len(other[name]), *(rows[:3] for rows in pair)) for name, pair in found.items()}


@pytest.mark.slow  # a database of its own for every example
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.integers(0, 2), st.integers(0, 10**6))
def test_every_table_is_the_same_whatever_came_first(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory, world: int, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("order")
    found = arrivals(world)
    desk.take_in(folder / "one.duckdb", [found], random.Random(0), SILENT)
    chance = random.Random(seed)
    desk.take_in(folder / "other.duckdb", shuffled(found, chance), chance, SILENT)
    one, other = tables(folder / "one.duckdb"), tables(folder / "other.duckdb")
    assert differences(one, other) == {}
    assert len(one["articles"]) < len(found) - 12
    assert len(one["claims"]) > 50
