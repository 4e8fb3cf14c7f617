"""The ledger of corrections of actors: what was corrected, when, by whom, why, and what was taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from extractors.actors import Correction, Ledger, NewFacts, make_ledger
from warehouse.bulk import insert_all
from warehouse.errors import QueryError
from warehouse.keys import make_key
from warehouse.table import Table

SHOWN_IDS = 5


@dataclass(frozen=True, slots=True)
class Signature:
    """Who corrects, when and why."""

    by: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """How much a correction changed."""

    statements: int = 0
    mentions: int = 0
    targets: int = 0
    claims: int = 0


def load_corrections(con: duckdb.DuckDBPyConnection) -> list[Correction]:
    """Return the corrections that stand, in the order they were made."""
    rows = con.execute(
        """
        SELECT correction_id, kind, [actor_id] || variant_ids, to_id, by_names, by_articles, by_statements, new_name,
               new_kind, new_country, new_role
        FROM actor_corrections WHERE undone_at IS NULL ORDER BY ordinal
        """
    ).fetchall()
    return [_correction(row) for row in rows]


def _correction(row: tuple[Any, ...]) -> Correction:
    names, articles, statements = (tuple(one) for one in row[4:7])
    return Correction(row[0], row[1], tuple(row[2]), row[3], names, articles, statements, NewFacts(*row[7:]))


def load_ledger(con: duckdb.DuckDBPyConnection) -> Ledger:
    """Return the ledger that stands."""
    return make_ledger(load_corrections(con))


def correction_key(one: Correction, signature: Signature) -> str:
    """Return the identifier of a correction."""
    parts = (one.kind, one.actor_ids[0], one.to_id, one.names, one.article_ids, one.statement_ids, one.facts)
    return make_key("correction", *parts, signature.by, signature.at)


def add_correction(
    con: duckdb.DuckDBPyConnection, one: Correction, names: tuple[str, str], signature: Signature, effect: Effect
) -> None:
    """Record a correction; ``names`` are those of the corrected actor and of the one he is from now on."""
    ordinal = con.execute("SELECT coalesce(max(ordinal), 0) + 1 FROM actor_corrections").fetchone()
    row = {
        "correction_id": one.correction_id,
        "ordinal": ordinal[0] if ordinal else 1,
        "kind": one.kind,
        "actor_id": one.actor_ids[0],
        "name": names[0],
        "variant_ids": list(one.actor_ids[1:]),
        "to_id": one.to_id,
        "to_name": names[1],
        "by_names": list(one.names),
        "by_articles": list(one.article_ids),
        "by_statements": list(one.statement_ids),
        "new_name": one.facts.name,
        "new_kind": one.facts.kind,
        "new_country": one.facts.country,
        "new_role": one.facts.role,
        "n_statements": effect.statements,
        "n_mentions": effect.mentions,
        "n_targets": effect.targets,
        "n_claims": effect.claims,
        "made_by": signature.by,
        "made_at": signature.at,
        "reason": signature.reason,
    }
    insert_all(con, "actor_corrections", [row])


def take_back(con: duckdb.DuckDBPyConnection, correction_id: str, signature: Signature) -> None:
    """Mark a correction as undone: it stays on record."""
    con.execute(
        """
        UPDATE actor_corrections SET undone_by = $by, undone_at = $at, undo_reason = $reason
        WHERE correction_id = $id AND undone_at IS NULL
        """,
        {"by": signature.by, "at": signature.at, "reason": signature.reason, "id": correction_id},
    )


def find_correction(con: duckdb.DuckDBPyConnection, given: str) -> str:
    """Return the standing correction whose id is or begins with ``given``; raises ``QueryError`` else."""
    rows = con.execute(
        """
        SELECT correction_id, undone_at IS NULL FROM actor_corrections WHERE starts_with(correction_id, $given)
        ORDER BY ordinal
        """,
        {"given": given},
    ).fetchall()
    standing = [row[0] for row in rows if row[1]]
    if given and len(standing) == 1:
        return str(standing[0])
    if not rows or not given:
        raise QueryError(f"there is no correction {given!r}: `tocsin actors corrections` shows them")
    if not standing:
        raise QueryError(f"correction {given} is undone already")
    raise QueryError(f"several corrections begin with {given!r}: {', '.join(standing[:SHOWN_IDS])}")


def recorded(con: duckdb.DuckDBPyConnection, correction_id: str) -> tuple[str, str, str, str, str]:
    """Return kind, actor and its name, the actor he is from then on and its name."""
    row = con.execute(
        'SELECT kind, actor_id, "name", to_id, to_name FROM actor_corrections WHERE correction_id = $id',
        {"id": correction_id},
    ).fetchone()
    if row is None:
        raise QueryError(f"there is no correction {correction_id!r}")
    return (row[0], row[1], row[2], row[3], row[4])


def correction_log(con: duckdb.DuckDBPyConnection, actor_ids: Sequence[str] | None = None) -> Table:
    """Return every correction, those undone too, the newest last; ``actor_ids`` keeps those about these actors."""
    found = con.execute(
        """
        FROM actor_corrections
        WHERE $ids IS NULL OR list_contains($ids, actor_id) OR list_contains($ids, to_id)
        ORDER BY ordinal
        """,
        {"ids": None if actor_ids is None else list(actor_ids)},
    )
    return Table(tuple(one[0] for one in found.description or ()), tuple(found.fetchall()))
