"""Numbered SQL files, each applied with its record in one transaction; views are laid anew when they change."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import duckdb

from warehouse.errors import MigrationError
from warehouse.upkeep.released import is_release

LEDGER = """
CREATE TABLE IF NOT EXISTS schema_migrations (
    version INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    checksum VARCHAR NOT NULL
);
COMMENT ON TABLE schema_migrations IS 'Migrations applied to this file; version 0 stands for the views.';
COMMENT ON COLUMN schema_migrations.version IS 'Number of the migration.';
COMMENT ON COLUMN schema_migrations.name IS 'Its file.';
COMMENT ON COLUMN schema_migrations.checksum IS 'SHA-256 of the file as it was applied.';
"""
VIEWS_VERSION = 0


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file."""

    version: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """Return the SHA-256 of the file, so that an edited migration is noticed."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


@cache
def packaged_migrations() -> tuple[Migration, ...]:
    """Return the migrations of this version in order."""
    folder = files("warehouse") / "sql" / "migrations"
    found = sorted(folder.iterdir(), key=lambda one: one.name)
    return tuple(
        Migration(int(one.name.split("_", 1)[0]), one.name, one.read_text(encoding="utf-8"))
        for one in found
        if one.name.endswith(".sql")
    )


@cache
def packaged_views() -> Migration:
    """Return all views as one unit: they hold no data, so they are replaced whole."""
    folder = files("warehouse") / "sql" / "views"
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".sql")), key=lambda one: one.name)
    return Migration(VIEWS_VERSION, "views", "\n".join(one.read_text(encoding="utf-8") for one in found))


def migrate(con: duckdb.DuckDBPyConnection, migrations: tuple[Migration, ...] | None = None) -> None:
    """Bring the file to the schema of this version; does nothing but one query where it is there already."""
    if is_release(con):
        raise MigrationError("this is a release: it can be read, not written")
    wanted = packaged_migrations() if migrations is None else migrations
    applied = _applied(con)
    _refuse_foreign(applied, wanted)
    todo = [one for one in wanted if one.version not in applied]
    for one in todo:
        _apply(con, one)
    views = packaged_views()
    if todo or applied.get(VIEWS_VERSION) != views.checksum:
        _apply(con, views)


def require_current(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise where a published file is of another schema than this version reads."""
    try:
        _refuse_foreign(_applied(con), packaged_migrations())
    except MigrationError as error:
        raise MigrationError(f"{path}: {error}") from error


def is_current(con: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether a file has all tables, columns and views of this version."""
    wanted = {one.version: one.checksum for one in (*packaged_migrations(), packaged_views())}
    return _applied(con) == wanted


def _applied(con: duckdb.DuckDBPyConnection) -> dict[int, str]:
    known = con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'schema_migrations'").fetchone()
    if not known:
        return {}
    return dict(con.execute("SELECT version, checksum FROM schema_migrations").fetchall())


def _refuse_foreign(applied: dict[int, str], wanted: tuple[Migration, ...]) -> None:
    ours = {one.version: one for one in wanted}
    newest = max(applied, default=0)
    if newest > max(ours, default=0):
        raise MigrationError(
            f"the warehouse has schema version {newest}, this Tocsin knows {max(ours, default=0)}: upgrade Tocsin"
        )
    for version, checksum in applied.items():
        if version in ours and ours[version].checksum != checksum:
            raise MigrationError(f"migration {ours[version].name} was edited after it was applied: restore the file")


def _apply(con: duckdb.DuckDBPyConnection, one: Migration) -> None:
    con.execute("BEGIN")
    try:
        con.execute(LEDGER)
        con.execute(one.sql)
        con.execute("DELETE FROM schema_migrations WHERE version = $1", [one.version])
        con.execute("INSERT INTO schema_migrations VALUES ($1, $2, $3)", [one.version, one.name, one.checksum])
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")
