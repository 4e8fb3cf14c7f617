"""Entries: stored once, due once an address, pending again when they say something else."""

from dataclasses import replace
from datetime import timedelta

import duckdb

from extractors.feeds.novelty import entry_keys, unseen
from tests.warehouse.values import NOON
from tests.warehouse.watched import QUAY, listed
from warehouse.storing.listings import (
    FetchEnd,
    ReadEnd,
    add_entries,
    due_entries,
    end_fetches,
    end_readings,
    entry_id_of,
    renew_entries,
    seen_keys,
)

LATER, DAY, YEAR = NOON + timedelta(hours=1), timedelta(days=1), timedelta(days=365)


def id_of(number: int) -> str:
    return entry_id_of(QUAY.source_id, entry_keys(listed(number).entry))


def due(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [one.entry_id for one in due_entries(con, LATER, DAY)]


def test_what_was_listed_is_never_new_again(con: duckdb.DuckDBPyConnection) -> None:
    assert add_entries(con, [(one, NOON) for one in [listed(1), listed(2)]]) == 2
    assert add_entries(con, [(one, LATER) for one in [listed(2), listed(3)]]) == 1
    entries = [listed(number).entry for number in range(1, 5)]
    assert [one.guid for one in unseen(entries, seen_keys(con, {QUAY.source_id: entries})[QUAY.source_id]).new] == [
        "g-4"
    ]


def test_wanted_entries_are_due_the_oldest_first_an_address_once(con: duckdb.DuckDBPyConnection) -> None:
    twin = replace(listed(9), entry=replace(listed(9).entry, url=f"{listed(1).entry.url}?utm_source=rss"))
    add_entries(con, [(listed(1), NOON)])
    assert due_entries(con, NOON - timedelta(seconds=1), DAY) == []
    add_entries(con, [(one, LATER) for one in [listed(2, is_wanted=False), twin, listed(3)]])
    assert due(con) == [id_of(1), id_of(3)]


def test_a_fetch_that_failed_for_the_moment_comes_back_when_it_is_due(con: duckdb.DuckDBPyConnection) -> None:
    add_entries(con, [(one, NOON) for one in [listed(1), listed(2), listed(3)]])
    later = LATER + timedelta(minutes=1)
    ends = [
        FetchEnd(id_of(1), "captured", None, 0, None, "capture"),
        FetchEnd(id_of(2), "pending", "http-503", 1, later, None),
        FetchEnd(id_of(3), "failed", "http-404", 1, None, None),
    ]
    end_fetches(con, ends)
    assert due(con) == []
    assert [(one.entry_id, one.n_tries) for one in due_entries(con, later, DAY)] == [(id_of(2), 1)]


def test_an_entry_that_changed_is_pending_again_and_keeps_its_article(con: duckdb.DuckDBPyConnection) -> None:
    add_entries(con, [(listed(1), NOON)])
    end_fetches(con, [FetchEnd(id_of(1), "captured", None, 0, None, "capture")])
    end_readings(con, [ReadEnd(id_of(1), "read", "article", "article-1")])
    edited = replace(listed(1), entry=replace(listed(1).entry, title="Notice number 1, corrected"), reason="edited")
    renew_entries(con, [(edited, LATER)])
    row = con.execute("SELECT status, reason, title, article_id, capture_id FROM entries").fetchone()
    assert row == ("pending", "edited", "Notice number 1, corrected", "article-1", "capture")
    assert due(con) == [id_of(1)]


def test_what_a_clock_that_was_ahead_listed_is_due_and_then_waits_like_others(con: duckdb.DuckDBPyConnection) -> None:
    add_entries(con, [(listed(1), NOON + YEAR)])
    add_entries(con, [(listed(2), NOON + timedelta(hours=3))])
    assert due(con) == [id_of(2), id_of(1)]
    again = [FetchEnd(id_of(n), "pending", "http-404", 1, LATER + timedelta(minutes=5), None, LATER) for n in (1, 2)]
    end_fetches(con, again)
    assert due(con) == []
    assert len(due_entries(con, LATER + timedelta(minutes=5), DAY)) == 2


def test_a_retry_that_a_clock_that_was_ahead_put_off_is_due(con: duckdb.DuckDBPyConnection) -> None:
    add_entries(con, [(one, NOON) for one in [listed(1), listed(2), listed(3)]])
    ends = [
        FetchEnd(id_of(1), "pending", "http-5xx", 1, LATER + YEAR, None, LATER + YEAR),
        FetchEnd(id_of(2), "pending", "http-5xx", 1, LATER + 5 * DAY / 24, None, LATER + 4 * DAY / 24),
        FetchEnd(id_of(3), "pending", "http-5xx", 1, LATER + YEAR, None),
    ]
    end_fetches(con, ends)
    assert set(due(con)) == {id_of(1), id_of(2), id_of(3)}


def test_what_one_source_listed_is_not_seen_by_another(con: duckdb.DuckDBPyConnection) -> None:
    """All sources of a batch are asked for at once, and each knows its own."""
    add_entries(con, [(listed(1), NOON)])
    entries = [listed(1).entry, listed(2).entry]
    seen = seen_keys(con, {QUAY.source_id: entries, "other": entries, "empty": []})
    assert [one.guid for one in unseen(entries, seen[QUAY.source_id]).new] == ["g-2"]
    assert [one.guid for one in unseen(entries, seen["other"]).new] == ["g-1", "g-2"]
    assert unseen([], seen["empty"]).new == ()
