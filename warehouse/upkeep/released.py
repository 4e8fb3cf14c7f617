"""A release met as a warehouse: it holds the tables that were made to be passed on, and no others."""

import re
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError

LABEL = "release"


def is_release(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the file is a release, which can only be read."""
    return bool(con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = $name", {"name": LABEL}).fetchone())


def require_warehouse(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise ``WarehouseError`` where a file is a database, but neither a warehouse of Tocsin nor a release."""
    ours = "SELECT 1 FROM duckdb_tables() WHERE table_name IN ('schema_migrations', $name)"
    if not con.execute(ours, {"name": LABEL}).fetchone():
        raise WarehouseError(f"{path} is a DuckDB file, but no warehouse or release of Tocsin")


def fill_up(con: duckdb.DuckDBPyConnection) -> None:
    """Add what a release leaves out as empty tables of this connection; nothing is written to the file."""
    from warehouse.upkeep.migrations import migrate

    if not is_release(con):
        return
    with duckdb.connect() as whole:
        migrate(whole)
        columns = whole.execute(
            """
            SELECT table_name, string_agg('"' || column_name || '" ' || data_type, ', ' ORDER BY column_index)
            FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main' GROUP BY table_name
            """
        ).fetchall()
    present = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()}
    for name, described in columns:
        if name not in present:
            con.execute(f'CREATE TEMP TABLE "{name}" ({described})')


def index_release(con: duckdb.DuckDBPyConnection) -> bool:
    """Index the words of a release for this connection alone: tables with a prefix, no schema; tells whether it is one.

    It is passed on without an index, as its texts could be made from that; a read-only file takes no schema.
    """
    from warehouse.upkeep.migrations import packaged_migrations

    if not is_release(con):
        return False
    if not con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'search_vocabulary'").fetchone():
        (index,) = (one.sql for one in packaged_migrations() if "CREATE SCHEMA search;" in one.sql)
        con.execute(_without_schema(index))
    return True


def _without_schema(index: str) -> str:
    told = re.sub(r"(?m)^COMMENT ON .*;$|^CREATE SCHEMA .*;$", "", index)
    return re.sub(r"CREATE (TABLE|MACRO) search\.", r"CREATE TEMP \1 search_", told).replace("search.", "search_")
