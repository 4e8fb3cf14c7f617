"""A warehouse whose last commits were lost, or whose rows are, is noticed before anybody goes on with it."""

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.flows.command import lines, tocsin
from tests.warehouse.values import NOON, article
from warehouse.connection import open_writer, transaction
from warehouse.errors import WarehouseDamagedError, WarehouseError
from warehouse.storing.articles import Reading, add_readings, source_for

pytestmark = pytest.mark.slow

SOURCE = source_for("folder", "somewhere").source_id
KILLED = """
import os, signal, sys
from pathlib import Path
from tests.warehouse.upkeep.test_damage import store
from warehouse.connection import open_writer, transaction
with open_writer(Path(sys.argv[1])) as con:
    for number in range(int(sys.argv[2])):
        store(con, f"Text number {number} of the one that was killed.")
    if sys.argv[3:]:
        with transaction(con):
            con.execute(sys.argv[3])
            if sys.argv[4] == "in the middle":
                os.kill(os.getpid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def store(con: duckdb.DuckDBPyConnection, text: str) -> None:
    """Store one article in a transaction of its own."""
    with transaction(con):
        add_readings(con, [Reading(SOURCE, text, "h", article(text), NOON)])


def killed(path: Path, n_texts: int = 5, *more: str) -> Path:
    """Store some articles in a process that is killed then; returns the log it left."""
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", KILLED, path, str(n_texts), *more], cwd=root, check=False)
    assert done.returncode == -9
    log = path.with_name(f"{path.name}.wal")
    assert log.stat().st_size > 0
    return log


def count(path: Path) -> int:
    with open_writer(path) as con:
        row = con.execute("SELECT count(*) FROM articles").fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture
def begun(path: Path) -> Path:
    """Return a warehouse of one article, closed in order."""
    with open_writer(path) as con:
        store(con, "The first text.")
    return path


def ledger_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.ledger")


def noise(data: bytes) -> bytes:
    return random.Random(1).randbytes(len(data))


LOSSES: dict[str, Callable[[bytes], bytes | None]] = {
    "zeroed": lambda data: bytes(len(data)),
    "noise": noise,
    "cut to half": lambda data: data[: len(data) // 2],
    "a byte short": lambda data: data[:-1],
    "emptied": lambda _: b"",
    "another head": lambda data: b"\xff" * 8 + data[8:],
    "removed": lambda _: None,
    "zeros at the end": lambda data: data[: len(data) // 2] + bytes(len(data) - len(data) // 2),
    "noise at the end": lambda data: data[: len(data) // 2] + noise(data)[len(data) // 2 :],
    "a flipped bit": lambda data: (
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 4]) + data[len(data) // 2 + 1 :]
    ),
}


def test_nothing_is_lost_by_a_kill_and_nothing_is_said(begun: Path) -> None:
    killed(begun)
    assert count(begun) == 6
    killed(begun, 7)
    assert count(begun) == 8


@pytest.mark.parametrize("kind", LOSSES)
def test_a_damaged_log_is_noticed_at_every_start_until_somebody_decides(begun: Path, kind: str) -> None:
    log = killed(begun)
    left = LOSSES[kind](log.read_bytes())
    log.unlink() if left is None else log.write_bytes(left)
    for _ in range(2):
        with pytest.raises(WarehouseDamagedError, match="A damaged warehouse") as raised:
            count(begun)
        assert "\n" not in str(raised.value)
    # the way on that the page of the documentation gives
    log.unlink(missing_ok=True)
    ledger_of(begun).unlink()
    assert 1 <= count(begun) < 6
    killed(begun)
    assert count(begun) == 6


def test_the_command_says_it_in_one_line(begun: Path) -> None:
    log = killed(begun)
    log.write_bytes(bytes(log.stat().st_size))
    done = tocsin("alerts", "retry", "--warehouse", begun)
    assert (done.code, done.out, len(lines(done.err))) == (1, "", 1)
    assert "lost its last 5 commits" in done.err
    assert f"rm {ledger_of(begun)}" in done.err


def test_a_commit_that_was_under_way_is_no_loss(begun: Path) -> None:
    killed(begun, 2, "DELETE FROM articles", "in the middle")
    assert count(begun) == 3


def test_an_older_copy_in_the_place_of_the_warehouse_is_noticed(begun: Path) -> None:
    older = begun.read_bytes()
    with open_writer(begun) as con:
        store(con, "Another text.")
    begun.write_bytes(older)
    with pytest.raises(WarehouseDamagedError, match="lost its last 1 commit:"):
        count(begun)
    ledger_of(begun).unlink()
    assert count(begun) == 1


def test_rows_that_miss_others_are_noticed_after_an_unclean_end(begun: Path) -> None:
    copy = "SELECT * REPLACE ('c' AS copy_id, 'gone' AS article_id) FROM copies LIMIT 1"
    statement = f"INSERT INTO copies BY NAME {copy}"
    killed(begun, 1, statement, "after it")
    for _ in range(2):
        with pytest.raises(WarehouseDamagedError, match="1 copies without their article"):
            count(begun)
    ledger_of(begun).unlink()
    assert count(begun) == 2


def test_a_damaged_or_missing_ledger_changes_nothing(begun: Path) -> None:
    for left in (b"", bytes(32), b"\xff" * 40, b"many ok\n"):
        ledger_of(begun).write_bytes(left)
        assert count(begun) == 1
    ledger_of(begun).unlink()
    killed(begun)
    assert count(begun) == 6


def test_a_start_in_order_looks_at_no_rows(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.upkeep.commits.find_damage", lambda _: pytest.fail("looked at rows"))
    assert count(begun) == 1


def test_a_second_writer_of_one_process_is_no_unclean_end(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.upkeep.commits.find_damage", lambda _: pytest.fail("looked at rows"))
    with open_writer(begun) as con:
        store(con, "Another text.")
        with transaction(con):
            con.execute("DELETE FROM rejections")
            assert count(begun) == 2


def test_a_damaged_file_is_said_to_be_damaged(path: Path) -> None:
    path.write_bytes(b"no database" * 4000)
    with pytest.raises(WarehouseError, match="damaged"):
        count(path)
