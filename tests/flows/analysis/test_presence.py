"""A run that is under way elsewhere is not taken for one that was killed."""

import subprocess
import sys
from pathlib import Path

import pytest

from flows.analysis.presence import present
from flows.analysis.publish import publish_run
from flows.analysis.run import begin_run
from tests.flows.command import ROOT
from warehouse.connection import open_writer

OTHER = """
import sys
from pathlib import Path
from flows.analysis.run import begin_run
log = begin_run("watch", "elsewhere", Path(sys.argv[1]), "v1")
print("begun", flush=True)
sys.stdin.readline()
"""


def ends(warehouse: Path) -> dict[str, str]:
    """Return the status of each run by where it came from."""
    with open_writer(warehouse) as con:
        return dict(con.execute("SELECT source, status FROM runs").fetchall())


@pytest.mark.slow
def test_a_run_beside_another_leaves_it_and_one_after_its_death_marks_it(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    other = subprocess.Popen(
        [sys.executable, "-c", OTHER, warehouse], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "begun\n"
    publish_run(warehouse, begin_run("watch", "beside", warehouse, "v1"))
    assert ends(warehouse) == {"elsewhere": "running", "beside": "completed"}
    other.kill()
    other.communicate()
    publish_run(warehouse, begin_run("watch", "after", warehouse, "v1"))
    assert ends(warehouse) == {"elsewhere": "failed", "beside": "completed", "after": "completed"}


def test_only_one_of_several_is_alone(tmp_path: Path) -> None:
    with present(tmp_path / "w.duckdb") as first, present(tmp_path / "w.duckdb") as second:
        assert (first, second) == (True, False)
    with present(tmp_path / "w.duckdb") as third:
        assert third
