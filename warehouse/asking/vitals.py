"""What tells whether an installation does its work: last runs, what waits, how sources and channels stand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

import duckdb

from extractors.dates import TOLERANCE
from warehouse.packaged import packaged_sql
from warehouse.storing import Counts, articles_to_extract

SourceState: TypeAlias = Literal["answering", "failing", "gone", "new", "disabled"]


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run of a flow; ``completed_at`` is when one of that flow last came to its end."""

    flow: str
    run_id: str
    started_at: datetime
    finished_at: datetime | None
    status: Literal["running", "completed", "failed"]
    error: str | None
    tocsin_version: str
    extractor_version: str
    completed_at: datetime | None
    added: Counts


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many wait: entries for their page, pages to be read, articles, statements, deliveries; and what failed."""

    entries: int
    pages: int
    articles: int
    statements: int
    deliveries: int
    tries: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many are stored."""

    articles: int
    copies: int
    rejections: int
    statements: int
    claims: int
    alerts: int
    polls: int


@dataclass(frozen=True, slots=True)
class PolledState:
    """How a polled source stands; ``reason`` says what failed last, or why it is no longer polled."""

    source_id: str
    state: SourceState
    next_at: datetime | None
    polled_at: datetime | None
    succeeded_at: datetime | None
    n_errors: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of one kind waits for a channel, or was given up; ``error`` says what failed last."""

    channel: str
    status: Literal["pending", "dead"]
    kind: str
    n_deliveries: int
    due_at: datetime | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Vitals:
    """Everything at one moment."""

    taken_at: datetime
    schema: int
    runs: tuple[LastRun, ...]
    backlog: Backlog
    holdings: Holdings
    sources: tuple[PolledState, ...]
    undelivered: tuple[Waiting, ...]

    def last(self, flow: str) -> LastRun | None:
        """Return the last run of a flow."""
        return next((one for one in self.runs if one.flow == flow), None)


def vitals_of(con: duckdb.DuckDBPyConnection, now: datetime) -> Vitals:
    """Return how the warehouse stands: a handful of queries over small tables and counts."""
    runs = _last_runs(con, now)
    newest = max(runs, key=lambda one: one.started_at, default=None)
    n_articles = len(articles_to_extract(con, newest.extractor_version)) if newest else 0
    entries, pages, statements, deliveries, tries, *stored = _only(con, packaged_sql("asking", "backlog"))
    return Vitals(
        taken_at=now,
        schema=_only(con, "SELECT coalesce(max(version), 0) FROM schema_migrations")[0],
        runs=runs,
        backlog=Backlog(entries, pages, n_articles, statements, deliveries, tries),
        holdings=Holdings(*stored),
        sources=tuple(PolledState(*row) for row in con.execute(packaged_sql("asking", "polled_states")).fetchall()),
        undelivered=tuple(
            Waiting(*row)
            for row in con.execute(
                "SELECT channel, status, kind, n_deliveries, due_at, error FROM undelivered"
            ).fetchall()
        ),
    )


def _last_runs(con: duckdb.DuckDBPyConnection, now: datetime) -> tuple[LastRun, ...]:
    rows = con.execute(packaged_sql("asking", "last_runs"), {"ahead": now + TOLERANCE}).fetchall()
    return tuple(_last_run(row) for row in rows)


def _last_run(row: tuple[Any, ...]) -> LastRun:
    values = (*row[:9], Counts(*row[9:]))
    return LastRun(*values)


def _only(con: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    row = con.execute(query).fetchone()
    assert row is not None  # noqa: S101 - a row of scalar subqueries is always there
    return row
