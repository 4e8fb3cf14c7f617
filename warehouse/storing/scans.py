"""WARC files: which were read to their end, and what was kept of them."""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from extractors.feeds import PollState
from warehouse.storing.articles import Source, add_sources
from warehouse.storing.listings import Poll, add_polls
from warehouse.storing.sources import save_states


@dataclass(frozen=True, slots=True)
class Scan:
    """One reading of a WARC file to its end; ``version`` names the file's content and the topics it was read for."""

    source: Source
    version: str
    at: datetime
    responses: int
    captures: int
    damaged: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A page of a file that is on record, and whether it is settled what became of it."""

    capture_id: str
    is_settled: bool


def crawl_source(con: duckdb.DuckDBPyConnection, key: str, location: str) -> Source:
    """Return the source of a WARC file, on record from now on, with its pages where the file lies now.

    That is the one that was read from this place, also where the file has grown; else the one of this ``key`` (name
    and size), which was moved here.
    """
    row = con.execute(
        """
        SELECT source_id, location FROM sources WHERE kind = 'warc' AND (location = $location OR source_id = $key)
        ORDER BY location = $location DESC LIMIT 1
        """,
        {"key": key, "location": location},
    ).fetchone()
    source = Source(row[0] if row else key, "warc", location)
    if row is None:
        add_sources(con, [source])
    elif row[1] != location:
        _move(con, source, row[1])
    return source


def _move(con: duckdb.DuckDBPyConnection, source: Source, before: str) -> None:
    places = {"id": source.source_id, "now": source.location, "before": before}
    con.execute("UPDATE sources SET location = $now WHERE source_id = $id AND location = $before", places)
    con.execute("UPDATE captures SET file = $now WHERE source_id = $id AND file = $before", places)


def scanned_version(con: duckdb.DuckDBPyConnection, source: Source) -> str | None:
    """Return what the file was like, and read for, when it was last read to its end; None if it never was."""
    row = con.execute("SELECT etag FROM source_states WHERE source_id = $id", {"id": source.source_id}).fetchone()
    return row[0] if row else None


def kept_pages(con: duckdb.DuckDBPyConnection, source: Source) -> dict[tuple[str, str], Kept]:
    """Return by address and body hash all that was kept of a file; what is put off is for the tries to settle."""
    rows = con.execute(
        """
        SELECT url, body_hash, capture_id, outcome IS NOT NULL OR subject_id IS NOT NULL
        FROM captures LEFT JOIN tries ON subject_id = capture_id WHERE source_id = $id
        """,
        {"id": source.source_id},
    ).fetchall()
    return {(row[0], row[1]): Kept(row[2], row[3]) for row in rows}


def reopen_captures(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Have what belonged to no topic read again, since the topics have changed."""
    con.execute(
        "UPDATE captures SET outcome = NULL WHERE source_id = $id AND outcome = 'off-topic'", {"id": source.source_id}
    )


def end_scan(con: duckdb.DuckDBPyConnection, scan: Scan) -> None:
    """Record that a file was read to its end."""
    source_id, outcome = scan.source.source_id, "changed" if scan.captures else "unchanged"
    add_polls(con, [Poll(source_id, scan.at, outcome, None, None, scan.responses, scan.captures, 0)])
    state = PollState(scan.source.location, etag=scan.version, polled_at=scan.at, succeeded_at=scan.at)
    save_states(con, [(source_id, state)])
