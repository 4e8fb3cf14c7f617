"""How many commits a warehouse has to hold, in a small file beside it.

DuckDB takes a write-ahead log that is zeroed, cut or full of noise for an empty or a short one: the commits in it are
gone without a word. The number of the last commit is therefore kept twice, in the database by a sequence and here, and
compared when the file is opened. Each costs a fraction of a millisecond a commit and nothing that grows.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseDamagedError
from warehouse.upkeep.checks import find_damage

SUFFIX = ".ledger"
VERIFIED, UNVERIFIED = "ok", "unverified"
PAGE = "docs/operations.md, 'A damaged warehouse'"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says: the number of the last commit; not ``is_verified`` after an end that was not orderly."""

    n_commits: int
    is_verified: bool


class Ledger:
    """The file beside a warehouse; where it cannot be written or read, less is noticed and nothing else changes."""

    def __init__(self, warehouse: Path) -> None:
        """Take the place beside ``warehouse``; nothing is touched yet."""
        self.path = warehouse.with_name(f"{warehouse.name}{SUFFIX}")

    def read(self) -> Entry | None:
        """Return what it says, None where there is none or it is damaged itself."""
        try:
            number, word = self.path.read_text(encoding="ascii").split()
            return Entry(int(number), word == VERIFIED)
        except (OSError, ValueError):
            return None

    def write(self, n_commits: int, *, is_verified: bool = True) -> None:
        """Note the last commit, on the disk when this returns; always as long, so that a full disk does not matter."""
        line = f"{n_commits:020d} {VERIFIED if is_verified else UNVERIFIED:<10}\n".encode("ascii")
        with suppress(OSError):
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o666)
            try:
                os.pwrite(handle, line, 0)
                os.fdatasync(handle)
            finally:
                os.close(handle)


def verify(con: duckdb.DuckDBPyConnection, ledger: Ledger, *, is_unclean: bool) -> None:
    """Raise ``WarehouseDamagedError`` where commits are missing or, after an end that was not orderly, rows.

    What was found once is found again at every start until somebody has decided what to do.
    """
    known, n_commits = ledger.read(), committed(con)
    if known is not None and n_commits < known.n_commits:
        lost = known.n_commits - n_commits
        raise WarehouseDamagedError(
            f"{_file(ledger)} has lost its last {lost} commit{'s' * (lost > 1)}: its write-ahead log was damaged or "
            f"removed, or an older copy lies in its place. {_ways_on(ledger)}"
        )
    if is_unclean or (known is not None and not known.is_verified):
        ledger.write(n_commits, is_verified=False)
        if damage := find_damage(con):
            raise WarehouseDamagedError(f"{_file(ledger)} is damaged: {'; '.join(damage)}. {_ways_on(ledger)}")
        con.execute("CHECKPOINT")  # a log that DuckDB could not read would stay, and new commits be written behind it
        ledger.write(n_commits)


def committed(con: duckdb.DuckDBPyConnection) -> int:
    """Return the number of the last commit the database holds."""
    row = con.execute("SELECT last_value FROM duckdb_sequences() WHERE sequence_name = 'commits'").fetchone()
    return int(row[0] or 0) if row else 0


def next_commit(con: duckdb.DuckDBPyConnection) -> int:
    """Count the commit of the transaction under way."""
    row = con.execute("SELECT nextval('commits')").fetchone()
    assert row is not None  # noqa: S101 - a sequence always gives a value
    return int(row[0])


def _file(ledger: Ledger) -> str:
    return str(ledger.path).removesuffix(SUFFIX)


def _ways_on(ledger: Ledger) -> str:
    return f"Restore a backup, or go on without what is missing: rm {ledger.path} ({PAGE})"
