"""From the pages of a WARC file to the warehouse: batch by batch, each page once, however often it is done."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from extractors.identity import site_key
from extractors.model import Article, Rejected
from flows.http import Fetched, Headers
from flows.intake import Archive, Arrival, CaptureRef, Stowed, Subject, stow, try_alone
from flows.parts.scanning import CrawlFile
from flows.workers import Abandoned
from warehouse.connection import Connection, open_writer, transaction
from warehouse.parts import PageRow, article_of, iter_rows, topics_of
from warehouse.storing import (
    Capture,
    CaptureEnd,
    Counts,
    Kept,
    Reading,
    Scan,
    Source,
    Try,
    add_captures,
    add_rejections,
    crawl_source,
    end_captures,
    end_scan,
    kept_pages,
    outlets_by_site,
    reopen_captures,
    save_tries,
    scanned_version,
)

BATCH_ROWS = 500  # stored in one transaction: what a kill may cost, and what others may have to wait for
# What a body that was decoded here no longer is.
UNDONE = frozenset(("content-encoding", "transfer-encoding", "x-crawler-transfer-encoding", "content-length"))


@dataclass(slots=True)
class Merged:
    """What a file came to: its responses, those that may belong to a topic and are new, its damaged records."""

    responses: int = 0
    captures: int = 0
    damaged: list[tuple[str, str]] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)


@dataclass(frozen=True, slots=True)
class Crawl:
    """A file on its way in: where it lies, its source, and the version it was read for."""

    file: CrawlFile
    location: str
    source: Source
    version: str


@dataclass(slots=True)
class _Context:
    """What is known while the rows of a file come in; ``kept`` grows with them."""

    crawl: Crawl
    archive: Archive
    kept: dict[tuple[str, str], Kept]
    outlets: Mapping[str, str]
    now: datetime


def begin_crawl(warehouse: Path, file: CrawlFile, version: str) -> Crawl | None:
    """Return a file that is to be read, its source on record; None where it was read to its end for this version."""
    location = file.location
    with open_writer(warehouse) as con, transaction(con):
        source = crawl_source(con, file.key, location)
        crawl = Crawl(file, location, source, f"{file.size}-{version}")
        before = scanned_version(con, source)
        if before == crawl.version:
            return None
        if before is not None:
            reopen_captures(con, source)
    return crawl


def merge_pages(warehouse: Path, crawl: Crawl, part: Path, archive: Archive, *, now: datetime) -> Merged:
    """Store the pages of a part and that the file was read to its end; what is there stays as it is."""
    done = Merged()
    with open_writer(warehouse) as con:
        context = _Context(crawl, archive, kept_pages(con, crawl.source), outlets_by_site(con), now)
    for rows in iter_rows(part, PageRow, BATCH_ROWS):
        with open_writer(warehouse) as con, transaction(con):
            _merge(con, rows, context, done)
    scan = Scan(crawl.source, crawl.version, now, done.responses, done.captures, len(done.damaged))
    with open_writer(warehouse) as con, transaction(con):
        end_scan(con, scan)
    return done


def _merge(con: Connection, rows: Sequence[PageRow], context: _Context, done: Merged) -> None:
    pages = _unsettled([one for one in rows if one.kind in ("article", "rejected", "failed")], context)
    new = [row for row, kept in pages.items() if kept is None]
    captures = _captures(new, context)
    add_captures(con, captures)
    ids = {row: kept.capture_id for row, kept in pages.items() if kept is not None}
    ids |= {row: one.capture_id for row, one in zip(new, captures, strict=True)}
    arrivals = {row: _arrival(row, ids[row], context) for row in pages if row.kind != "failed"}
    stowed = stow(con, list(arrivals.values()))
    end_captures(con, [_end(ids[row], one, stowed) for row, one in arrivals.items()])
    save_tries(con, [_try(row, ids[row], context.now) for row in pages if row.kind == "failed"])
    damaged = [row for row in rows if row.kind == "damaged"]
    rejections = add_rejections(con, [_damaged(row, context) for row in damaged])
    done.responses += sum(row.offset for row in rows if row.kind == "end")
    done.captures += len(new)
    done.damaged += [(_location(row, context), f"record-{row.reason}") for row in damaged]
    stored = stowed.stored
    done.counts += Counts(articles=stored.articles, copies=stored.copies, rejections=stored.rejections + rejections)


def _unsettled(rows: Sequence[PageRow], context: _Context) -> dict[PageRow, Kept | None]:
    """Return the pages of which is not known what they came to, each with its record if there is one."""
    found: dict[PageRow, Kept | None] = {}
    for row in rows:
        kept = context.kept.get((row.url, row.body_hash))
        if kept is None or not kept.is_settled:
            found[row] = kept
            context.kept[row.url, row.body_hash] = Kept("", is_settled=True)  # a second time in the same file
    return found


def _captures(rows: Sequence[PageRow], context: _Context) -> list[Capture]:
    """Return where pages lie: in their file, or in the archive where they cannot be reached in it."""
    copied = [row for row in rows if not row.length]
    refs = context.archive.write_all([(_fetched(row), _at(row, context)) for row in copied])
    places = dict(zip(copied, refs, strict=True))
    return [_capture(row, places.get(row), context) for row in rows]


def _capture(row: PageRow, copy: CaptureRef | None, context: _Context) -> Capture:
    place = copy or CaptureRef(context.crawl.location, row.offset, row.length, row.digest)
    return Capture(
        context.crawl.source.source_id, None, row.url, row.url, row.status, place.file, place.offset, place.length,
        place.digest, row.body_hash, _at(row, context),
    )  # fmt: skip


def _fetched(row: PageRow) -> Fetched:
    """Return the response as if it had come without any coding."""
    headers: Headers = tuple((name, value) for name, value in json.loads(row.headers or "[]"))
    kept = tuple((name, value) for name, value in headers if name.lower() not in UNDONE)
    body = row.body or b""
    return Fetched(row.url, row.url, row.status, "OK", kept, (), body, body, row.body_hash)


def _at(row: PageRow, context: _Context) -> datetime:
    return min(row.captured_at or context.now, context.now)


def _arrival(row: PageRow, capture_id: str, context: _Context) -> Arrival:
    outcome: Article | Rejected = Rejected(row.reason, row.detail)
    if row.article is not None:
        outcome = article_of(row.article)
        outcome = replace(outcome, outlet=context.outlets.get(site_key(row.url)) or outcome.outlet)
    source_id = context.crawl.source.source_id
    reading = Reading(source_id, row.location, row.body_hash, outcome, _at(row, context))
    return Arrival(capture_id, reading, row.location if row.article is not None else None, topics_of(row))


def _end(capture_id: str, arrival: Arrival, stowed: Stowed) -> CaptureEnd:
    if isinstance(arrival.reading.outcome, Rejected):
        return CaptureEnd(capture_id, arrival.reading.outcome.reason)
    place, text_id = stowed.places[capture_id], stowed.text_ids[capture_id]
    return CaptureEnd(capture_id, place.kind, text_id, arrival.reading.location)


def _try(row: PageRow, capture_id: str, now: datetime) -> Try:
    """Return that a page is to be tried again, alone."""
    ended: Abandoned[Any] = Abandoned(None, row.reason, row.detail)  # type: ignore[arg-type]  # as a worker said it
    return try_alone(ended, Subject("read", capture_id, row.url, 0), now)


def _damaged(row: PageRow, context: _Context) -> Reading:
    outcome = Rejected(f"record-{row.reason}", row.detail)
    return Reading(context.crawl.source.source_id, _location(row, context), "", outcome, context.now, stage="scan")


def _location(row: PageRow, context: _Context) -> str:
    return f"{context.crawl.file.name}:{row.offset}"
