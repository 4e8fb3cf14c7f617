"""Parquet files that are written row by row with little memory and appear at once, whole."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar
from uuid import uuid4

import duckdb

from warehouse.connection import explained
from warehouse.parts.rows import ComparedRow, FindingsRow, PageRow, ReportRow, TextRow

R = TypeVar("R", PageRow, TextRow, FindingsRow, ReportRow, ComparedRow)

# Two work at once on a small machine, each beside processes that read pages.
BOUNDS: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "256MB", "threads": 1}
BUILDING = ".building"
GROUP_ROWS = 2048  # rows that are read together


class PartWriter(Generic[R]):
    """Rows on their way into a part: on the disk until all are there, then in its place; nothing if it was cut off."""

    def __init__(self, path: Path, kind: type[R]) -> None:
        """Make the folder; ``path`` is not touched before the end."""
        self._path = path
        self._folder = path.with_name(f"{path.name}.{uuid4().hex[:12]}{BUILDING}")
        self._columns = kind.COLUMNS
        self._n_rows = 0

    def __enter__(self) -> Self:
        """Begin; raises ``WarehouseDiskError`` as ``add`` does where the disk does not take it."""
        self._folder.mkdir(parents=True)
        try:
            self._con = duckdb.connect(str(self._folder / "rows.duckdb"), config=BOUNDS)
            self._con.execute("SET TimeZone = 'UTC'")
            self._con.execute(f"CREATE TABLE part ({self._columns})")
        except duckdb.Error as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise explained(error, str(self._path)) from error
        return self

    def add(self, rows: Sequence[R]) -> None:
        """Add rows behind those that are there."""
        if not rows:
            return
        numbered = [{"number": self._n_rows + place} | asdict(one) for place, one in enumerate(rows)]
        try:
            self._con.execute(
                "INSERT INTO part BY NAME SELECT unnest(row_) FROM (SELECT unnest($rows) AS row_)", {"rows": numbered}
            )
        except duckdb.Error as error:
            raise explained(error, str(self._path)) from error
        self._n_rows += len(rows)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the part in its place unless something went wrong."""
        try:
            if kind is None:
                self._finish()
        finally:
            self._con.close()
            shutil.rmtree(self._folder, ignore_errors=True)

    def _finish(self) -> None:
        fresh = self._folder / "part.parquet"
        try:
            self._con.execute(
                f'COPY (FROM part ORDER BY "number") TO $file (FORMAT parquet, COMPRESSION zstd, '
                f"ROW_GROUP_SIZE {GROUP_ROWS}, USE_TMP_FILE false)",
                {"file": str(fresh)},
            )
            _sync(fresh)
            fresh.replace(self._path)
        except (duckdb.Error, OSError) as error:
            raise explained(error, str(self._path)) from error


def is_whole(path: Path) -> bool:
    """Tell whether a part is there; one that cannot be read counts as none."""
    if not path.is_file():
        return False
    try:
        with duckdb.connect(config=BOUNDS) as con:
            con.execute("SELECT count(*) FROM read_parquet($file)", {"file": str(path)})
    except duckdb.Error:
        return False
    return True


def iter_rows(path: Path, kind: type[R], size: int) -> Iterator[list[R]]:
    """Yield the rows of a part in order, ``size`` at a time."""
    try:
        with duckdb.connect(config=BOUNDS) as con:
            con.execute("SET TimeZone = 'UTC'")
            start = 0
            while rows := _rows(con, path, kind, start, start + size):
                yield rows
                start += size
    except duckdb.Error as error:
        raise explained(error, str(path)) from error


def _rows(con: duckdb.DuckDBPyConnection, path: Path, kind: type[R], start: int, end: int) -> list[R]:
    found = con.execute(
        'SELECT * EXCLUDE "number" FROM read_parquet($file) WHERE "number" >= $start AND "number" < $end '
        'ORDER BY "number"',
        {"file": str(path), "start": start, "end": end},
    )
    names = [one[0] for one in found.description or ()]
    return [kind(**_named(names, row)) for row in found.fetchall()]


def _named(names: Sequence[str], row: Sequence[Any]) -> Mapping[str, Any]:
    return dict(zip(names, row, strict=True))


def remove_remains(folder: Path) -> None:
    """Remove what work that was killed had begun; only for who knows that nobody is at work in the folder."""
    for path in folder.glob(f"*{BUILDING}"):
        shutil.rmtree(path, ignore_errors=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
