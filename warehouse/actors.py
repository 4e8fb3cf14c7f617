"""Actors and their names: as found, as corrected, and why a name was taken for whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from extractors.actors import reasons
from extractors.actors.corrections import Ledger
from extractors.model import Actor
from warehouse.bulk import insert_new


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of an actor, why it is his, and the first article that names him so."""

    actor_id: str
    name: str
    reason: str | None
    first_article_id: str | None = None


def add_actors(
    con: duckdb.DuckDBPyConnection, met: Mapping[str, Actor], known: Mapping[str, Actor], ledger: Ledger
) -> None:
    """Record actors that are not on record yet, with the names they have before any article."""
    insert_new(con, "actors", "actor_id", [_actor_row(one) for one in met.values()])
    add_names(con, [row for one in met.values() for row in listed_names(one, known, ledger)])
    if ledger:
        settle_actors(con, list(met), ledger)


def stored_actors(con: duckdb.DuckDBPyConnection, actor_ids: Iterable[str]) -> dict[str, Actor]:
    """Return the actors on record among these, as they were found."""
    rows = con.execute(
        """
        SELECT actor_id, coalesce(found."name", "name"), coalesce(found.kind, kind),
               CASE WHEN found IS NULL THEN country ELSE found.country END, coalesce(aliases, []), gender, parent_id,
               is_known
        FROM actors WHERE actor_id IN (SELECT unnest($ids))
        """,
        {"ids": list(actor_ids)},
    ).fetchall()
    return {row[0]: _stored(row) for row in rows}


def _stored(row: tuple[Any, ...]) -> Actor:
    actor_id, name, kind, country, aliases, gender, parent, is_known = row
    return Actor(actor_id, name, kind, country, tuple(aliases), (), gender, parent, is_known)


def settle_actors(con: duckdb.DuckDBPyConnection, actor_ids: Sequence[str], ledger: Ledger) -> None:
    """Bring the records of these actors in line with the corrections that stand."""
    rows = [_settled_row(one, ledger) for one in stored_actors(con, actor_ids).values()]
    if rows:
        con.execute(
            """
            UPDATE actors
            SET "name" = new."name", kind = new.kind, country = new.country, "role" = new."role",
                merged_into = new.merged_into, found = new.found
            FROM (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new
            WHERE actors.actor_id = new.actor_id
            """,
            {"rows": rows},
        )


def listed_names(actor: Actor, known: Mapping[str, Actor], ledger: Ledger) -> Iterator[NameRow]:
    """Yield the names an actor has before any article, each under him who bears it by the corrections."""
    facts = ledger.facts.get(actor.actor_id)
    if facts and facts.name:
        yield NameRow(actor.actor_id, facts.name, reasons.CORRECTED)
    is_listed = actor.actor_id in known
    for name in dict.fromkeys((actor.name, *actor.aliases)):
        reason = reasons.of_canonical(actor, is_listed=is_listed) if name == actor.name else reasons.LISTED_ALIAS
        yield NameRow(ledger.bearer(actor.actor_id, name), name, reason)


def add_names(con: duckdb.DuckDBPyConnection, rows: Sequence[NameRow]) -> None:
    """Record names that are not on record yet; one that no article had used gets its first article and the reason."""
    first: dict[tuple[str, str], NameRow] = {}
    for row in rows:
        old = first.setdefault((row.actor_id, row.name), row)
        if old.first_article_id is None and row.first_article_id is not None:
            first[row.actor_id, row.name] = row
    used = [row for row in first.values() if row.first_article_id is not None]
    if used:
        con.execute(
            """
            DELETE FROM actor_names USING (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new
            WHERE actor_names.actor_id = new.actor_id AND actor_names."name" = new."name"
              AND actor_names.first_article_id IS NULL
            """,
            {"rows": [{"actor_id": row.actor_id, "name": row.name} for row in used]},
        )
    insert_new(con, "actor_names", ("actor_id", "name"), list(first.values()))


def refresh_names(
    con: duckdb.DuckDBPyConnection, actor_ids: Sequence[str], known: Mapping[str, Actor], ledger: Ledger
) -> None:
    """Work out the names of these actors anew, after a correction moved some of them."""
    rows = con.execute(
        """
        WITH used AS (
            SELECT actor_id, mentions."name", reason, correction_id, article_id,
                   (first_seen_at, article_id, mentions."start") AS place
            FROM mentions JOIN articles USING (article_id)
            WHERE actor_id IN (SELECT unnest($ids)) AND mentions."name" IS NOT NULL
        ),
        first AS (
            SELECT actor_id, "name", arg_min(article_id, place) AS article_id FROM used GROUP BY ALL
        )
        SELECT actor_id, "name", reason, first.article_id, correction_id FROM used JOIN first USING (actor_id, "name")
        -- where it is his name anyway, that is why
        QUALIFY row_number() OVER (PARTITION BY actor_id, "name" ORDER BY correction_id IS NOT NULL, place) = 1
        ORDER BY actor_id, "name"
        """,
        {"ids": list(actor_ids)},
    ).fetchall()
    con.execute("DELETE FROM actor_names WHERE actor_id IN (SELECT unnest($ids))", {"ids": list(actor_ids)})
    used = [NameRow(row[0], row[1], worded_reason(row[2], row[4]), row[3]) for row in rows]
    listed = (row for one in stored_actors(con, actor_ids).values() for row in listed_names(one, known, ledger))
    add_names(con, [*used, *listed])


def worded_reason(reason: str | None, correction_id: str | None) -> str | None:
    """Return why a name is an actor's: as the extractor had it, unless a correction moved it."""
    return f"correction {correction_id}; before: {reason or 'unknown'}" if correction_id else reason


def remove_unused(con: duckdb.DuckDBPyConnection, actor_id: str) -> None:
    """Forget an actor that a correction made and nothing names any more."""
    con.execute(
        """
        DELETE FROM actors
        WHERE actor_id = $id AND NOT is_known
          AND NOT EXISTS (FROM mentions WHERE $id IN (mentions.actor_id, found_actor_id))
          AND NOT EXISTS (FROM statements WHERE $id IN (speaker_id, statements.found.speaker_id))
          AND NOT EXISTS (FROM statement_targets WHERE statement_targets.actor_id = $id)
          AND NOT EXISTS (FROM actor_corrections WHERE undone_at IS NULL AND to_id = $id)
        """,
        {"id": actor_id},
    )
    con.execute(
        "DELETE FROM actor_names WHERE actor_id = $id AND NOT EXISTS (FROM actors WHERE actors.actor_id = $id)",
        {"id": actor_id},
    )


def _actor_row(actor: Actor) -> dict[str, object]:
    return {
        "actor_id": actor.actor_id,
        "name": actor.name,
        "kind": actor.kind,
        "country": actor.country,
        "gender": actor.gender,
        "parent_id": actor.parent,
        "is_known": actor.is_known,
        "aliases": list(actor.aliases),
    }


def _settled_row(found: Actor, ledger: Ledger) -> dict[str, object]:
    now, standing = ledger.describe(found), ledger.standing(found.actor_id)
    facts = ledger.facts.get(found.actor_id)
    return {
        "actor_id": found.actor_id,
        "name": now.name,
        "kind": now.kind,
        "country": now.country,
        "role": facts.role if facts else None,
        "merged_into": None if standing == found.actor_id else standing,
        "found": None if now == found else {"name": found.name, "kind": found.kind, "country": found.country},
    }
