"""One writer, any number of readers: nobody waits for anybody."""

import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from flows.files import private_files
from tests.warehouse.values import NOON, article
from warehouse.connection import open_reader, open_writer, transaction
from warehouse.errors import WarehouseBusyError, WarehouseError
from warehouse.storing.articles import Reading, add_readings, load_articles, source_for
from warehouse.upkeep import snapshot
from warehouse.upkeep.snapshot import publish, published_path, readable_path

pytestmark = pytest.mark.slow

HOLD = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "read")
print("held", flush=True)
sys.stdin.readline()
print(con.execute("SELECT count(*) FROM articles").fetchone()[0], flush=True)
"""
# Where the blocks of a DuckDB file begin, and how long each is.
HEADERS, BLOCK = 3 * 4096, 1 << 18
SOURCE = source_for("folder", "somewhere").source_id


def hold(path: Path, mode: str) -> subprocess.Popen[str]:
    """Start a process that keeps the file open until a line is sent, then counts its articles."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), mode], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def store(path: Path, text: str) -> None:
    with open_writer(path) as con, transaction(con):
        add_readings(con, [Reading(SOURCE, text, "h", article(text), NOON)])


def test_publishing_works_while_another_process_reads_and_the_reader_keeps_what_it_opened(path: Path) -> None:
    store(path, "One text.")
    with open_writer(path) as con:
        published = publish(con, path)
    reader = hold(published, "read")
    store(path, "Another text.")
    with open_writer(path) as con:
        assert publish(con, path) == published == published_path(path)
    with open_reader(published) as fresh:
        assert fresh.execute("SELECT count(*) FROM articles").fetchone() == (2,)
    assert reader.communicate("go\n")[0] == "1\n"


def test_a_damaged_warehouse_does_not_replace_the_snapshot(path: Path) -> None:
    """A block that is not what it was when it was written ends the publication: what readers have stays good."""
    store(path, "One text. " * 5_000)
    with open_writer(path) as con:
        good = publish(con, path).read_bytes()
        block, offset = con.execute(
            "SELECT block_id, block_offset FROM pragma_storage_info('articles') "
            "WHERE column_name = 'text' AND segment_type = 'VARCHAR'"
        ).fetchone() or (0, 0)
    data = bytearray(path.read_bytes())
    data[HEADERS + block * BLOCK + offset + 16] ^= 0x20
    path.write_bytes(data)
    with open_writer(path) as con, pytest.raises(WarehouseError, match="damaged"):
        publish(con, path)
    assert published_path(path).read_bytes() == good
    assert [one.name for one in published_path(path).parent.iterdir()] == [path.name]


def test_a_writer_that_publishes_holds_the_file_all_the_while_and_goes_on(path: Path) -> None:
    """The copy has what was committed a moment ago; nobody else gets the file before the writer closes it."""
    with open_writer(path) as con:
        with transaction(con):
            add_readings(con, [Reading(SOURCE, "One text.", "h", article("One text."), NOON)])
        published = publish(con, path)
        other = subprocess.run(
            [sys.executable, "-c", HOLD, str(path), "write"], input=b"\n", capture_output=True, check=False
        )
        assert b"Could not set lock" in other.stderr
        with transaction(con):
            add_readings(con, [Reading(SOURCE, "Another text.", "h", article("Another text."), NOON)])
    for file, count in ((published, 1), (path, 2)):
        with open_reader(file) as con:
            assert con.execute("SELECT count(*) FROM articles").fetchone() == (count,)


def test_a_snapshot_is_its_owners_alone_and_whole_by_itself(path: Path) -> None:
    """It needs no log beside it, and its views work under any name."""
    with private_files(), open_writer(path) as con:
        published = publish(con, path)
    moved = published.rename(path.parent / "handed-on.duckdb")
    assert list(published.parent.iterdir()) == []
    assert stat.S_IMODE(moved.stat().st_mode) == 0o600
    with open_reader(moved) as con:
        assert con.execute("FROM escalations").fetchall() == []


def test_a_copy_that_cannot_be_made_leaves_the_old_snapshot_and_says_why(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(path, "One text.")
    with open_writer(path) as con:
        published = publish(con, path)
        monkeypatch.setattr(snapshot, "COPYING", path.parent / "missing.py")
        with pytest.raises(WarehouseError, match="can't open file"):
            publish(con, path)
    assert list(published.parent.iterdir()) == [published]
    with open_reader(published) as con:
        assert con.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_the_snapshot_has_views_and_comments(path: Path) -> None:
    with open_writer(path) as con:
        published = publish(con, path)
    with open_reader(published) as con:
        assert con.execute("FROM escalations").fetchall() == []
        (comment,) = con.execute("SELECT comment FROM duckdb_tables() WHERE table_name = 'articles'").fetchone() or (
            "",
        )
    assert comment


def test_leftovers_of_a_killed_publication_are_cleared(path: Path) -> None:
    left = published_path(path).parent / f".{path.name}.4711.tmp"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a file")
    with open_writer(path) as con:
        publish(con, path)
    assert not left.exists()


def test_a_writer_waits_for_another_process_and_says_who_holds_the_file(path: Path) -> None:
    store(path, "One text.")
    other = hold(path, "write")
    with pytest.raises(WarehouseBusyError, match="held by another process"), open_writer(path, timeout_s=0.5):
        pass
    other.communicate("go\n")
    with open_writer(path, timeout_s=5) as con:
        assert load_articles(con, [article("One text.").content_hash]) == [article("One text.")]


@pytest.mark.parametrize(
    "query",
    [
        "DROP TABLE articles",
        "INSERT INTO runs (run_id) VALUES ('x')",
        "COPY articles TO 'stolen.csv'",
        "FROM read_text('/etc/hostname')",
        "ATTACH 'other.duckdb'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ],
)
def test_a_reader_can_change_nothing_and_reach_nothing(path: Path, query: str) -> None:
    with open_writer(path) as con:
        published = publish(con, path)
    with open_reader(published) as con, pytest.raises(duckdb.Error):
        con.execute(query)


def test_a_missing_snapshot_is_explained(path: Path) -> None:
    with pytest.raises(WarehouseError, match="tocsin replay"), open_reader(published_path(path)):
        pass


def test_of_a_working_file_the_snapshot_is_read(path: Path) -> None:
    store(path, "One text.")
    with open_writer(path) as con:
        published = publish(con, path)
    assert readable_path(path) == readable_path(published) == published


def test_a_file_that_was_sent_is_read_itself(path: Path, tmp_path: Path) -> None:
    """A snapshot or a working file, under any name and in any folder, with nothing beside it."""
    store(path, "One text.")
    with open_writer(path) as con:
        published = publish(con, path)
    for number, source in enumerate((path, published)):
        sent = tmp_path / f"sent {number}" / "march.db"
        sent.parent.mkdir()
        sent.write_bytes(source.read_bytes())
        sent.chmod(0o400)
        sent.parent.chmod(0o500)
        with open_reader(readable_path(sent)) as con:
            assert load_articles(con, [article("One text.").content_hash]) == [article("One text.")]
        assert [one.name for one in sent.parent.iterdir()] == ["march.db"]
        sent.parent.chmod(0o700)


def test_a_working_file_that_was_never_published_is_not_read_itself(path: Path) -> None:
    """That would keep the next run waiting."""
    store(path, "One text.")
    assert readable_path(path) == published_path(path)
