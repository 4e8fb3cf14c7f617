"""Parts on the disk: whole or not there, in the order they were written, with little memory."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from warehouse.parts import PageRow, PartWriter, end_of_pages, is_whole, iter_rows, remove_remains

ROW = PageRow(
    "article", 7, 70, "https://quay.example/1", 200, "sha256:0", "hash", datetime(2024, 4, 2, 6, tzinfo=UTC),
    location="https://quay.example/1", article="{}", topics='{"ferries": 2.5}',
)  # fmt: skip


def test_rows_come_back_in_order_and_as_they_were(tmp_path: Path) -> None:
    part = tmp_path / "parts" / "a.parquet"
    rows = [ROW, PageRow("failed", 9, body=b"\0\xff", headers="[]"), *(PageRow("damaged", n) for n in range(5))]
    with PartWriter(part, PageRow) as writer:
        writer.add(rows[:3])
        writer.add([])
        writer.add([*rows[3:], end_of_pages(8)])
    assert [row for batch in iter_rows(part, PageRow, 3) for row in batch] == [*rows, end_of_pages(8)]
    assert [one.name for one in part.parent.iterdir()] == ["a.parquet"]


def test_a_part_without_rows_is_a_part(tmp_path: Path) -> None:
    with PartWriter(tmp_path / "a.parquet", PageRow):
        assert not is_whole(tmp_path / "a.parquet")
    assert is_whole(tmp_path / "a.parquet")
    assert list(iter_rows(tmp_path / "a.parquet", PageRow, 5)) == []


def test_work_that_is_cut_off_leaves_no_part(tmp_path: Path) -> None:
    with suppress(KeyError), PartWriter(tmp_path / "a.parquet", PageRow) as writer:
        writer.add([ROW])
        raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_what_a_kill_left_is_removed_and_parts_stay(tmp_path: Path) -> None:
    with PartWriter(tmp_path / "a.parquet", PageRow) as writer:
        writer.add([ROW])
    (tmp_path / "b.parquet.0123456789ab.building").mkdir()
    (tmp_path / "b.parquet.0123456789ab.building" / "rows.duckdb").write_bytes(b"half")
    remove_remains(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["a.parquet"]
