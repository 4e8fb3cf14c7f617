"""How sources fare: what the view calls failing, silent, shrinking or unreadable, and what it lets pass."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.feeds.schedule import PollState, is_silent
from tests.warehouse.values import NOON
from tests.warehouse.watched import QUAY, list_entries, poll, store_articles, watch
from warehouse.asking.polled_sources import open_sources, source_health
from warehouse.asking.reports import health
from warehouse.connection import open_reader, open_writer
from warehouse.storing.sources import save_states, set_enabled, sync_sources
from warehouse.upkeep.migrations import migrate
from warehouse.upkeep.snapshot import is_stale, publish, published_path

pytestmark = pytest.mark.slow

STATE = PollState(QUAY.url, polled_at=NOON, succeeded_at=NOON, new_at=NOON, gap=timedelta(hours=1))


def row_of(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    table = source_health(con)
    (row,) = table.rows
    return dict(zip(table.columns, row, strict=True))


def test_a_source_that_answers_and_brings_news_is_ok(con: duckdb.DuckDBPyConnection) -> None:
    watch(con, STATE)
    poll(con, NOON, n_new=4)
    list_entries(con, "aaop")
    row = row_of(con)
    assert (row["health"], row["outlet"], row["country"]) == ("ok", "Quay News", "GBR")
    assert (row["n_entries"], row["n_waiting"], row["n_settled"], row["n_articles"]) == (4, 1, 3, 2)
    assert row["article_share"] == pytest.approx(2 / 3)
    assert row["readable_share"] == 1.0


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (replace(STATE, n_errors=2), "ok"),
        (replace(STATE, n_errors=3), "failing"),
        (replace(STATE, n_errors=1, succeeded_at=None, new_at=None), "failing"),
        (replace(STATE, new_at=NOON - timedelta(days=3)), "silent"),
        (replace(STATE, new_at=NOON - timedelta(hours=30)), "ok"),
        (replace(STATE, new_at=NOON - timedelta(days=3), gap=timedelta(days=1)), "ok"),
        (replace(STATE, disabled_reason="gone: the server answered 410"), "disabled"),
        (PollState(QUAY.url), "new"),
    ],
)
def test_errors_and_silence_are_judged_by_what_is_usual(
    con: duckdb.DuckDBPyConnection, state: PollState, expected: str
) -> None:
    watch(con, state)
    poll(con, NOON, error="timeout-read" if state.n_errors else None)
    row = row_of(con)
    assert row["health"] == expected
    assert row["error_streak"] == state.n_errors
    assert row["last_error"] == ("timeout-read" if state.n_errors else None)


@pytest.mark.parametrize(
    ("asked", "answered", "expected"),
    [(timedelta(hours=30), None, "never-answered"), (timedelta(hours=20), None, "failing"),
     (timedelta(hours=30), NOON - timedelta(hours=29), "failing")],
)  # fmt: skip
def test_a_source_that_has_not_answered_in_a_day_is_shown_as_such(
    con: duckdb.DuckDBPyConnection, asked: timedelta, answered: datetime | None, expected: str
) -> None:
    watch(con, replace(STATE, n_errors=4, succeeded_at=answered, new_at=None))
    poll(con, NOON - asked, error="dns")
    poll(con, NOON, error="dns")
    row = row_of(con)
    assert (row["health"], row["has_never_answered"]) == (expected, expected == "never-answered")


hours = st.integers(0, 24 * 90).map(lambda n: timedelta(hours=n, minutes=7))
states = st.builds(
    lambda silence, gap, interval: replace(STATE, new_at=NOON - silence, gap=gap, interval=interval),
    hours,
    st.none() | hours,
    st.none() | hours,
)


@settings(max_examples=8, deadline=None)
@given(st.lists(states, min_size=40, max_size=40))
def test_the_view_calls_silent_what_the_plan_calls_silent(many: list[PollState]) -> None:
    named = {f"quay-{number:02d}": state for number, state in enumerate(many)}
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        migrate(con)
        sync_sources(con, [replace(QUAY, source_id=name) for name in named])
        save_states(con, list(named.items()))
        found = dict(con.execute("SELECT source_id, is_silent FROM source_health").fetchall())
    assert found == {name: is_silent(state, NOON) for name, state in named.items()}


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [([400] * 15 + [150] * 10, True), ([400] * 15 + [350] * 10, False), ([400] * 4 + [90] * 10, False)],
)
def test_a_sudden_drop_in_length_is_flagged(con: duckdb.DuckDBPyConnection, lengths: list[int], expected: bool) -> None:
    watch(con, STATE)
    store_articles(con, lengths)
    row = row_of(con)
    assert (row["is_shrinking"], row["health"]) == (expected, "shrinking" if expected else "ok")
    assert row["recent_words"] == lengths[-1]


@pytest.mark.parametrize(
    ("ends", "expected"), [("a" * 30 + "r" * 50, True), ("a" * 30 + "o" * 50, False), ("a" * 5 + "f" * 50, False)]
)
def test_pages_that_can_no_longer_be_read_are_flagged_off_topic_ones_are_not(
    con: duckdb.DuckDBPyConnection, ends: str, expected: bool
) -> None:
    watch(con, STATE)
    list_entries(con, ends)
    assert row_of(con)["is_unreadable"] == expected


def test_the_status_names_those_in_need_of_attention(con: duckdb.DuckDBPyConnection) -> None:
    assert (health(con, NOON).live_sources, health(con, NOON).troubled_sources) == (0, [])
    watch(con, replace(STATE, n_errors=4))
    assert (health(con, NOON).live_sources, health(con, NOON).troubled_sources) == (1, ["quay (failing)"])


def test_before_the_first_run_sources_are_shown_as_configured(path: Path) -> None:
    with open_sources(path, [QUAY]) as con:
        assert row_of(con)["health"] == "new"
    assert not path.exists()
    with open_writer(path) as con:
        publish(con, path)
    with open_sources(path, [QUAY]) as con:
        assert source_health(con).rows == ()


def test_readers_learn_of_a_failing_source_and_of_polls_within_the_hour(path: Path) -> None:
    with open_writer(path) as con:
        watch(con, STATE)
        poll(con, NOON)
        publish(con, path)
        assert not is_stale(con, path)
        poll(con, NOON + timedelta(minutes=5))
        assert not is_stale(con, path)
        watch(con, replace(STATE, n_errors=1))
        assert is_stale(con, path)
        publish(con, path)
        poll(con, NOON + timedelta(hours=1))
        assert is_stale(con, path)
        publish(con, path)
        set_enabled(con, "quay", is_enabled=False)
        assert is_stale(con, path)
        publish(con, path)
    with open_reader(published_path(path)) as con:
        assert row_of(con)["health"] == "disabled"
