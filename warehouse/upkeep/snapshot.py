"""The read-only snapshot for analysts: a compact copy, put in place by an atomic rename.

An open reader keeps the file it opened; the next one opens the new file.
"""

import os
from contextlib import suppress
from glob import escape
from pathlib import Path

import duckdb

from warehouse.connection import open_reader
from warehouse.errors import WarehouseError
from warehouse.upkeep.migrations import packaged_views

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


def publish(con: duckdb.DuckDBPyConnection, warehouse: Path) -> Path:
    """Copy all tables and views into a fresh file and move it over the published one; returns its path."""
    target = published_path(warehouse)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    _remove_leftovers(target)
    try:
        _copy_database(con, fresh)
        fresh.replace(target)
    except BaseException:
        _remove_leftovers(target)  # at once: the disk may be full because of it
        raise
    return target


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
        WHERE status = 'failed' OR articles_added + copies_added + rejections_added + statements_added
                                   + claims_added + alerts_added > 0
        """
    ).fetchall()
    try:
        with open_reader(target) as published:
            known = published.execute("SELECT run_id FROM runs WHERE status <> 'running'").fetchall()
            has_news = any(published.execute(one).fetchall() != con.execute(one).fetchall() for one in NEWS)
    except (WarehouseError, duckdb.Error):
        return True  # of an older schema, or damaged: replaced
    return has_news or not {row[0] for row in runs} <= {row[0] for row in known}


def _copy_database(con: duckdb.DuckDBPyConnection, fresh: Path) -> None:
    name = con.execute("SELECT current_database()").fetchone()
    assert name is not None  # noqa: S101 - the function always answers
    quoted = str(fresh).replace("'", "''")
    con.execute(f"ATTACH '{quoted}' AS snapshot")
    try:
        con.execute(f'COPY FROM DATABASE "{name[0]}" TO snapshot')
        con.execute("USE snapshot")
        con.execute(packaged_views().sql)  # the copy loses the comments on the columns of views
        con.execute("CHECKPOINT snapshot")
    except duckdb.Error:
        with suppress(duckdb.Error):  # the first error is the one to tell
            _let_go(con, name[0])
        raise
    _let_go(con, name[0])


def _let_go(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.execute(f'USE "{name}"')
    con.execute("DETACH snapshot")


def _remove_leftovers(target: Path) -> None:
    for one in target.parent.glob(f".{escape(target.name)}.*.tmp*"):
        one.unlink(missing_ok=True)
