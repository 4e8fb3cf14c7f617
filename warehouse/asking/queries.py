"""Queries that people write: one statement, within limits, and one clear line for whatever is wrong with it."""

from collections.abc import Callable, Mapping

import duckdb

from warehouse.bounds import stopped_after
from warehouse.errors import QueryError, QueryLimitError
from warehouse.table import Table

AT_ONCE = 10_000  # rows; the limits are looked at between two pieces


def run_query(
    con: duckdb.DuckDBPyConnection,
    sql: str,
    values: Mapping[str, str] | None = None,
    *,
    seconds: float,
    give_up: Callable[[], None],
    n_rows: int | None = None,
) -> Table:
    """Return what one statement gives, ``n_rows`` at most; ``values`` are bound to its parameters, as text that fits.

    Raises ``QueryError`` with the first line of what is wrong with it, ``QueryLimitError`` where it takes more than
    ``seconds`` or more memory than the reader has. ``give_up`` is called where DuckDB cannot be stopped.
    """
    try:
        statement = only_statement(con, sql)
        _require_all(statement, values or {})
        with stopped_after(con, seconds, give_up):
            return _fetch(con, statement, values or {}, n_rows)
    except duckdb.InterruptException as error:
        raise QueryLimitError(f"the query was stopped after {seconds:g} seconds: --timeout allows more") from error
    except (duckdb.OutOfMemoryException, MemoryError) as error:
        raise QueryLimitError(_out_of_memory(error)) from error
    except duckdb.Error as error:
        raise QueryError((str(error).strip() or "the query failed").splitlines()[0]) from error


def only_statement(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """Return the one statement in it; raises ``QueryError`` where there are none or several."""
    statements = con.extract_statements(sql)
    if not statements:
        raise QueryError("there is no query in it")
    if len(statements) > 1:
        raise QueryError(f"these are {len(statements)} statements: give one at a time")
    return statements[0]


def _require_all(statement: duckdb.Statement, values: Mapping[str, str]) -> None:
    wanted = statement.named_parameters
    if missing := sorted(wanted - set(values)):
        raise QueryError(f"the query needs a value for {', '.join(missing)}: -p {missing[0]}=VALUE")
    if unknown := sorted(set(values) - wanted):
        raise QueryError(f"the query has no parameter ${unknown[0]}")


def _fetch(
    con: duckdb.DuckDBPyConnection, statement: duckdb.Statement, values: Mapping[str, str], n_rows: int | None
) -> Table:
    found = con.execute(statement, dict(values)) if values else con.execute(statement)
    columns = tuple(one[0] for one in found.description or ())
    rows: list[tuple[object, ...]] = []
    while columns and (n_rows is None or len(rows) < n_rows):
        piece = found.fetchmany(AT_ONCE if n_rows is None else min(AT_ONCE, n_rows - len(rows)))
        if not piece:
            break
        rows += piece
    return Table(columns, tuple(rows))


def _out_of_memory(error: BaseException) -> str:
    if "max_temp_directory_size" in str(error):
        return "the query needs more room to sort and join than it may have in memory and on disk: --memory allows more"
    return "the query or its result needs more memory than it may have: --memory allows more, LIMIT asks for less"
