"""Every table and view of the published warehouse as a Parquet file of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.bounds import Bounds, bounded
from warehouse.connection import explained, open_reader


@dataclass(frozen=True, slots=True)
class Exported:
    """One file that was written."""

    name: str
    kind: str
    rows: int


def export_parquet(published: Path, folder: Path) -> Iterator[Exported]:
    """Write each table and view to ``folder/NAME.parquet``, whole or not at all, and tell of each.

    All come from one snapshot: the file that was published when the export began.
    """
    with _open(published) as con:
        folder.mkdir(parents=True, exist_ok=True)
        for name, kind in _relations(con):
            target = folder / f"{name}.parquet"
            fresh = folder / f".{name}.parquet.tmp"
            quoted = str(fresh).replace("'", "''")
            try:
                row = con.execute(
                    f"COPY (FROM \"{name}\") TO '{quoted}' (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)"
                ).fetchone()
                fresh.replace(target)
            except BaseException:
                fresh.unlink(missing_ok=True)
                raise
            yield Exported(name, kind, int(row[0]) if row else 0)


@contextmanager
def _open(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open read-only like any reader, but able to write files: no query of a user's runs here."""
    with open_reader(published):
        pass  # says clearly what is wrong with a file that is none of ours
    try:
        with duckdb.connect(str(published), read_only=True) as con:
            con.execute("SET TimeZone = 'UTC'")
            with bounded(con, Bounds()):
                yield con
    except duckdb.Error as error:
        raise explained(error, "the export failed") from error


def _relations(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return con.execute(
        """
        SELECT table_name, 'table' FROM duckdb_tables() WHERE NOT internal AND schema_name = 'main'
        UNION ALL SELECT view_name, 'view' FROM duckdb_views() WHERE NOT internal
        ORDER BY ALL
        """
    ).fetchall()
