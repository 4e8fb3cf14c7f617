"""What is known of actors, for showing: the directory, one actor with his names and roles, and whom a word names."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from extractors.actors import fold
from extractors.model import Actor
from warehouse.connection import open_reader
from warehouse.errors import QueryError, WarehouseError
from warehouse.storing import correction_log
from warehouse.table import Table

COLUMNS = (
    "actor_id", "name", "kind", "country", "role", "names", "n_statements", "n_mentions", "n_articles", "first_on",
    "last_on", "is_known", "n_corrections",
)  # fmt: skip
QUOTED = ", ".join(f'"{one}"' for one in COLUMNS)
SHOWN = 6  # how many candidates an error names


@dataclass(frozen=True, slots=True)
class ActorQuery:
    """Which actors are listed: by a part of a name or id, by kind and country; ``limit`` None for all."""

    text: str | None = None
    kind: str | None = None
    country: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ActorView:
    """One actor with everything on record."""

    facts: Mapping[str, Any]
    names: Table
    roles: Table
    merged: Table
    corrections: Table


@dataclass(frozen=True, slots=True)
class Chosen:
    """The actor a word names: ``actor_id`` stands, ``named_id`` is the one that was named, merged into him or he."""

    actor_id: str
    named_id: str
    name: str
    kind: str


@contextmanager
def open_directory(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a published file; raises ``WarehouseError`` where an older version wrote it, without corrections."""
    with open_reader(path) as con:
        if not con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'actor_corrections'").fetchone():
            raise WarehouseError(f"{path} was published by an older version: `tocsin watch --once` makes it anew")
        yield con


def directory(con: duckdb.DuckDBPyConnection, wanted: ActorQuery) -> tuple[Table, int]:
    """Return the wanted actors, those who speak most first, and how many there are in all."""
    rows = con.execute(
        f"""
        SELECT {QUOTED} FROM actor_directory
        WHERE ($kind IS NULL OR kind = $kind) AND ($country IS NULL OR country = upper($country))
          AND ($text IS NULL OR contains(lower(actor_id), lower($text))
               OR EXISTS (FROM actor_names WHERE actor_names.actor_id = actor_directory.actor_id
                          AND contains(strip_accents(lower(actor_names."name")), strip_accents(lower($text)))))
        ORDER BY n_statements DESC, n_mentions DESC, actor_id
        """,
        {"text": wanted.text, "kind": wanted.kind, "country": wanted.country},
    ).fetchall()
    return Table(COLUMNS, tuple(rows[: wanted.limit])), len(rows)


def show_actor(con: duckdb.DuckDBPyConnection, actor_id: str) -> ActorView:
    """Return one actor: facts, names with reasons, roles with dates, who was merged with him, corrections."""
    facts = con.execute(
        f"""
        SELECT {QUOTED}, found FROM actor_directory
        JOIN (SELECT actor_id, found FROM actors) USING (actor_id) WHERE actor_id = $id
        """,
        {"id": actor_id},
    ).fetchone()
    merged = _table(con, "SELECT actor_id, name FROM actors WHERE merged_into = $id ORDER BY 1", actor_id)
    ids = [actor_id, *(row[0] for row in merged.rows)]
    return ActorView(
        dict(zip((*COLUMNS, "found"), facts or (), strict=bool(facts))),
        _table(con, NAMES, actor_id),
        _table(con, ROLES, actor_id),
        merged,
        correction_log(con, ids),
    )


NAMES = """
SELECT actor_names."name", count(mentions.article_id) AS n_mentions, actor_names.reason, first_article_id,
       any_value(articles.title) AS first_title, any_value(articles.published_at) AS first_at
FROM actor_names
LEFT JOIN mentions ON mentions.actor_id = actor_names.actor_id AND mentions."name" = actor_names."name"
LEFT JOIN articles ON articles.article_id = first_article_id
WHERE actor_names.actor_id = $id
GROUP BY ALL
ORDER BY n_mentions DESC, 1
"""
ROLES = """
SELECT speaker_role AS "role", speaker_country AS country, count(*) AS n_statements,
       min(CAST(coalesce(published_at, first_seen_at) AS DATE)) AS first_on,
       max(CAST(coalesce(published_at, first_seen_at) AS DATE)) AS last_on
FROM statements JOIN articles USING (article_id)
WHERE speaker_id = $id
GROUP BY ALL
ORDER BY first_on, last_on, 1
"""


def find_actor(con: duckdb.DuckDBPyConnection, given: str, known: Mapping[str, Actor] | None = None) -> Chosen:
    """Return the actor with this id or name, from ``known`` too; raises ``QueryError`` where that is not one."""
    by_id = con.execute(
        """
        SELECT coalesce(kept.actor_id, actors.actor_id), actors.actor_id, coalesce(kept."name", actors."name"),
               coalesce(kept.kind, actors.kind)
        FROM actors LEFT JOIN actors AS kept ON kept.actor_id = actors.merged_into
        WHERE actors.actor_id = $given
        """,
        {"given": given},
    ).fetchone()
    if by_id is not None:
        return Chosen(*by_id)
    if known and given in known:
        return _unmet(known[given])
    found = _by_name(con, given)
    if not found and known:
        words = fold(given)
        named = (one for one in known.values() if words in {fold(name) for name in (one.name, *one.aliases)})
        found = [(_unmet(one), one.name) for one in named]
    return _only(con, given, found)


def find_articles(con: duckdb.DuckDBPyConnection, given: Sequence[str]) -> tuple[str, ...]:
    """Return the articles whose ids begin so; raises ``QueryError`` where one is unknown or ambiguous."""
    return tuple(_only_id(con, "articles", "article_id", "article", one) for one in given)


def find_statements(con: duckdb.DuckDBPyConnection, given: Sequence[str]) -> tuple[str, ...]:
    """Return the statements whose ids begin so; raises ``QueryError`` where one is unknown or ambiguous."""
    return tuple(_only_id(con, "statements", "statement_id", "statement", one) for one in given)


def names_of(con: duckdb.DuckDBPyConnection, actor_id: str) -> list[str]:
    """Return the names an actor goes by, the most used first."""
    return [str(row[0]) for row in _table(con, NAMES, actor_id).rows]


def known_ids(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Return every identifier of an actor on record."""
    return {row[0] for row in con.execute("SELECT actor_id FROM actors").fetchall()}


def _by_name(con: duckdb.DuckDBPyConnection, given: str) -> list[tuple[Chosen, str]]:
    rows = con.execute(
        """
        SELECT DISTINCT actors.actor_id, actors."name", actors.kind FROM actors JOIN actor_names USING (actor_id)
        WHERE merged_into IS NULL
          AND strip_accents(lower($given)) IN (strip_accents(lower(actors."name")),
                                               strip_accents(lower(actor_names."name")))
        ORDER BY 1
        """,
        {"given": " ".join(given.split())},
    ).fetchall()
    return [(Chosen(row[0], row[0], row[1], row[2]), row[1]) for row in rows]


def _unmet(actor: Actor) -> Chosen:
    return Chosen(actor.actor_id, actor.actor_id, actor.name, actor.kind)


def _only(con: duckdb.DuckDBPyConnection, given: str, found: Sequence[tuple[Chosen, str]]) -> Chosen:
    """Return the only one, or the only one of several whose canonical name it is; names the candidates else."""
    exact = [one for one, name in found if fold(name) == fold(given)]
    if len(found) == 1 or len(exact) == 1:
        return (exact or [found[0][0]])[0]
    if found:
        several = ", ".join(f"{one.actor_id} ({one.name})" for one, _ in found[:SHOWN])
        raise QueryError(
            f"{given!r} names several actors: {several}{' ...' if len(found) > SHOWN else ''}: give the id"
        )
    near = directory(con, ActorQuery(text=given, limit=SHOWN))[0].rows
    hint = f"; there are {', '.join(f'{row[0]} ({row[1]})' for row in near)}" if near else ""
    raise QueryError(f"there is no actor {given!r}{hint}: `tocsin actors list TEXT` finds them")


def _only_id(con: duckdb.DuckDBPyConnection, table: str, column: str, what: str, given: str) -> str:
    rows = con.execute(
        f"SELECT {column} FROM {table} WHERE starts_with({column}, $given) ORDER BY ALL LIMIT 3", {"given": given}
    ).fetchall()
    if not given or not rows:
        raise QueryError(f"there is no {what} {given!r}")
    if len(rows) > 1 and (given,) not in rows:
        raise QueryError(f"several {what}s begin with {given!r}: give more of the id")
    return given if (given,) in rows else str(rows[0][0])


def _table(con: duckdb.DuckDBPyConnection, sql: str, actor_id: str) -> Table:
    found = con.execute(sql, {"id": actor_id})
    return Table(tuple(one[0] for one in found.description or ()), tuple(found.fetchall()))
