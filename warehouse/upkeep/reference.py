"""The page docs/warehouse.md, made from the catalog: `python -m warehouse.upkeep.reference > docs/warehouse.md`."""

import duckdb

from warehouse.upkeep.migrations import migrate

HEAD = """# The warehouse

Made from the schema by `python -m warehouse.upkeep.reference > docs/warehouse.md`; a test fails when it is stale.

Times are UTC and end in `_at`; dates end in `_on`, with a `_precision` where a text gives only a week, a month or a
year. Spans count Unicode code points of `articles.text`, the end excluded. Query the published snapshot with
`tocsin sql`; start from the views.
"""


def reference_markdown(con: duckdb.DuckDBPyConnection) -> str:
    """Return the page: views first, then tables, each column with its type and comment."""
    parts = [HEAD, "## Views\n"]
    parts += [_view(con, name, comment) for name, comment in _relations(con, "duckdb_views()", "view_name")]
    parts.append("## As of a time\n\nCalled like a table, with a day or an instant.\n")
    parts += [_macro(name, comment) for name, comment in _macros(con)]
    parts.append("## Tables\n")
    parts += [_table(con, name, comment) for name, comment in _relations(con, "duckdb_tables()", "table_name")]
    return "\n".join(parts)


def _relations(con: duckdb.DuckDBPyConnection, catalog: str, name: str) -> list[tuple[str, str]]:
    return con.execute(f"SELECT {name}, comment FROM {catalog} WHERE NOT internal ORDER BY ALL").fetchall()


def _macros(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return con.execute(
        "SELECT function_name, comment FROM duckdb_functions() WHERE NOT internal AND comment IS NOT NULL ORDER BY ALL"
    ).fetchall()


def _macro(name: str, comment: str) -> str:
    text, _, example = comment.partition(" Example: ")
    return f"### {name}\n\n{text}\n\n```sql\n{example}\n```\n"


def _view(con: duckdb.DuckDBPyConnection, name: str, comment: str) -> str:
    text, _, example = comment.partition(" Example: ")
    return f"### {name}\n\n{text}\n\n{_rows(con, name)}\n\n```sql\n{example}\n```\n"


def _table(con: duckdb.DuckDBPyConnection, name: str, comment: str) -> str:
    return f"### {name}\n\n{comment}\n\n{_rows(con, name)}\n"


def _rows(con: duckdb.DuckDBPyConnection, name: str) -> str:
    rows = "\n".join(f"| `{column}` | {kind} | {text} |" for column, kind, text in _columns(con, name))
    return f"| column | type | meaning |\n|---|---|---|\n{rows}"


def _columns(con: duckdb.DuckDBPyConnection, name: str) -> list[tuple[str, str, str]]:
    return con.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = $name ORDER BY column_index",
        {"name": name},
    ).fetchall()


def main() -> None:
    """Print the page for a fresh schema."""
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        migrate(con)
        print(reference_markdown(con), end="")


if __name__ == "__main__":
    main()
