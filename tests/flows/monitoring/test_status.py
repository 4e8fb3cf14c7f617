"""`tocsin status`: what it says of a warehouse, and the exit code a monitor acts on."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.monitoring import note_run, prefect_home, read_record, record_path
from flows.monitoring.record import read_vitals, write_record
from tests.flows.command import Outcome, lines, tocsin
from tests.flows.published import publish_example
from warehouse.bulk import insert_all
from warehouse.connection import open_writer
from warehouse.storing import Counts, Run, finish_run, start_run
from warehouse.upkeep import publish

pytestmark = pytest.mark.slow

NOW = datetime.now(UTC)


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse with a watch cycle that ended a minute ago."""
    return ran(publish_example(tmp_path / "w.duckdb"), NOW - timedelta(minutes=1))


def ran(warehouse: Path, at: datetime, error: str | None = None) -> Path:
    """Record and note a cycle."""
    with open_writer(warehouse) as con:
        start_run(con, Run(f"run-{at:%H%M%S}", "watch", at, "live sources", "0.1.0", "1"))
        finish_run(con, f"run-{at:%H%M%S}", Counts(articles=3), at=at, error=error)
    note_run(warehouse, None)
    return warehouse


def status(warehouse: Path, *more: str) -> tuple[int, dict[str, Any]]:
    """Return exit code and record."""
    done = tocsin("status", "--json", "--warehouse", warehouse, *more)
    return done.code, json.loads(done.out)


def test_all_is_well_after_a_cycle_that_changed_nothing_in_the_snapshot(warehouse: Path) -> None:
    """The snapshot knows nothing of the run; its record does."""
    code, found = status(warehouse)
    assert (code, found["state"], found["troubles"]) == (0, "well", [])
    assert (found["last_run_flow"], found["last_run_status"]) == ("watch", "completed")
    assert found["runs"][0]["added"]["articles"] == 3
    assert found["waiting"]["statements"] == 0
    assert found["articles"] == 3
    assert found["disk"]["parts"]["warehouse"] > 0
    assert {"tocsin", "duckdb", "prefect", "schema"} <= found["versions"].keys()


def test_a_failed_run_and_a_late_one_are_exit_code_1_unless_ignored(tmp_path: Path) -> None:
    warehouse = ran(publish_example(tmp_path / "w.duckdb"), NOW - timedelta(hours=9), "the network is unreachable")
    code, found = status(warehouse)
    assert (code, found["state"]) == (1, "trouble")
    assert [one["kind"] for one in found["troubles"]] == ["run-late", "run-failed"]
    code, found = status(warehouse, "--ignore", "run-late", "--ignore", "run-failed")
    assert (code, found["state"], len(found["troubles"])) == (0, "well", 2)
    shown = tocsin("status", "--warehouse", warehouse)
    assert shown.code == 1
    assert "the network is unreachable" in shown.out
    assert any(line.split() == ["state", "2", "in", "trouble"] for line in lines(shown.out))


def test_sources_and_channels_in_trouble_are_named(warehouse: Path) -> None:
    with open_writer(warehouse) as con:
        con.execute("UPDATE sources SET origin = 'sources.toml', is_enabled = true")
        con.execute(
            """
            INSERT INTO source_states BY NAME
            SELECT source_id, 'http://quay.example/feed' AS url, 4 AS n_errors, 0 AS n_unchanged, 0 AS n_not_modified,
                   [] AS moved_from, now() AS polled_at, now() + INTERVAL 1 HOUR AS next_at FROM sources
            """
        )
        insert_all(con, "channel_states", [{"channel": "desk", "n_failures": 2, "blocked_until": None, "error": "503"}])
        con.execute(
            """
            INSERT INTO deliveries BY NAME
            SELECT 'd' AS delivery_id, 'a' AS alert_id, 0 AS step, 'desk' AS channel, 'alert' AS kind, 3 AS severity,
                   'pending' AS status, 2 AS attempts, now() AS due_at
            """
        )
    note_run(warehouse, None)
    code, found = status(warehouse)
    assert code == 1
    assert [one["kind"] for one in found["troubles"]] == ["source-failing", "channel-failing"]
    assert len(found["failing_sources"]) == 1
    assert found["undelivered"][0]["error"] == "503"


def test_the_next_cycle_is_known_while_tocsin_up_runs(warehouse: Path) -> None:
    prefect_home(warehouse).mkdir()
    (prefect_home(warehouse) / "lock").write_text(str(os.getpid()))
    _, found = status(warehouse)
    assert found["process"] == os.getpid()
    due = datetime.fromisoformat(found["next_run_at"]) - datetime.fromisoformat(found["last_run_at"])
    assert due == timedelta(minutes=15)
    (prefect_home(warehouse) / "lock").write_text("")
    _, found = status(warehouse)
    assert (found["process"], found["next_run_at"]) == (None, None)


def test_a_wrong_configuration_is_exit_code_2(warehouse: Path, tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "tocsin.toml").write_text("[monitoring]\nlate_after_intervals = 0\nmetrics = 1\n")
    done = tocsin("status", "--warehouse", warehouse, "--config", folder)
    assert (done.code, len(lines(done.err))) == (2, 2)


@pytest.mark.parametrize("content", [None, b"", b"{", b'{"taken_at": 3}', b"\xff\xfe" * 99])
def test_a_record_that_cannot_be_read_is_done_without(warehouse: Path, content: bytes | None) -> None:
    """As with a snapshot that was sent without one."""
    with open_writer(warehouse) as con:
        publish(con, warehouse)
    if content is None:
        record_path(warehouse).unlink()
    else:
        record_path(warehouse).write_bytes(content)
    code, found = status(warehouse)
    assert (code, found["last_run_flow"]) == (0, "watch")


def test_a_snapshot_that_is_newer_than_the_record_counts(warehouse: Path) -> None:
    """After a correction, which publishes and is no run."""
    old = read_record(warehouse)
    assert old is not None
    write_record(warehouse, replace(old, taken_at=NOW - timedelta(days=2), runs=()))
    assert read_vitals(warehouse, NOW).runs == ()
    with open_writer(warehouse) as con:
        publish(con, warehouse)
    assert [one.flow for one in read_vitals(warehouse, NOW).runs] == ["watch"]


def test_what_is_noted_comes_back_as_it_was(warehouse: Path) -> None:
    found = read_record(warehouse)
    assert found is not None
    write_record(warehouse, found)
    assert read_record(warehouse) == found


def test_a_note_that_fails_fails_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "published").write_text("no folder")
    note_run(tmp_path / "w.duckdb", None)
    assert "vitals=w outcome=failed" in caplog.text


@pytest.fixture
def open_handed() -> Iterator[None]:
    """A user whose files others may read, whoever runs the tests."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_handed")
def test_a_cycle_leaves_a_file_for_prometheus_and_logs_its_run_as_json(
    prefect_env: Mapping[str, str], tmp_path: Path
) -> None:
    """Every line of standard error is an object; those of the run name it; the file is for other users to read."""
    (tmp_path / "sources.toml").write_text("")
    metrics = tmp_path / "collected" / "tocsin.prom"
    (tmp_path / "tocsin.toml").write_text(f'[monitoring]\nmetrics_file = "{metrics}"\nlog_format = "json"\n')
    call = ("watch", "--once", "--json", "--config", tmp_path, "--warehouse", tmp_path / "w.duckdb")
    done: Outcome = tocsin(*call, env=prefect_env, is_fresh=True)
    assert done.code == 0, done.err
    logged = [json.loads(line) for line in lines(done.err)]
    (run_id,) = {one["run_id"] for one in logged if "run_id" in one}
    told = [one["message"] for one in logged if one.get("run_id") == run_id]
    assert told[0] == "run started"
    assert "run completed" in told
    assert all({"at", "level", "message"} <= one.keys() for one in logged)
    assert 'tocsin_run_failed{flow="watch"} 0.0' in metrics.read_text()
    assert metrics.stat().st_mode & 0o044 == 0o044
    assert [one.name for one in metrics.parent.iterdir()] == [metrics.name]
    code, found = status(tmp_path / "w.duckdb")
    assert (code, found["runs"][0]["run_id"]) == (0, run_id)
