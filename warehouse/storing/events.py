"""Events: where claims belong, kept in step with them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from extractors.claims import (
    ClaimFacts,
    NamedEvent,
    Reach,
    Rung,
    event_id_of,
    group_events,
    name_events,
    reach_of,
)
from warehouse.bulk import replace_rows
from warehouse.packaged import packaged_sql

# The claims of some sides on some days, and some that may be events by themselves.
SERIES = """
SELECT claim_id, side, aim, claims.polarity,
       CASE WHEN said_on IS NULL OR said_on_precision IN ('day', 'publication') THEN said_on
            ELSE coalesce(CAST(first_reported_at AS DATE), said_on) END AS day,
       coalesce(said_on_precision = 'day', false), severity, speaker_rank, first_reported_at,
       first_statement_id, event_id
FROM claim_events JOIN claims USING (claim_id)
WHERE claims.merged_into IS NULL
  AND (claim_id IN (SELECT unnest($ids)) OR (
      claims.polarity <> 'neutral' AND side IN (SELECT unnest($sides))
      AND ($first IS NULL OR day BETWEEN CAST($first AS DATE) AND CAST($last AS DATE))
  ))
ORDER BY claim_id
"""


@dataclass(frozen=True, slots=True)
class _EventRow:
    event_id: str
    side: str
    aim: str
    said_on: date | None
    said_on_precision: str | None
    polarity: str
    headline_claim_id: str
    n_claims: int
    merged_into: str | None = None


def place_claims(con: duckdb.DuckDBPyConnection, claim_ids: Sequence[str]) -> list[str]:
    """Put these claims, and those that were never placed, into the events they are of; events follow their claims.

    Returns the headlines of all events that changed by it: one that lost a claim to another may be news by itself.
    """
    gone = _forget_gone(con)
    ids = sorted({*claim_ids, *_unplaced(con)})
    known = "SELECT claim_id, side, event_id FROM claim_events WHERE claim_id IN (SELECT unnest($ids))"
    former = {row[0]: (row[1], row[2]) for row in con.execute(known, {"ids": ids}).fetchall()}
    names = ("claim_id", "side", "aim", "speaker_rank")
    placed = [
        dict(zip(names, row, strict=True))
        for row in con.execute(packaged_sql("storing", "sides_of_claims"), {"ids": ids}).fetchall()
    ]
    for one in placed:
        one["event_id"] = former.get(one["claim_id"], ("", None))[1]
    replace_rows(con, "claim_events", "claim_id", ids, placed)
    sides = {*(side for side, _ in (*former.values(), *gone)), *(one["side"] for one in placed)} - {""}
    headlines = _arrange(con, ids, sorted(sides), {event_id for _, event_id in (*former.values(), *gone) if event_id})
    con.execute(
        """
        UPDATE alerts SET event_id = claim_events.event_id
        FROM claims JOIN claim_events ON claim_events.claim_id = coalesce(claims.merged_into, claims.claim_id)
        WHERE alerts.event_id IS NULL AND claims.claim_id = alerts.claim_id
        """
    )
    return headlines


def _unplaced(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the standing claims that no event has: those of a warehouse from before events."""
    rows = con.execute(
        """
        SELECT claim_id FROM claims ANTI JOIN claim_events USING (claim_id)
        WHERE merged_into IS NULL AND claim_id IN (SELECT claim_id FROM statements)
        """
    ).fetchall()
    return [row[0] for row in rows]


def _forget_gone(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str | None]]:
    """Let go of claims that stand no more, or of which no report is left; returns the side and event of each."""
    rows = con.execute(
        """
        DELETE FROM claim_events
        WHERE claim_id NOT IN (SELECT claim_id FROM claims WHERE merged_into IS NULL)
           OR NOT EXISTS (FROM statements WHERE statements.claim_id = claim_events.claim_id)
        RETURNING side, event_id
        """
    ).fetchall()
    return [(row[0], row[1]) for row in rows]


@dataclass(frozen=True, slots=True)
class _Series:
    """Claims of some sides with the events they were of; ``reach`` is None where they are all there are."""

    facts: dict[str, ClaimFacts]
    events: dict[str, str | None]
    told: list[Rung]
    reach: Reach | None = None

    def places(self, claim_id: str) -> bool:
        """Tell whether a claim is placed anew: those beyond are only looked at."""
        return claim_id in self.facts and (self.reach is None or self.reach.places(self.facts[claim_id].day))

    def touches(self, told: Rung) -> bool:
        """Tell whether a claim that was told of is placed anew."""
        return self.reach is None or any(map(self.places, told.claim_ids))

    def is_enough(self) -> bool:
        """Tell whether all that placing depends on is here."""
        return self.reach is None or (
            self.reach.is_enough(list(self.facts.values()))
            and all(all(map(self.places, one.claim_ids)) for one in self.told if self.touches(one))
        )


def _arrange(con: duckdb.DuckDBPyConnection, ids: Sequence[str], sides: Sequence[str], former: set[str]) -> list[str]:
    series = _near(con, ids, sides, former)
    was, events = series.events, group_events(list(series.facts.values()))
    told = [one for one in series.told if series.touches(one)]
    if series.reach:
        told += _taken(con, {event_id_of(one.key) for one in events} - {one.event_id for one in told}, sides)
    named, merged = name_events(events, told)
    now = {claim_id: one.event_id for one in named for claim_id in one.event.claim_ids}
    moved = {one for one, event_id in now.items() if was[one] != event_id and series.places(one)}
    touched = (
        {now[one] for one in (*moved, *ids) if one in now}
        | {event_id for one in moved if (event_id := was[one])}
        | former
    )
    _set_events(con, {one: now[one] for one in moved})
    _save(con, named, merged, touched, series.facts)
    return [one.event.claim_ids[0] for one in named if one.event_id in touched]


def _near(con: duckdb.DuckDBPyConnection, ids: Sequence[str], sides: Sequence[str], former: set[str]) -> _Series:
    """Return the claims that these, and the events they were of, may move; of some sides all they ever said."""
    alone = _load(con, ids, ())
    days = con.execute(
        "SELECT event_id, said_on FROM events_placed WHERE event_id IN (SELECT unnest($ids))", {"ids": sorted(former)}
    ).fetchall()
    reach = reach_of([one.day for one in alone.facts.values() if one.day], [row[1] for row in days if row[1]])
    if reach is None or not former <= {row[0] for row in days}:
        return _load(con, ids, sides)
    near = _load(con, ids, sides, reach)
    return near if near.is_enough() else _load(con, ids, sides)


def _load(
    con: duckdb.DuckDBPyConnection, ids: Sequence[str], sides: Sequence[str], reach: Reach | None = None
) -> _Series:
    first, last = reach.looked_at if reach else (None, None)
    rows = con.execute(SERIES, {"ids": list(ids), "sides": list(sides), "first": first, "last": last}).fetchall()
    events = {row[0]: row[-1] for row in rows}
    return _Series({row[0]: ClaimFacts(*row[:-1]) for row in rows}, events, _rung(con, list(events)), reach)


def _taken(con: duckdb.DuckDBPyConnection, event_ids: Collection[str], sides: Sequence[str]) -> list[Rung]:
    """Return what was told under one of these ids of claims of these sides that are not here: the ids are not free."""
    rows = con.execute(
        """
        SELECT alerts.event_id, min(raised_at)
        FROM alerts JOIN alert_claims USING (alert_id) JOIN claims ON claims.claim_id = alert_claims.claim_id
        JOIN claim_events ON claim_events.claim_id = coalesce(merged_into, claims.claim_id)
        JOIN claims AS standing ON standing.claim_id = claim_events.claim_id
        WHERE alerts.event_id IN (SELECT unnest($events)) AND side IN (SELECT unnest($sides))
          AND standing.polarity <> 'neutral'
        GROUP BY alerts.event_id ORDER BY alerts.event_id
        """,
        {"events": sorted(event_ids), "sides": list(sides)},
    ).fetchall()
    return [Rung(row[0], row[1], frozenset()) for row in rows]


def _rung(con: duckdb.DuckDBPyConnection, claim_ids: Sequence[str]) -> list[Rung]:
    """Return what was told of these claims, or of such as were merged into them."""
    rows = con.execute(
        """
        SELECT event_id, min(raised_at), list(DISTINCT coalesce(merged_into, claims.claim_id))
        FROM alerts JOIN alert_claims USING (alert_id) JOIN claims ON claims.claim_id = alert_claims.claim_id
        WHERE event_id IN (
            SELECT event_id FROM alerts JOIN alert_claims USING (alert_id)
            JOIN claims ON claims.claim_id = alert_claims.claim_id
            WHERE coalesce(merged_into, claims.claim_id) IN (SELECT unnest($ids))
        )
        GROUP BY event_id
        """,
        {"ids": list(claim_ids)},
    ).fetchall()
    return [Rung(row[0], row[1], frozenset(row[2])) for row in rows]


def _set_events(con: duckdb.DuckDBPyConnection, events: dict[str, str]) -> None:
    if events:
        con.execute(
            """
            UPDATE claim_events SET event_id = new.event_id
            FROM (SELECT unnest($claims) AS claim_id, unnest($events) AS event_id) AS new
            WHERE claim_events.claim_id = new.claim_id
            """,
            {"claims": list(events), "events": list(events.values())},
        )


def _save(
    con: duckdb.DuckDBPyConnection,
    named: Sequence[NamedEvent],
    merged: dict[str, str],
    touched: Collection[str],
    facts: dict[str, ClaimFacts],
) -> None:
    rows = [_row(one, facts) for one in named if one.event_id in touched]
    standing = {one.event_id: one.event.claim_ids[0] for one in named}
    for event_id, into in merged.items():
        if into in standing:
            rows.append(_EventRow(event_id, "", "", None, None, "", standing[into], 0, into))
    replace_rows(con, "events_placed", "event_id", sorted({*touched, *merged}), rows)


def _row(one: NamedEvent, facts: dict[str, ClaimFacts]) -> _EventRow:
    key, claims = one.event.key, one.event.claim_ids
    is_dated = any(facts[claim_id].is_dated for claim_id in claims)
    day = None if key.day == date.min else key.day
    precision = None if day is None else "day" if is_dated else "publication"
    return _EventRow(one.event_id, key.side, key.aim, day, precision, key.polarity, claims[0], len(claims))
