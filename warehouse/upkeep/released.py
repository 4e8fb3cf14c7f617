"""A release met as a warehouse: it holds the tables that were made to be passed on, and no others."""

import duckdb

LABEL = "release"


def is_release(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the file is a release, which can only be read."""
    return bool(con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = $name", {"name": LABEL}).fetchone())


def fill_up(con: duckdb.DuckDBPyConnection) -> None:
    """Add what the release leaves out as empty tables of this connection; nothing is written to the file."""
    from warehouse.upkeep.migrations import migrate

    with duckdb.connect() as whole:
        migrate(whole)
        columns = whole.execute(
            """
            SELECT table_name, string_agg('"' || column_name || '" ' || data_type, ', ' ORDER BY column_index)
            FROM duckdb_columns() WHERE NOT internal GROUP BY table_name
            """
        ).fetchall()
    present = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()}
    for name, described in columns:
        if name not in present:
            con.execute(f'CREATE TEMP TABLE "{name}" ({described})')
