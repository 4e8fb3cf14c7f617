"""Live sources: what is configured or added, and what is known of each between two polls."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import timedelta

import duckdb

from extractors.feeds import IntervalBounds, PollState, Source
from extractors.identity import canonical_url, site_key
from warehouse.bulk import insert_all, replace_rows


@dataclass(frozen=True, slots=True)
class LiveSource:
    """A source with its state."""

    source: Source
    state: PollState


def sync_sources(con: duckdb.DuckDBPyConnection, configured: Sequence[Source]) -> None:
    """Take over what sources.toml says; what a user disabled stays so, what left the file is no longer polled."""
    ids = [one.source_id for one in configured]
    disabled = _disabled_by_hand(con)
    rows = [
        _source_row(one, "config", is_enabled=one.is_enabled and one.source_id not in disabled) for one in configured
    ]
    if _current(con) == {row["source_id"]: row for row in rows}:
        return
    con.execute("DELETE FROM sources WHERE origin = 'config' AND source_id NOT IN (SELECT unnest($ids))", {"ids": ids})
    replace_rows(con, "sources", "source_id", ids, rows)


def add_source(con: duckdb.DuckDBPyConnection, source: Source) -> bool:
    """Add a source by hand; returns False where its id or address is known already."""
    if source.source_id in taken_ids(con) or canonical_url(source.url) in known_addresses(con):
        return False
    add_unknown_sources(con, [source])
    return True


def add_unknown_sources(con: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> None:
    """Add sources by hand whose ids and addresses the caller knows to be free."""
    insert_all(con, "sources", [_source_row(one, "added", is_enabled=one.is_enabled) for one in sources])


def known_addresses(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the canonical addresses of all polled sources, with those they left by permanent redirects."""
    rows = con.execute(
        """
        SELECT location FROM sources WHERE origin IS NOT NULL
        UNION SELECT url FROM source_states
        UNION SELECT unnest(moved_from) FROM source_states
        """
    ).fetchall()
    return {canonical_url(row[0]) for row in rows}


def outlets_by_site(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the outlet of each site that sources of one outlet alone are read from."""
    outlets: dict[str, set[str]] = {}
    rows = con.execute(
        "SELECT location, outlet FROM sources WHERE origin IS NOT NULL AND outlet IS NOT NULL"
    ).fetchall()
    for location, outlet in rows:
        outlets.setdefault(site_key(location), set()).add(outlet)
    return {site: found.pop() for site, found in outlets.items() if len(found) == 1}


def taken_ids(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the ids of all sources."""
    return {row[0] for row in con.execute("SELECT source_id FROM sources").fetchall()}


def set_enabled(con: duckdb.DuckDBPyConnection, source_id: str, *, is_enabled: bool) -> bool:
    """Switch polling of a source on or off; returns False where there is no such source."""
    changed = con.execute(
        "UPDATE sources SET is_enabled = $on WHERE source_id = $id AND origin IS NOT NULL RETURNING source_id",
        {"on": is_enabled, "id": source_id},
    ).fetchone()
    if changed and is_enabled:
        con.execute(
            "UPDATE source_states SET disabled_reason = NULL, next_at = NULL, n_errors = 0 WHERE source_id = $id",
            {"id": source_id},
        )
    return changed is not None


def live_sources(con: duckdb.DuckDBPyConnection) -> list[LiveSource]:
    """Return the enabled sources with their states; one never polled has the state it starts with."""
    return [one for one in known_sources(con) if one.source.is_enabled]


def known_sources(con: duckdb.DuckDBPyConnection) -> list[LiveSource]:
    """Return every source that is polled or was switched off, with its state."""
    rows = con.execute(
        """
        SELECT sources.source_id, location, kind, outlet, country, standing, note, sources.language, topics,
               shortest_minutes, longest_minutes, source_states, is_enabled, sources.issuer, licence, texts
        FROM sources LEFT JOIN source_states USING (source_id)
        WHERE origin IS NOT NULL
        ORDER BY sources.source_id
        """
    ).fetchall()
    return [_live(row) for row in rows]


def save_states(con: duckdb.DuckDBPyConnection, states: Sequence[tuple[str, PollState]]) -> None:
    """Store the states after a poll."""
    rows = [_state_row(source_id, state) for source_id, state in states]
    replace_rows(con, "source_states", "source_id", [source_id for source_id, _ in states], rows)


def _current(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, object]]:
    found = con.execute("FROM sources WHERE origin = 'config'")
    names = [one[0] for one in found.description or ()]
    return {row["source_id"]: row for row in (dict(zip(names, one, strict=True)) for one in found.fetchall())}


def _disabled_by_hand(con: duckdb.DuckDBPyConnection) -> set[str]:
    rows = con.execute("SELECT source_id FROM sources WHERE origin = 'config' AND NOT is_enabled").fetchall()
    return {row[0] for row in rows}


def _source_row(source: Source, origin: str | None, *, is_enabled: bool | None) -> dict[str, object]:
    return {
        "source_id": source.source_id,
        "kind": source.kind,
        "location": source.url,
        "title": None,
        "outlet": source.outlet,
        "issuer": source.issuer,
        "country": source.country,
        "standing": source.standing,
        "note": source.note,
        "licence": source.licence,
        "texts": source.texts,
        "language": source.language,
        "topics": list(source.topics),
        "shortest_minutes": int(source.bounds.shortest / timedelta(minutes=1)),
        "longest_minutes": int(source.bounds.longest / timedelta(minutes=1)),
        "origin": origin,
        "is_enabled": is_enabled,
    }


def _live(row: tuple) -> LiveSource:  # type: ignore[type-arg]
    shortest, longest = timedelta(minutes=row[9]), timedelta(minutes=row[10])
    bounds = IntervalBounds(shortest, longest, min(max(IntervalBounds().first, shortest), longest))
    source = Source(
        row[0],
        row[1],
        row[2],
        row[3],
        row[4],
        row[5],
        row[6] or "",
        row[7],
        tuple(row[8] or ()),
        bounds,
        row[12],
        row[13],
        row[14],
        row[15] or "keep",
    )
    return LiveSource(source, _state(row[11], source))


def _state_row(source_id: str, state: PollState) -> dict[str, object]:
    plain = {one.name: getattr(state, one.name) for one in fields(state)}
    del plain["bounds"]
    plain["interval_seconds"] = _seconds(plain.pop("interval"))
    plain["gap_seconds"] = _seconds(plain.pop("gap"))
    return {**plain, "source_id": source_id, "moved_from": list(state.moved_from)}


def _state(row: dict[str, object] | None, source: Source) -> PollState:
    if row is None or row.get("source_id") is None:
        return PollState(source.url, source.bounds)
    plain = dict(row)
    del plain["source_id"]
    plain["interval"] = _duration(plain.pop("interval_seconds"))
    plain["gap"] = _duration(plain.pop("gap_seconds"))
    plain["moved_from"] = tuple(plain.pop("moved_from") or ())  # type: ignore[arg-type]
    return PollState(**plain, bounds=source.bounds)  # type: ignore[arg-type]


def _seconds(duration: timedelta | None) -> float | None:
    return None if duration is None else duration.total_seconds()


def _duration(seconds: object) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=float(str(seconds)))
