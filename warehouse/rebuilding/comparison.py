"""What a rebuild changed: how many statements were lost, added and relabelled, where, with examples."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

import duckdb

from warehouse.packaged import packaged_sql
from warehouse.rebuilding.topics import Resorted, TopicLine, resorted, topic_lines

Key: TypeAlias = Literal["category", "side", "speaker"]


@dataclass(frozen=True, slots=True)
class Totals:
    """Statements and events before and now, and what became of the statements.

    ``lost_escalations`` are escalatory statements in whose words nothing escalates any more, by whatever border or
    label; ``new_escalations`` the reverse. Articles ``undone`` could not be extracted again and keep what they had.
    """

    articles: int
    undone: int
    was: int
    now: int
    lost: int
    added: int
    relabelled: int
    reattributed: int
    lost_escalations: int
    new_escalations: int
    events_was: int
    events_now: int
    events_gone: int
    events_new: int


@dataclass(frozen=True, slots=True)
class Line:
    """What changed of one category, side or speaker; statements ``left`` for another one or ``came`` from one."""

    key: str
    was: int
    now: int
    lost: int
    added: int
    left: int
    came: int


@dataclass(frozen=True, slots=True)
class Label:
    """Who said it and how it is labelled."""

    polarity: str
    category: str
    severity: int
    speaker: str


@dataclass(frozen=True, slots=True)
class Example:
    """One changed statement: its labels before and now, None where it was not there, its words and where they stand."""

    change: str
    statement_id: str
    was: Label | None
    now: Label | None
    words: str
    title: str | None
    outlet: str | None
    published_on: date | None
    is_lost_escalation: bool
    is_new_escalation: bool


@dataclass(frozen=True, slots=True)
class FadedAlert:
    """An alert whose event escalates no more; it stays on record as it rang."""

    alert_id: str
    rule: str
    raised_on: date
    speaker: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that a rebuild changed; ``versions`` are those that found what stood before.

    Of the articles with other topics, ``n_resorted``, as many are given as of examples; ``n_off_topic`` belong to none.
    """

    versions: tuple[str, ...]
    totals: Totals
    by_category: tuple[Line, ...]
    by_side: tuple[Line, ...]
    by_speaker: tuple[Line, ...]
    faded: tuple[FadedAlert, ...]
    examples: tuple[Example, ...]
    by_topic: tuple[TopicLine, ...] = ()
    resorted: tuple[Resorted, ...] = ()
    n_resorted: int = 0
    n_off_topic: int = 0


def compare_rebuilt(con: duckdb.DuckDBPyConnection, *, undone: int, examples: int) -> Comparison:
    """Return what the rebuild in this working copy changed, with so many examples of each kind."""
    con.execute(packaged_sql("rebuilding", "changes"))
    moved = resorted(con)
    return Comparison(
        tuple(
            row[0] for row in con.execute("SELECT extractor_version FROM earlier.versions ORDER BY n DESC").fetchall()
        ),
        _totals(con, undone),
        _lines(con, "category"),
        _lines(con, "side"),
        _lines(con, "speaker"),
        _faded(con),
        _examples(con, examples),
        topic_lines(con),
        moved[:examples],
        len(moved),
        sum(not one.now for one in moved),
    )


def _totals(con: duckdb.DuckDBPyConnection, undone: int) -> Totals:
    row = con.execute(
        """
        WITH events AS (
            SELECT event_id FROM events_placed JOIN claims ON claim_id = headline_claim_id
            WHERE events_placed.merged_into IS NULL AND claims.polarity = 'escalatory'
        ), former AS (SELECT event_id FROM earlier.events WHERE polarity = 'escalatory')
        SELECT (SELECT count(*) FROM extractions), $undone, count(was_id), count(now_id),
               count_if(change = 'lost'), count_if(change = 'added'), count_if(change = 'relabelled'),
               count_if(change = 'reattributed'), count_if(lost_escalation), count_if(new_escalation),
               (SELECT count(*) FROM former), (SELECT count(*) FROM events),
               (SELECT count(*) FROM former ANTI JOIN events USING (event_id)),
               (SELECT count(*) FROM events ANTI JOIN former USING (event_id))
        FROM changes
        """,
        {"undone": undone},
    ).fetchone()
    assert row is not None  # noqa: S101 - an aggregate always gives a row
    return Totals(*row)


def _lines(con: duckdb.DuckDBPyConnection, key: Key) -> tuple[Line, ...]:
    rows = con.execute(
        f"""
        WITH sides AS (
            SELECT was_{key} AS key, 1 AS was_, 0 AS now_, (change = 'lost')::INT AS lost_, 0 AS added_,
                   (now_id IS NOT NULL AND now_{key} <> was_{key})::INT AS left_, 0 AS came_
            FROM changes WHERE was_id IS NOT NULL
            UNION ALL
            SELECT now_{key}, 0, 1, 0, (change = 'added')::INT, 0, (was_id IS NOT NULL AND now_{key} <> was_{key})::INT
            FROM changes WHERE now_id IS NOT NULL
        )
        SELECT key, sum(was_)::INT, sum(now_)::INT, sum(lost_)::INT, sum(added_)::INT, sum(left_)::INT, sum(came_)::INT
        FROM sides GROUP BY key HAVING sum(lost_ + added_ + left_ + came_) > 0
        ORDER BY sum(lost_ + added_ + left_ + came_) DESC, key
        """
    ).fetchall()
    return tuple(Line(*row) for row in rows)


def _faded(con: duckdb.DuckDBPyConnection) -> tuple[FadedAlert, ...]:
    rows = con.execute(
        """
        SELECT alert_id, "rule", CAST(raised_at AS DATE), claims.speaker, claims.quote
        FROM alerts JOIN claims USING (claim_id)
        WHERE event_id IN (SELECT event_id FROM earlier.events WHERE polarity = 'escalatory')
          AND NOT EXISTS (
              FROM events_placed AS named
              JOIN events_placed AS standing ON standing.event_id = coalesce(named.merged_into, named.event_id)
              JOIN claims AS headline ON headline.claim_id = standing.headline_claim_id
              WHERE named.event_id = alerts.event_id AND headline.polarity = 'escalatory'
                AND EXISTS (FROM claim_events WHERE claim_events.event_id = standing.event_id)
          )
        ORDER BY raised_at DESC, alert_id
        """
    ).fetchall()
    return tuple(FadedAlert(*row) for row in rows)


def _examples(con: duckdb.DuckDBPyConnection, limit: int) -> tuple[Example, ...]:
    rows = con.execute(packaged_sql("rebuilding", "examples"), {"limit": limit}).fetchall()
    return tuple(Example(row[0], row[1], _label(row[2:6]), _label(row[6:10]), *row[10:]) for row in rows)


def _label(row: tuple) -> Label | None:  # type: ignore[type-arg]
    return Label(*row) if row[0] is not None else None
