"""Live pages over days on a loopback site: every addition is read once, restless pages are soon left alone."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.flows.station import Station, put_feed
from tests.site import Reply, Site, text

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OPENING = [f"Ferry {name} left the northern harbour with mail for the islands on Sunday." for name in "ABCDEF"]


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture
def station(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Station:
    return Station.open(site, tmp_path, "/feed", monkeypatch, now=NOW)


def post(number: int) -> str:
    """Return one entry of a live page."""
    return f"The harbour master said after {number} hours that the ferry to island number {number * 13} would stay."


def put_live(site: Site, posts: Sequence[str], *, path: str = "/aurora", mark: str = "LiveBlogPosting") -> None:
    """Publish a page with its newest entries on top."""
    body = "".join(f"<p>{one}</p>" for one in (*reversed(posts), *OPENING))
    data = f'<script type="application/ld+json">{{"@type":"{mark}","headline":"Ferries live"}}</script>'
    site.put(
        path, text(f"<html><head><title>Ferries</title>{data}</head><body><article>{body}</article></body></html>")
    )


def put_redated(site: Site, hour: int) -> None:
    """List one item that says it has just changed."""
    site.put("/feed", text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title><entry><id>aurora</id><title>Ferry aurora leaves '
        f'the northern harbour today</title><link href="{site.url("/aurora")}"/><published>2026-11-22T10:00:00Z'
        f"</published><updated>2026-11-{22 + hour // 24}T{hour % 24:02}:30:00Z</updated></entry></feed>",
        "application/atom+xml",
    ))  # fmt: skip


def texts(station: Station) -> list[str]:
    """Return the texts that were kept, in the order in which they came."""
    return [row[0] for row in station.rows("SELECT text FROM articles ORDER BY first_seen_at, article_id")]


def test_a_live_page_is_read_for_days_though_its_feed_says_nothing(station: Station, site: Site) -> None:
    put_feed(site, ["aurora"])
    put_live(site, [])
    station.round()
    posts: list[str] = []
    for hour in range(6):
        posts.append(post(hour))
        put_live(site, posts)
        station.wait(hours=2).round()
    found = "\n".join(texts(station))
    assert [found.count(one) for one in (*posts, *OPENING)] == [1] * 12
    asked = site.counts()["/aurora"]
    assert asked == 7
    for _ in range(6):
        station.wait(hours=12).round()
    assert site.counts()["/aurora"] - asked <= 4
    assert station.rows("SELECT status, reason FROM entries") == [("read", "same")]


def test_additions_are_of_the_day_they_came(station: Station, site: Site) -> None:
    put_feed(site, ["aurora"])
    put_live(site, [])
    station.round()
    put_live(site, [post(1)])
    station.wait(hours=20).round()
    rows = station.rows("SELECT text, published_at, published_is_inferred FROM articles WHERE text NOT LIKE '%Sunday%'")
    assert rows == [(post(1), station.now, True)]
    assert station.rows("SELECT version FROM article_versions ORDER BY version") == [(1,), (2,)]


def test_a_report_that_its_feed_redates_is_read_on(station: Station, site: Site) -> None:
    """A page that does not say it is live, and a feed that does: nothing is lost after the fourth version."""
    posts: list[str] = []
    for hour in range(12, 19):
        put_redated(site, hour)
        put_live(site, posts, mark="NewsArticle")
        station.wait(hours=1).round()
        posts.append(post(hour))
    found = "\n".join(texts(station))
    assert all(one in found for one in posts[:-1])
    assert sum(found.count(one) for one in posts[4:-1]) == len(posts[4:-1])


def test_a_restless_page_is_soon_left_alone(station: Station, site: Site) -> None:
    chance = random.Random(2)

    def restless(_: object) -> Reply:
        box = " ".join(str(chance.randint(0, 10**6)) for _ in range(chance.randint(15, 40)))
        body = "".join(f"<p>{one}</p>" for one in (*OPENING[:3], f"Readers {box} are here.", *OPENING[3:]))
        return text(f"<html><head><title>Ferries</title></head><body><article>{body}</article></body></html>")

    site.put("/aurora", restless)
    for hour in range(12, 20):
        put_redated(site, hour)
        station.wait(hours=1).round()
    assert site.counts()["/aurora"] >= 6
    assert 1 <= len(texts(station)) <= 5


def test_a_visit_that_fails_takes_nothing_back(station: Station, site: Site) -> None:
    put_feed(site, ["aurora"])
    put_live(site, [])
    station.round()
    site.put("/aurora", Reply(503, b"later"))
    station.wait(hours=1).round()
    assert station.rows("SELECT status FROM entries") == [("read",)]
    put_live(site, [post(1)])
    station.wait(hours=3).round()
    assert post(1) in texts(station)
    site.put("/aurora", Reply(410, b"gone"))
    for _ in range(5):
        station.wait(hours=12).round()
    assert station.rows("SELECT status FROM entries") == [("read",)]
    assert station.rows("SELECT count(*) FROM rejections") == [(0,)]
