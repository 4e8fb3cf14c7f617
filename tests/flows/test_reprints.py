"""What several outlets carry: every listed page is an article or a copy on record, whoever is asked first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from config.load import load_configuration
from flows.analysis.knowledge import topic_matcher
from flows.intake.fetch import fetch_due
from flows.intake.pages import read_pages
from flows.intake.poll import poll_due
from flows.intake.web import archive_folder
from tests.flows.arriving import Desk
from tests.flows.live import write_live_config
from tests.flows.test_order_of_arrival import SILENT
from tests.newsroom import Newsroom
from tests.site import Site, text
from warehouse.connection import open_writer, transaction
from warehouse.storing.sources import sync_sources

pytestmark = pytest.mark.slow

HOSTS = {"harbour": "127.0.0.2", "mirror": "127.0.0.3", "index": "127.0.0.4"}
TITLE = "Ferry strike closes the harbour for a third day"
SUMMARY = "The crews want shorter nights, and the harbour board will not hear of it."
BODY = "".join(
    f"<p>No ferry left the harbour on day {n}, harbour master Ilse Brandt said in notice {n}. “We will not yield "
    f"to the board on point {n},” the crews wrote from pier {n}.</p>"
    for n in range(9)
)
MINUTES = {"harbour": 0, "mirror": 40}


def page(outlet: str) -> str:
    """Return the report as an outlet prints it, some minutes after the first."""
    stamp = f"2026-11-21T10:{MINUTES[outlet]:02d}:00Z"
    return (
        f'<html lang="en"><head><title>{TITLE}</title><meta property="article:published_time" content="{stamp}"></head>'
        f"<body><article><h1>{TITLE}</h1>{BODY}</article></body></html>"
    )


def feed(*links: str) -> str:
    """Return a feed whose items say all the same."""
    items = "".join(
        f"<item><title>{TITLE}</title><description>{SUMMARY}</description><link>{link}</link><guid>{link}</guid>"
        "<pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate></item>"
        for link in links
    )
    return f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve two outlets with one report, and an index that lists a page of the first."""
    with Site(list(HOSTS.values())) as opened:
        for name in MINUTES:
            opened.put(f"//{HOSTS[name]}/strike", text(page(name)))
            opened.put(f"//{HOSTS[name]}/feed", text(feed(opened.url("/strike", HOSTS[name])), "application/rss+xml"))
        listed = feed(opened.url("/strike", HOSTS["harbour"]))
        opened.put(f"//{HOSTS['index']}/feed", text(listed, "application/rss+xml"))
        yield opened


@dataclass(frozen=True, slots=True)
class Office:
    """A configuration with the three sources, and a desk that works by it."""

    config: Path
    desk: Desk


@pytest.fixture
def office(site: Site, tmp_path: Path, language: Language) -> Office:
    sources = ((name, site.url("/feed", host)) for name, host in HOSTS.items())
    config = write_live_config(tmp_path / "config", *sources)
    return Office(config, Desk(load_configuration(config).knowledge(language)))


def cycle(office: Office, warehouse: Path, *rounds: tuple[str, ...]) -> Path:
    """Poll the sources of each round together, then fetch and read; returns the warehouse."""
    config, configuration = office.config, load_configuration(office.config)
    with open_writer(warehouse) as con, transaction(con):
        sync_sources(con, configuration.sources)
    for names in rounds:
        for name in names:
            poll_due(warehouse, configuration.settings, topic_matcher(config), now=datetime.now(UTC), only=[name])
        now = datetime.now(UTC) + timedelta(minutes=1)
        fetch_due(warehouse, configuration.settings, now=now)
        read_pages(
            warehouse, archive_folder(warehouse), configuration.settings, topic_matcher(config), now=now, limit=9
        )
    office.desk.analyse(warehouse, 2, SILENT)
    return warehouse


def rows(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    with open_writer(warehouse) as con:
        return con.execute(query).fetchall()


STANDING = {
    "articles": "SELECT article_id, outlet, url, published_at FROM articles ORDER BY ALL",
    "copies": "SELECT copy_id, source_id, outlet, reason FROM copies ORDER BY ALL",
    "entries": "SELECT source_id, status, reason, article_id FROM entries ORDER BY ALL",
    "claims": "SELECT claim_id, n_reports FROM claims ORDER BY ALL",
}


def test_a_reprint_with_equal_headline_summary_and_day_is_a_copy_on_record(office: Office, tmp_path: Path) -> None:
    warehouse = cycle(office, tmp_path / "news.duckdb", ("mirror", "harbour"))
    assert rows(warehouse, "SELECT count(*) FROM entries WHERE status = 'read'") == [(2,)]
    assert rows(warehouse, "SELECT outlet FROM articles") == [("Harbour",)]
    found = rows(warehouse, "SELECT outlet, reason FROM copies ORDER BY published_at")
    assert found == [("Harbour", "first"), ("Mirror", "same-text")]


def test_a_page_that_two_sources_list_is_fetched_once_and_on_record_for_both(
    site: Site, office: Office, tmp_path: Path
) -> None:
    """Whether they are asked together or one after the other."""
    for number, rounds in enumerate(((("harbour", "index"),), (("index",), ("harbour",)))):
        site.forget()
        warehouse = cycle(office, tmp_path / f"{number}.duckdb", *rounds)
        asked = [one for one in site.requests if one.path == "/strike"]
        assert len(asked) == 1
        found = rows(warehouse, "SELECT source_id, outlet, reason FROM copies ORDER BY 1")
        assert found == [("harbour", "Harbour", "first"), ("index", "Index", "same-text")]
        assert rows(warehouse, "SELECT status, reason FROM entries ORDER BY source_id") == [
            ("read", "article"),
            ("read", "copy"),
        ]


def test_whoever_is_asked_first_the_same_is_on_record(office: Office, tmp_path: Path) -> None:
    """All at once, or each in a cycle of its own, in any order: articles, copies, entries and claims are the same."""
    orders: list[tuple[tuple[str, ...], ...]] = [
        (("harbour", "mirror", "index"),),
        (("index", "mirror", "harbour"),),
        (("mirror",), ("index",), ("harbour",)),
        (("harbour",), ("index", "mirror")),
    ]
    made = [cycle(office, tmp_path / f"{number}.duckdb", *rounds) for number, rounds in enumerate(orders)]
    states = [{name: rows(one, query) for name, query in STANDING.items()} for one in made]
    assert states[0]["claims"]
    assert states[1:] == states[:1] * 3


def test_sources_asked_in_another_order_give_the_same_claims(tmp_path: Path, language: Language) -> None:
    """A newsroom with edited copies: asked all at once, and outlet by outlet from the last, a few pages a batch."""
    newsroom = Newsroom(11, n_outlets=5, n_articles=40)
    with newsroom.serve():
        config = newsroom.write_config(tmp_path / "config")
        desk = Desk(load_configuration(config).knowledge(language))
        names = [outlet.source_id for outlet in newsroom.outlets]
        whole = watch(config, tmp_path / "whole.duckdb", desk, [names], limit=50)
        parts = watch(config, tmp_path / "parts.duckdb", desk, [[name] for name in reversed(names)], limit=7)
    claims = "SELECT claim_id, n_reports, quote FROM claims ORDER BY ALL"
    places = "SELECT article_id, location, reason FROM copies ORDER BY ALL"
    assert len(rows(whole, claims)) > 60
    assert rows(parts, places) == rows(whole, places)
    assert rows(parts, claims) == rows(whole, claims)


def watch(config: Path, warehouse: Path, desk: Desk, rounds: list[list[str]], *, limit: int) -> Path:
    """Watch the sources of each round in a cycle of their own; pages that fail at first are asked for again."""
    configuration, matcher = load_configuration(config), topic_matcher(config)
    with open_writer(warehouse) as con, transaction(con):
        sync_sources(con, configuration.sources)
    for names in rounds:
        poll_due(warehouse, configuration.settings, matcher, now=datetime.now(UTC), only=names)
        for wait in (timedelta(minutes=1), timedelta(hours=2)):
            fetch_due(warehouse, configuration.settings, now=datetime.now(UTC) + wait)
        now = datetime.now(UTC)
        while read_pages(
            warehouse, archive_folder(warehouse), configuration.settings, matcher, now=now, limit=limit
        ).captures:
            pass
        desk.analyse(warehouse, 3, SILENT)
    return warehouse
