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


def scanned_version(con: duckdb.DuckDBPyConnection, source: Source) -> str | None:
    """Return what the file was like, and read for, when it was last read to its end; None if it never was."""
    add_sources(con, [source])
    row = con.execute("SELECT etag FROM source_states WHERE source_id = $id", {"id": source.source_id}).fetchone()
    return row[0] if row else None


def captured_bodies(con: duckdb.DuckDBPyConnection, source: Source) -> set[tuple[str, str]]:
    """Return address and body hash of all that was kept of a file."""
    rows = con.execute("SELECT url, body_hash FROM captures WHERE source_id = $id", {"id": source.source_id}).fetchall()
    return {(row[0], row[1]) for row in rows}


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
