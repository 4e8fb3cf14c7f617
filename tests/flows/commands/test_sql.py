"""`tocsin sql` within its limits: time, memory, room on the disk; one statement; nothing but the snapshot."""

import csv
import io
import os
import tempfile
import time
from pathlib import Path

import pytest

from tests.flows.command import lines, start, tocsin
from tests.flows.hostile import call
from tests.flows.published import publish_example
from warehouse.asking.queries import run_query
from warehouse.bounds import SPILL_PREFIX, Bounds, bounded, spill_bytes
from warehouse.connection import open_reader
from warehouse.errors import QueryError, QueryLimitError
from warehouse.upkeep.snapshot import published_path

ENDLESS = {
    "cross join": "select count(*) from range(1000000) a, range(1000000) b where a.range * b.range % 7 = 9",
    "recursion": "with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r",
    "rows": "select * from range(3000000000)",
    "one long function": "select levenshtein(repeat('a', 300000), repeat('b', 300000))",
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_example(tmp_path_factory.mktemp("example") / "w.duckdb")


@pytest.fixture
def spill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of this test alone for what does not fit into memory."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("kind", ENDLESS)
def test_a_query_without_end_is_stopped_at_its_time_and_leaves_nothing(kind: str, warehouse: Path, spill: Path) -> None:
    began = time.monotonic()
    found = tocsin("sql", ENDLESS[kind], "--timeout", "1", "--memory", "400MB", "--warehouse", warehouse)
    assert (found.code, found.out) == (1, "")
    assert lines(found.err) == ["tocsin: the query was stopped after 1 seconds: --timeout allows more"]
    assert time.monotonic() - began < 100  # also where others have the processor
    assert list(spill.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        "select list(range) from range(500000000)",
        "select repeat('x', 1900000000)",
        "select range || repeat('y', 200) from range(20000000)",
    ],
    ids=["a list", "a string", "a result"],
)
def test_a_query_that_takes_too_much_memory_is_stopped(query: str, warehouse: Path, spill: Path) -> None:
    found = tocsin("sql", query, "--memory", "150MB", "--warehouse", warehouse)
    assert (found.code, found.out, len(lines(found.err))) == (1, "", 1)
    assert "--memory allows more" in found.err
    assert list(spill.iterdir()) == []


@pytest.mark.slow
def test_a_sort_that_takes_too_much_of_the_disk_is_stopped(
    warehouse: Path, spill: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.bounds.SPILL_BYTES", 20 << 20)
    query = "select md5(range::varchar) as x, range as y from range(5000000) order by x"
    with open_reader(published_path(warehouse), Bounds("60MB")) as con, pytest.raises(QueryLimitError, match="on disk"):
        run_query(con, query, seconds=60, give_up=lambda: None)
    assert list(spill.iterdir()) == []


@pytest.mark.slow
def test_a_sort_that_does_not_fit_into_memory_uses_the_temporary_folder(warehouse: Path, spill: Path) -> None:
    query = "select md5(range::varchar) as x, range as y from range(3000000) order by x limit 1 offset 1500000"
    found = tocsin("sql", query, "--memory", "60MB", "--format", "csv", "--warehouse", warehouse)
    assert found.code == 0, found.err
    assert list(spill.iterdir()) == []
    assert [one.name for one in published_path(warehouse).parent.iterdir()] == ["w.duckdb"]


@pytest.mark.parametrize("query", ["", " ", ";", ";;\n;", "-- x", "-- x\n", "/* x */"])
def test_no_query_is_a_wrong_call_with_one_line(query: str, warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = call(monkeypatch, "sql", query, "--warehouse", warehouse)
    assert (found.code, found.out, found.err) == (2, "", "tocsin: there is no query in it\n")


@pytest.mark.parametrize("query", ["select 1; select 2", "from runs;;from runs", "select ';'; -- x\nselect 2"])
def test_several_statements_are_refused(query: str, warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = call(monkeypatch, "sql", query, "--warehouse", warehouse)
    assert (found.code, found.out, found.err) == (2, "", "tocsin: these are 2 statements: give one at a time\n")


def test_semicolons_in_words_and_comments_are_no_statements(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = call(monkeypatch, "sql", "-- a; b\nselect 'a;b' as x; -- c", "--format", "csv", "--warehouse", warehouse)
    assert (found.code, found.out) == (0, "x\na;b\n")


@pytest.mark.parametrize(
    "query",
    [
        "from read_csv('/etc/passwd')",
        "from '/etc/passwd'",
        "from glob('/etc/*')",
        "attach '/tmp/other.duckdb'",
        "copy runs to '/tmp/stolen.csv'",
        "export database '/tmp/stolen'",
        "set memory_limit = '90%'",
        "set temp_directory = '/tmp'",
        "reset enable_external_access",
        "pragma profiling_output = '/tmp/profile'",
        "call enable_logging(storage = 'file', storage_path = '/tmp/log')",
        "load httpfs",
        "install httpfs",
        "create persistent secret (type s3)",
    ],
)
def test_a_query_reaches_neither_files_nor_settings(
    query: str, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = call(monkeypatch, "sql", query, "--warehouse", warehouse)
    assert (found.code, found.out, len(lines(found.err))) == (2, "", 1)


@pytest.mark.parametrize("size", ["much", "-1GB", "1", "5'; drop", "0.0000001EB"])
def test_a_wrong_size_is_a_wrong_call(size: str, warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = call(monkeypatch, "sql", "from runs", f"--memory={size}", "--warehouse", warehouse)
    assert (found.code, len(lines(found.err))) == (2, 1)
    assert size.partition("'")[0] in found.err


def test_safe_csv_has_no_formula_in_it_and_leaves_numbers_alone(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "select '=cmd|x' as \"@a\", '+1' as b, '-x' as c, '\tx' as d, 'x=1' as e, -5 as f, -1.5 as g, null as h"
    found = call(monkeypatch, "sql", query, "--safe-csv", "--warehouse", warehouse)
    head, row = csv.reader(io.StringIO(found.out))
    assert head == ["'@a", "b", "c", "d", "e", "f", "g", "h"]
    assert row == ["'=cmd|x", "'+1", "'-x", "'\tx", "x=1", "-5", "-1.5", ""]
    plain = call(monkeypatch, "sql", query, "--format", "csv", "--warehouse", warehouse)
    assert plain.out.splitlines()[1].startswith("=cmd|x,+1,-x")
    assert call(monkeypatch, "sql", query, "--safe-csv", "--format", "json", "--warehouse", warehouse).code == 2


def test_every_reader_is_bounded_and_clears_its_temporary_folder(warehouse: Path, spill: Path) -> None:
    with open_reader(published_path(warehouse)) as con:
        (folder,) = spill.iterdir()
        settings = dict(con.execute("SELECT name, value FROM duckdb_settings()").fetchall())
        assert settings["temp_directory"] == str(folder)
        assert settings["lock_configuration"] == "true"
        # a reader's quarter beside DuckDB's own four fifths
        with pytest.raises(QueryError), bounded(con, Bounds("many")):
            pass
    assert list(spill.iterdir()) == []
    assert spill_bytes(spill) <= 4 << 30


def test_what_a_killed_reader_left_is_removed_by_the_next(warehouse: Path, spill: Path) -> None:
    dead = start("check")
    dead.kill()
    dead.communicate()
    left, other = spill / f"{SPILL_PREFIX}{dead.pid}-x", spill / f"{SPILL_PREFIX}{os.getppid()}-x"
    for one in (left, other):
        one.mkdir()
    with open_reader(published_path(warehouse)):
        assert other.exists()
        assert not left.exists()


def test_a_query_comes_from_a_file_or_standard_input(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "one.sql"
    file.write_text("\ufeff-- what is one\nselect 1 as one;\n", encoding="utf-8")
    rest = ("--format", "csv", "--warehouse", warehouse)
    assert call(monkeypatch, "sql", "-f", file, *rest).out == "one\n1\n"
    for words in (("-f", "-"), ("-",), ()):
        assert call(monkeypatch, "sql", *words, *rest, given=b"select 2 as two").out == "two\n2\n"
    file.write_bytes(b"select '\xff'")
    wrong: tuple[tuple[str | Path, ...], ...] = (("-f", file), ("-f", tmp_path / "none.sql"), ("select 1", "-f", file))
    for given in wrong:
        found = call(monkeypatch, "sql", *given, *rest)
        assert (found.code, found.out, len(lines(found.err))) == (2, "", 1)


def test_values_are_bound_and_fit_the_type_they_meet(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "select speaker, $evil as evil from escalations where severity >= $least and has_rung = $rang"
    evil = "'; drop table claims; --"
    values = ("-p", f"evil={evil}", "-p", "least=3", "-p", "rang=false")
    found = call(monkeypatch, "sql", query, *values, "--format", "csv", "--warehouse", warehouse)
    assert (found.code, list(csv.reader(io.StringIO(found.out)))) == (0, [["speaker", "evil"], ["Tamsin Vole", evil]])


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((), "needs a value for least: -p least=VALUE"),
        (("-p", "least=3", "-p", "more=1"), "no parameter $more"),
        (("-p", "least=grave"), "Could not convert string 'grave'"),
        (("-p", "least"), "is not NAME=VALUE"),
    ],
)
def test_a_wrong_value_is_a_wrong_call(
    values: tuple[str, ...], said: str, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "from escalations where severity >= $least"
    found = call(monkeypatch, "sql", query, *values, "--warehouse", warehouse)
    assert (found.code, found.out, len(lines(found.err))) == (2, "", 1)
    assert said in found.err


def test_a_limit_ends_an_endless_result_and_says_so(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "from range(3000000000)"
    found = call(monkeypatch, "sql", query, "--limit", "2", "--format", "csv", "--warehouse", warehouse)
    assert (found.code, found.out) == (0, "range\n0\n1\n")
    assert found.err == "tocsin: these are the first 2 rows: --limit 0 shows all\n"
    whole = call(monkeypatch, "sql", "from range(2)", "--limit", "2", "--format", "csv", "--warehouse", warehouse)
    assert (whole.out, whole.err) == ("range\n0\n1\n", "")


def test_expanded_is_a_block_a_record_and_goes_with_no_other_format(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "select 'a' as first_thing, null as nothing, 'b' as other from range(2)"
    found = call(monkeypatch, "sql", query, "-x", "--warehouse", warehouse)
    assert found.out.count("first_thing  a\nother        b\n") == 2
    for words in (("--format", "csv"), ("--safe-csv",)):
        assert call(monkeypatch, "sql", query, "-x", *words, "--warehouse", warehouse).code == 2
