"""The working copy of a rebuild: the live warehouse as it stood, in which everything is found again."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.connection import missing, open_writer, transaction
from warehouse.errors import WarehouseError
from warehouse.packaged import packaged_sql
from warehouse.rebuilding.earlier import MARK, keep_earlier
from warehouse.rebuilding.topics import finish_sorting
from warehouse.storing import mend_alerts, place_claims
from warehouse.upkeep import place_copy

TO_REBUILD = f"""
    SELECT article_id FROM extractions JOIN articles USING (article_id) LEFT JOIN tries ON subject_id = article_id
    WHERE starts_with(extractor_version, '{MARK}') AND article_id NOT IN (SELECT article_id FROM copy_texts)
      AND pruned_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Begun:
    """What a working copy was made for and from: the version that finds anew, and the live warehouse's mark."""

    version: str
    mark: str
    made_at: datetime


def working_path(warehouse: Path) -> Path:
    """Return where the working copy of a warehouse stands: in a folder of its own beside it."""
    return warehouse.with_name(f"{warehouse.stem}.rebuild") / warehouse.name


def begun_rebuild(working: Path) -> Begun | None:
    """Return what the working copy that is there was made for, None where there is none that is whole."""
    if not working.is_file():
        return None
    try:
        with open_writer(working) as con:
            row = con.execute("SELECT version, mark, made_at FROM earlier.state").fetchone()
    except WarehouseError:
        return None
    return Begun(*row) if row else None


def begin_rebuild(warehouse: Path, working: Path, version: str, *, at: datetime) -> Begun:
    """Copy the live warehouse as it stands and mark everything in the copy as to be found anew by ``version``.

    The live one is held for the time of the copy alone.
    """
    if not warehouse.is_file():
        raise missing(warehouse)
    discard(working)
    with open_writer(warehouse) as con:
        place_copy(con, warehouse, working)
    with open_writer(working) as con, transaction(con):
        begun = Begun(version, mark_of(con), at)
        keep_earlier(con)
        con.execute(
            "CREATE TABLE earlier.state AS SELECT $version AS version, $mark AS mark, $at AS made_at",
            {"version": begun.version, "mark": begun.mark, "at": begun.made_at},
        )
    return begun


def discard(working: Path) -> None:
    """Remove a working copy and all beside it; the folder stays, as it is what a rebuild locks."""
    for one in working.parent.glob("*"):
        if one.is_file():
            one.unlink()


def mark_of(con: duckdb.DuckDBPyConnection) -> str:
    """Return what tells whether anything changed that a rebuild starts from."""
    row = con.execute(packaged_sql("rebuilding", "mark")).fetchone()
    assert row is not None  # noqa: S101 - an aggregate always gives a row
    return str(row[0])


def articles_to_rebuild(con: duckdb.DuckDBPyConnection, *, is_alone: bool) -> list[str]:
    """Return the articles that have still to be extracted anew, the earliest first.

    ``is_alone`` chooses between those on which it failed among others, and all others.
    """
    failed = "subject_id IS NOT NULL" if is_alone else "subject_id IS NULL"
    rows = con.execute(f"{TO_REBUILD} AND {failed} ORDER BY published_at NULLS LAST, article_id").fetchall()
    return [row[0] for row in rows]


def count_unrelated(con: duckdb.DuckDBPyConnection) -> int:
    """Return how many statements have still to be related."""
    row = con.execute("SELECT count(*) FROM statements WHERE claim_id IS NULL OR pending = 'relate'").fetchone()
    return int(row[0]) if row else 0


def finish_rebuild(con: duckdb.DuckDBPyConnection) -> int:
    """Bring topics, events and alerts in step with what was found; returns how many articles could not be done.

    These keep what was found in them before, and the version that found it.
    """
    finish_sorting(con)
    place_claims(con, [])
    mend_alerts(con)
    row = con.execute(f"SELECT count(*) FROM ({TO_REBUILD})").fetchone()
    return int(row[0]) if row else 0
