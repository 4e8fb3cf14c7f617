"""The data dictionary: what every table and column of a release means, as the warehouse's own comments say."""

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, slots=True)
class Described:
    """One column, or with an empty ``column`` the table itself."""

    table: str
    column: str
    type: str
    meaning: str


def take_over_comments(con: duckdb.DuckDBPyConnection, name: str, *, source: str, target: str) -> None:
    """Describe ``target.name`` as ``source.name``, be that a table or a view."""
    about = con.execute(
        """
        SELECT comment FROM duckdb_tables() WHERE database_name = $source AND table_name = $name
        UNION ALL SELECT comment FROM duckdb_views() WHERE database_name = $source AND view_name = $name
        """,
        {"source": source, "name": name},
    ).fetchone()
    if about and about[0]:
        _comment(con, f'TABLE "{target}"."main"."{name}"', str(about[0]).partition(" Example: ")[0])
    columns = con.execute(
        """
        SELECT theirs.column_name, theirs.comment
        FROM duckdb_columns() AS theirs
        JOIN duckdb_columns() AS ours USING (table_name, column_name)
        WHERE theirs.database_name = $source AND ours.database_name = $target AND table_name = $name
          AND theirs.comment IS NOT NULL
        """,
        {"source": source, "target": target, "name": name},
    ).fetchall()
    for column, comment in columns:
        _comment(con, f'COLUMN "{target}"."main"."{name}"."{column}"', comment)


def describe(con: duckdb.DuckDBPyConnection, database: str) -> tuple[Described, ...]:
    """Return every table with its columns, in the order of their names and places."""
    rows = con.execute(
        """
        SELECT table_name, '' AS column_name, 'table' AS data_type, coalesce(comment, ''), -1 AS place
        FROM duckdb_tables() WHERE database_name = $database
        UNION ALL
        SELECT table_name, column_name, data_type, coalesce(comment, ''), column_index
        FROM duckdb_columns() WHERE database_name = $database
        ORDER BY table_name, place
        """,
        {"database": database},
    ).fetchall()
    return tuple(Described(*row[:4]) for row in rows)


def _comment(con: duckdb.DuckDBPyConnection, what: str, text: str) -> None:
    quoted = text.replace("'", "''")
    con.execute(f"COMMENT ON {what} IS '{quoted}'")
