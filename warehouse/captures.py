"""Captures: where raw responses lie, and what reading them came to."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import get_args

import duckdb

from extractors.model import Moment, TimePrecision
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


@dataclass(frozen=True, slots=True)
class UnreadCapture:
    """A capture that waits to be read, with what its source and entry say of the article."""

    capture_id: str
    capture: Capture
    source_location: str
    outlet: str | None
    source_language: str | None
    entry_title: str | None
    entry_author: str | None
    entry_published: Moment | None
    source_topics: tuple[str, ...]


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


def unread_captures(con: duckdb.DuckDBPyConnection, limit: int) -> list[UnreadCapture]:
    """Return captures that were not read yet, by the date their entry gives, then in the order they came in."""
    rows = con.execute(
        """
        SELECT capture_id, captures.source_id, captures.entry_id, captures.url, requested_url, captures.status, file,
               "offset", "length", digest, body_hash, captured_at, sources.location, sources.outlet, sources.language,
               entries.title, entries.author, published_at, published_precision, published_is_inferred, published_raw,
               sources.topics
        FROM captures
        LEFT JOIN sources ON sources.source_id = captures.source_id
        LEFT JOIN entries ON entries.entry_id = captures.entry_id
        WHERE outcome IS NULL
        ORDER BY published_at NULLS LAST, captured_at, file, "offset"
        LIMIT $limit
        """,
        {"limit": limit},
    ).fetchall()
    return [_to_unread(row) for row in rows]


def count_unread(con: duckdb.DuckDBPyConnection) -> int:
    """Return how many captures wait to be read."""
    row = con.execute("SELECT count(*) FROM captures WHERE outcome IS NULL").fetchone()
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
    at, precision, is_inferred, raw = row[17:21]
    published = Moment(at, precision, "feed", bool(is_inferred), raw) if at and precision in PRECISIONS else None
    capture = Capture(*row[1:12])
    return UnreadCapture(
        row[0], capture, row[12] or "", row[13], row[14], row[15], row[16], published, tuple(row[21] or ())
    )
