"""Captures: where raw responses lie, and what reading them came to."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import get_args

import duckdb

from extractors.model import Entry, Moment, TimePrecision
from warehouse.bulk import insert_new
from warehouse.keys import make_key
from warehouse.storing.tries import DUE

PRECISIONS = get_args(TimePrecision)


@dataclass(frozen=True, slots=True)
class Capture:
    """A stored response; ``part_of`` is the ``capture_id`` of an article's first page.

    That is computed from where a response lies; from what it is where others made the file, which may be moved.
    """

    source_id: str
    entry_id: str | None
    url: str
    requested_url: str
    status: int
    file: str
    offset: int
    length: int
    digest: str
    body_hash: str
    captured_at: datetime
    part_of: str | None = None

    @property
    def capture_id(self) -> str:
        """Return the identifier."""
        if self.is_backfilled:
            return make_key("capture", self.source_id, self.url, self.body_hash)
        return make_key("capture", self.file, self.offset)

    @property
    def is_backfilled(self) -> bool:
        """Tell whether it came from a WARC file instead of being fetched for an entry."""
        return self.entry_id is None


@dataclass(frozen=True, slots=True)
class UnreadCapture:
    """A capture that waits to be read, with what its source and entry say of the article.

    Where several sources list the page, it is read for each of their entries: ``capture`` then names that one's.
    ``further`` says where the article's other pages lie: file, offset, length and digest of each.
    A suspect failed before, among others or (``n_tries``) alone, without a verdict.
    """

    capture_id: str
    capture: Capture
    outlet: str | None
    issuer: str | None
    source_topics: tuple[str, ...]
    entry: Entry
    is_suspect: bool = False
    n_tries: int = 0
    further: tuple[tuple[str, int, int, str], ...] = ()

    @property
    def key(self) -> str:
        """Return what identifies it among those that wait."""
        return make_key("reading", self.capture_id, self.capture.entry_id)


@dataclass(frozen=True, slots=True)
class CaptureEnd:
    """What reading a capture came to, and which text at which place it gave."""

    capture_id: str
    outcome: str
    text_id: str | None = None
    location: str | None = None


def add_captures(con: duckdb.DuckDBPyConnection, captures: Sequence[Capture]) -> None:
    """Record where responses lie."""
    insert_new(
        con,
        "captures",
        "capture_id",
        [
            asdict(one) | {"capture_id": one.capture_id, "outcome": None, "text_id": None, "location": None}
            for one in captures
        ],
    )


UNREAD = f"outcome IS NULL AND (captures.entry_id IS NULL) = $is_backfill AND (subject_id IS NULL OR {DUE})"


def unread_captures(
    con: duckdb.DuckDBPyConnection, limit: int, now: datetime, *, is_backfill: bool = False
) -> list[UnreadCapture]:
    """Return captures that were not read yet, by the date their entry gives, then in the order they came in.

    What came from WARC files (``is_backfill``) and what was fetched are read apart, so that the two can go on at once.
    Suspects that are due come when there is nothing else, and never together with others.
    """
    rows = con.execute(
        f"""
        WITH waiting AS (
            SELECT captures.*, published_at AS by_entry, subject_id IS NOT NULL AS is_suspect,
                   coalesce(tries.n_tries, 0) AS n_failed
            FROM captures
            LEFT JOIN tries ON tries.subject_id = captures.capture_id
            LEFT JOIN entries ON entries.entry_id = captures.entry_id
            WHERE {UNREAD}
            ORDER BY is_suspect, published_at NULLS LAST, captured_at, file, "offset"
            LIMIT $limit
        )
        SELECT captures.capture_id, coalesce(entries.source_id, captures.source_id),
               coalesce(entries.entry_id, captures.entry_id), captures.url, requested_url, captures.status,
               file, "offset", "length", digest, body_hash, captured_at, sources.outlet, sources.issuer, sources.topics,
               guid, entries.url, entries.title, summary, author, entries.language,
               published_at, published_precision, published_is_inferred, published_raw, is_suspect, n_failed
        FROM waiting AS captures
        LEFT JOIN (
            SELECT waiting.capture_id, entries.entry_id FROM waiting JOIN entries USING (capture_id)
            WHERE entries.status = 'captured'
            UNION
            SELECT waiting.capture_id, waiting.entry_id FROM waiting
            WHERE capture_id NOT IN (
                SELECT capture_id FROM entries WHERE status = 'captured' AND capture_id IS NOT NULL
            )
        ) AS listing USING (capture_id)
        LEFT JOIN entries ON entries.entry_id = listing.entry_id
        LEFT JOIN sources ON sources.source_id = coalesce(entries.source_id, captures.source_id)
        ORDER BY is_suspect, by_entry NULLS LAST, captured_at, file, "offset", entries.entry_id
        """,
        {"limit": limit, "is_backfill": is_backfill, "now": now},
    ).fetchall()
    further = _further_pages(con, [row[0] for row in rows])
    found = [replace(one, further=further.get(one.capture_id, ())) for one in map(_to_unread, rows)]
    return [one for one in found if one.is_suspect == found[0].is_suspect]


def _further_pages(
    con: duckdb.DuckDBPyConnection, capture_ids: Sequence[str]
) -> dict[str, tuple[tuple[str, int, int, str], ...]]:
    rows = con.execute(
        """
        SELECT part_of, file, "offset", "length", digest FROM captures WHERE part_of IN (SELECT unnest($ids))
        ORDER BY part_of, captured_at, file, "offset"
        """,
        {"ids": list(capture_ids)},
    ).fetchall()
    found: dict[str, tuple[tuple[str, int, int, str], ...]] = {}
    for part_of, *place in rows:
        found[part_of] = (*found.get(part_of, ()), (place[0], place[1], place[2], place[3]))
    return found


def count_unread(con: duckdb.DuckDBPyConnection, now: datetime, *, is_backfill: bool = False) -> int:
    """Return how many captures are to be read."""
    row = con.execute(
        f"SELECT count(*) FROM captures LEFT JOIN tries ON subject_id = capture_id WHERE {UNREAD}",
        {"is_backfill": is_backfill, "now": now},
    ).fetchone()
    return int(row[0]) if row else 0


def end_captures(con: duckdb.DuckDBPyConnection, ends: Sequence[CaptureEnd]) -> None:
    """Record what captures came to; of one that was read for several entries what the first kept of it."""
    kept = {one.capture_id: one for one in sorted(ends, key=lambda one: (one.text_id is not None, one.outcome))}
    if ends:
        con.execute(
            """
            UPDATE captures SET outcome = new.outcome, text_id = new.text_id, location = new.location
            FROM (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new
            WHERE captures.capture_id = new.capture_id
            """,
            {"rows": [asdict(one) for one in kept.values()]},
        )


def _to_unread(row: tuple) -> UnreadCapture:  # type: ignore[type-arg]
    guid, url, title, summary, author, language, at, precision, is_inferred, raw = row[15:25]
    published = Moment(at, precision, "feed", bool(is_inferred), raw) if at and precision in PRECISIONS else None
    # The address stays out: an entry's is as listed, with tracking and all; the page's own is better.
    entry = Entry(guid or url or "", None, title, summary, published, author=author, language=language)
    return UnreadCapture(row[0], Capture(*row[1:12]), row[12], row[13], tuple(row[14] or ()), entry, *row[25:])
