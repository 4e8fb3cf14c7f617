"""What happens to a run whose Prefect server dies or whose records are damaged, and what a killed parent leaves."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from tests.flows.command import MAIN, ROOT, lines
from tests.flows.live import write_live_config
from tests.flows.serving.test_up import LIMIT_S, bare_env, left_behind, marked, publish, running
from tests.site import Reply, Site
from warehouse.connection import open_writer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SHORTLY_S = 8.0  # what a killed parent leaves must be gone by then, on a machine that is busy; else it would stay
READING = """
import time
from flows.workers import Bounds, run_guarded
for _ in run_guarded(time.sleep, [60, 60], bounds=Bounds(workers=2, seconds=90)):
    pass
"""
READING_IN_A_THREAD_THAT_ENDS = (
    """
import threading, time
from flows.workers import Bounds, run_guarded
first = threading.Thread(target=lambda: list(run_guarded(abs, [-1])))
first.start()
first.join()
print(list(run_guarded(abs, [-2]))[0].value, flush=True)
"""
    + READING
)
GARBAGE = os.urandom(64) * 64


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as served:
        yield served


@pytest.fixture
def config(site: Site, tmp_path: Path) -> Path:
    folder = write_live_config(tmp_path / "config", ("quay", site.url("/feed")))
    with (folder / "tocsin.toml").open("a") as file:
        file.write("\n[watch]\ninterval_minutes = 0.1\n")
    return folder


@pytest.mark.parametrize("script", [READING, READING_IN_A_THREAD_THAT_ENDS])
def test_workers_fork_server_and_tracker_end_at_once_with_a_killed_parent(script: str) -> None:
    """They hold each other up no longer, even if the thread that started the fork server has ended."""
    mark = uuid4().hex
    parent = subprocess.Popen([sys.executable, "-c", script], env=bare_env(mark), cwd=ROOT, stdout=subprocess.DEVNULL)
    wait_until(lambda: sum("forkserver" in line for line in marked(mark)) == 3)  # the fork server and two workers
    parent.kill()
    parent.wait()
    assert left_after(mark, SHORTLY_S) == []


def test_a_cycle_that_only_begins_ends_at_once_with_a_killed_parent(site: Site, config: Path, tmp_path: Path) -> None:
    """Its process is tied before it imports Prefect, and so are the server and what reads pages."""
    publish(site, "calm")
    with running(config, tmp_path / "w.duckdb") as up:
        up.wait_for(lambda: any("cycle_process" in line for line in marked(up.mark)), "process of a cycle")
        assert up.end(signal.SIGKILL) == -signal.SIGKILL
        assert left_after(up.mark, SHORTLY_S) == []


def test_a_command_whose_temporary_server_is_killed_says_so_in_one_line_and_the_next_goes_on(
    site: Site, config: Path, tmp_path: Path
) -> None:
    """A reader of the damaged records is told where they are; with them moved away the same call works."""
    warehouse, home = tmp_path / "w.duckdb", tmp_path / "prefect"
    site.put("/feed", lambda _request: Reply(200, b"late", wait=60))
    with watching_once(config, warehouse, home) as (watch, mark):
        wait_until(lambda: site.counts()["/feed"])
        kill_server(mark)
        said = watch.communicate(timeout=LIMIT_S)[1].decode()
        assert (watch.returncode, [line for line in lines(said) if "tocsin:" in line]) == (1, lines(said)[-1:])
        assert "the Prefect server ended: exit code -9" in said
        assert "Traceback" not in said
        assert left_after(mark, SHORTLY_S) == []
    publish(site, "calm")
    whole = (home / "prefect.db").read_bytes()
    (home / "prefect.db").write_bytes(GARBAGE + whole[len(GARBAGE) :])
    with watching_once(config, warehouse, home) as (watch, mark):
        said = watch.communicate(timeout=LIMIT_S)[1].decode()
        assert (watch.returncode, [line for line in lines(said) if "tocsin:" in line]) == (1, lines(said)[-1:])
        assert f"{home / 'prefect.db'} is damaged: move it away" in said
        assert left_behind(mark) == []
    for path in home.glob("prefect.db*"):
        path.unlink()
    with watching_once(config, warehouse, home) as (watch, mark):
        said = watch.communicate(timeout=LIMIT_S)[1].decode()
        assert (watch.returncode, "tocsin:" in said) == (0, False)
    with open_writer(warehouse) as con:
        assert con.execute("SELECT count(*) FROM articles").fetchone() == (1,)
        assert con.execute("SELECT status, count(*) FROM runs GROUP BY ALL ORDER BY ALL").fetchall() == [
            ("completed", 1),
            ("failed", 1),
        ]


def test_records_that_are_damaged_in_mid_run_end_it_with_one_line(site: Site, config: Path, tmp_path: Path) -> None:
    """The client of a server that can only fail would ask it again for minutes."""
    home = tmp_path / "prefect"
    site.put("/feed", lambda _request: Reply(200, b"late", wait=4))
    with watching_once(config, tmp_path / "w.duckdb", home) as (watch, mark):
        wait_until(lambda: site.counts()["/feed"])
        spoil(home / "prefect.db")
        said = watch.communicate(timeout=LIMIT_S)[1].decode()
        assert (watch.returncode, [line for line in lines(said) if "tocsin:" in line]) == (1, lines(said)[-1:])
        assert "Traceback" not in said
        assert left_after(mark, SHORTLY_S) == []


def test_damaged_records_of_the_lasting_server_are_set_aside(site: Site, config: Path, tmp_path: Path) -> None:
    """At their head they are seen at once; within, once the server fails over them, at the latest at the next start."""
    publish(site, "calm")
    warehouse, home = tmp_path / "w.duckdb", tmp_path / "w.prefect"
    home.mkdir()
    database = home / "prefect.db"
    database.write_bytes(GARBAGE)
    with running(config, warehouse) as up:
        up.wait_for_line("polled")
        assert "Prefect's database was damaged" in up.err.read_text()
        assert (home / "prefect.db.damaged").read_bytes() == GARBAGE
        spoil(database)
        assert up.process.wait(LIMIT_S) == 1
        assert "Traceback" not in up.err.read_text() + up.out.read_text()
        assert len([line for line in lines(up.err.read_text()) if "ended:" in line]) == 1
        assert left_behind(up.mark) == []
    with running(config, warehouse) as up:
        up.wait_for_line("polled")
        assert "Prefect's database was damaged" in up.err.read_text()
        assert up.end(signal.SIGTERM) == 0
        assert left_behind(up.mark) == []
    assert not (home / "lock").read_text()  # ended as told to: the next start need not look through the records


@contextmanager
def watching_once(config: Path, warehouse: Path, home: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Start `tocsin watch --once` with a temporary server that keeps its records in ``home``."""
    mark = uuid4().hex
    call = [*MAIN, "watch", "--once", "--config", str(config), "--warehouse", str(warehouse)]
    env = bare_env(mark) | {"PREFECT_HOME": str(home)}
    watch = subprocess.Popen(call, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        yield watch, mark
    finally:
        watch.kill()
        watch.wait()


def kill_server(mark: str) -> None:
    """Kill the Prefect server among the processes of a mark."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (path / "environ").read_bytes() and b"serving.child" in (path / "cmdline").read_bytes():
                os.kill(int(path.name), signal.SIGKILL)
        except OSError:
            continue


def spoil(database: Path) -> None:
    """Write garbage over the pages of a database, all but its first."""
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))


def left_after(mark: str, seconds: float) -> list[str]:
    """Return what still runs after some time, or nothing as soon as nothing does."""
    ends = time.monotonic() + seconds
    while (found := marked(mark)) and time.monotonic() < ends:
        time.sleep(0.02)
    return found


def wait_until(condition: object) -> None:
    """Return when the condition holds."""
    ends = time.monotonic() + LIMIT_S
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < ends
        time.sleep(0.05)
