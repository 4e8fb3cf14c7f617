"""Live sources: the file says what is watched, what a user switched or added stays so."""

from dataclasses import fields, replace
from datetime import timedelta

import duckdb

from extractors.feeds.schedule import PollState
from extractors.feeds.sources import Source
from tests.warehouse.values import NOON
from warehouse.storing.sources import (
    add_source,
    known_sources,
    live_sources,
    outlets_by_site,
    save_states,
    set_enabled,
    sync_sources,
)

QUAY = Source("quay", "https://quay.example/feed", outlet="Quay News", country="GBR", topics=("ferries",))
PIER = Source("pier", "https://www.pier.example/rss", outlet="Pier Post", note="weekly")


def ids(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [one.source.source_id for one in live_sources(con)]


def test_what_is_configured_comes_back_as_it_was(con: duckdb.DuckDBPyConnection) -> None:
    sync_sources(con, [QUAY, PIER])
    assert [one.source for one in live_sources(con)] == [PIER, QUAY]
    assert all(one.state == PollState(one.source.url, one.source.bounds) for one in live_sources(con))


def test_what_left_the_file_goes_and_what_was_added_by_hand_stays(con: duckdb.DuckDBPyConnection) -> None:
    sync_sources(con, [QUAY])
    assert add_source(con, PIER)
    sync_sources(con, [])
    assert ids(con) == ["pier"]


def test_a_source_switched_off_stays_off_when_the_file_is_read_again(con: duckdb.DuckDBPyConnection) -> None:
    sync_sources(con, [QUAY, PIER])
    assert set_enabled(con, "quay", is_enabled=False)
    sync_sources(con, [replace(QUAY, note="edited"), PIER])
    assert ids(con) == ["pier"]
    assert {one.source.source_id: one.source.is_enabled for one in known_sources(con)} == {"pier": True, "quay": False}
    assert not set_enabled(con, "nobody", is_enabled=True)


def test_a_source_given_up_as_gone_is_polled_again_at_once_when_enabled(con: duckdb.DuckDBPyConnection) -> None:
    sync_sources(con, [QUAY])
    gone = PollState(QUAY.url, QUAY.bounds, next_at=NOON, n_errors=4, disabled_reason="gone: the server answered 410")
    save_states(con, [("quay", gone)])
    set_enabled(con, "quay", is_enabled=True)
    (live,) = live_sources(con)
    assert (live.state.disabled_reason, live.state.next_at, live.state.n_errors) == (None, None, 0)


def test_an_address_is_added_once_however_it_is_written(con: duckdb.DuckDBPyConnection) -> None:
    sync_sources(con, [QUAY])
    moved = PollState("https://quay.example/new", QUAY.bounds, moved_from=(QUAY.url, "https://old.example/feed"))
    save_states(con, [("quay", moved)])
    for url in (f"{QUAY.url}?utm_source=x", "https://quay.example/new", "https://old.example/feed"):
        assert not add_source(con, Source("another", url))
    assert not add_source(con, Source("quay", "https://else.example/feed"))
    assert add_source(con, Source("another", "https://else.example/feed"))


def test_every_field_of_a_state_survives(con: duckdb.DuckDBPyConnection) -> None:
    sync_sources(con, [QUAY])
    state = PollState(
        QUAY.url,
        QUAY.bounds,
        interval=timedelta(minutes=7),
        next_at=NOON,
        etag='"e"',
        last_modified="Mon",
        body_hash="b",
        polled_at=NOON,
        succeeded_at=NOON,
        read_in_full_at=NOON,
        new_at=NOON,
        gap=timedelta(minutes=90),
        n_errors=1,
        n_unchanged=2,
        n_not_modified=3,
        moved_from=("https://a.example/",),
        disabled_reason="gone",
    )
    assert all(getattr(state, one.name) != one.default for one in fields(PollState) if one.name != "bounds")
    save_states(con, [("quay", state)])
    assert live_sources(con)[0].state == state


def test_a_site_has_an_outlet_where_its_sources_agree(con: duckdb.DuckDBPyConnection) -> None:
    blog = Source("blog", "https://quay.example/blog", outlet="Quay Blog")
    sync_sources(con, [QUAY, PIER, replace(PIER, source_id="pier-2", url="https://pier.example/two")])
    assert outlets_by_site(con) == {"quay.example": "Quay News", "pier.example": "Pier Post"}
    add_source(con, blog)
    assert outlets_by_site(con) == {"pier.example": "Pier Post"}
