"""The command line: quick to start, one clear line for whatever goes wrong, the exit codes of the interface."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.commands.cli import COMMANDS
from tests.flows.command import ROOT, lines, tocsin
from warehouse.connection import open_writer
from warehouse.upkeep.snapshot import publish

pytestmark = pytest.mark.slow

HEAVY = {"prefect", "spacy", "trafilatura", "fastapi", "httpx"}


def loaded_by(call: str) -> set[str]:
    """Return the top-level modules that a call in a fresh process has imported."""
    start = "import sys\nsys.argv = ['tocsin']\nfrom flows.commands.cli import cli"
    script = f"{start}\n{call}\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    return {name.split(".")[0] for name in done.stderr.split()}


def test_help_imports_nothing_heavy() -> None:
    assert not loaded_by("cli.main(['--help'], standalone_mode=False)") & (HEAVY | {"duckdb"})


def test_a_query_imports_nothing_but_the_database_and_the_table(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    with open_writer(warehouse) as con:
        publish(con, warehouse)
    call = f"cli.main(['sql', 'from runs', '--warehouse', {str(warehouse)!r}], standalone_mode=False)"
    assert not loaded_by(call) & (HEAVY | {"pydantic", "stamina"})


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples_and_the_common_options(name: str) -> None:
    from click.testing import CliRunner

    from flows.commands.cli import cli

    done = CliRunner().invoke(cli, [name, "--help"])
    assert done.exit_code == 0
    for wanted in ("Examples:", f"tocsin {name}", "--config", "--warehouse"):
        assert wanted in done.output


def test_every_command_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"tocsin {name}" not in readme] == []


def test_all_errors_of_a_configuration_are_reported_at_once(tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text("[batches]\narticles = 0\n[limits]\nmax_text_byte = 5\n")
    (tmp_path / "alerts.toml").write_text('[[rule]]\nname = "x"\nseverity = 9\n')
    done = tocsin("check", "--config", tmp_path)
    assert done.code == 2
    found = lines(done.err)
    assert len(found) == 3
    for line, wanted in zip(
        found,
        (("tocsin.toml", "max_text_byte"), ("tocsin.toml", "batches.articles"), ("alerts.toml", "severity")),
        strict=True,
    ):
        assert all(word in line for word in wanted)


def test_the_packaged_configuration_is_valid() -> None:
    done = tocsin("check")
    assert (done.code, done.err) == (0, "")


def test_a_missing_folder_is_a_wrong_call() -> None:
    done = tocsin("replay", "no/such/folder")
    assert (done.code, len(lines(done.err))) == (2, 1)
    assert "no/such/folder" in done.err


@pytest.mark.parametrize("content", [b"", b"not a database" * 999])
def test_a_corrupt_warehouse_is_named_in_one_line(tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "published" / "w.duckdb"
    broken.parent.mkdir()
    broken.write_bytes(content)
    for call in (("sql", "from escalations"), ("status",), ("alerts",)):
        done = tocsin(*call, "--warehouse", tmp_path / "w.duckdb")
        assert (done.code, len(lines(done.err))) == (1, 1)
        assert "w.duckdb" in done.err


def test_a_wrong_query_is_a_wrong_call_with_one_line(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    with open_writer(warehouse) as con:
        publish(con, warehouse)
    for query in ("select nothing from nowhere", "drop table runs", "copy runs to 'x.csv'"):
        done = tocsin("sql", query, "--warehouse", warehouse)
        assert (done.code, len(lines(done.err)), done.out) == (2, 1, "")


@pytest.mark.parametrize("form", ["json", "csv", "markdown", "table"])
def test_query_results_come_in_every_format(tmp_path: Path, form: str) -> None:
    warehouse = tmp_path / "w.duckdb"
    with open_writer(warehouse) as con:
        publish(con, warehouse)
    query = "select 'a|b' as word, [1, 2] as list, timestamptz '2031-03-04 05:06:07+00' as at_, null as nothing"
    done = tocsin("sql", query, "--warehouse", warehouse, "--format", form)
    assert done.code == 0, done.err
    if form == "json":
        assert json.loads(done.out) == {"word": "a|b", "list": [1, 2], "at_": "2031-03-04T05:06:07Z", "nothing": None}
    assert "2031-03-04" in done.out


@pytest.mark.skipif(os.geteuid() != 0, reason="gives up root to meet a folder without permission")
def test_a_folder_without_read_permission_is_named_in_one_line(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "a.txt").write_text("Nobody may read this.")
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom flows.intake.corpus import list_corpus\n"
        "from flows.telling.failures import explain\n"
        "os.setuid(65534)\n"
        f"try: list_corpus(Path({str(closed)!r}), max_files=9)\nexcept Exception as error: sys.exit(explain(error))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, len(lines(done.stderr))) == (1, 1)
    assert "permission" in done.stderr.lower()
