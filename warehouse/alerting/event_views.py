"""Events as rules of alerts see them, over all reports of their claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from extractors.alerting import EventView
from extractors.dates import TOLERANCE


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


CANDIDATES = """
WITH wanted AS (
    SELECT events_placed.event_id, events_placed.polarity, events_placed.said_on, events_placed.said_on_precision,
           claims.claim_id, claims.category, claims.severity, claims.speaker, claims.quote
    FROM events_placed JOIN claims ON claims.claim_id = headline_claim_id
    WHERE events_placed.merged_into IS NULL AND event_id IN (
        SELECT event_id FROM claim_events WHERE claim_id IN (SELECT unnest($ids))
    )
),
members AS (
    SELECT event_id, claim_id, speaker_rank FROM claim_events WHERE event_id IN (SELECT event_id FROM wanted)
),
facts AS (
    SELECT event_id, list(claim_id) AS claims, list_distinct(list(category)) AS categories,
           list_distinct(list(speaker_id)) AS speakers, max(speaker_rank) AS rank,
           min(first_reported_at) AS reported_at
    FROM members JOIN claims USING (claim_id) GROUP BY event_id
),
reports AS (
    SELECT statements.*, event_id, articles.first_seen_at, articles.published_at
    FROM statements JOIN members USING (claim_id) JOIN articles USING (article_id)
),
best AS (
    SELECT reports.event_id, reports.statement_id
    FROM reports JOIN wanted ON wanted.event_id = reports.event_id AND wanted.claim_id = reports.claim_id
    QUALIFY row_number() OVER (
        PARTITION BY reports.event_id
        ORDER BY (reports.category = wanted.category) DESC, reports.severity DESC, published_at NULLS LAST,
                 article_id, ordinal
    ) = 1
),
said AS (
    SELECT event_id, max(first_seen_at) AS seen_at, list_distinct(list(speaker_id)) AS speakers,
           list_distinct(list(speaker_country)) AS countries
    FROM reports GROUP BY event_id
),
aimed AS (
    SELECT event_id, list_distinct(list(country)) AS countries, list_distinct(list([speaker_country, country])) AS dyads
    FROM reports JOIN statement_targets USING (statement_id)
    WHERE country IS NOT NULL
    GROUP BY event_id
),
about AS (
    SELECT event_id, list_distinct(list(topic)) AS topics FROM reports JOIN article_topics USING (article_id)
    GROUP BY event_id
),
carried AS (
    SELECT event_id, list_distinct(list(outlet)) AS outlets, count(DISTINCT coalesce(outlet, location)) AS n_outlets
    FROM claim_reports JOIN members USING (claim_id)
    GROUP BY event_id
),
absorbed AS (
    SELECT event_id, list(claims.claim_id ORDER BY claims.claim_id) AS ids
    FROM claims JOIN members ON members.claim_id = merged_into
    GROUP BY event_id
)
SELECT wanted.event_id, wanted.polarity, wanted.category, wanted.severity, wanted.said_on, wanted.said_on_precision,
       facts.reported_at, facts.claims, facts.categories, facts.rank, facts.speakers, wanted.claim_id, wanted.speaker,
       wanted.quote, best.statement_id, said.seen_at, said.speakers, said.countries, aimed.countries, aimed.dyads,
       about.topics, carried.outlets, carried.n_outlets, absorbed.ids
FROM wanted
JOIN facts USING (event_id)
JOIN best USING (event_id)
JOIN said USING (event_id)
LEFT JOIN aimed USING (event_id)
LEFT JOIN about USING (event_id)
LEFT JOIN carried USING (event_id)
LEFT JOIN absorbed USING (event_id)
ORDER BY said.seen_at, wanted.severity DESC, wanted.event_id
"""


def candidates(con: duckdb.DuckDBPyConnection, claim_ids: Sequence[str]) -> list[Candidate]:
    """Return the events that hold one of these claims, in the order they were seen, the worst first."""
    if not claim_ids:
        return []
    return [_candidate(row) for row in con.execute(CANDIDATES, {"ids": list(claim_ids)}).fetchall()]


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
        """
        SELECT DISTINCT claim_id FROM statements JOIN claims USING (claim_id)
        WHERE merged_into IS NULL AND article_id IN (SELECT article_id FROM articles WHERE first_seen_at > $ahead)
        ORDER BY claim_id
        """,
        {"ahead": now + TOLERANCE},
    ).fetchall()
    return [row[0] for row in rows]


def claims_with_copies(con: duckdb.DuckDBPyConnection, since: datetime | None) -> list[str]:
    """Return the standing claims of articles that got a further copy since then: they may be carried more widely."""
    rows = con.execute(
        """
        SELECT DISTINCT claim_id FROM statements JOIN claims USING (claim_id)
        WHERE merged_into IS NULL AND article_id IN (
            SELECT article_id FROM copies WHERE reason <> 'first' AND ($since IS NULL OR seen_at >= $since)
        )
        ORDER BY claim_id
        """,
        {"since": since},
    ).fetchall()
    return [row[0] for row in rows]


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
