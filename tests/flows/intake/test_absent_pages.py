"""A listed page that is not there yet is asked for again over hours; the requests are counted."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.flows.station import Station, put_feed, put_page
from tests.site import Reply, Site, text

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        put_feed(site, ["aurora"])
        yield site


@pytest.fixture
def station(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Station:
    return Station.open(site, tmp_path, "/feed", monkeypatch, now=NOW)


def entry(station: Station) -> tuple[str, str, int]:
    """Return status, reason and tries of the one entry."""
    ((status, reason, n_tries),) = station.rows("SELECT status, reason, n_tries FROM entries")
    return status, reason, n_tries


def test_a_page_that_goes_live_an_hour_after_its_feed_is_an_article(station: Station, site: Site) -> None:
    assert station.round()[1].postponed == 1
    assert entry(station) == ("pending", "http-404: Not Found", 1)
    station.wait(minutes=4).round()
    assert site.counts()["/aurora"] == 1
    station.wait(minutes=2).round()
    assert site.counts()["/aurora"] == 2
    put_page(site, "aurora")
    station.wait(hours=1).round()
    assert site.counts()["/aurora"] == 3
    assert entry(station) == ("read", "article", 2)
    assert station.rows("SELECT count(*) FROM rejections") == [(0,)]
    station.wait(hours=13).round()
    assert site.counts()["/aurora"] == 3
    assert station.rows("SELECT count(*) FROM articles") == [(1,)]


@pytest.mark.parametrize(("status", "reason"), [(403, "http-403"), (404, "http-404")])
def test_a_page_that_never_comes_is_given_up_after_its_tries(
    station: Station, site: Site, status: int, reason: str
) -> None:
    site.put("/aurora", Reply(status, b"no"))
    for _ in range(24):
        station.round()
        station.wait(minutes=40)
    assert site.counts()["/aurora"] == 5
    assert (entry(station)[0], entry(station)[1].partition(":")[0], entry(station)[2]) == ("failed", reason, 5)
    assert station.rows("SELECT reason FROM rejections") == [(reason,)]


def test_a_page_that_is_gone_is_asked_for_once(station: Station, site: Site) -> None:
    site.put("/aurora", Reply(410, b"gone"))
    for _ in range(5):
        station.round()
        station.wait(hours=6)
    assert site.counts()["/aurora"] == 1
    assert entry(station)[0] == "failed"


def test_a_refusal_that_asks_for_patience_gets_it(station: Station, site: Site) -> None:
    site.put("/aurora", Reply(403, b"later", (("Retry-After", "7200"),)))
    station.round()
    station.wait(hours=1, minutes=50).round()
    assert site.counts()["/aurora"] == 1
    station.wait(minutes=15).round()
    assert site.counts()["/aurora"] == 2


def test_tries_are_not_used_up_while_the_clock_is_wrong(station: Station, site: Site) -> None:
    """Ahead by a year at the first try, then right: the page is asked for at once, then with the usual waits."""
    station.wait(days=365).round()
    station.wait(days=-365).round()
    assert entry(station)[2] == 2
    for _ in range(5):
        station.wait(minutes=4).round()
    assert site.counts()["/aurora"] == 2
    station.wait(minutes=15).round()
    assert site.counts()["/aurora"] == 3


def test_an_article_of_several_pages_is_read_whole(station: Station, site: Site) -> None:
    """Bounded, in order, as one article; a page that fails ends it."""
    for n in range(1, 4):
        link = f'<link rel="next" href="/aurora?page={n + 1}">'
        body = "".join(
            f"<p>On page {n} the ferry aurora waits {m} hours before lock {n * 10 + m} of the harbour at Lindmoor.</p>"
            for m in range(6)
        )
        site.put(
            f"/aurora?page={n}" if n > 1 else "/aurora",
            text(f"<html><head><title>Ferry aurora waits</title>{link}</head><body><article>{body}</article></html>"),
        )
    site.put("/aurora?page=4", Reply(500, b"no"))
    station.round()
    ((found,),) = station.rows("SELECT text FROM articles")
    assert [f"page {n}" in found for n in range(1, 4)] == [True] * 3
    assert found.count("Lindmoor") == 18
    assert station.rows("SELECT count(*) FROM captures WHERE part_of IS NOT NULL") == [(2,)]
    assert station.rows("SELECT count(*) FROM captures WHERE outcome IS NULL") == [(0,)]
