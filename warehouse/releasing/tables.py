"""The tables of a release as files: Parquet parted by month, and CSV in one archive."""

import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse.releasing.contents import RELEASED, Released

UNDATED = "undated"
PARQUET = "FORMAT parquet, COMPRESSION zstd"
# The earliest time a ZIP archive knows: when a file was written must not make it another one.
NO_TIME = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16
NESTED = ("STRUCT", "MAP", "[]")


def write_parquet(con: duckdb.DuckDBPyConnection, database: str, folder: Path) -> None:
    """Write ``NAME.parquet``, or for what has a date ``NAME/NAME-YYYY-MM.parquet`` and ``NAME-undated.parquet``."""
    folder.mkdir()
    for one in RELEASED:
        if one.month_of is None:
            _copy(con, f'FROM {database}.main."{one.name}"', folder / f"{one.name}.parquet", PARQUET)
        else:
            _write_months(con, database, one, folder / one.name)


def write_csv(con: duckdb.DuckDBPyConnection, database: str, archive: Path) -> None:
    """Write every table as ``NAME.csv`` into one archive; lists and structures are JSON in it."""
    passing = archive.with_suffix(".tmp")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as opened:
        for one in sorted(RELEASED, key=lambda each: each.name):
            _copy(con, _flat(con, database, one.name), passing, "FORMAT csv, HEADER true")
            info = zipfile.ZipInfo(f"{one.name}.csv", NO_TIME)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, READABLE, 3
            with passing.open("rb") as reading, opened.open(info, "w", force_zip64=True) as writing:
                shutil.copyfileobj(reading, writing, 1 << 20)
            passing.unlink()


def _write_months(con: duckdb.DuckDBPyConnection, database: str, one: Released, folder: Path) -> None:
    month = f"coalesce(strftime(\"{one.month_of}\", '%Y-%m'), '{UNDATED}')"
    table = f'{database}.main."{one.name}"'
    folder.mkdir()
    months = con.execute(f"SELECT DISTINCT {month} FROM {table} ORDER BY ALL").fetchall()
    for (name,) in months or [(UNDATED,)]:  # an empty table still says which columns it has
        _copy(con, f"FROM {table} WHERE {month} = '{name}'", folder / f"{one.name}-{name}.parquet", PARQUET)


def _flat(con: duckdb.DuckDBPyConnection, database: str, name: str) -> str:
    columns = con.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = $d AND table_name = $t "
        "ORDER BY column_index",
        {"d": database, "t": name},
    ).fetchall()
    return f'SELECT {", ".join(_cell(column, kind) for column, kind in columns)} FROM {database}.main."{name}"'


def _cell(column: str, kind: str) -> str:
    return f'to_json("{column}") AS "{column}"' if _has_any(kind, NESTED) else f'"{column}"'


def _has_any(kind: str, signs: Sequence[str]) -> bool:
    return any(one in kind for one in signs)


def _copy(con: duckdb.DuckDBPyConnection, query: str, target: Path, how: str) -> None:
    quoted = str(target).replace("'", "''")
    con.execute(f"COPY ({query}) TO '{quoted}' ({how}, USE_TMP_FILE false)")
