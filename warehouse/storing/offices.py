"""Which offices the actors on record hold or held, as the list of actors has them."""

from collections.abc import Iterable, Mapping

import duckdb

from extractors.model import Actor
from warehouse.bulk import replace_rows

COLUMNS = ("actor_id", "role", "country", "organisation", "since", "until", "ordinal")


def restate_offices(con: duckdb.DuckDBPyConnection, actor_ids: Iterable[str], known: Mapping[str, Actor]) -> None:
    """Store the offices of those of these actors who are listed, where the list says otherwise than the record."""
    listed = [known[one] for one in dict.fromkeys(actor_ids) if one in known and known[one].kind == "person"]
    stored = _stored(con, [one.actor_id for one in listed])
    wanted = {one.actor_id: _rows(one, known) for one in listed}
    changed = [actor_id for actor_id, rows in wanted.items() if rows != stored.get(actor_id, [])]
    if changed:
        rows = [dict(zip(COLUMNS, row, strict=True)) for actor_id in changed for row in wanted[actor_id]]
        replace_rows(con, "actor_offices", "actor_id", changed, rows)


def _rows(actor: Actor, known: Mapping[str, Actor]) -> list[tuple[object, ...]]:
    """Return a row for each office; one of a state's own organisation speaks for the state, as that does."""
    found: list[tuple[object, ...]] = []
    for place, one in enumerate(actor.offices):
        body = known.get(one.organisation or "")
        state = one.country or (body.country if body else None)
        found.append((actor.actor_id, one.role, state, one.organisation, one.since, one.until, place))
    return found


def _stored(con: duckdb.DuckDBPyConnection, actor_ids: list[str]) -> dict[str, list[tuple[object, ...]]]:
    columns = ", ".join(f'"{one}"' for one in COLUMNS)
    rows = con.execute(
        f"SELECT {columns} FROM actor_offices WHERE actor_id IN (SELECT unnest($ids)) ORDER BY actor_id, ordinal",
        {"ids": actor_ids},
    ).fetchall()
    found: dict[str, list[tuple[object, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found
