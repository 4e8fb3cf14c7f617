"""Extraction and reading with articles that break them, and with a machine that does: none is lost for another."""

import hashlib
import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from config.settings import ExtractSettings, ReadSettings, Settings
from extractors.pipeline import extract
from extractors.topics.matching import TopicMatcher
from flows.analysis.extract import ExtractedBatch, extract_guarded
from flows.analysis.extraction_workers import ExtractionCrew
from flows.analysis.knowledge import knowledge_for, reference_knowledge, topic_matcher
from flows.intake.pages import ReadPages, read_pages
from flows.intake.read import read_batch
from flows.intake.tries import Patience
from flows.intake.warc import Captured, iter_warc
from flows.workers import guarded
from tests.flows import crawls
from tests.flows.articles import TEXTS, write_corpus
from tests.flows.command import tocsin
from tests.flows.live import write_live_config
from tests.flows.workers import misbehaviour
from tests.flows.workers.test_guarded import children_of, command_of, parent_of
from warehouse.alerting.notices import raise_notices
from warehouse.connection import open_reader, open_writer
from warehouse.storing.articles import load_articles
from warehouse.storing.captures import Capture, add_captures
from warehouse.storing.findings import articles_to_extract, suspects_to_extract
from warehouse.storing.tries import waiting_tries
from warehouse.upkeep.snapshot import published_path

pytestmark = pytest.mark.slow

TRIES = 2
SETTINGS = Settings(
    extract=ExtractSettings(article_seconds=2, article_memory_bytes=500_000_000, article_tries=TRIES),
    read=ReadSettings(page_seconds=3, page_tries=2),
)


@cache
def version() -> str:
    """Return the version under which articles are extracted."""
    return reference_knowledge(None).version


def rows(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    """Return what the working file says."""
    with open_writer(warehouse) as con:
        return con.execute(query).fetchall()


def take_in(folder: Path, poisons: Mapping[str, str]) -> Path:
    """Read the innocent articles and some with orders to their worker in them."""
    corpus = write_corpus(folder / "corpus")
    for name, order in poisons.items():
        text = f"A notice of the port\n\n“The {name} pier is closed,” said Port Minister Ada Lind. Poison: {order}.\n"
        (corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    read_batch(corpus, sorted(one.name for one in corpus.glob("*.txt")), folder / "w.duckdb", max_bytes=100_000)
    return folder / "w.duckdb"


def extract_cycle(warehouse: Path, crew: ExtractionCrew, now: datetime) -> list[ExtractedBatch]:
    """Extract as a cycle does: what is fresh, then what failed, by itself."""
    found = []
    for is_alone in (False, True):
        with open_writer(warehouse) as con:
            waiting = suspects_to_extract(con, version(), now) if is_alone else articles_to_extract(con, version())
        if waiting:
            patience = Patience(TRIES, TRIES)
            knowledge = reference_knowledge(None)
            found.append(
                extract_guarded(warehouse, waiting, knowledge, crew, now=now, is_alone=is_alone, patience=patience)
            )
    return found


EXTRACTED = """
    SELECT location, n_statements FROM extractions JOIN copies USING (article_id) ORDER BY location
"""
REJECTED = """
    SELECT copies.location, rejections.reason FROM rejections
    JOIN articles ON articles.article_id = rejections.location JOIN copies USING (article_id)
    WHERE rejections.stage = 'extract' ORDER BY ALL
"""
CULPRITS = {"east": "spin", "west": "eat", "north": "fault", "south": "raise"}
VERDICTS = [
    ("east.txt", "timeout"),
    ("north.txt", "crash"),
    ("south.txt", "extraction-failed"),
    ("west.txt", "memory"),
]


def test_poison_harms_itself_alone_and_is_rejected_after_its_tries(tmp_path: Path) -> None:
    """The innocents of its batch are extracted in the same cycle, as they would be without it; people are told."""
    warehouse = take_in(tmp_path, CULPRITS)
    first = datetime.now(UTC)
    with ExtractionCrew(None, SETTINGS, misbehaviour.extract_chunk) as crew:
        extract_cycle(warehouse, crew, first)
        done = dict(rows(warehouse, EXTRACTED))
        assert set(done) == {*TEXTS, "south.txt"}
        assert all(done[name] for name in TEXTS)
        assert rows(warehouse, REJECTED) == [("south.txt", "extraction-failed")]
        assert not extract_cycle(warehouse, crew, first)  # the others wait for their time
        extract_cycle(warehouse, crew, first + timedelta(hours=1))
        assert rows(warehouse, REJECTED) == VERDICTS
        assert not extract_cycle(warehouse, crew, first + timedelta(days=9))
    with open_writer(warehouse) as con:
        assert waiting_tries(con) == []
        assert len(raise_notices(con, ["desk"], datetime.now(UTC) + timedelta(hours=2))) == len(VERDICTS)
    kinds = rows(
        warehouse, "SELECT DISTINCT notices.kind, channel FROM notices JOIN deliveries ON alert_id = notice_id"
    )
    assert kinds == [("article-given-up", "desk")]
    assert_as_unguarded(warehouse)


def assert_as_unguarded(warehouse: Path) -> None:
    """Compare what is stored of the innocents with what extraction in this process finds."""
    with open_writer(warehouse) as con:
        ids = [row[0] for row in con.execute("SELECT article_id FROM statements GROUP BY 1 ORDER BY 1").fetchall()]
        articles = load_articles(con, ids)
        stored = con.execute(
            "SELECT article_id, ordinal, content, speaker_id, category, severity FROM statements ORDER BY 1, 2"
        ).fetchall()
    found = [
        (one.content_hash, each.statement.ordinal, each.statement.content, each.statement.speaker.actor_id,
         each.escalation.category, each.escalation.severity)
        for one in extract(articles, knowledge_for(None)) for each in one.statements
    ]  # fmt: skip
    assert stored == found


def test_an_extractor_killed_from_outside_costs_a_try_and_no_article(tmp_path: Path) -> None:
    """It is extracted as soon as the machine lets it."""
    mended = tmp_path / "mended"
    warehouse = take_in(tmp_path, {"east": f"kill until {mended}"})
    now = datetime.now(UTC)
    with ExtractionCrew(None, SETTINGS, misbehaviour.extract_chunk) as crew:
        extract_cycle(warehouse, crew, now)
        ((reason, n_tries),) = rows(warehouse, "SELECT reason, n_tries FROM tries")
        assert (reason, n_tries) == ("killed: SIGKILL", 1)
        mended.touch()
        extract_cycle(warehouse, crew, now + timedelta(hours=1))
    assert len(rows(warehouse, EXTRACTED)) == len(TEXTS) + 1
    assert rows(warehouse, "FROM tries") == rows(warehouse, REJECTED) == []


def test_a_batch_stops_before_its_time_is_over_and_the_rest_is_left(tmp_path: Path) -> None:
    """The time limit of a task cannot be met by articles that each take all they may."""
    warehouse = take_in(tmp_path, {"east": "spin", "west": "spin"})
    settings = SETTINGS.model_copy(update={"batches": SETTINGS.batches.model_copy(update={"timeout_seconds": 6})})
    with open_writer(warehouse) as con:
        ids = [row[0] for row in con.execute("SELECT article_id FROM copies WHERE location LIKE '%st.txt'").fetchall()]
    with ExtractionCrew(None, settings, misbehaviour.extract_chunk) as crew:
        patience, knowledge = Patience(TRIES, TRIES), reference_knowledge(None)
        done = extract_guarded(warehouse, ids, knowledge, crew, now=None, is_alone=True, patience=patience)
    assert (done.postponed, len(done.left)) == (1, 1)


# -- reading pages


@pytest.fixture
def matcher(tmp_path: Path) -> TopicMatcher:
    return topic_matcher(write_live_config(tmp_path / "config"))


@pytest.fixture
def captured(tmp_path: Path) -> Path:
    """Return a warehouse with four pages that wait to be read."""
    crawl = crawls.write_crawl(tmp_path / "crawl.warc.gz", [crawls.record(n, crawls.page(n)) for n in range(4)])
    warehouse = tmp_path / "w.duckdb"
    found = [one for one in iter_warc(crawl) if isinstance(one, Captured)]
    with open_writer(warehouse) as con:
        add_captures(con, [waiting(crawl, one) for one in found])
    return warehouse


def waiting(crawl: Path, found: Captured) -> Capture:
    """Return a page of a crawl as one that is to be read."""
    assert found.captured_at is not None
    place, body_hash = found.ref, hashlib.sha256(found.body).hexdigest()
    return Capture(
        "crawl", None, found.url, found.url, 200, str(crawl), place.offset, place.length, place.digest, body_hash,
        found.captured_at,
    )  # fmt: skip


def read_cycle(warehouse: Path, matcher: TopicMatcher, now: datetime) -> list[ReadPages]:
    """Read as a cycle does: until nothing is due."""
    found: list[ReadPages] = []
    while True:
        done = read_pages(warehouse, warehouse.parent, SETTINGS, matcher, now=now, limit=50, is_backfill=True)
        if not done.captures and not done.postponed:
            return found
        found.append(done)


@contextmanager
def signalled(kind: signal.Signals) -> Iterator[None]:
    """Send a signal to every worker as soon as it is there."""
    is_over = threading.Event()

    def send() -> None:
        while not is_over.wait(0.001):
            for child in children_of(os.getpid()):
                if "forkserver" in command_of(child) and parent_of(child) != os.getpid():
                    with suppress(OSError):
                        os.kill(child, kind)

    sender = threading.Thread(target=send)
    sender.start()
    try:
        yield
    finally:
        is_over.set()
        sender.join()


@pytest.mark.parametrize(("kind", "reason"), [(signal.SIGKILL, "killed"), (signal.SIGSTOP, "stalled")])
def test_pages_whose_readers_were_killed_or_stopped_are_read_later(
    kind: signal.Signals, reason: str, captured: Path, matcher: TopicMatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost, and no worker that stands still holds the cycle up."""
    monkeypatch.setattr(guarded, "START_S", 1.0)
    monkeypatch.setattr(guarded, "GRACE_S", 0.5)
    now = datetime.now(UTC)
    with signalled(kind):
        read_cycle(captured, matcher, now)
    tried = rows(captured, "SELECT split_part(reason, ':', 1), n_tries, count(*) FROM tries GROUP BY ALL")
    assert tried == [(reason, 1, 4)]
    assert rows(captured, "FROM rejections") == []
    monkeypatch.undo()
    assert read_cycle(captured, matcher, now) == []
    read_cycle(captured, matcher, now + timedelta(minutes=16))
    assert rows(captured, "SELECT outcome, count(*) FROM captures GROUP BY ALL") == [("article", 4)]
    assert rows(captured, "FROM tries") == []


def test_captures_that_cannot_be_read_now_are_read_when_they_can(captured: Path, matcher: TopicMatcher) -> None:
    """A disk that was away for a while costs no article."""
    crawl = captured.parent / "crawl.warc.gz"
    away = crawl.rename(crawl.with_suffix(".away"))
    now = datetime.now(UTC)
    read_cycle(captured, matcher, now)
    assert rows(captured, "SELECT DISTINCT reason LIKE 'unavailable: %', n_tries FROM tries") == [(True, 1)]
    away.rename(crawl)
    read_cycle(captured, matcher, now + timedelta(minutes=16))
    assert rows(captured, "SELECT outcome, count(*) FROM captures GROUP BY ALL") == [("article", 4)]


def test_captures_that_are_gone_for_good_are_given_up(captured: Path, matcher: TopicMatcher) -> None:
    """After their tries, with the reason on record, and people are told."""
    (captured.parent / "crawl.warc.gz").unlink()
    now = datetime.now(UTC)
    for hours in (0, 1):
        read_cycle(captured, matcher, now + timedelta(hours=hours))
    assert rows(captured, "SELECT outcome, count(*) FROM captures GROUP BY ALL") == [("gave-up", 4)]
    ((detail,),) = rows(captured, "SELECT DISTINCT detail LIKE 'unavailable: %tried 2 times alone' FROM rejections")
    assert detail is True
    with open_writer(captured) as con:
        assert len(raise_notices(con, [], now + timedelta(hours=2))) == 4


def test_a_clock_that_was_ahead_puts_nothing_off(captured: Path, matcher: TopicMatcher) -> None:
    """What is due later than can be meant is due now."""
    crawl = captured.parent / "crawl.warc.gz"
    away = crawl.rename(crawl.with_suffix(".away"))
    now = datetime.now(UTC)
    read_cycle(captured, matcher, now + timedelta(days=400))
    away.rename(crawl)
    read_cycle(captured, matcher, now)
    assert rows(captured, "SELECT outcome, count(*) FROM captures GROUP BY ALL") == [("article", 4)]


# -- a corpus


def test_a_file_that_cannot_be_read_is_read_by_the_next_replay(tmp_path: Path) -> None:
    """It is on record as a try, never as rejected."""
    corpus, warehouse = write_corpus(tmp_path / "corpus"), tmp_path / "w.duckdb"
    names = sorted(TEXTS)
    text = (corpus / names[0]).read_bytes()
    (corpus / names[0]).unlink()
    (corpus / names[0]).symlink_to("/proc/self/mem")  # its first bytes cannot be read
    assert read_batch(corpus, names, warehouse, max_bytes=100_000).articles == 2
    assert rows(warehouse, "SELECT location, n_tries, reason LIKE 'unavailable%' FROM tries") == [(names[0], 1, True)]
    (corpus / names[0]).unlink()
    (corpus / names[0]).write_bytes(text)
    assert read_batch(corpus, names, warehouse, max_bytes=100_000).articles == 1
    assert rows(warehouse, "FROM tries") == rows(warehouse, "FROM rejections") == []


def test_a_page_that_breaks_its_reader_is_rejected_alone(tmp_path: Path) -> None:
    """Pages of a corpus are read in processes, as those of the web are."""
    corpus, warehouse = write_corpus(tmp_path / "corpus"), tmp_path / "w.duckdb"
    (corpus / "links.html").write_bytes(b"<html><body>" + b"<a href='/x'>News</a> " * 200_000 + b"</body></html>")
    (corpus / "good.html").write_bytes(crawls.page(1))
    names = sorted(one.name for one in corpus.glob("[!s]*"))
    settings = Settings(read=ReadSettings(page_seconds=1))
    assert read_batch(corpus, names, warehouse, max_bytes=10_000_000, settings=settings).articles == 4
    assert rows(warehouse, "SELECT location, reason FROM rejections") == [("links.html", "timeout")]


# -- whole runs


def test_a_hostile_article_stops_neither_alerts_nor_publishing(prefect_env: Mapping[str, str], tmp_path: Path) -> None:
    """Dense quotes took a millisecond a character: their batch ran out of time in every run, and everything stopped."""
    corpus, warehouse, config = write_corpus(tmp_path / "corpus"), tmp_path / "w.duckdb", tmp_path / "config"
    (corpus / "hostile.txt").write_text("“x said " * 12_500, encoding="utf-8")
    config.mkdir()
    (config / "tocsin.toml").write_text("[extract]\narticle_seconds = 1.0\narticle_tries = 2\n")
    call = ("replay", corpus, "--warehouse", warehouse, "--config", config)
    first = tocsin(*call, env=prefect_env)
    assert first.code == 0, first.err
    assert "put off " in first.err
    with open_reader(published_path(warehouse)) as con:
        assert con.execute("SELECT count(*) FROM extractions").fetchone() == (len(TEXTS),)
        assert con.execute("SELECT count(*) > 0 FROM alerts").fetchone() == (True,)
    second = tocsin(*call, env=prefect_env)
    assert second.code == 0, second.err
    with open_reader(published_path(warehouse)) as con:
        assert con.execute("SELECT stage, reason FROM rejections").fetchall() == [("extract", "timeout")]
    third = tocsin(*call, env=prefect_env)
    assert "nothing new" in third.out
