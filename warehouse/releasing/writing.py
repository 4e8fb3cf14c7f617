"""Writing a release: a DuckDB file that old versions open, the same tables as Parquet by month and as CSV."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from warehouse.bounds import Bounds, bounded
from warehouse.connection import explained, open_reader
from warehouse.errors import MigrationError, QueryError
from warehouse.releasing.contents import RELEASED, Released
from warehouse.releasing.dictionary import Described, describe, take_over_comments
from warehouse.releasing.tables import write_csv, write_parquet
from warehouse.upkeep import is_current, is_release

DATABASE = "tocsin.duckdb"
# What DuckDB 1.1 of September 2024 and every later version reads whole; 1.0 stumbles over lists that are all empty.
STORAGE_VERSION = "v1.0.0"
SOURCE, TARGET = "warehouse", "release"
FACTS = """
SELECT
    (SELECT CAST(max(coalesce(finished_at, started_at)) AS DATE) FROM runs),
    (SELECT max("version") FROM schema_migrations),
    (SELECT list(DISTINCT extractor_version ORDER BY extractor_version) FROM statements),
    (SELECT min(said_on) FROM claims), (SELECT max(said_on) FROM claims)
"""

SIZES = f"""
SELECT (SELECT count(*) FROM {TARGET}.main.claims WHERE merged_into IS NULL),
       (SELECT count(text) FROM {TARGET}.main.articles)
"""


@dataclass(frozen=True, slots=True)
class TableCount:
    """One released table and its rows."""

    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What a release is of: ``as_of`` is the day of the last run in it, ``first_on`` and ``last_on`` what was said."""

    as_of: date | None
    schema_version: int
    extractor_versions: tuple[str, ...]
    first_on: date | None
    last_on: date | None
    n_claims: int
    n_texts: int
    tables: tuple[TableCount, ...]
    columns: tuple[Described, ...]

    def count(self, name: str) -> int:
        """Return the rows of one table."""
        return next(one.rows for one in self.tables if one.name == name)


def write_data(published: Path, folder: Path, *, version: str) -> ReleaseFacts:
    """Write the tables of a published warehouse into ``folder``, which is empty, and return what they are.

    The same warehouse gives the same rows in the same order; files other than the database are the same byte by byte.
    """
    with _databases(published, folder / DATABASE) as con:
        for one in RELEASED:
            _copy_table(con, one)
        facts = _facts(con)
        _write_label(con, facts, version)
        write_parquet(con, TARGET, folder / "parquet")
        write_csv(con, TARGET, folder / "csv.zip")
        con.execute(f"CHECKPOINT {TARGET}")
    return facts


@contextmanager
def _databases(published: Path, target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse for reading beside the file that is made; one thread, so that nothing hangs on timing."""
    with open_reader(published, is_filled=False) as known:
        if is_release(known):
            raise QueryError(f"{published} is a release already: pass on the folder it came in")
        if not is_current(known):
            raise MigrationError(
                f"{published} was published by an older Tocsin: the next run of this one makes it anew"
            )
    try:
        with duckdb.connect(config={"threads": 1}) as con, bounded(con, Bounds()):
            con.execute("SET TimeZone = 'UTC'")
            con.execute(f"ATTACH '{_quoted(published)}' AS {SOURCE} (READ_ONLY)")
            con.execute(f"ATTACH '{_quoted(target)}' AS {TARGET} (STORAGE_VERSION '{STORAGE_VERSION}')")
            con.execute(f"USE {SOURCE}")
            yield con
            con.execute("USE memory")
            con.execute(f"DETACH {TARGET}")
    except duckdb.Error as error:
        raise explained(error, "the release failed") from error


def _copy_table(con: duckdb.DuckDBPyConnection, one: Released) -> None:
    """Copy a table, or what a view shows, in an order that all of its columns decide."""
    columns = [row[0] for row in con.execute(f'DESCRIBE {SOURCE}.main."{one.name}"').fetchall()]
    kept = [name for name in columns if name not in one.without]
    instead = dict(one.instead)
    shown = ", ".join(f'{instead[name]} AS "{name}"' if name in instead else f'"{name}"' for name in kept)
    order = ", ".join(f'"{name}" NULLS LAST' for name in ([one.month_of] if one.month_of else []) + kept)
    con.execute(
        f'CREATE TABLE {TARGET}.main."{one.name}" AS SELECT {shown} FROM {SOURCE}.main."{one.name}" ORDER BY {order}'
    )
    take_over_comments(con, one.name, source=SOURCE, target=TARGET)


def _facts(con: duckdb.DuckDBPyConnection) -> ReleaseFacts:
    row = con.execute(FACTS).fetchone() or (None, 0, [], None, None)
    sizes = con.execute(SIZES).fetchone() or (0, 0)
    counts = [
        (one.name, con.execute(f'SELECT count(*) FROM {TARGET}.main."{one.name}"').fetchone()) for one in RELEASED
    ]
    return ReleaseFacts(
        row[0],
        row[1],
        tuple(row[2] or ()),
        row[3],
        row[4],
        sizes[0],
        sizes[1],
        tuple(TableCount(name, int(found[0]) if found else 0) for name, found in counts),
        describe(con, TARGET),
    )


def _write_label(con: duckdb.DuckDBPyConnection, facts: ReleaseFacts, version: str) -> None:
    """Put into the file itself what it is, so that it can be told when it is met alone."""
    label = {
        "tocsin_version": version,
        "schema_version": str(facts.schema_version),
        "as_of": str(facts.as_of or ""),
        "extractor_versions": ", ".join(facts.extractor_versions),
    }
    con.execute(f'CREATE TABLE {TARGET}.main.release ("name" VARCHAR, "value" VARCHAR)')
    con.execute(
        f"INSERT INTO {TARGET}.main.release SELECT unnest($names), unnest($values)",
        {"names": list(label), "values": list(label.values())},
    )
    con.execute(
        f"COMMENT ON TABLE {TARGET}.main.release IS 'What this file is: versions, and the day of its last run.'"
    )


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
