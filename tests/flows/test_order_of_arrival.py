"""What stands in the end depends on what came in, not on its order or on how it was cut into batches."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from config.load import load_configuration
from extractors.alerting import Rule
from flows.intake.place import Arrival
from tests.flows.arriving import START, Desk, arrivals, reprinted, tables
from tests.flows.watching import untold_events
from tests.newsroom.configuration import write_config
from warehouse.alerting.alerts import Ringing
from warehouse.connection import open_writer

TABLES_OF_CLAIMS = {
    "claims": """
        SELECT claims.* EXCLUDE (claim_id, reiterates), repeated.first_statement_id AS reiterates
        FROM claims LEFT JOIN claims AS repeated ON repeated.claim_id = claims.reiterates
        WHERE claims.merged_into IS NULL AND claims.claim_id IN (SELECT claim_id FROM statements)
    """,
    "statements": """
        SELECT statements.* EXCLUDE (claim_id), first_statement_id FROM statements JOIN claims USING (claim_id)
    """,
    "claim_events": """
        SELECT first_statement_id, claim_events.* EXCLUDE (claim_id, event_id),
               min(first_statement_id) OVER (PARTITION BY event_id) AS event
        FROM claim_events JOIN claims USING (claim_id)
        WHERE merged_into IS NULL AND claim_id IN (SELECT claim_id FROM statements)
    """,
    "events_placed": """
        SELECT events_placed.* EXCLUDE (event_id, headline_claim_id, merged_into), first_statement_id,
               (SELECT min(other.first_statement_id) FROM claim_events JOIN claims AS other USING (claim_id)
                WHERE claim_events.event_id = events_placed.event_id) AS event
        FROM events_placed JOIN claims ON claims.claim_id = headline_claim_id
        WHERE events_placed.merged_into IS NULL
    """,
}
OF_ALERTS = {"alerts", "alert_claims", "deliveries"}

# A loop without end is ended with its process: else hypothesis would go on looking for a smaller one.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600, method="thread")]

N_WORLDS = 3
EXAMPLES = settings().max_examples // 12  # each takes seconds
SILENT = Ringing((), now=START)
LOUD = Ringing((Rule("loud", severity=1, polarity="any"),), now=START)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, language: Language) -> Desk:
    """Return the steps with the newsroom's actors."""
    config = write_config(tmp_path_factory.mktemp("config"), [])
    return Desk(load_configuration(config).knowledge(language))


@pytest.fixture(scope="module")
def worlds(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return a warehouse for each world into which everything came at once."""
    folder = tmp_path_factory.mktemp("worlds")
    for world in range(N_WORLDS):
        desk.take_in(folder / f"{world}.duckdb", [arrivals(world)], random.Random(0), SILENT)
    return [folder / f"{world}.duckdb" for world in range(N_WORLDS)]


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


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.integers(0, N_WORLDS - 1), st.integers(0, 10**6))
@example(2, 5)  # a statement of small words alone waited for ever
def test_every_table_is_the_same_whatever_came_first(
    desk: Desk, worlds: list[Path], tmp_path_factory: pytest.TempPathFactory, world: int, seed: int
) -> None:
    path, found, chance = tmp_path_factory.mktemp("order") / "other.duckdb", arrivals(world), random.Random(seed)
    desk.take_in(path, shuffled(found, chance), chance, SILENT)
    one, other = tables(worlds[world]), tables(path)
    assert differences(one, other) == {}
    assert len(one["articles"]) < len(found) - 12
    assert len(one["claims"]) > 50
    assert one["statement_repeats"]


def by_first_report(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every table but what rang, claims and events named by their first report: an id that rang stays."""
    with open_writer(path) as con:
        named = {name: sorted(con.execute(sql).fetchall(), key=repr) for name, sql in TABLES_OF_CLAIMS.items()}
    return {name: rows for name, rows in tables(path).items() if name not in OF_ALERTS} | named


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.integers(0, N_WORLDS - 1), st.integers(0, 10**6))
@example(0, 3)  # a day found later sets one apart from an event that rang
@example(0, 1)  # of two headlines alike, the id of one rang before
def test_what_rang_on_the_way_changes_no_table_but_its_own_ids(
    desk: Desk, worlds: list[Path], tmp_path_factory: pytest.TempPathFactory, world: int, seed: int
) -> None:
    """And of every event that stands somebody was told: it rang, or its headline did before it was set apart."""
    path, chance = tmp_path_factory.mktemp("loud") / "other.duckdb", random.Random(seed)
    desk.take_in(path, shuffled(arrivals(world), chance), chance, LOUD)
    assert differences(by_first_report(worlds[world]), by_first_report(path)) == {}
    with open_writer(path) as con:
        doubled = con.execute('SELECT count(*) - count(DISTINCT (event_id, "rule")) FROM alerts').fetchone()
        lost = con.execute("SELECT count(*) FROM alerts ANTI JOIN claims USING (claim_id)").fetchone()
        assert untold_events(con, 1) == []
    assert (doubled, lost) == ((0,), (0,))


def test_an_original_that_comes_in_late_takes_over_and_nothing_rings_again(desk: Desk, tmp_path: Path) -> None:
    """The reprint was extracted and rang; then the page that it was taken from turns up, published before it."""
    early, late = reprinted()
    path, once = tmp_path / "late.duckdb", tmp_path / "once.duckdb"
    desk.take_in(path, [[late]], random.Random(0), LOUD)
    with open_writer(path) as con:
        before = con.execute("SELECT alert_id, claim_id FROM alerts ORDER BY 1").fetchall()
    desk.take_in(path, [[early]], random.Random(0), LOUD)
    desk.take_in(once, [[early, late]], random.Random(0), LOUD)
    assert differences(by_first_report(once), by_first_report(path)) == {}
    with open_writer(path) as con:
        assert before
        assert con.execute("SELECT alert_id, claim_id FROM alerts ORDER BY 1").fetchall() == before
        rows = con.execute("SELECT outlet, reason FROM copies ORDER BY published_at").fetchall()
        gone = con.execute("SELECT count(*) FROM alerts ANTI JOIN statements USING (statement_id)").fetchone()
    assert rows == [("Outlet 0", "first"), ("Evening Copy", "near-duplicate")]
    assert gone == (0,)
