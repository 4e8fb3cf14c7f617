"""How the polled sources fare, from the published warehouse or, before the first run, as they are configured."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from extractors.feeds import Source
from warehouse.connection import open_reader
from warehouse.storing import sync_sources
from warehouse.table import Table
from warehouse.upkeep import migrate, readable_path


@contextmanager
def open_sources(warehouse: Path, configured: Sequence[Source]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published warehouse, or one in memory that holds the configured sources where none is published yet."""
    shown = readable_path(warehouse)
    if shown.is_file():
        with open_reader(shown) as con:
            yield con
        return
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        migrate(con)
        sync_sources(con, configured)
        yield con


def source_health(con: duckdb.DuckDBPyConnection) -> Table:
    """Return the health of every source, those in need of attention first."""
    found = con.execute("FROM source_health")
    return Table(tuple(one[0] for one in found.description or ()), tuple(found.fetchall()))
