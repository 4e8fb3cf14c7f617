"""Opening the warehouse: one writer for the time of a batch, readers of the published file for as long as they like."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

import duckdb

from warehouse.bounds import Bounds, bounded
from warehouse.errors import WarehouseBusyError, WarehouseDamagedError, WarehouseDiskError, WarehouseError
from warehouse.upkeep import PAGE, Ledger, fill_up, migrate, next_commit, require_current, require_warehouse, verify

# Waiting is told of when it was in vain, in one line, not at every try.
logging.getLogger("stamina").setLevel(logging.ERROR)

Connection: TypeAlias = duckdb.DuckDBPyConnection

# The system's words for what is wrong with a disk, and ours: with "no space" comes what can be done.
DISK_TROUBLE = {
    "no space left on device": "the disk is full: free some room",
    "disk quota exceeded": "the disk quota is used up: free some room",
    "file too large": "the file has reached the largest size that is allowed here",
    "input/output error": "the disk fails (input/output error)",
    "max_temp_directory_size": "the disk has no room to sort and join in: free some",
}
DAMAGE = ("corrupt wal file", "corrupt database file", "while replaying wal", "computed checksum", "not a valid duckdb")
# The ledgers of the writers that are open, by the identity of their connections.
_LEDGERS: dict[int, Ledger] = {}
LOCKED = "Could not set lock"
# A batch holds the file for fractions of a second; a minute of waiting means that something else is wrong.
BUSY_TIMEOUT_S = 60.0


@contextmanager
def open_writer(path: Path, *, timeout_s: float = BUSY_TIMEOUT_S) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the working file for one batch, migrated; waits with back-off while another process holds it.

    Raises ``WarehouseBusyError`` after ``timeout_s`` and ``WarehouseError`` where the file cannot be used.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    con, is_unclean = _connect_patiently(path, timeout_s)
    ledger = Ledger(path)
    try:
        con.execute("SET TimeZone = 'UTC'")
        # the log of a writer that this process has open is no sign of anything
        is_shared = any(one.path == ledger.path for one in _LEDGERS.values())
        verify(con, ledger, is_unclean=is_unclean and not is_shared)
        migrate(con)
        _LEDGERS[id(con)] = ledger
        yield con
    except duckdb.Error as error:
        raise explained(error, str(path)) from error
    finally:
        _LEDGERS.pop(id(con), None)
        con.close()


def missing(path: Path) -> WarehouseError:
    """Return the error that a warehouse is not there; another one in its place is named, as a replay makes its own."""
    other = min(path.parent.glob("*.duckdb"), default=None)
    if other is None:
        return WarehouseError(f"{path} does not exist: run `tocsin replay` or `tocsin watch --once` first")
    return WarehouseError(f"{path} does not exist, but {other} does: give --warehouse {other}")


@contextmanager
def open_reader(
    path: Path,
    bounds: Bounds = Bounds(),  # noqa: B008 - frozen
    *,
    is_filled: bool = True,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a published file read-only, shut off from files, network and settings, held to ``bounds``.

    What a release leaves out is there as empty tables, so that every question can be asked of it, unless
    ``is_filled`` is False.
    """
    if not path.is_file():
        raise missing(path)
    try:
        con = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise WarehouseError(f"{path} cannot be opened: {_first_line(error)}") from error
    try:
        con.execute("SET TimeZone = 'UTC'")
        with bounded(con, bounds):
            for setting in ("autoinstall_known_extensions", "autoload_known_extensions", "enable_external_access"):
                con.execute(f"SET {setting} = false")
            con.execute("SET lock_configuration = true")
            require_current(con, path)
            if is_filled:
                require_warehouse(con, path)
                fill_up(con)
            yield con
    finally:
        con.close()


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block wrote, all or nothing; a writer's commits are counted in its ledger."""
    ledger = _LEDGERS.get(id(con))
    con.execute("BEGIN")
    try:
        yield
        n_commits = next_commit(con) if ledger else 0
    except BaseException:
        _roll_back(con)
        raise
    con.execute("COMMIT")
    if ledger:
        ledger.write(n_commits)


@contextmanager
def rehearsal(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Undo what the block wrote, so that it only shows what it would do."""
    con.execute("BEGIN")
    try:
        yield
    finally:
        _roll_back(con)


def _roll_back(con: duckdb.DuckDBPyConnection) -> None:
    """Undo; where the database has given up itself there is nothing to undo, and its first error is the one to tell."""
    with suppress(duckdb.FatalException):
        con.execute("ROLLBACK")


def _connect_patiently(path: Path, timeout_s: float) -> tuple[duckdb.DuckDBPyConnection, bool]:
    """Return the connection and whether the file was not closed in order: then its log is there."""
    import stamina

    log, is_unclean = path.with_name(f"{path.name}.wal"), False
    try:
        for attempt in stamina.retry_context(on=_is_locked, attempts=None, timeout=timeout_s, wait_max=2.0):
            with attempt:
                is_unclean = log.is_file()
                con = duckdb.connect(str(path))
    except duckdb.IOException as error:
        if _is_locked(error):
            raise WarehouseBusyError(f"{path} is held by another process: {_first_line(error)}") from error
        raise explained(error, f"{path} cannot be opened") from error
    except duckdb.Error as error:
        raise explained(error, f"{path} cannot be opened") from error
    _remove_spilled(path)
    return con, is_unclean


def _remove_spilled(path: Path) -> None:
    """Remove what a writer that was killed had put on the disk for want of memory; the file's lock is ours now."""
    spilled = path.with_name(f"{path.name}.tmp")
    if spilled.is_dir():
        shutil.rmtree(spilled, ignore_errors=True)


def explained(error: Exception, what: str) -> WarehouseError:
    """Return an error of DuckDB or the system as one line of ours, of the kind that says whether it may pass."""
    for sign, words in DISK_TROUBLE.items():
        if sign in str(error).casefold():
            return WarehouseDiskError(f"{what}: {words}; what was committed stays")
    if any(sign in str(error).casefold() for sign in DAMAGE):
        return WarehouseDamagedError(f"{what}: {_first_line(error)}. The file or its log is damaged: see {PAGE}")
    return WarehouseError(f"{what}: {_first_line(error)}")


def _is_locked(error: Exception) -> bool:
    return isinstance(error, duckdb.IOException) and LOCKED in str(error)


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
