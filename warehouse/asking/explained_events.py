"""What an id names that somebody asks about, and all that is known of an event: its claims, and what rang of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

import duckdb

from warehouse.errors import QueryError
from warehouse.packaged import packaged_sql

Kind: TypeAlias = Literal["event", "alert", "claim", "statement"]
SHOWN_IDS = 5


@dataclass(frozen=True, slots=True)
class Named:
    """What an id or its beginning names: the statement that tells most of it, and the event it is part of."""

    kind: Kind
    id: str
    statement_id: str
    event_id: str | None


@dataclass(frozen=True, slots=True)
class EventClaim:
    """One claim of an event."""

    claim_id: str
    category: str
    severity: int
    speaker: str | None
    quote: str
    n_reports: int


@dataclass(frozen=True, slots=True)
class Rang:
    """One alert of an event: the rule, when and why it rang, and how its messages fared as (channel, status)."""

    alert_id: str
    rule: str
    action: str
    raised_at: datetime
    severity: int
    reasons: tuple[str, ...]
    silence_id: str | None
    deliveries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EventExplanation:
    """An event: who towards whom, when, how grave, its claims from the headline on, and its alerts."""

    event_id: str
    side: str
    aim: str | None
    said_on: date | None
    said_on_precision: str | None
    polarity: str
    severity: int
    claims: tuple[EventClaim, ...]
    alerts: tuple[Rang, ...]


def find_named(con: duckdb.DuckDBPyConnection, given: str) -> Named:
    """Return what is named by an id or the beginning of one; raises ``QueryError`` where that is not one thing.

    A claim or an event that turned out to be the same as another one is that other one.
    """
    rows = con.execute(packaged_sql("asking", "named"), {"given": given, "limit": SHOWN_IDS + 1}).fetchall()
    found = [Named(*row[:4]) for row in rows]
    exact = [one for one in found if one.id == given]
    if exact or len({one.id for one in found}) == 1:
        return _still_found((exact or found)[0])
    if not found:
        raise QueryError(
            f"there is no statement, claim, event or alert {given!r}: "
            "`tocsin search WORDS --in statements` finds ids of statements"
        )
    more = " ..." if len(found) > SHOWN_IDS else ""
    several = ", ".join(f"{one.kind} {one.id}" for one in found[:SHOWN_IDS])
    raise QueryError(f"several begin with {given!r}: {several}{more}")


def _still_found(one: Named) -> Named:
    if one.statement_id is None:
        raise QueryError(f"{one.kind} {one.id} stands for words in which nothing is found any more")
    return one


def explain_event(con: duckdb.DuckDBPyConnection, event_id: str) -> EventExplanation | None:
    """Return what is known of an event; None where nothing of it stands any more."""
    row = con.execute(
        """
        SELECT event_id, side, nullif(aim, ''), events_placed.said_on, events_placed.said_on_precision,
               events_placed.polarity, claims.severity
        FROM events_placed JOIN claims ON claim_id = headline_claim_id
        WHERE event_id = $id AND events_placed.merged_into IS NULL
        """,
        {"id": event_id},
    ).fetchone()
    if row is None:
        return None
    found, side, aim, on, precision, polarity, severity = row
    claims, alerts = _claims(con, event_id), _rang(con, event_id)
    return EventExplanation(found, side, aim, on, precision, polarity, severity, claims, alerts)


def _claims(con: duckdb.DuckDBPyConnection, event_id: str) -> tuple[EventClaim, ...]:
    rows = con.execute(
        """
        SELECT claim_id, claims.category, claims.severity, claims.speaker, claims.quote, n_reports
        FROM claim_events JOIN claims USING (claim_id) JOIN events_placed USING (event_id)
        WHERE claim_events.event_id = $id
        ORDER BY claim_id = headline_claim_id DESC, claims.severity DESC, claim_id
        """,
        {"id": event_id},
    ).fetchall()
    return tuple(EventClaim(*row) for row in rows)


def _rang(con: duckdb.DuckDBPyConnection, event_id: str) -> tuple[Rang, ...]:
    rows = con.execute(
        """
        SELECT alert_id, "rule", "action", raised_at, alerts.severity, reasons, silence_id,
               (SELECT list({'channel': channel, 'status': status} ORDER BY channel, step) FROM deliveries
                WHERE deliveries.alert_id = alerts.alert_id)
        FROM alerts LEFT JOIN events_placed USING (event_id)
        WHERE coalesce(merged_into, alerts.event_id) = $id
        ORDER BY raised_at, alert_id
        """,
        {"id": event_id},
    ).fetchall()
    return tuple(
        Rang(alert_id, rule, action, at, severity, tuple(reasons or ()), silence, _sent(deliveries))
        for alert_id, rule, action, at, severity, reasons, silence, deliveries in rows
    )


def _sent(deliveries: Sequence[dict[str, str]] | None) -> tuple[tuple[str, str], ...]:
    return tuple((one["channel"], one["status"]) for one in deliveries or ())
