"""Whole cycles of the command while the clock is turned on a year and back: nothing lost, doubled or silent."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extractors.feeds.page_tries import ABSENT, PASSING
from tests.flows.command import tocsin
from tests.flows.station import Station, put_feed, put_page
from tests.flows.watching import Reader, content, untold_events
from tests.newsroom import Newsroom
from tests.site import Site
from warehouse.connection import open_reader
from warehouse.upkeep.snapshot import published_path

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

YEAR = timedelta(days=365)
# Right, ahead by a year, right again, behind by a year, right again; minutes so that all are due.
TURNS = (timedelta(), YEAR, timedelta(minutes=10), -YEAR, timedelta(minutes=20))
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def cycle(reader: Reader, by: timedelta) -> None:
    """Run one cycle with the clock off, in a process of its own."""
    reader.newsroom.forget()
    done = tocsin(str(by.total_seconds()), *reader.words(), env=reader.env, module="tests.flows.turned")
    assert done.code == 0, done.err


def test_cycles_while_the_clock_is_turned_give_what_undisturbed_ones_give(
    prefect_env: Mapping[str, str], tmp_path: Path
) -> None:
    newsroom = Newsroom(13, n_outlets=5, n_articles=30)
    with newsroom.serve():
        reader = Reader(newsroom, newsroom.write_config(tmp_path / "config"), tmp_path / "turned.duckdb", prefect_env)
        for by in TURNS:
            cycle(reader, by)
            assert len(newsroom.listing_requests()) >= len(newsroom.outlets), f"sources were silent at {by}"
            newsroom.publish_more(6)
        cycle(reader, TURNS[-1] + timedelta(minutes=10))
        undisturbed = replace(reader, warehouse=tmp_path / "undisturbed.duckdb")
        undisturbed.cycle()
    found, wanted = settled(content(reader.warehouse)), settled(content(undisturbed.warehouse))
    assert {
        name: (rows - wanted[name], wanted[name] - rows) for name, rows in found.items() if rows != wanted[name]
    } == {}
    assert set(told(reader.warehouse).values()) == {1}
    for one in (reader, undisturbed):
        with open_reader(published_path(one.warehouse)) as con:
            assert untold_events(con, 3, "escalatory") == []
    with open_reader(published_path(reader.warehouse)) as con:
        waiting = con.execute("SELECT count(*) FROM deliveries WHERE status <> 'delivered' OR leased_until IS NOT NULL")
        assert waiting.fetchone() == (0,)
        assert con.execute("SELECT kind FROM notices WHERE kind = 'clock-ahead'").fetchall() == [("clock-ahead",)]
        assert con.execute("SELECT count(*) FROM runs WHERE finished_at < started_at").fetchone() == (0,)
    status = tocsin("status", "--warehouse", reader.warehouse, "--json")
    assert datetime.fromisoformat(json.loads(status.out)["last_run_at"]) < datetime.now(UTC) + YEAR / 2


def settled(found: dict[str, set[tuple[object, ...]]]) -> dict[str, set[tuple[object, ...]]]:
    """Leave out pages that are given up only after hours and tries, and under which name events were told of."""
    return {name: rows for name, rows in found.items() if name != "alerts"} | {
        "rejections": {one for one in found["rejections"] if one[1] not in ABSENT | PASSING}
    }


def told(warehouse: Path) -> Counter[tuple[str, int]]:
    """Return how often each alert is in the log, by the step in which it was told of."""
    lines = warehouse.with_name(f"{warehouse.stem}.alerts.jsonl").read_text().splitlines()
    return Counter((one["alert_id"], one["step"]) for one in map(json.loads, lines) if "alert_id" in one)


def test_a_source_is_read_every_round_while_the_clock_is_turned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By hours, days and a year, ahead and behind: what is new is read in the round in which it can be."""
    names = [f"vessel{n}" for n in range(8)]
    with Site() as site:
        station = Station.open(site, tmp_path, "/feed", monkeypatch, now=NOW)
        for n, by in enumerate((0, 3, -3, 72, -72, 24 * 365, -24 * 365, -24 * 365), 1):
            put_page(site, names[n - 1])
            put_feed(site, names[:n])
            polled, fetched = station.wait(hours=by, minutes=40).round()
            assert (polled.new, fetched.captured) == (1, 1), f"after {by} hours"
        assert station.rows("SELECT count(*), count(DISTINCT location) FROM copies") == [(8, 8)]
        assert {site.counts()[f"/{name}"] for name in names} == {1}
