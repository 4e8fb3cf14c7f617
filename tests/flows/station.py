"""A reader of a small site whose clock is turned by hand: whole rounds of polling, fetching and reading."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Self

import pytest

from config.settings import FetchSettings, Settings
from extractors.feeds.schedule import IntervalBounds
from extractors.feeds.sources import Source
from extractors.topics.matching import TermGroup, Topic, TopicMatcher, compile_topics
from extractors.topics.rules import parse_rule
from flows.intake.fetch import FetchedPages, fetch_due
from flows.intake.pages import read_pages
from flows.intake.poll import Polled, poll_due
from flows.intake.web import archive_folder
from tests.site import Site, text
from warehouse.connection import open_writer, transaction
from warehouse.storing.sources import sync_sources

SHORT = IntervalBounds(timedelta(minutes=10), timedelta(hours=12), timedelta(minutes=30))


@dataclass(slots=True)
class Station:
    """A warehouse with one source, and the time by its clock."""

    site: Site
    warehouse: Path
    now: datetime
    settings: Settings = field(
        default_factory=lambda: Settings(
            fetch=FetchSettings(
                allowed_networks=("127.0.0.0/8",),  # type: ignore[arg-type]
                delay_seconds=0,
                connect_seconds=3,
                read_seconds=3,
            )
        )
    )

    @classmethod
    def open(cls, site: Site, folder: Path, path: str, patch: pytest.MonkeyPatch, *, now: datetime) -> Self:
        """Return a station that reads the listing at ``path``, and put its clock in the place of the machine's."""
        station = cls(site, folder / "w.duckdb", now)

        class Turned(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return station.now.astimezone(tz)

        patch.setattr("flows.clock.datetime", Turned)
        with open_writer(station.warehouse) as con, transaction(con):
            sync_sources(con, [Source("quay", site.url(path), outlet="Quay News", bounds=SHORT)])
        return station

    def wait(self, **duration: float) -> Self:
        """Turn the clock on, or back."""
        self.now += timedelta(**duration)
        return self

    def round(self) -> tuple[Polled, FetchedPages]:
        """Poll, fetch and read what is due."""
        polled = poll_due(self.warehouse, self.settings, ferries(), now=self.now)
        fetched = fetch_due(self.warehouse, self.settings, now=self.now)
        archive = archive_folder(self.warehouse)
        read_pages(self.warehouse, archive, self.settings, ferries(), now=self.now, limit=50)
        return polled, fetched

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with open_writer(self.warehouse) as con:
            return con.execute(query).fetchall()


def ferries() -> TopicMatcher:
    """Return the topic of ferries."""
    return compile_topics([Topic("ferries", (TermGroup("ferry", ("ferry",)),), parse_rule("ferry", ["ferry"]))], {})


def put_feed(site: Site, names: Sequence[str], path: str = "/feed") -> None:
    """List an item for each name."""
    items = "".join(
        f"<item><title>Ferry {name} leaves the northern harbour</title><link>{site.url(f'/{name}')}</link>"
        f"<guid>{name}</guid></item>"
        for name in names
    )
    feed = f'<rss version="2.0"><channel><title>Quay News</title>{items}</channel></rss>'
    site.put(path, text(feed, "application/rss+xml"))


def put_page(site: Site, name: str) -> None:
    """Publish the page of an item."""
    body = "".join(
        f"<p>On day {day} the ferry {name} left the harbour of Lindmoor at {day + 4} in the morning with mail, "
        f"and {day * 7} passengers named {name.title()} stood on its deck, the harbour master said.</p>"
        for day in range(1, 9)
    )
    title = f"Ferry {name} leaves the northern harbour"
    site.put(
        f"/{name}", text(f"<html><head><title>{title}</title></head><body><article>{body}</article></body></html>")
    )


def put_announcing(site: Site, *feeds: str, path: str = "/") -> None:
    """Publish a page that announces feeds."""
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{feed}">' for feed in feeds)
    site.put(path, text(f"<html><head><title>Quay</title>{links}</head><body><p>Welcome</p></body></html>"))


def put_index(site: Site, *children: str, path: str = "/", dates: Sequence[str] = ()) -> None:
    """Publish an index of sitemaps, with the dates of their last changes."""
    listed = "".join(
        f"<sitemap><loc>{site.url(child)}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</sitemap>"
        for child, date in zip(children, [*dates, *[""] * len(children)], strict=False)
    )
    xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    site.put(path, text(f'<sitemapindex xmlns="{xmlns}">{listed}</sitemapindex>', "application/xml"))


def put_sitemap(site: Site, path: str, *names: str) -> None:
    """Publish a sitemap of news that lists an item for each name."""
    news = "http://www.google.com/schemas/sitemap-news/0.9"
    urls = "".join(
        f"<url><loc>{site.url(f'/{name}')}</loc><news:news><news:title>Ferry {name} leaves the northern harbour"
        "</news:title></news:news></url>"
        for name in names
    )
    xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    site.put(path, text(f'<urlset xmlns="{xmlns}" xmlns:news="{news}">{urls}</urlset>', "application/xml"))
