"""Whether saved queries can be run: tried on an empty warehouse of this schema, without running them."""

from collections.abc import Mapping

import duckdb

from warehouse.asking.queries import only_statement
from warehouse.errors import QueryError
from warehouse.upkeep import migrate


def wrong_queries(queries: Mapping[str, tuple[str, Mapping[str, str | None]]]) -> dict[str, str]:
    """Return by name what is wrong with a query, given as its SQL and the values of its parameters; else nothing."""
    with duckdb.connect() as con:
        migrate(con)
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
        found = {name: _wrong(con, sql, values) for name, (sql, values) in queries.items()}
    return {name: said for name, said in found.items() if said}


def _wrong(con: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, str | None]) -> str | None:
    try:
        statement = only_statement(con, sql)
        con.execute(f"EXPLAIN {statement.query}", dict(values) or None).fetchall()
    except QueryError as error:
        return str(error)
    except duckdb.Error as error:
        return (str(error).strip() or "it cannot be run").splitlines()[0]
    return None
