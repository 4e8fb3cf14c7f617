"""`tocsin report`: one page beside the published warehouse, or where it is asked for."""

import stat
from pathlib import Path

import pytest

from flows.reporting import report_path
from tests.flows.command import lines, tocsin
from tests.flows.commands.test_sources import run
from tests.flows.published import publish_example
from warehouse.connection import open_writer
from warehouse.upkeep.snapshot import publish

pytestmark = pytest.mark.slow


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return publish_example(tmp_path / "w.duckdb")


def test_the_page_stands_beside_the_snapshot_for_its_user_alone_and_the_last_line_opens_it(warehouse: Path) -> None:
    page = warehouse.parent / "published" / "w.report.html"
    done = tocsin("report", "--warehouse", warehouse)
    assert (done.code, done.err) == (0, "")
    assert lines(done.out)[-1] == f"open it in a browser: {page.resolve().as_uri()}"
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert [one.name for one in page.parent.iterdir() if one.name.startswith(".")] == []
    text = page.read_text(encoding="utf-8")
    for wanted in ("Tamsin Vole", "Andorra towards Spain", "we will close the pass to every lorry", "Pass Gazette"):
        assert wanted in text
    assert "everything is new" in text
    run("report", "--warehouse", warehouse)
    assert "Since the last report of" in page.read_text(encoding="utf-8")


def test_a_file_that_is_named_is_written_and_since_says_what_is_new(warehouse: Path, tmp_path: Path) -> None:
    page = tmp_path / "desk.html"
    run("report", "--warehouse", warehouse, "--out", page, "--since", "2031-03-01")
    assert "Since 2031-03-01 00:00 UTC: 1 event new" in page.read_text(encoding="utf-8")
    assert not (warehouse.parent / "published" / "w.report.html").exists()


def test_an_empty_warehouse_has_a_page_too(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    with open_writer(warehouse) as con:
        publish(con, warehouse)
    assert lines(run("report", "--warehouse", warehouse).out)[0].startswith("0 events")
    text = (tmp_path / "published" / "w.report.html").read_text(encoding="utf-8")
    assert "There is no event in this warehouse yet" in text


def test_without_a_warehouse_or_a_place_to_write_one_line_says_so(warehouse: Path, tmp_path: Path) -> None:
    none = tocsin("report", "--warehouse", tmp_path / "none.duckdb")
    assert (none.code, len(lines(none.err)), none.out) == (1, 1, "")
    (tmp_path / "file").write_text("")
    nowhere = tocsin("report", "--warehouse", warehouse, "--out", tmp_path / "file" / "page.html")
    assert (nowhere.code, len(lines(nowhere.err)), nowhere.out) == (1, 1, "")


def test_the_page_of_a_file_that_was_sent_stands_beside_it_or_here(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = tmp_path / "sent" / "march.db"
    sent.parent.mkdir()
    sent.write_bytes((warehouse.parent / "published" / "w.duckdb").read_bytes())
    assert report_path(sent) == sent.parent / "march.report.html"
    monkeypatch.setattr("os.access", lambda *_: False)  # a disk that cannot be written
    assert report_path(sent) == Path("march.report.html")
    assert report_path(warehouse) == warehouse.parent / "published" / "w.report.html"
