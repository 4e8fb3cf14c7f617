"""A feed's own words stand in for a page that cannot be had, marked as such, until the page comes."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest

from tests.flows.station import Station
from tests.newsroom.walls import CONSENT, MISSING, SHELL
from tests.site import Reply, Site, text

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAMES = ("forbidden", "missing", "consent", "challenge", "shell", "lost", "unlinked")
CHALLENGE = "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
RSS = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Quay</title>{}'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title>{}</feed>'


def sentences(name: str) -> list[str]:
    """Return paragraphs that no other item has."""
    chance = random.Random(name)
    words = ["mail", "coal", "apples", "salt", "boats", "rain", "locks", "islands", "guests", "letters", "captains"]
    return [
        f"The ferry {name} left with {' and '.join(chance.sample(words, 5))} on day {chance.randint(1, 400)}, and "
        f"{chance.randint(3, 900)} {chance.choice(words)} stayed behind with {' or '.join(chance.sample(words, 4))}."
        for _ in range(4)
    ]


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        site.put("/forbidden", Reply(403, b"no"))
        site.put("/consent", text(CONSENT))
        site.put("/challenge", text(CHALLENGE))
        site.put("/shell", text(SHELL))
        site.put("/lost", text(MISSING))
        yield site


@pytest.fixture
def station(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Station:
    return Station.open(site, tmp_path, "/feed", monkeypatch, now=NOW)


def put_full_feed(site: Site, *names: str, kind: str = "rss") -> None:
    """List items with their whole text, whose titles say nothing of ferries; the unlinked one has no address."""
    items = []
    for name in names:
        words = escape("".join(f"<p>{one}</p>" for one in sentences(name)))
        title = f"<title>Morning report of {name} from the north</title>"
        address = "" if name == "unlinked" else site.url(f"/{name}")
        if kind == "atom":
            link = f'<link href="{address}"/>' if address else ""
            items.append(f'<entry><id>{name}</id>{title}{link}<content type="html">{words}</content></entry>')
        else:
            link = f"<link>{address}</link>" if address else ""
            guid = f'<guid isPermaLink="false">{name}</guid><description>A teaser</description>'
            items.append(f"<item>{guid}{title}{link}<content:encoded>{words}</content:encoded></item>")
    site.put("/feed", text((ATOM if kind == "atom" else RSS).format("".join(items)), "application/xml"))


def kept(station: Station) -> dict[str, str]:
    """Return the basis of each article by the name in its title."""
    return {row[0].split()[3]: row[1] for row in station.rows("SELECT title, basis FROM articles")}


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_no_entry_with_its_text_is_lost(station: Station, site: Site, kind: str) -> None:
    put_full_feed(site, *NAMES, kind=kind)
    station.round()
    assert kept(station) == dict.fromkeys(NAMES, "feed")
    assert station.rows("SELECT DISTINCT outlet FROM articles") == [("Quay News",)]
    ((found,),) = station.rows("SELECT text FROM articles WHERE title LIKE '%lost%'")
    assert found.split("\n\n") == sentences("lost")
    for _ in range(3):
        station.wait(hours=13).round()
    assert kept(station) == dict.fromkeys(NAMES, "feed")
    assert station.rows("SELECT count(*) FROM copies") == [(len(NAMES),)]


def page(name: str, *more: str) -> Reply:
    body = "".join(f"<p>{one}</p>" for one in (*sentences(name), *more))
    title = f"Morning report of {name} from the north"
    return text(f"<html><head><title>{title}</title></head><body><article>{body}</article></body></html>")


def test_the_page_replaces_the_words_when_it_comes(station: Station, site: Site) -> None:
    """The same words are then those of the page; other words are its next version."""
    put_full_feed(site, "missing", "forbidden")
    station.round()
    assert kept(station) == {"missing": "feed", "forbidden": "feed"}
    more = "The ferry will not leave again before spring, the harbour master told the council of the islands on Sunday."
    site.put("/missing", page("missing", more))
    site.put("/forbidden", page("forbidden"))
    station.wait(hours=1).round()
    assert station.rows("SELECT basis, count(*) FROM articles GROUP BY basis ORDER BY basis") == [
        ("feed", 1),
        ("page", 2),
    ]
    rows = station.rows(
        """
        SELECT version, basis FROM article_versions JOIN articles USING (article_id)
        WHERE article_versions.url LIKE '%missing' ORDER BY version
        """
    )
    assert rows == [(1, "feed"), (2, "page")]
    assert station.rows("SELECT DISTINCT status FROM entries") == [("read",)]


def test_words_of_no_topic_are_not_kept(station: Station, site: Site) -> None:
    site.put("/feed", text(
        '<rss version="2.0"><channel><title>Q</title><item><guid>1</guid><title>Ferry talk at the harbour</title>'
        f"<link>{site.url('/forbidden')}</link></item></channel></rss>", "application/xml"))  # fmt: skip
    for _ in range(2):
        station.wait(hours=13).round()
    assert station.rows("SELECT count(*) FROM articles") == [(0,)]
