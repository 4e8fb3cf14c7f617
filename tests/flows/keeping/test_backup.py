"""`tocsin backup` and `restore`: verified copies, and a way back that overwrites nothing."""

import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.keeping import back_up, restore
from flows.telling import WorkFailedError
from tests.flows.command import tocsin
from tests.flows.published import publish_example
from warehouse.connection import open_reader, open_writer, transaction
from warehouse.errors import WarehouseError
from warehouse.upkeep import published_path

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TABLES = ("articles", "copies", "statements", "claims", "sources", "alerts", "deliveries", "runs")


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """Return a warehouse with one WARC file beside it."""
    warehouse = publish_example(tmp_path / "live" / "w.duckdb")
    captures = warehouse.with_name("w.captures")
    captures.mkdir()
    (captures / "tocsin-20261122T080000Z-0000.warc.gz").write_bytes(b"as it came")
    return warehouse


def rows_of(warehouse: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return what its published snapshot holds."""
    with open_reader(published_path(warehouse)) as con:
        return {name: sorted(con.execute(f"FROM {name}").fetchall(), key=repr) for name in TABLES}


def test_what_was_backed_up_comes_back(warehouse: Path, tmp_path: Path) -> None:
    """Every row, every WARC file, a published snapshot, under another name elsewhere."""
    done = back_up(warehouse, tmp_path / "backup", now=NOW)
    back = restore(tmp_path / "backup", tmp_path / "elsewhere" / "desk.duckdb")
    assert (back.made_at, back.counts, back.n_captures) == ("2026-11-22T12:00:00+00:00", done.counts, 1)
    assert rows_of(back.warehouse) == rows_of(warehouse)
    (page,) = (tmp_path / "elsewhere" / "desk.captures").iterdir()
    assert page.read_bytes() == b"as it came"


def test_a_restored_warehouse_is_written_on(warehouse: Path, tmp_path: Path) -> None:
    """Its commits count on: the ledger of the one before it says nothing of it."""
    back_up(warehouse, tmp_path / "backup", now=NOW)
    with open_writer(warehouse) as con, transaction(con):  # a commit that the backup does not have
        con.execute("UPDATE sources SET title = 'later'")
    warehouse.rename(tmp_path / "aside.duckdb")
    warehouse.with_name("w.captures").rename(tmp_path / "aside.captures")
    restore(tmp_path / "backup", warehouse)
    with open_writer(warehouse) as con, transaction(con):
        assert con.execute("SELECT title FROM sources").fetchall() == [(None,)]


def test_a_backup_is_the_warehouse_and_not_its_snapshot(warehouse: Path, tmp_path: Path) -> None:
    """What was committed since the last publication is in it."""
    with open_writer(warehouse) as con:
        con.execute("UPDATE sources SET title = 'newer than the snapshot'")
    back_up(warehouse, tmp_path / "backup", now=NOW)
    back = restore(tmp_path / "backup", tmp_path / "b" / "w.duckdb")
    with open_reader(published_path(back.warehouse)) as con:
        assert con.execute("SELECT title FROM sources").fetchall() == [("newer than the snapshot",)]


def test_a_backup_overwrites_nothing(warehouse: Path, tmp_path: Path) -> None:
    """Neither an older one nor anything else."""
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "notes.txt").write_text("mine")
    with pytest.raises(WorkFailedError, match="is there already"):
        back_up(warehouse, tmp_path / "backup", now=NOW)
    assert [path.name for path in (tmp_path / "backup").iterdir()] == ["notes.txt"]


def keep_warehouse(warehouse: Path) -> None:
    """Leave all where it is."""


def keep_log(warehouse: Path) -> None:
    """Leave the write-ahead log of a warehouse that is gone."""
    warehouse.rename(warehouse.with_name("aside.duckdb"))
    warehouse.with_name("w.captures").rename(warehouse.with_name("aside.captures"))
    warehouse.with_name("w.duckdb.wal").write_bytes(b"the last commits")


def keep_captures(warehouse: Path) -> None:
    """Leave the pages alone."""
    warehouse.rename(warehouse.with_name("aside.duckdb"))


@pytest.mark.parametrize(
    ("leave", "named"), [(keep_warehouse, "w.duckdb"), (keep_log, "w.duckdb.wal"), (keep_captures, "w.captures")]
)
def test_a_restore_overwrites_nothing(
    leave: Callable[[Path], None], named: str, warehouse: Path, tmp_path: Path
) -> None:
    """It names what is in the way and leaves it as it is."""
    back_up(warehouse, tmp_path / "backup", now=NOW)
    leave(warehouse)
    before = {path: path.read_bytes() for path in warehouse.parent.rglob("*") if path.is_file()}
    with pytest.raises(WorkFailedError, match=rf"{named}.* would be overwritten"):
        restore(tmp_path / "backup", warehouse)
    assert {path: path.read_bytes() for path in warehouse.parent.rglob("*") if path.is_file()} == before


def test_the_snapshot_of_before_is_set_aside(warehouse: Path, tmp_path: Path) -> None:
    """It may be all that is left of what was there."""
    back_up(warehouse, tmp_path / "backup", now=NOW, with_captures=False)
    published = published_path(warehouse)
    old = published.read_bytes()
    warehouse.unlink()
    warehouse.with_name("w.captures").rename(tmp_path / "aside")
    restore(tmp_path / "backup", warehouse)
    assert published.with_name("w.before-restore.duckdb").read_bytes() == old


def spoil(path: Path) -> None:
    """Change one byte in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize("name", ["w.duckdb", "captures/tocsin-20261122T080000Z-0000.warc.gz"])
@pytest.mark.parametrize("harm", [spoil, Path.unlink])
def test_a_damaged_backup_is_not_restored(
    harm: Callable[[Path], None], name: str, warehouse: Path, tmp_path: Path
) -> None:
    """Nothing is put anywhere."""
    back_up(warehouse, tmp_path / "backup", now=NOW)
    harm(tmp_path / "backup" / name)
    with pytest.raises(WorkFailedError, match="the backup is damaged"):
        restore(tmp_path / "backup", tmp_path / "new" / "w.duckdb")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "[]",
        "{}",
        '{"format": 2}',
        '{"format": 1, "files": [{"path": "../../w.duckdb", "n_bytes": 1, "sha256": "x"}]}',
    ],
)
def test_what_is_no_backup_is_not_restored(manifest: str, tmp_path: Path) -> None:
    """Whatever stands in its manifest, the user gets one line."""
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "backup.json").write_text(manifest)
    with pytest.raises(WorkFailedError):
        restore(tmp_path / "backup", tmp_path / "w.duckdb")


def test_a_manifest_that_leads_out_of_its_folder_is_refused(warehouse: Path, tmp_path: Path) -> None:
    """A backup that somebody sent reads no other files."""
    back_up(warehouse, tmp_path / "backup", now=NOW)
    path = tmp_path / "backup" / "backup.json"
    told = json.loads(path.read_text())
    told["files"][1]["path"] = "../live/w.duckdb"
    path.write_text(json.dumps(told))
    with pytest.raises(WorkFailedError, match="outside"):
        restore(tmp_path / "backup", tmp_path / "new" / "w.duckdb")


@pytest.mark.parametrize("first", [1, 2], ids=["captures alone", "nothing"])
def test_a_manifest_without_its_database_is_refused(first: int, warehouse: Path, tmp_path: Path) -> None:
    """An empty warehouse would take its place."""
    back_up(warehouse, tmp_path / "backup", now=NOW)
    path = tmp_path / "backup" / "backup.json"
    told = json.loads(path.read_text())
    path.write_text(json.dumps({**told, "files": told["files"][first:]}))
    with pytest.raises(WorkFailedError, match="names no database"):
        restore(tmp_path / "backup", tmp_path / "new" / "w.duckdb")


def test_a_restore_that_fails_is_taken_back(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next one finds an empty place."""
    back_up(warehouse, tmp_path / "backup", now=NOW)

    def fail(*_: object) -> None:
        raise WarehouseError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("flows.keeping.restoring.publish", fail)
        with pytest.raises(WarehouseError, match="full"):
            restore(tmp_path / "backup", tmp_path / "new" / "w.duckdb")
    assert restore(tmp_path / "backup", tmp_path / "new" / "w.duckdb").n_captures == 1


def test_a_backup_that_fails_leaves_nothing(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a backup is none."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("flows.keeping.backing_up.write_manifest", fail)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OSError, match="No space"):
        back_up(warehouse, tmp_path / "backup", now=NOW)
    assert sorted(tmp_path.iterdir()) == before


def test_a_backup_is_private(warehouse: Path, tmp_path: Path) -> None:
    """As all that the command writes by itself."""
    done = tocsin("backup", tmp_path / "backup", "--warehouse", warehouse)
    assert (done.code, done.err) == (0, "")
    assert "3 articles, 2 statements, 1 claim," in done.out
    for path in (tmp_path / "backup").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
