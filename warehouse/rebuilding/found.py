"""What a rebuild has found so far, by text and version: one that is begun anew need not find it again."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.bulk import insert_new


class Found:
    """The file beside a working copy: findings as JSON, each under a key computed from all that they depend on."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Take an open file."""
        self._con = con
        con.execute("CREATE TABLE IF NOT EXISTS found (key VARCHAR NOT NULL, findings VARCHAR NOT NULL)")

    def load(self, keys: Sequence[str]) -> dict[str, str]:
        """Return what is kept under these keys."""
        rows = self._con.execute(
            "SELECT key, findings FROM found WHERE key IN (SELECT unnest($keys))", {"keys": list(keys)}
        ).fetchall()
        return dict(rows)

    def keep(self, findings: Mapping[str, str]) -> None:
        """Keep findings."""
        insert_new(self._con, "found", "key", [{"key": key, "findings": one} for key, one in findings.items()])


@contextmanager
def open_found(working: Path) -> Iterator[Found]:
    """Open the file beside a working copy, an empty one where it is damaged: all in it can be found again."""
    path = _path(working)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        con = duckdb.connect(str(path))
    except duckdb.Error:
        forget_found(working)
        path.parent.mkdir()
        con = duckdb.connect(str(path))
    try:
        yield Found(con)
    finally:
        con.close()


def forget_found(working: Path) -> None:
    """Remove it: other rules find other things."""
    shutil.rmtree(_path(working).parent, ignore_errors=True)


def _path(working: Path) -> Path:
    return working.parent / "found" / "found.duckdb"
