"""Listings that an index points to, with what is known of each between two polls."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields

import duckdb

from extractors.feeds import Part
from warehouse.bulk import insert_all

COLUMNS = tuple(one.name for one in fields(Part))


def known_parts(con: duckdb.DuckDBPyConnection, source_ids: Sequence[str]) -> dict[str, dict[str, Part]]:
    """Return the parts of each source that were read before, by their URL."""
    rows = con.execute(
        f"SELECT source_id, {', '.join(COLUMNS)} FROM listing_parts WHERE source_id IN (SELECT unnest($ids))",
        {"ids": list(source_ids)},
    ).fetchall()
    found: dict[str, dict[str, Part]] = {}
    for source_id, *values in rows:
        part = Part(*values)
        found.setdefault(source_id, {})[part.url] = part
    return found


def save_parts(con: duckdb.DuckDBPyConnection, parts: Mapping[str, Sequence[Part]]) -> None:
    """Store what is known of parts, in place of what was."""
    rows = [asdict(part) | {"source_id": source_id} for source_id, found in parts.items() for part in found]
    if not rows:
        return
    con.execute(
        """
        DELETE FROM listing_parts USING (SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)) AS new
        WHERE listing_parts.source_id = new.source_id AND listing_parts.url = new.url
        """,
        {"rows": [{"source_id": row["source_id"], "url": row["url"]} for row in rows]},
    )
    insert_all(con, "listing_parts", rows)
