"""Making a correction of actors and taking one back: the ledger, what is stored, and how much that changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from extractors.actors import Correction, linked_actors, make_ledger
from extractors.model import Actor
from warehouse.correcting.reidentification import Changes, reidentify
from warehouse.storing import Effect, Signature, add_correction, load_corrections, remove_unused, take_back


@dataclass(frozen=True, slots=True)
class Change:
    """A correction to be recorded: ``names`` of the corrected actor and of the one he is from then on, and the new."""

    correction: Correction
    names: tuple[str, str]
    made: tuple[Actor, ...] = ()


def apply_change(con: duckdb.DuckDBPyConnection, change: Change, known: Mapping[str, Actor]) -> Changes:
    """Correct what is stored as if the correction stood; it is to be recorded with its effect in this transaction."""
    corrections = [*load_corrections(con), change.correction]
    one = change.correction
    ids = linked_actors(corrections, (*one.actor_ids, one.to_id))
    return reidentify(con, ids, make_ledger(corrections), known, change.made)


def record_change(con: duckdb.DuckDBPyConnection, change: Change, signature: Signature, effect: Effect) -> None:
    """Put the correction on record, for all that is found afterwards."""
    add_correction(con, change.correction, change.names, signature, effect)


def undo_change(
    con: duckdb.DuckDBPyConnection, correction_id: str, signature: Signature, known: Mapping[str, Actor]
) -> Changes:
    """Take a correction back: what it changed is as the other corrections alone would have it."""
    before = load_corrections(con)
    one = next(each for each in before if each.correction_id == correction_id)
    ids = linked_actors(before, (*one.actor_ids, one.to_id))
    take_back(con, correction_id, signature)
    changes = reidentify(con, ids, make_ledger(load_corrections(con)), known)
    if one.kind == "split":
        remove_unused(con, [one.to_id])
    return changes


def statements_by(con: duckdb.DuckDBPyConnection, actor_ids: Iterable[str]) -> list[str]:
    """Return the statements of these speakers."""
    rows = con.execute(
        "SELECT statement_id FROM statements WHERE speaker_id IN (SELECT unnest($ids)) ORDER BY 1",
        {"ids": list(actor_ids)},
    ).fetchall()
    return [row[0] for row in rows]
