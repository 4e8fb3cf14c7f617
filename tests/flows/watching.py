"""A reader of the newsroom: cycles of the command, and what its warehouse holds after each."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from extractors.identity.urls import canonical_url
from flows.intake.archive import CaptureRef, Skipped, iter_warc, read_capture
from flows.intake.web import archive_folder
from tests.flows.command import Outcome, Process, start, tocsin
from tests.newsroom import ExpectedArticle, Newsroom
from warehouse.connection import Connection, open_reader, open_writer
from warehouse.upkeep.snapshot import published_path

CONDITION_LIMIT_S = 120
OWN_WORDS = "words of the feed; "  # before the reason for which they had to do


@dataclass(frozen=True, slots=True)
class Report:
    """One place where a text was seen; ``url`` is canonical."""

    article_id: str
    url: str
    outlet: str
    title: str
    published: datetime | None
    precision: str | None
    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """What one cycle came to: the command's outcome, what it asked for, what was expected and what is stored."""

    outcome: Outcome
    pages: Counter[str]
    listings: Counter[str]
    expected: tuple[ExpectedArticle, ...]
    reports: tuple[Report, ...]
    ends: Mapping[str, str]

    def reports_of(self, article: ExpectedArticle) -> list[Report]:
        """Return where an article was seen, under any of its addresses."""
        urls = {canonical_url(url) for url in (article.url, *article.aliases)}
        return [report for report in self.reports if report.url in urls]

    def wanted(self) -> list[ExpectedArticle]:
        """Return the articles that match and can be had."""
        return [one for one in self.expected if one.matches and not one.broken]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who watches a newsroom that is being served."""

    newsroom: Newsroom
    config: Path
    warehouse: Path
    env: Mapping[str, str]

    def words(self) -> tuple[str | Path, ...]:
        """Return the command line of one cycle."""
        return ("watch", "--once", "--config", self.config, "--warehouse", self.warehouse)

    def cycle(self) -> Cycle:
        """Run one cycle in which every source is due."""
        make_due(self.warehouse)
        self.newsroom.forget()
        outcome = tocsin(*self.words(), env=self.env)
        assert outcome.code == 0, outcome.err
        return Cycle(
            outcome,
            self.newsroom.page_requests(),
            self.newsroom.listing_requests(),
            tuple(self.newsroom.expected()),
            read_reports(self.warehouse),
            read_ends(self.warehouse),
        )

    def killed_cycle(self, is_time: Callable[["Reader"], bool]) -> None:
        """Start a cycle and kill it with all its processes as soon as the condition holds."""
        self.newsroom.forget()
        process = start(*self.words(), env=self.env)
        ends = time.monotonic() + CONDITION_LIMIT_S
        while not is_time(self):
            assert process.poll() is None, f"the cycle ended before its time: {process.communicate()[1]}"
            assert time.monotonic() < ends, "the moment to kill never came"
            time.sleep(0.005)
        kill(process)


def kill(process: Process) -> None:
    """Kill the process group."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def make_due(warehouse: Path) -> None:
    """Let every source be due now; its other state stays as it is."""
    if warehouse.exists():
        with open_writer(warehouse) as con:
            con.execute("UPDATE source_states SET next_at = NULL")


def read_reports(warehouse: Path) -> tuple[Report, ...]:
    """Return every place of every text."""
    with open_reader(published_path(warehouse)) as con:
        rows = con.execute(
            """
            SELECT copies.article_id, copies.url, copies.outlet, copies.title, copies.published_at,
                   articles.published_precision, reason, coalesce(copy_texts.basis, articles.basis)
            FROM copies JOIN articles USING (article_id)
            LEFT JOIN copy_texts ON copy_texts.article_id = copies.text_id
            """
        ).fetchall()
    return tuple(Report(row[0], canonical_url(row[1]), *row[2:]) for row in rows)


def read_ends(warehouse: Path) -> dict[str, str]:
    """Return what each page came to, by canonical URL: why it gave no article, where it gave none."""
    with open_reader(published_path(warehouse)) as con:
        rows = con.execute(
            "SELECT url, reason FROM entries WHERE status <> 'skipped' AND reason IS NOT NULL"
        ).fetchall()
    return {canonical_url(url): reason.removeprefix(OWN_WORDS).partition(":")[0] for url, reason in rows}


def content(warehouse: Path) -> dict[str, set[tuple[object, ...]]]:
    """Return what a warehouse says, without when and in which runs it came to say so."""
    queries = {
        "articles": "SELECT article_id, title, outlet, published_at FROM articles",
        "copies": "SELECT article_id, location, reason FROM copies",
        "versions": "SELECT url, article_id FROM article_versions",
        "topics": "SELECT article_id, topic, score FROM article_topics",
        "statements": "SELECT statement_id, article_id, content, category, severity, claim_id FROM statements",
        "alerts": "SELECT alert_id, claim_id FROM alerts",
        "rejections": "SELECT location, reason FROM rejections",
    }
    with open_reader(published_path(warehouse)) as con:
        return {name: set(con.execute(query).fetchall()) for name, query in queries.items()}


UNTOLD = """
SELECT event_id FROM events_placed JOIN claims ON claims.claim_id = headline_claim_id
WHERE events_placed.merged_into IS NULL AND severity >= $severity
  AND events_placed.polarity IN (SELECT unnest($polarities))
  AND event_id NOT IN (SELECT coalesce(merged_into, event_id) FROM alerts JOIN events_placed USING (event_id))
  AND headline_claim_id NOT IN (SELECT coalesce(merged_into, claim_id) FROM alert_claims JOIN claims USING (claim_id))
"""


def untold_events(con: Connection, severity: int, *polarities: str) -> list[str]:
    """Return the events of such severity and polarity of which nobody was told.

    Which event was told of a claim depends on what was known at that time: a day that is found later sets claims apart.
    So one is told of when it rang, and when its headline did in the event it was set apart from.
    """
    asked = {"severity": severity, "polarities": polarities or ("escalatory", "neutral", "de-escalatory")}
    return [row[0] for row in con.execute(UNTOLD, asked).fetchall()]


def count_readable(warehouse: Path) -> tuple[int, list[Skipped]]:
    """Return how many captures can be read at the place on record, and what in the archive files cannot."""
    folder = archive_folder(warehouse)
    with open_writer(warehouse) as con:
        places = con.execute('SELECT file, "offset", "length", digest FROM captures').fetchall()
    for place in places:
        assert read_capture(folder, CaptureRef(*place)).body is not None
    skipped = [
        one for path in sorted(folder.glob("[!.]*.warc.gz")) for one in iter_warc(path) if isinstance(one, Skipped)
    ]
    return len(places), skipped
