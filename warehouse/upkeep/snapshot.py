"""The read-only snapshot for analysts: a copy of the file, put in place by an atomic rename.

An open reader keeps the file it opened; the next one opens the new file.
"""

import os
import subprocess
import sys
from glob import escape
from pathlib import Path

import duckdb

from warehouse.connection import explained, open_reader
from warehouse.errors import WarehouseError
from warehouse.upkeep.checks import find_damage
from warehouse.upkeep.commits import Ledger

COPYING = Path(__file__).with_name("copying.py")

# What changes without a run adding anything: tries, what people silenced, whom they corrected.
OUTBOX = """
SELECT (SELECT bit_xor(hash(deliveries)) FROM deliveries), (SELECT bit_xor(hash(silences)) FROM silences),
       (SELECT count(*) FROM notices), (SELECT bit_xor(hash(actor_corrections)) FROM actor_corrections),
       (SELECT bit_xor(hash(tries)) FROM tries)
"""

# What readers want to know of the sources without delay. Hours with polls are counted: the latest may never come where
# a clock was ahead.
SOURCES = """
    SELECT source_id, is_enabled, coalesce(n_errors, 0) > 0, disabled_reason, NULL AS n_hours
    FROM sources LEFT JOIN source_states USING (source_id)
    WHERE origin IS NOT NULL
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, count(DISTINCT date_trunc('hour', polled_at)) FROM polls
    ORDER BY ALL
"""
SCHEMA = "FROM schema_migrations ORDER BY ALL"
NEWS = (SCHEMA, SOURCES, OUTBOX)


def published_path(warehouse: Path) -> Path:
    """Return where the snapshot of ``warehouse`` is published; a published file is its own snapshot."""
    if warehouse.parent.name == "published":
        return warehouse
    return warehouse.parent / "published" / warehouse.name


def readable_path(given: Path) -> Path:
    """Return the file to read where ``given`` is named: a working file's snapshot, or a file that somebody was sent.

    A working file without a snapshot is not read itself, as that would keep the next run waiting: it has a ledger.
    """
    published = published_path(given)
    if published.is_file() or not given.is_file() or Ledger(given).path.is_file():
        return published
    return given


def publish(con: duckdb.DuckDBPyConnection, warehouse: Path) -> Path:
    """Copy what is committed into a fresh file and move it over the published one; returns its path.

    The connection is that of the one writer, and in no transaction: nothing changes while the file is copied.
    """
    return place_copy(con, warehouse, published_path(warehouse))


def place_copy(con: duckdb.DuckDBPyConnection, warehouse: Path, target: Path) -> Path:
    """Put a sound copy of what is committed at ``target``, whole or not at all; the connection as for ``publish``."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    _remove_leftovers(target)
    try:
        copy_warehouse(con, warehouse, fresh)
        fresh.replace(target)
    except BaseException:
        _remove_leftovers(target)  # at once: the disk may be full because of it
        raise
    return target


def copy_warehouse(con: duckdb.DuckDBPyConnection, warehouse: Path, fresh: Path) -> None:
    """Copy what is committed into a file that is not there yet, and read all of the copy.

    The connection is that of the one writer, and in no transaction.
    """
    con.execute("CHECKPOINT")
    _copy(warehouse, fresh)
    _read_whole(fresh)


def require_sound(path: Path) -> None:
    """Raise ``WarehouseError`` where a file cannot be read to its last block, or its rows do not find each other."""
    _read_whole(path)
    with open_reader(path, is_filled=False) as con:
        if damage := find_damage(con):
            raise WarehouseError(f"{path} is damaged: {'; '.join(damage)}")


def count_rows(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return how much a warehouse holds, in the words of its tables."""
    found = con.execute(
        """
        SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM statements),
               (SELECT count(*) FROM claims WHERE merged_into IS NULL), (SELECT count(*) FROM alerts),
               (SELECT count(*) FROM deliveries WHERE status = 'pending')
        """
    ).fetchone()
    return dict(zip(("articles", "statements", "claims", "alerts", "pending_deliveries"), found or (), strict=False))


def is_stale(con: duckdb.DuckDBPyConnection, warehouse: Path) -> bool:
    """Tell whether a run changed something, or was cut off, since the snapshot was published.

    News of the sources alone counts where one fails, recovers or is switched, and else once an hour.
    """
    target = published_path(warehouse)
    if not target.is_file():
        return True
    runs = con.execute(
        """
        SELECT run_id FROM runs
        WHERE status = 'failed' OR flow = 'rebuild'
           OR articles_added + copies_added + rejections_added + statements_added + claims_added + alerts_added > 0
        """
    ).fetchall()
    try:
        with open_reader(target) as published:
            known = published.execute("SELECT run_id FROM runs WHERE status <> 'running'").fetchall()
            has_news = any(published.execute(one).fetchall() != con.execute(one).fetchall() for one in NEWS)
    except (WarehouseError, duckdb.Error):
        return True  # of an older schema, or damaged: replaced
    return has_news or not {row[0] for row in runs} <= {row[0] for row in known}


def _copy(warehouse: Path, fresh: Path) -> None:
    """Copy the file in a process of its own: our lock on it would go with the descriptor of a copy."""
    call = [sys.executable, "-I", "-S", str(COPYING), str(warehouse), str(fresh)]
    done = subprocess.run(call, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603 - our own
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise explained(OSError(said[-1] if said else f"exit code {done.returncode}"), str(warehouse))


def _read_whole(fresh: Path) -> None:
    """Read every row of the copy, with the checksum of each block: a damaged file must not replace a good one."""
    try:
        with duckdb.connect(str(fresh), read_only=True) as con:
            names = con.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
            for schema, name in names:
                con.execute(f'SELECT bit_xor(hash(one)) FROM "{schema}"."{name}" AS one').fetchall()
    except duckdb.Error as error:
        raise explained(error, str(fresh)) from error


def _remove_leftovers(target: Path) -> None:
    for one in target.parent.glob(f".{escape(target.name)}.*.tmp*"):
        one.unlink(missing_ok=True)
