"""What reading may take of the machine: memory, room on the disk while it sorts and joins, and time."""

import os
import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import QueryError

QUARTER = "25%"
SPILL_BYTES = 4 << 30
SPILL_PREFIX = "tocsin-spill-"
# A query that does not end when it is interrupted is in the middle of one long function; it gets so long to come back.
GRACE_S = 3.0
ASK_EVERY_S = 0.25
_UNITS = {"bytes": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40, "PiB": 1 << 50, "EiB": 1 << 60}
_SIZE = re.compile(r"\s*\d+(\.\d+)?\s*(%|[KMGT]i?B|B|bytes)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits of one reader; ``memory`` in DuckDB's words, such as ``2GB`` or ``25%`` (of what the machine has)."""

    memory: str = QUARTER


@contextmanager
def bounded(con: duckdb.DuckDBPyConnection, bounds: Bounds) -> Iterator[None]:
    """Hold a connection to its memory and to a temporary folder of its own, which is gone at the end."""
    if not _SIZE.fullmatch(bounds.memory):
        raise QueryError(f"{bounds.memory!r} is no size: write it like 500MB, 2GB or 25%")
    _remove_abandoned()
    with tempfile.TemporaryDirectory(prefix=f"{SPILL_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        quoted = folder.replace("'", "''")
        try:
            con.execute(f"SET memory_limit = '{bounds.memory}'")
        except duckdb.Error as error:
            raise QueryError(f"{bounds.memory!r} is no size that can be used: {str(error).splitlines()[0]}") from error
        con.execute(f"SET temp_directory = '{quoted}'")
        con.execute(f"SET max_temp_directory_size = '{spill_bytes(Path(folder))}B'")
        yield


def spill_bytes(folder: Path) -> int:
    """Return how much may be written there: never more than a quarter of what is free."""
    return min(SPILL_BYTES, shutil.disk_usage(folder).free // 4)


def spill_folder(con: duckdb.DuckDBPyConnection) -> Path:
    """Return where a connection writes what does not fit into its memory."""
    row = con.execute("SELECT current_setting('temp_directory')").fetchone()
    return Path(str(row[0] if row else ""))


def memory_bytes(con: duckdb.DuckDBPyConnection) -> int:
    """Return the memory limit of a connection."""
    row = con.execute("SELECT current_setting('memory_limit')").fetchone()
    number, unit = str(row[0] if row else "0 bytes").split()
    return int(float(number) * _UNITS[unit])


@contextmanager
def stopped_after(con: duckdb.DuckDBPyConnection, seconds: float, give_up: Callable[[], None]) -> Iterator[None]:
    """Interrupt what runs on ``con`` in the block after so long; ``give_up`` is called where that does not help."""
    is_over = threading.Event()
    watchman = threading.Thread(target=_watch, args=(con, seconds, is_over, give_up), daemon=True)
    watchman.start()
    try:
        yield
    finally:
        is_over.set()
        watchman.join()


def _watch(
    con: duckdb.DuckDBPyConnection, seconds: float, is_over: threading.Event, give_up: Callable[[], None]
) -> None:
    if is_over.wait(seconds):
        return
    for _ in range(int(GRACE_S / ASK_EVERY_S)):
        con.interrupt()
        if is_over.wait(ASK_EVERY_S):
            return
    give_up()


def _remove_abandoned() -> None:
    """Remove what processes left that were killed; the folders of those that live, and of others, stay."""
    for folder in Path(tempfile.gettempdir()).glob(f"{SPILL_PREFIX}*"):
        try:
            owner = int(folder.name.removeprefix(SPILL_PREFIX).partition("-")[0])
            if folder.lstat().st_uid != os.geteuid() or _is_alive(owner):
                continue
        except (OSError, ValueError):
            continue
        shutil.rmtree(folder, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
