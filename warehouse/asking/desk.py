"""What the report shows: every event with its wordings, evidence and reports, who spoke, and how the sources fare."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import duckdb

from extractors.model import DayPrecision, Form, Polarity
from warehouse.asking.reports import Health, health
from warehouse.packaged import packaged_sql

MOST_EVENTS = 20_000  # a page of about 40 MB


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    """One event; ``side`` and ``aim`` are codes or names, empty where nobody is known; ``outlets`` the first first.

    ``severity_before`` is what it was by the claims that had come in before the moment the report looks back to.
    """

    event_id: str
    said_on: date | None
    said_on_precision: DayPrecision | None
    side: str
    aim: str
    polarity: Polarity
    category: str
    severity: int
    speaker: str | None
    headline: str
    form: Form
    outlets: tuple[str, ...]
    n_claims: int
    first_reported_at: datetime | None
    seen_at: datetime | None
    has_rung: bool
    headline_claim_id: str
    severity_before: int | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """One claim of an event; ``evidence`` are pairs of a rule and the words it matched."""

    event_id: str
    statement_id: str
    speaker: str | None
    role: str | None
    country: str | None
    category: str
    severity: int
    quote: str
    form: Form
    targets: tuple[str, ...]
    is_conditional: bool
    method: str | None
    confidence: float | None
    evidence: tuple[tuple[str, str], ...]
    claim_id: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """One place where an event was reported; ``location`` is its address, or its place in the corpus."""

    event_id: str
    outlet: str | None
    reported_at: datetime | None
    title: str | None
    location: str


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """What one speaker did in events."""

    speaker: str
    role: str | None
    country: str | None
    n_escalatory: int
    n_deescalatory: int
    peak_severity: int
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class PairLine:
    """What one side did towards another."""

    side: str
    aim: str
    n_escalatory: int
    n_deescalatory: int
    peak_severity: int


@dataclass(frozen=True, slots=True)
class SourceLine:
    """How a polled source fares."""

    source_id: str
    outlet: str | None
    health: str
    kind: str
    url: str
    polled_at: datetime | None
    new_at: datetime | None
    n_polls: int
    n_failed_polls: int
    n_articles: int
    article_share: float | None
    trouble: str | None


@dataclass(frozen=True, slots=True)
class OutletLine:
    """What an outlet carried."""

    outlet: str
    n_copies: int
    n_first: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """All that a report is made from; ``names`` are those of the sides that are no countries, by their ids.

    Of more events than a page can hold the newest are here; the older ones are counted in ``n_events_left``.
    ``merged`` are the ids of events that have become part of one of them, by its id: links to them still lead there.
    """

    holdings: Health
    events: tuple[ReportedEvent, ...]
    wordings: tuple[Wording, ...]
    carriers: tuple[Carrier, ...]
    pairs: tuple[PairLine, ...]
    speakers: tuple[SpeakerLine, ...]
    sources: tuple[SourceLine, ...]
    outlets: tuple[OutletLine, ...]
    names: Mapping[str, str]
    n_events_left: int = 0
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def report_facts(
    con: duckdb.DuckDBPyConnection, now: datetime, *, since: datetime | None = None, most_events: int = MOST_EVENTS
) -> ReportFacts:
    """Return what the report shows of a published warehouse: one query a part."""
    rows = con.execute(packaged_sql("asking", "report_events"), {"limit": most_events, "since": since}).fetchall()
    events = tuple(_event(row) for row in rows)
    ids = {"events": [one.event_id for one in events]}
    return ReportFacts(
        health(con, now),
        events,
        tuple(_wording(row) for row in con.execute(packaged_sql("asking", "report_wordings"), ids).fetchall()),
        tuple(Carrier(*row) for row in con.execute(packaged_sql("asking", "report_carriers"), ids).fetchall()),
        tuple(PairLine(*row) for row in con.execute(packaged_sql("asking", "report_pairs")).fetchall()),
        tuple(SpeakerLine(*row) for row in con.execute(packaged_sql("asking", "report_speakers")).fetchall()),
        _sources(con),
        _outlets(con),
        _names(con),
        _count_events(con) - len(events),
        _merged(con, ids),
    )


def _merged(con: duckdb.DuckDBPyConnection, ids: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    rows = con.execute(
        """
        SELECT merged_into, list(event_id ORDER BY event_id) FROM events_placed
        WHERE merged_into IN (SELECT unnest($events)) GROUP BY merged_into
        """,
        ids,
    ).fetchall()
    return {standing: tuple(former) for standing, former in rows}


def _count_events(con: duckdb.DuckDBPyConnection) -> int:
    row = con.execute(
        "SELECT count(*) FROM events_placed WHERE merged_into IS NULL AND polarity <> 'neutral'"
    ).fetchone()
    return int(row[0]) if row else 0


def _event(row: tuple[Any, ...]) -> ReportedEvent:
    *before, outlets = row[:12]
    values = (*before, tuple(outlets), *row[12:])
    return ReportedEvent(*values)


def _wording(row: tuple[Any, ...]) -> Wording:
    *before, targets = row[:10]
    evidence = tuple((one["rule"], one["words"]) for one in row[13])
    values = (*before, tuple(targets), *row[10:13], evidence, row[14])
    return Wording(*values)


def _sources(con: duckdb.DuckDBPyConnection) -> tuple[SourceLine, ...]:
    rows = con.execute(
        """
        SELECT source_id, outlet, health, kind, url, polled_at, new_at, n_polls, n_failed_polls, n_articles,
               article_share, coalesce(disabled_reason, CASE WHEN health <> 'ok' THEN last_error END)
        FROM source_health
        """
    ).fetchall()
    return tuple(SourceLine(*row) for row in rows)


def _outlets(con: duckdb.DuckDBPyConnection) -> tuple[OutletLine, ...]:
    rows = con.execute(
        """
        SELECT outlet, CAST(sum(n_copies) AS BIGINT), CAST(sum(n_first) AS BIGINT), min(on_day), max(on_day)
        FROM coverage WHERE outlet IS NOT NULL GROUP BY outlet ORDER BY sum(n_copies) DESC, outlet
        """
    ).fetchall()
    return tuple(OutletLine(*row) for row in rows)


def _names(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    rows = con.execute(
        """
        SELECT actor_id, name FROM actors
        WHERE actor_id IN (SELECT side FROM events_placed UNION SELECT aim FROM events_placed)
        """
    ).fetchall()
    return dict(rows)
