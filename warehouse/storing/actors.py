"""Actors and their names: as found, as corrected, and why a name was taken for whom."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from extractors.actors import CORRECTED, LISTED_ALIAS, Ledger
from extractors.actors import of_canonical as reason_of_canonical
from extractors.identity import UNDATED
from extractors.model import Actor
from warehouse.bulk import insert_all, insert_new
from warehouse.packaged import packaged_sql
from warehouse.storing.offices import restate_offices


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of an actor, why it is his, and the earliest published article that names him so."""

    actor_id: str
    name: str
    reason: str | None
    first_article_id: str | None = None


def add_actors(
    con: duckdb.DuckDBPyConnection, met: Mapping[str, Actor], known: Mapping[str, Actor], ledger: Ledger
) -> None:
    """Record actors that are not on record yet, with the names they have before any article."""
    new = set(insert_new(con, "actors", "actor_id", [_actor_row(one) for one in met.values()]))
    named = [one for one in met.values() if one.actor_id in new or one.actor_id in known]
    add_names(con, [row for one in named for row in listed_names(one, known, ledger)])
    restate_offices(con, met, known)
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
        yield NameRow(actor.actor_id, facts.name, CORRECTED)
    is_listed = actor.actor_id in known
    for name in dict.fromkeys((actor.name, *actor.aliases)):
        reason = reason_of_canonical(actor, is_listed=is_listed) if name == actor.name else LISTED_ALIAS
        yield NameRow(ledger.bearer(actor.actor_id, name), name, reason)


def restate_actors(
    con: duckdb.DuckDBPyConnection, actor_ids: Sequence[str], known: Mapping[str, Actor], ledger: Ledger
) -> None:
    """Work out what is known of actors whom texts introduced: fact by fact as the earliest article has it that says it.

    Of two published at once the one with the lesser id counts. Articles without a date come last.
    """
    rows = con.execute(packaged_sql("storing", "restate_actors"), {"ids": list(actor_ids)}).fetchall()
    changed = [row[0] for row in rows]
    if changed:
        settle_actors(con, changed, ledger)
        refresh_names(con, changed, known, ledger)


def add_names(con: duckdb.DuckDBPyConnection, rows: Sequence[NameRow]) -> None:
    """Record names, each with the earliest article that uses it and its reason; names that none uses come last."""
    stored = _stored_names(con, sorted({row.actor_id for row in rows}))
    order = _order_of_articles(con, [row.first_article_id for row in (*rows, *stored.values())])
    first: dict[tuple[str, str], NameRow] = {}
    for row in sorted(rows, key=lambda row: order(row.first_article_id)):
        first.setdefault((row.actor_id, row.name), row)
    better = [
        row
        for key, row in first.items()
        if key not in stored or order(row.first_article_id) < order(stored[key].first_article_id)
    ]
    old = [{"actor_id": row.actor_id, "name": row.name} for row in better if (row.actor_id, row.name) in stored]
    if old:
        con.execute(
            """
            DELETE FROM actor_names USING (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS old
            WHERE actor_names.actor_id = old.actor_id AND actor_names."name" = old."name"
            """,
            {"rows": old},
        )
    insert_all(con, "actor_names", better)


def _stored_names(con: duckdb.DuckDBPyConnection, actor_ids: Sequence[str]) -> dict[tuple[str, str], NameRow]:
    rows = con.execute(
        """
        SELECT actor_id, "name", reason, first_article_id FROM actor_names WHERE actor_id IN (SELECT unnest($ids))
        """,
        {"ids": list(actor_ids)},
    ).fetchall()
    return {(row[0], row[1]): NameRow(*row) for row in rows}


def _order_of_articles(
    con: duckdb.DuckDBPyConnection, article_ids: Iterable[str | None]
) -> Callable[[str | None], tuple[bool, datetime, str]]:
    """Return what articles are sorted by: publication, then id; those that are gone, and none, come last."""
    rows = con.execute(
        "SELECT article_id, published_at FROM articles WHERE article_id IN (SELECT unnest($ids))",
        {"ids": sorted({one for one in article_ids if one is not None})},
    ).fetchall()
    dates = dict(rows)

    def order(article_id: str | None) -> tuple[bool, datetime, str]:
        return article_id not in dates, dates.get(article_id) or UNDATED, article_id or ""

    return order


def refresh_names(
    con: duckdb.DuckDBPyConnection, actor_ids: Sequence[str], known: Mapping[str, Actor], ledger: Ledger
) -> None:
    """Work out the names of these actors anew, after a correction moved some of them."""
    rows = con.execute(packaged_sql("storing", "names_in_use"), {"ids": list(actor_ids)}).fetchall()
    con.execute("DELETE FROM actor_names WHERE actor_id IN (SELECT unnest($ids))", {"ids": list(actor_ids)})
    used = [NameRow(row[0], row[1], worded_reason(row[2], row[4]), row[3]) for row in rows]
    listed = (row for one in stored_actors(con, actor_ids).values() for row in listed_names(one, known, ledger))
    add_names(con, [*used, *listed])


def worded_reason(reason: str | None, correction_id: str | None) -> str | None:
    """Return why a name is an actor's: as the extractor had it, unless a correction moved it."""
    return f"correction {correction_id}; before: {reason or 'unknown'}" if correction_id else reason


def remove_unused(con: duckdb.DuckDBPyConnection, actor_ids: Sequence[str]) -> None:
    """Forget those of these actors whom nothing names any more."""
    con.execute(
        """
        DELETE FROM actors
        WHERE actor_id IN (SELECT unnest($ids))
          AND actor_id NOT IN (SELECT named.actor_id FROM (
              SELECT unnest([actor_id, found_actor_id]) AS actor_id FROM mentions
              WHERE list_has_any([actor_id, found_actor_id], $ids)
              UNION ALL SELECT unnest([speaker_id, found.speaker_id]) FROM statements
              WHERE list_has_any([speaker_id, found.speaker_id], $ids)
              UNION ALL SELECT unnest([one.actor_id FOR one IN found.targets]) FROM statements
              UNION ALL SELECT actor_id FROM statement_targets
              UNION ALL SELECT actor_id FROM introductions
              UNION ALL SELECT unnest([actor_id, to_id]) FROM actor_corrections WHERE undone_at IS NULL
          ) AS named WHERE named.actor_id IS NOT NULL)
        """,
        {"ids": list(actor_ids)},
    )
    for table in ("actor_names", "actor_offices"):
        con.execute(
            f"""
            DELETE FROM {table}
            WHERE actor_id IN (SELECT unnest($ids)) AND actor_id NOT IN (SELECT actor_id FROM actors)
            """,
            {"ids": list(actor_ids)},
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
