"""Events as rules of alerts see them, over all reports of their claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from extractors.alerting import EventView
from extractors.dates import TOLERANCE
from warehouse.packaged import packaged_sql

# Claims that a rebuild brought up or changed and that nobody has reported or carried since: no news.
UNCHANGED = """
WITH unchanged AS (
    SELECT claim_id FROM rebuilt_claims JOIN statements USING (claim_id) JOIN copies USING (article_id)
    GROUP BY claim_id, n_places HAVING count(DISTINCT copy_id) = n_places
)
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that may ring: as rules see it, its headline with its statement, and when it was seen last.

    ``told`` are its claims and those that turned out to be one of them; ``speaker`` and ``quote`` are for showing.
    """

    view: EventView
    claim_id: str
    statement_id: str
    seen_at: datetime
    told: tuple[str, ...]
    speaker: str | None
    quote: str


def candidates(con: duckdb.DuckDBPyConnection, claim_ids: Sequence[str]) -> list[Candidate]:
    """Return the events that hold one of these claims, in the order they were seen, the worst first."""
    if not claim_ids:
        return []
    rows = con.execute(packaged_sql("alerting", "alert_candidates"), {"ids": list(claim_ids)}).fetchall()
    return [_candidate(row) for row in rows]


def claims_since(con: duckdb.DuckDBPyConnection, since: date | None) -> list[str]:
    """Return the standing claims first reported since a day; undated ones too."""
    rows = con.execute(
        """
        SELECT claim_id FROM claims
        WHERE merged_into IS NULL
          AND ($since IS NULL OR first_reported_at IS NULL OR first_reported_at >= CAST($since AS DATE))
        ORDER BY first_reported_at NULLS LAST, claim_id
        """,
        {"since": since},
    ).fetchall()
    return [row[0] for row in rows]


def claims_seen_ahead(con: duckdb.DuckDBPyConnection, now: datetime) -> list[str]:
    """Return the standing claims of articles seen by a clock that was ahead: rules took what was new for old."""
    rows = con.execute(
        UNCHANGED
        + """
        SELECT DISTINCT claim_id FROM statements JOIN claims USING (claim_id)
        WHERE merged_into IS NULL AND article_id IN (SELECT article_id FROM articles WHERE first_seen_at > $ahead)
          AND claim_id NOT IN (SELECT claim_id FROM unchanged)
        ORDER BY claim_id
        """,
        {"ahead": now + TOLERANCE},
    ).fetchall()
    return [row[0] for row in rows]


def claims_with_copies(con: duckdb.DuckDBPyConnection, since: datetime | None) -> list[str]:
    """Return the standing claims of articles that got a further copy since then: they may be carried more widely."""
    rows = con.execute(
        UNCHANGED
        + """
        SELECT DISTINCT claim_id FROM statements JOIN claims USING (claim_id)
        WHERE merged_into IS NULL AND article_id IN (
            SELECT article_id FROM copies WHERE reason <> 'first' AND ($since IS NULL OR seen_at >= $since)
        )
          AND claim_id NOT IN (SELECT claim_id FROM unchanged)
        ORDER BY claim_id
        """,
        {"since": since},
    ).fetchall()
    return [row[0] for row in rows]


def articles_of_events(con: duckdb.DuckDBPyConnection, event_ids: Sequence[str]) -> dict[str, list[str]]:
    """Return the articles that report each of these events."""
    rows = con.execute(
        """
        SELECT event_id, list_sort(list_distinct(list(article_id))) FROM statements JOIN claim_events USING (claim_id)
        WHERE event_id IN (SELECT unnest($ids)) GROUP BY event_id
        """,
        {"ids": list(event_ids)},
    ).fetchall()
    return dict(rows)


def _candidate(row: tuple[Any, ...]) -> Candidate:
    (event_id, polarity, category, severity, said_on, precision, reported_at, claims, categories, rank, named, claim_id,
     speaker, quote, statement_id, seen_at, speakers, sources, targets, dyads, topics, outlets, n_outlets, absorbed,
     ) = row  # fmt: skip
    view = EventView(
        event_id=event_id,
        claims=frozenset(claims),
        polarity=polarity,
        category=category,
        categories=_set(categories),
        severity=severity,
        rank=rank,
        speakers=_set([*(speakers or ()), *(named or ())]),
        countries=_set([*(sources or ()), *(targets or ())]),
        dyads=frozenset((one, other) for one, other in dyads or () if one and other and one != other),
        topics=_set(topics),
        outlets=_set(outlets),
        n_outlets=n_outlets or 0,
        said_on=said_on,
        said_on_precision=precision,
        reported_at=reported_at,
    )
    told = tuple(sorted({*claims, *(absorbed or ())}))
    return Candidate(view, claim_id, statement_id, seen_at, told, speaker, quote)


def _set(found: Sequence[str | None] | None) -> frozenset[str]:
    return frozenset(one for one in found or () if one)
