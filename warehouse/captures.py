"""Captures: where raw responses lie, and what reading them came to."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import get_args

import duckdb

from extractors.model import Entry, Moment, TimePrecision
from warehouse.bulk import insert_new
from warehouse.keys import make_key

PRECISIONS = get_args(TimePrecision)


@dataclass(frozen=True, slots=True)
class Capture:
    """A stored response; ``capture_id`` is computed from where it lies."""

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

    @property
    def capture_id(self) -> str:
        """Return the identifier."""
        return make_key("capture", self.file, self.offset)

    @property
    def is_backfilled(self) -> bool:
        """Tell whether it came from a WARC file instead of being fetched for an entry."""
        return self.entry_id is None


@dataclass(frozen=True, slots=True)
class UnreadCapture:
    """A capture that waits to be read, with what its source and entry say of the article."""

    capture_id: str
    capture: Capture
    outlet: str | None
    issuer: str | None
    source_topics: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, slots=True)
class CaptureEnd:
    """What reading a capture came to."""

    capture_id: str
    outcome: str


def add_captures(con: duckdb.DuckDBPyConnection, captures: Sequence[Capture]) -> None:
    """Record where responses lie."""
    insert_new(
        con,
        "captures",
        "capture_id",
        [asdict(one) | {"capture_id": one.capture_id, "outcome": None} for one in captures],
    )


def unread_captures(con: duckdb.DuckDBPyConnection, limit: int, *, is_backfill: bool = False) -> list[UnreadCapture]:
    """Return captures that were not read yet, by the date their entry gives, then in the order they came in.

    What came from WARC files (``is_backfill``) and what was fetched are read apart, so that the two can go on at once.
    """
    rows = con.execute(
        """
        SELECT captures.capture_id, captures.source_id, captures.entry_id, captures.url, requested_url, captures.status,
               file, "offset", "length", digest, body_hash, captured_at, sources.outlet, sources.issuer, sources.topics,
               guid, entries.url, entries.title, summary, author, entries.language,
               published_at, published_precision, published_is_inferred, published_raw
        FROM captures
        LEFT JOIN sources ON sources.source_id = captures.source_id
        LEFT JOIN entries ON entries.entry_id = captures.entry_id
        WHERE outcome IS NULL AND (captures.entry_id IS NULL) = $is_backfill
        ORDER BY published_at NULLS LAST, captured_at, file, "offset"
        LIMIT $limit
        """,
        {"limit": limit, "is_backfill": is_backfill},
    ).fetchall()
    return [_to_unread(row) for row in rows]


def count_unread(con: duckdb.DuckDBPyConnection, *, is_backfill: bool = False) -> int:
    """Return how many captures wait to be read."""
    row = con.execute(
        "SELECT count(*) FROM captures WHERE outcome IS NULL AND (entry_id IS NULL) = $is_backfill",
        {"is_backfill": is_backfill},
    ).fetchone()
    return int(row[0]) if row else 0


def end_captures(con: duckdb.DuckDBPyConnection, ends: Sequence[CaptureEnd]) -> None:
    """Record what captures came to."""
    if ends:
        con.execute(
            """
            UPDATE captures SET outcome = new.outcome
            FROM (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new
            WHERE captures.capture_id = new.capture_id
            """,
            {"rows": [asdict(one) for one in ends]},
        )


def _to_unread(row: tuple) -> UnreadCapture:  # type: ignore[type-arg]
    guid, url, title, summary, author, language, at, precision, is_inferred, raw = row[15:]
    published = Moment(at, precision, "feed", bool(is_inferred), raw) if at and precision in PRECISIONS else None
    # The address stays out: an entry's is as listed, with tracking and all; the page's own is better.
    entry = Entry(guid or url or "", None, title, summary, published, author=author, language=language)
    return UnreadCapture(row[0], Capture(*row[1:12]), row[12], row[13], tuple(row[14] or ()), entry)
