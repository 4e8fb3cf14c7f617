"""`tocsin export --release`: a folder that others can open, archive and cite, whole or not there at all."""

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from flows.commands.cli import cli
from tests.flows.published import publish_example
from warehouse.connection import open_writer
from warehouse.releasing import RELEASED, WITHHELD
from warehouse.upkeep import publish

pytestmark = pytest.mark.slow

UV = os.environ.get("UV") or shutil.which("uv")
# Of September 2024: what a distribution of 2025 brought along.
OLD_DUCKDB = "1.1.3"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_example(tmp_path_factory.mktemp("example") / "w.duckdb")


@pytest.fixture(scope="module")
def released(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "release"
    assert export(folder, warehouse).exit_code == 0
    return folder


def export(folder: Path, warehouse: Path, *words: str) -> Result:
    """Call `tocsin export --release`."""
    return CliRunner().invoke(cli, ["export", "--release", str(folder), "--warehouse", str(warehouse), *words])


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of every file in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def rows_of(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every table in the order of its rows."""
    with duckdb.connect(str(database), read_only=True) as con:
        names = [row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {name: con.execute(f'FROM "{name}"').fetchall() for name in names}


def test_a_release_holds_the_same_tables_in_every_form(released: Path) -> None:
    """DuckDB, Parquet by month and CSV agree on the number of rows."""
    rows = rows_of(released / "tocsin.duckdb")
    assert set(rows) == {one.name for one in RELEASED} | {"release"}
    with zipfile.ZipFile(released / "csv.zip") as archive:
        sheets = {
            name.removesuffix(".csv"): len(list(csv.reader(io.StringIO(archive.read(name).decode())))) - 1
            for name in archive.namelist()
        }
    for one in RELEASED:
        pattern = f"{one.name}/*.parquet" if one.month_of else f"{one.name}.parquet"
        found = duckdb.execute(f"SELECT count(*) FROM '{released}/parquet/{pattern}'").fetchall()
        assert found == [(len(rows[one.name]),)] == [(sheets[one.name],)]


def test_what_has_a_date_is_parted_by_month(released: Path) -> None:
    """What nobody dated is a part of its own."""
    assert [one.name for one in (released / "parquet" / "statements").iterdir()] == ["statements-2031-03.parquet"]
    assert [one.name for one in (released / "parquet" / "claims").iterdir()] == ["claims-undated.parquet"]


def test_nested_cells_of_csv_are_json(released: Path) -> None:
    """A program can read them."""
    with zipfile.ZipFile(released / "csv.zip") as archive:
        (row,) = csv.DictReader(io.StringIO(archive.read("escalations.csv").decode()))
    assert json.loads(row["outlets"]) == ["Harbour Post", "Pass Gazette"]
    assert json.loads(row["targets"]) == ["Spain"]


def test_the_readme_says_version_date_and_counts(released: Path) -> None:
    """Each released table stands in it with its rows, and no placeholder is left."""
    from flows.version import tocsin_version

    text = (released / "README.md").read_text(encoding="utf-8")
    assert f"Tocsin {tocsin_version()}" in text
    assert "1 events, 1 claims, 2 statements, 3 articles of 3 places" in text
    for name, rows in rows_of(released / "tocsin.duckdb").items():
        assert name == "release" or f"| `{name}` | {len(rows)} |" in text
    assert "{" not in text.replace("{{", "{")


def test_the_dictionary_describes_every_column(released: Path) -> None:
    """In the order of the tables, for people and for programs."""
    with duckdb.connect(str(released / "tocsin.duckdb"), read_only=True) as con:
        known = con.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
    with (released / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        described = [(row["table"], row["column"]) for row in csv.DictReader(file) if row["column"]]
    assert sorted(one for one in known if one[0] != "release") == sorted(described)
    assert "| `severity` | INTEGER | Severity of the headline. |" in (released / "dictionary.md").read_text()


def test_the_codebook_is_in_it(released: Path) -> None:
    """Its categories are those of the configuration."""
    with (released / "codebook.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["category"] for row in csv.DictReader(file)]
    assert len(codes) == 32
    assert all(f"| {code} |" in (released / "codebook.md").read_text(encoding="utf-8") for code in codes)


def test_the_checksums_cover_every_file(released: Path) -> None:
    """A file that is damaged on its way is noticed."""
    lines = (released / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert listed == {name: digest for name, digest in digests(released).items() if name != "SHA256SUMS"}


def test_nothing_internal_is_in_it(released: Path, warehouse: Path) -> None:
    """No withheld table by any name, and no word of a text that is not shared."""
    assert not set(rows_of(released / "tocsin.duckdb")) & WITHHELD
    told = b"".join(path.read_bytes() for path in released.rglob("*") if path.is_file() and path.suffix != ".parquet")
    with zipfile.ZipFile(released / "csv.zip") as archive:
        told += b"".join(map(archive.read, archive.namelist()))
    assert b"Drivers waited at the border post" not in told
    assert b"close the pass to every lorry" in told
    assert str(warehouse.parent).encode() not in told


def test_the_same_warehouse_gives_the_same_release(released: Path, warehouse: Path, tmp_path: Path) -> None:
    """Bytes, but for the identifier that DuckDB gives each of its files; there, rows in their order."""
    assert export(tmp_path / "again", warehouse).exit_code == 0
    one, two = digests(released), digests(tmp_path / "again")
    assert {name for name in one if one[name] != two.get(name)} <= {"tocsin.duckdb", "SHA256SUMS"}
    assert rows_of(released / "tocsin.duckdb") == rows_of(tmp_path / "again" / "tocsin.duckdb")


def test_a_folder_that_is_no_release_is_never_replaced(warehouse: Path, tmp_path: Path) -> None:
    """Not even by force."""
    (tmp_path / "thesis.txt").write_text("three years of work")
    done = export(tmp_path, warehouse, "--force")
    assert "is there and no release" in str(done.exception)
    assert [one.name for one in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_older_release_is_replaced_by_force_alone(warehouse: Path, tmp_path: Path) -> None:
    """Whole: no file of the older one stays."""
    folder = tmp_path / "release"
    assert export(folder, warehouse).exit_code == 0
    (folder / "parquet" / "left.parquet").write_text("of before")
    assert "--force replaces it" in str(export(folder, warehouse).exception)
    assert export(folder, warehouse, "--force").exit_code == 0
    assert not (folder / "parquet" / "left.parquet").exists()
    assert [one.name for one in tmp_path.iterdir()] == ["release"]


def test_a_release_that_fails_leaves_nothing(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither half a folder in its place nor one beside it."""

    def fail(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("flows.releasing.release.readme", fail)
    assert export(tmp_path / "release", warehouse).exit_code != 0
    assert list(tmp_path.iterdir()) == []


def test_a_release_answers_what_a_warehouse_answers(released: Path, tmp_path: Path) -> None:
    """Under whatever name somebody sent its file."""
    sent = tmp_path / "from a friend.db"
    shutil.copy(released / "tocsin.duckdb", sent)
    calls = {
        ("status",): "statements          2",
        ("sql", "select speaker from escalations", "--format", "csv"): "Tamsin Vole",
        ("alerts",): "no alerts",
        ("search", "lorry"): "Tamsin Vole",
        ("explain", "claim-1"): "text of the article is not kept here",
        ("export", str(tmp_path / "parquet")): "events",
        ("report", "--out", str(tmp_path / "page.html")): "1 event",
    }
    for words, told in calls.items():
        done = CliRunner().invoke(cli, [*words, "--warehouse", str(sent)])
        assert (done.exit_code, done.exception) == (0, None)
        assert told in done.output
    assert sorted(one.name for one in tmp_path.iterdir()) == ["from a friend.db", "page.html", "parquet"]


def test_an_empty_warehouse_can_be_released(tmp_path: Path) -> None:
    """Its tables say which columns they have."""
    with open_writer(tmp_path / "w.duckdb") as con:
        publish(con, tmp_path / "w.duckdb")
    assert export(tmp_path / "release", tmp_path / "w.duckdb").exit_code == 0
    assert duckdb.execute(f"FROM '{tmp_path}/release/parquet/events/*.parquet'").fetchall() == []


@pytest.mark.skipif(UV is None, reason="uv is not installed")
def test_an_old_duckdb_opens_the_file(released: Path, tmp_path: Path) -> None:
    """Every table and every row, by a version from before this storage was thought of."""
    assert UV is not None
    place = ["--python", sys.executable, "--target", str(tmp_path / "old")]
    got = subprocess.run(
        [UV, "pip", "install", "--quiet", *place, f"duckdb=={OLD_DUCKDB}", "pytz"], capture_output=True, check=False
    )
    if got.returncode:
        pytest.skip(f"the registry has no duckdb {OLD_DUCKDB} for this Python")
    script = (
        "import duckdb, json, sys\n"
        "con = duckdb.connect(sys.argv[1], read_only=True)\n"
        "names = [row[0] for row in con.execute('select table_name from duckdb_tables()').fetchall()]\n"
        "rows = {one: len(con.execute(f'from \"{one}\"').fetchall()) for one in names}\n"
        "print(json.dumps([duckdb.__version__, rows]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, released / "tocsin.duckdb"],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(tmp_path / "old")}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = rows_of(released / "tocsin.duckdb")
    assert json.loads(done.stdout) == [OLD_DUCKDB, {name: len(found) for name, found in rows.items()}]
