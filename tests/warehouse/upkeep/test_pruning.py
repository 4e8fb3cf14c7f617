"""The record of polls is bounded by age, and what a source's health is told from stays."""

from datetime import timedelta

import duckdb

from extractors.feeds.schedule import PollState
from tests.warehouse.values import NOON
from tests.warehouse.watched import QUAY, poll, watch
from warehouse.upkeep import prune_polls


def test_old_polls_go_but_for_the_first_the_last_and_the_last_failure(con: duckdb.DuckDBPyConnection) -> None:
    watch(con, PollState(QUAY.url))
    for day in range(40):
        poll(con, NOON + timedelta(days=day), error="http-503" if day in (3, 5) else None)
    health = "SELECT health, last_error FROM source_health"
    before = con.execute(health).fetchall()
    assert prune_polls(con, NOON + timedelta(days=30)) == 28
    left = [(row[0] - NOON).days for row in con.execute("SELECT polled_at FROM polls ORDER BY 1").fetchall()]
    assert left == [0, 5, *range(30, 40)]
    assert con.execute(health).fetchall() == before
    assert prune_polls(con, NOON + timedelta(days=30)) == 0
    assert prune_polls(con, NOON + timedelta(days=90)) == 9
