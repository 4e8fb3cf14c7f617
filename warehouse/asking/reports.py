"""What the commands show: rows read from the views."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from extractors.dates import TOLERANCE
from warehouse.packaged import packaged_sql
from warehouse.table import Table


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """One line of the table of escalation claims."""

    claim_id: str
    said_on: date | None
    said_on_precision: str | None
    speaker: str | None
    role: str | None
    country: str | None
    category: str
    severity: int
    quote: str
    outlets: list[str]
    n_reports: int


@dataclass(frozen=True, slots=True)
class RejectionRow:
    """One rejected input."""

    location: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Health:
    """The warehouse at a glance."""

    articles: int
    copies: int
    rejections: int
    statements: int
    claims: int
    escalations: int
    alerts: int
    pending_deliveries: int
    dead_deliveries: int
    troubled_channels: list[str]
    live_sources: int
    troubled_sources: list[str]
    newest_article_at: datetime | None
    last_run_at: datetime | None
    last_run_flow: str | None
    last_run_status: str | None
    last_run_error: str | None


def escalation_rows(con: duckdb.DuckDBPyConnection, claim_ids: Sequence[str]) -> list[EscalationRow]:
    """Return the escalating claims among ``claim_ids`` in the order they were said."""
    rows = con.execute(
        """
        SELECT claim_id, said_on, said_on_precision, speaker, "role", country, category, severity, quote, outlets,
               n_reports
        FROM escalations WHERE claim_id IN (SELECT unnest($ids))
        ORDER BY said_on NULLS LAST, first_reported_at NULLS LAST, severity DESC, claim_id
        """,
        {"ids": list(claim_ids)},
    ).fetchall()
    return [EscalationRow(*row) for row in rows]


def rejection_rows(con: duckdb.DuckDBPyConnection, source_id: str) -> list[RejectionRow]:
    """Return every rejected input of a source."""
    rows = con.execute(
        "SELECT location, reason, detail FROM rejections WHERE source_id = $source ORDER BY location, reason",
        {"source": source_id},
    ).fetchall()
    return [RejectionRow(*row) for row in rows]


def alert_log(con: duckdb.DuckDBPyConnection, since: date | None) -> Table:
    """Return the alert log since a day, the newest last."""
    found = con.execute(
        "FROM alert_log WHERE $since IS NULL OR raised_at >= CAST($since AS DATE) ORDER BY raised_at, severity DESC",
        {"since": since},
    )
    return Table(tuple(one[0] for one in found.description or ()), tuple(found.fetchall()))


def last_alert_on(con: duckdb.DuckDBPyConnection) -> date | None:
    """Return the day of the newest alert, None where there is none."""
    row = con.execute("SELECT CAST(max(raised_at) AS DATE) FROM alert_log").fetchone()
    return row[0] if row else None


def alerts_of(con: duckdb.DuckDBPyConnection, alert_ids: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return rule, action, speaker, category, severity, quote and claim of these alerts, the worst first."""
    return con.execute(
        """
        SELECT "rule", "action", speaker, category, severity, quote, claim_id FROM alert_log
        WHERE alert_id IN (SELECT unnest($ids)) ORDER BY severity DESC, raised_at, alert_id
        """,
        {"ids": list(alert_ids)},
    ).fetchall()


def undelivered(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return a line for each channel for which something waits after a failure, or was given up."""
    rows = con.execute(
        """
        SELECT channel || ': ' || n_deliveries || CASE status WHEN 'dead' THEN ' given up' ELSE ' waiting' END
               || coalesce(' after ' || nullif(attempts, 0) || ' tries', '') || ' (' || error || ')'
        FROM undelivered WHERE error IS NOT NULL ORDER BY status, channel, kind
        """
    ).fetchall()
    return [row[0] for row in rows]


def health(con: duckdb.DuckDBPyConnection, now: datetime) -> Health:
    """Return the counts and the last run; one that a clock that was ahead dated is last where there is no other."""
    row = con.execute(packaged_sql("asking", "health"), {"ahead": now + TOLERANCE}).fetchone()
    assert row is not None  # noqa: S101 - a row of scalar subqueries is always there
    return Health(*(*row[:9], undelivered(con), *row[9:]))
