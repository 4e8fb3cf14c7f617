"""Pages and indexes that point to listings: a listing that fails is an error on record and is asked again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.flows.station import Station, put_announcing, put_feed, put_index, put_page, put_sitemap
from tests.site import Reply, Site

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        for name in ("aurora", "borealis", "cormorant"):
            put_page(site, name)
        yield site


@pytest.fixture
def station(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Station:
    return Station.open(site, tmp_path, "/", monkeypatch, now=NOW)


def health(station: Station) -> tuple[str, int, str | None]:
    """Return health, errors in a row and the last error of the one source."""
    ((found, streak, error),) = station.rows("SELECT health, error_streak, last_error FROM source_health")
    return found, streak, error


def articles(station: Station) -> set[str]:
    """Return the names of the items that were read."""
    return {row[0].split()[1] for row in station.rows("SELECT title FROM copies")}


def put_rss(site: Site) -> None:
    put_announcing(site, "/rss")


def put_sitemaps(site: Site) -> None:
    put_index(site, "/rss")


@pytest.mark.parametrize("status", [404, 403, 500, 200])
@pytest.mark.parametrize("put_envelope", [put_rss, put_sitemaps])
def test_a_listing_that_fails_at_first_is_asked_again(
    station: Station, site: Site, put_envelope: object, status: int
) -> None:
    assert callable(put_envelope)
    put_envelope(site)
    site.put("/rss", Reply(status, b"no feed here"))
    for n in range(1, 4):
        assert station.round()[0].failed == 1
        assert health(station)[:2] == ("failing", n)
        assert "/rss" in str(health(station)[2])
        station.wait(hours=2)
    assert site.counts()["/rss"] >= 3
    put_feed(site, ["aurora"], "/rss")
    assert station.round()[0].new == 1
    assert (health(station)[:2], articles(station)) == (("ok", 0), {"aurora"})


def test_an_error_backs_off(station: Station, site: Site) -> None:
    """Within a day a page whose feed is not there is asked a few times, not at every cycle."""
    put_announcing(site, "/rss")
    for _ in range(48):
        station.round()
        station.wait(minutes=30)
    assert 5 <= site.counts()["/rss"] <= 12


def test_the_second_announced_feed_is_tried(station: Station, site: Site) -> None:
    put_announcing(site, "/old", "/new", "/third")
    put_feed(site, ["aurora"], "/new")
    station.round()
    assert articles(station) == {"aurora"}
    assert health(station)[0] == "failing"
    assert "/old (http-404)" in str(health(station)[2])
    assert "/third" not in site.counts()
    put_feed(site, ["aurora", "borealis"], "/new")
    station.wait(hours=13).round()
    assert articles(station) == {"aurora", "borealis"}
    put_feed(site, ["aurora", "borealis", "cormorant"], "/old")
    station.wait(hours=13).round()
    assert (articles(station), health(station)[0]) == ({"aurora", "borealis", "cormorant"}, "ok")


def test_a_sitemap_of_an_index_that_fails_takes_nothing_from_the_others(station: Station, site: Site) -> None:
    put_index(site, "/one", "/two")
    put_sitemap(site, "/one", "aurora")
    station.round()
    assert (articles(station), health(station)[0]) == ({"aurora"}, "failing")
    for _ in range(3):
        station.wait(hours=13).round()
    assert health(station)[1] == 4
    put_sitemap(site, "/one", "aurora", "borealis")
    put_sitemap(site, "/two", "cormorant")
    station.wait(hours=13).round()
    assert (articles(station), health(station)[0]) == ({"aurora", "borealis", "cormorant"}, "ok")


def test_a_feed_that_leads_back_to_a_page_is_no_listing(station: Station, site: Site) -> None:
    put_announcing(site, "/rss")
    put_announcing(site, "/rss", path="/rss")
    station.round()
    assert "/rss (leads to a page)" in str(health(station)[2])
