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
    for _ in range(24):
        station.round()
        station.wait(hours=1)
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


NAMES = ("aurora", "borealis", "cormorant", "dunlin", "egret", "fulmar", "gannet", "heron")


def test_an_index_of_years_brings_the_newest_first_and_over_time_all(station: Station, site: Site) -> None:
    """Listed from the oldest to the newest, as most are."""
    dates = [f"20{19 + n}-12-31" for n in range(7)] + ["2026-11-22T10:00:00Z"]
    put_index(site, *(f"/{name}.xml" for name in NAMES), dates=dates)
    for name in NAMES:
        put_page(site, name)
        put_sitemap(site, f"/{name}.xml", name)
    station.round()
    assert {"heron", "gannet", "fulmar", "egret"} <= articles(station)
    assert sum(site.counts()[f"/{name}.xml"] for name in NAMES) == 5
    station.wait(hours=13).round()
    assert articles(station) == set(NAMES)
    newest, before, *older = (site.counts()[f"/{name}.xml"] for name in reversed(NAMES))
    assert (newest, before, set(older)) == (2, 2, {1})
    put_page(site, "ibis")
    put_sitemap(site, "/heron.xml", "heron", "ibis")
    put_index(site, *(f"/{name}.xml" for name in NAMES), dates=[*dates[:-1], "2026-11-23T00:30:00Z"])
    station.wait(hours=10).round()
    assert "ibis" in articles(station)
    assert (site.counts()["/heron.xml"], site.counts()["/aurora.xml"]) == (3, 1)


def test_an_index_inside_an_index_is_read(station: Station, site: Site) -> None:
    put_index(site, "/inner.xml")
    put_index(site, "/one.xml", "/two.xml", path="/inner.xml")
    put_sitemap(site, "/one.xml", "aurora")
    put_sitemap(site, "/two.xml", "borealis")
    station.round()
    assert (articles(station), health(station)[0]) == ({"aurora", "borealis"}, "ok")
    put_sitemap(site, "/two.xml", "borealis", "cormorant")
    station.wait(hours=13).round()
    assert articles(station) == {"aurora", "borealis", "cormorant"}


def put_paged(site: Site, path: str, name: str, onward: str | None, kind: str) -> None:
    """Publish one page of a feed that goes on elsewhere."""
    if kind == "json":
        onward = f'"next_url":"{site.url(onward)}",' if onward else ""
        body = (
            f'{{"version":"https://jsonfeed.org/version/1.1","title":"Quay",{onward}"items":[{{"id":"{name}","title":'
        )
        body += f'"Ferry {name} leaves the northern harbour","url":"{site.url("/" + name)}"}}]}}'
    else:
        link = f'<link rel="{kind}" href="{onward}"/>' if onward else ""
        body = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title>{link}<entry><id>{name}</id><title>Ferry '
        body += f'{name} leaves the northern harbour</title><link href="{site.url("/" + name)}"/></entry></feed>'
    site.put(path, Reply(200, body.encode(), content_type="application/json" if kind == "json" else "application/xml"))


@pytest.mark.parametrize("kind", ["next", "prev-archive", "json"])
def test_a_feed_is_read_on_while_all_of_it_is_new(station: Station, site: Site, kind: str) -> None:
    put_paged(site, "/", "aurora", "/p2", kind)
    put_paged(site, "/p2", "borealis", "/p3", kind)
    put_paged(site, "/p3", "cormorant", None, kind)
    station.round()
    assert articles(station) == {"aurora", "borealis", "cormorant"}
    station.wait(hours=13).round()
    assert site.counts()["/p2"] == 1
    put_page(site, "dunlin")
    put_paged(site, "/", "dunlin", "/p2", kind)
    station.wait(hours=13).round()
    assert (site.counts()["/p2"], site.counts()["/p3"]) == (2, 1)
    assert articles(station) == {"aurora", "borealis", "cormorant", "dunlin"}


def test_a_feed_without_end_is_read_within_bounds(station: Station, site: Site) -> None:
    for n in range(40):
        put_page(site, f"gull{n}")
        put_paged(site, f"/p{n}" if n else "/", f"gull{n}", f"/p{n + 1}", "next")
    station.round()
    assert len(articles(station)) == 5
