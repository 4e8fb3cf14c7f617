"""Acknowledgements and mutes: who silenced what, when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from extractors.alerting import Kind, Scope, Silence
from warehouse.bulk import insert_new
from warehouse.keys import make_key
from warehouse.packaged import packaged_sql
from warehouse.table import Table


@dataclass(frozen=True, slots=True)
class NewSilence:
    """A silence as it is made."""

    kind: Kind
    scope: Scope
    target: str
    until_at: datetime | None
    made_by: str
    made_at: datetime
    note: str | None = None


def add_silence(con: duckdb.DuckDBPyConnection, new: NewSilence) -> str:
    """Record a silence, take back what waits and is covered by it; returns its id."""
    key = make_key("silence", new.kind, new.scope, new.target, new.made_by, new.made_at)
    row = {
        "silence_id": key, "kind": new.kind, "scope": new.scope, "target": new.target, "until_at": new.until_at,
        "made_by": new.made_by, "made_at": new.made_at, "note": new.note,
    }  # fmt: skip
    insert_new(con, "silences", "silence_id", [row])
    con.execute(packaged_sql("alerting", "withdraw_silenced"), {"scope": new.scope, "target": new.target})
    return key


def lift_silence(con: duckdb.DuckDBPyConnection, silence_id: str, *, by: str, at: datetime) -> bool:
    """End a silence; returns False where there is none that stands."""
    changed = con.execute(
        """
        UPDATE silences SET lifted_by = $by, lifted_at = $at WHERE silence_id = $id AND lifted_at IS NULL
        RETURNING silence_id
        """,
        {"id": silence_id, "by": by, "at": at},
    ).fetchone()
    return changed is not None


def standing_silences(con: duckdb.DuckDBPyConnection) -> list[Silence]:
    """Return the silences nobody lifted; whether they are over depends on the moment."""
    rows = con.execute(
        """
        SELECT silence_id, kind, "scope", coalesce(events_placed.merged_into, claims.merged_into, target), until_at,
               made_at
        FROM silences
        LEFT JOIN events_placed ON "scope" = 'event' AND event_id = target
        LEFT JOIN claims ON "scope" = 'claim' AND claim_id = target
        WHERE lifted_at IS NULL ORDER BY 1
        """
    ).fetchall()
    return [Silence(*row) for row in rows]


def silence_log(con: duckdb.DuckDBPyConnection) -> Table:
    """Return every silence, the newest last."""
    found = con.execute("FROM silences ORDER BY made_at, silence_id")
    return Table(tuple(one[0] for one in found.description or ()), tuple(found.fetchall()))


def scopes_of(con: duckdb.DuckDBPyConnection, target: str, rules: Sequence[str]) -> list[tuple[Scope, str]]:
    """Return what a user's word names: a rule, speakers by id or name, or an event by its id, its alert's or a claim's.

    Ids may be given by their beginning; where several begin so, all of them are returned.
    """
    if target in rules:
        return [("rule", target)]
    rows = con.execute(packaged_sql("alerting", "scopes_named"), {"target": target}).fetchall()
    return [(row[0], row[1]) for row in rows]
