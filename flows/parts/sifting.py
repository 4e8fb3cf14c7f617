"""What worker processes do with the records of a WARC file: glance at each, read what may belong to a topic.

Apart from the rest, so that a worker imports no more than that takes.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from extractors.identity import canonical_url, is_fetchable
from extractors.model import Article, Rejected
from extractors.reading import read_html, visible_words
from extractors.topics import TopicMatcher
from flows.analysis import topic_matcher
from flows.intake import Captured, Frame, Revisit, Skipped, read_frame
from warehouse.parts import PageRow, json_of

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Clock:
    """When the work is done, and when a page was captured whose record does not say."""

    now: datetime
    undated: datetime


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some records of a file; ``is_copied`` keeps the bytes of pages, as their file will not be at hand."""

    frames: tuple[Frame, ...]
    clock: Clock
    is_copied: bool = False


@dataclass(frozen=True, slots=True)
class Sifted:
    """What some records came to: how many were responses, and the pages that may belong to a topic."""

    n_responses: int
    rows: tuple[PageRow, ...]


def load_topics(config_folder: Path | None) -> None:
    """Compile the topics before the first record."""
    topic_matcher(config_folder)


def sift_records(config_folder: Path | None, chunk: Chunk) -> Sifted:
    """Return what the records came to."""
    matcher, n_responses = topic_matcher(config_folder), 0
    rows: list[PageRow] = []
    for frame in chunk.frames:
        record = read_frame(frame, "")
        if isinstance(record, Skipped):
            rows.append(damaged_row(record))
        elif record is not None:
            n_responses += 1
            rows += _rows(record, matcher, chunk)
    return Sifted(n_responses, tuple(rows))


def damaged_row(record: Skipped) -> PageRow:
    """Return the row of what is no record."""
    return PageRow("damaged", record.offset, reason=record.reason, detail=record.detail)


def page_row(record: Captured, chunk: Chunk) -> PageRow:
    """Return a page as it lies in its file, not read yet."""
    at = min(record.captured_at or chunk.clock.undated, chunk.clock.now)
    is_kept = chunk.is_copied or not record.ref.length
    return PageRow(
        "failed",
        record.ref.offset,
        length=0 if is_kept else record.ref.length,
        url=record.url,
        status=record.status,
        digest=record.ref.digest,
        body_hash=hashlib.sha256(record.body).hexdigest(),
        captured_at=at,
        headers=json.dumps(record.headers) if is_kept else None,
        body=record.body if is_kept else None,
    )


def is_page(record: Captured) -> bool:
    """Tell from what came with a response whether it is a page; one seen before was looked at there."""
    kind = (record.header("content-type") or PAGE_TYPES[0]).partition(";")[0].strip().lower()
    return record.status == 200 and kind in PAGE_TYPES and is_fetchable(record.url)


def may_match(record: Captured, matcher: TopicMatcher) -> bool:
    """Tell whether a page can belong to a topic; what cannot be told here is left to the reader, who says why."""
    words = visible_words(record.body, record.header("content-type"))
    return isinstance(words, Rejected) or matcher.may_match(words.titles, words.texts)


def _rows(record: Captured | Revisit, matcher: TopicMatcher, chunk: Chunk) -> Iterator[PageRow]:
    """Yield the row of a page that may belong to a topic."""
    if isinstance(record, Captured) and is_page(record) and may_match(record, matcher):
        row = page_row(record, chunk)
        yield _read(row, read_html(record.body, record.url, dict(record.headers), now=row.captured_at), matcher)


def _read(row: PageRow, outcome: Article | Rejected, matcher: TopicMatcher) -> PageRow:
    """Return the row with what reading came to: an article that belongs to a topic, or why not."""
    topics = (
        {one.topic: one.score for one in matcher.decide_article(outcome.title, outcome.text)}
        if isinstance(outcome, Article)
        else {}
    )
    if isinstance(outcome, Article) and topics:
        location = canonical_url(outcome.url or row.url)
        return replace(row, kind="article", location=location, article=json_of(outcome), topics=json.dumps(topics))
    why = outcome if isinstance(outcome, Rejected) else Rejected("off-topic", "its full text belongs to no topic")
    return replace(row, kind="rejected", reason=why.reason, detail=why.detail, location=row.url)
