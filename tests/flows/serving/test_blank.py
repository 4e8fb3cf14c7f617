"""The blank database that spares Prefect's server its migrations: kept once, taken only where it is sound and safe."""

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from flows.files import private_files
from flows.serving.asgi import Message, Receive, Send
from flows.serving.blank import WhenStarted, blank_path, keep_blank, start_from_blank
from tests.flows.command import ROOT
from tests.flows.serving.test_up import bare_env

SCHEMA = "PRAGMA journal_mode = WAL; CREATE TABLE alembic_version (n); CREATE TABLE flow_run (id)"
SERVE = "from flows.serving import temporary_server; temporary_server()()"


def make(path: Path, more: str = "") -> Path:
    """Make a database as Prefect's migrations would, and do more."""
    with closing(sqlite3.connect(path)) as con:
        con.executescript(f"{SCHEMA}; INSERT INTO alembic_version VALUES ('a1'); {more}")
    return path


def tables(path: Path) -> dict[str, int]:
    """Return the tables of a database with their numbers of rows."""
    with closing(sqlite3.connect(path)) as con:
        names = [name for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: con.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A blank database in a cache."""
    kept = tmp_path / "cache" / "blank.db"
    with private_files():
        keep_blank(make(tmp_path / "made.db"), kept)
    return kept


def test_a_server_begins_with_the_tables_that_an_earlier_one_made(blank: Path, tmp_path: Path) -> None:
    """What its log holds is in the copy; the file is its owner's alone and nothing lies beside it."""
    home = tmp_path / "home"
    home.mkdir()
    with private_files():
        start_from_blank(home / "prefect.db", blank)
    assert [one.name for one in home.iterdir()] == ["prefect.db"]
    assert tables(home / "prefect.db") == {"alembic_version": 1, "flow_run": 0}
    assert {stat.S_IMODE(one.stat().st_mode) for one in (home / "prefect.db", blank)} == {0o600}


def test_what_is_in_a_log_that_nobody_has_closed_is_kept_too(tmp_path: Path) -> None:
    kept = tmp_path / "blank.db"
    with closing(sqlite3.connect(make(tmp_path / "made.db"))) as con:
        con.executescript("PRAGMA wal_autocheckpoint = 0; CREATE TABLE late (id)")
        keep_blank(tmp_path / "made.db", kept)
    assert tables(kept) == {"alembic_version": 1, "flow_run": 0, "late": 0}


def test_a_database_with_records_is_never_kept(tmp_path: Path) -> None:
    """Nobody's runs and keys come into another database."""
    keep_blank(make(tmp_path / "made.db", "INSERT INTO flow_run VALUES (1)"), tmp_path / "blank.db")
    assert not (tmp_path / "blank.db").exists()


@pytest.mark.parametrize("name", ["prefect.db", "prefect.db-wal", "prefect.db-journal"])
def test_a_database_or_a_log_that_is_there_is_left_alone(blank: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"somebody's")
    start_from_blank(tmp_path / "prefect.db", blank)
    assert (tmp_path / name).read_bytes() == b"somebody's"
    assert (tmp_path / "prefect.db").exists() == (name == "prefect.db")


@pytest.mark.parametrize("damage", ["cut", "noise", "open to others", "rows"])
def test_one_that_is_damaged_or_that_others_could_write_is_thrown_away(
    blank: Path, tmp_path: Path, damage: str
) -> None:
    """The server then makes its own, as if there had never been one."""
    whole = blank.read_bytes()
    if damage == "cut":
        blank.write_bytes(whole[: len(whole) // 2])
    elif damage == "noise":
        blank.write_bytes(whole[:2000] + os.urandom(len(whole) - 2000))
    elif damage == "rows":
        blank.unlink()
        make(blank, "INSERT INTO flow_run VALUES (1)")
    else:
        blank.chmod(0o666)
    start_from_blank(tmp_path / "prefect.db", blank)
    assert not (tmp_path / "prefect.db").exists()
    assert not blank.exists()


def test_a_place_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file")
    keep_blank(make(tmp_path / "made.db"), tmp_path / "cache" / "blank.db")
    start_from_blank(tmp_path / "prefect.db", tmp_path / "cache" / "blank.db")
    assert not (tmp_path / "prefect.db").exists()


def test_the_copy_is_made_when_the_start_is_over_and_before_anybody_hears_of_it() -> None:
    order: list[str] = []

    async def app(_scope: Message, _receive: Receive, send: Send) -> None:
        await send({"type": "lifespan.startup.complete"})

    async def send(message: Message) -> None:
        order.append(message["type"])

    async def receive() -> Message:
        return {"type": "lifespan.startup"}

    asyncio.run(WhenStarted(app, lambda: order.append("kept"))({"type": "lifespan"}, receive, send))
    assert order == ["kept", "lifespan.startup.complete"]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_server_of_ours_keeps_one_and_the_next_starts_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table that no migration knows tells whose tables the second server has."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    serve(tmp_path / "first")
    kept = blank_path()
    with closing(sqlite3.connect(kept)) as con:
        con.execute("CREATE TABLE marker (id)")
    serve(tmp_path / "second")
    first, second = tables(tmp_path / "first" / "prefect.db"), tables(tmp_path / "second" / "prefect.db")
    assert list(second) == sorted([*first, "marker"])
    assert second["alembic_version"] == 1


def serve(home: Path) -> None:
    """Start a temporary server whose records are in ``home``, and end it."""
    with private_files():
        subprocess.run(
            [sys.executable, "-c", SERVE], env=bare_env("blank") | {"PREFECT_HOME": str(home)}, cwd=ROOT, check=True
        )
