"""`tocsin up`: everything on its schedule with its own Prefect server, and nothing left behind, however it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from tests.flows.command import MAIN, ROOT, lines, tocsin
from tests.flows.live import write_live_config
from tests.flows.watching import make_due
from tests.site import Reply, Site, text
from warehouse.connection import open_reader, open_writer
from warehouse.upkeep.snapshot import published_path

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

LIMIT_S = 150  # a cycle, with the start of everything, on a small machine that is busy
MARK = "TOCSIN_TEST_MARK"
SETTINGS = "\n[watch]\ninterval_minutes = 0.15\n"
ALERTS = """
[[rule]]
name = "any"
severity = 3
channels = ["log", "desk"]

[[channel]]
name = "log"
kind = "log"

[[channel]]
name = "desk"
kind = "apprise"
"""
STORIES = {
    "calm": (
        "The ferry company will add a sailing at noon from the harbour, Danish Transport Minister Per Lind said.",
        "Berth {} of the harbour was free and the ferry kept to its timetable.",
    ),
    "grave": (
        "“We will destroy your ships if they enter our waters,” Danish Defence Minister Karen Holm warned Norway.",
        "Crew number {} slept badly aboard while patrol boats circled their anchorage until dawn.",
    ),
}


@dataclass(frozen=True, slots=True)
class Up:
    """A running `tocsin up`, what it prints, and a mark that all its descendants carry in their environment."""

    process: subprocess.Popen[bytes]
    out: Path
    err: Path
    mark: str

    def wait_for(self, condition: Callable[[], object], what: str) -> None:
        """Return when the condition holds."""
        ends = time.monotonic() + LIMIT_S
        while not condition():
            assert self.process.poll() is None, f"it ended before {what}: {self.err.read_text()}"
            assert time.monotonic() < ends, f"no {what}: {self.out.read_text()} {self.err.read_text()}"
            time.sleep(0.1)

    def wait_for_line(self, words: str) -> None:
        """Return when a line on standard output has the words."""
        self.wait_for(lambda: any(words in line for line in lines(self.out.read_text())), words)

    def end(self, number: int, *, to_group: bool = False) -> int:
        """Send a signal, wait for the end and return the exit code."""
        (os.killpg if to_group else os.kill)(self.process.pid, number)
        return self.process.wait(LIMIT_S)


@contextmanager
def running(config: Path, warehouse: Path, *, main: Sequence[str] = MAIN, **env: str) -> Iterator[Up]:
    """Start `tocsin up`, by default as a user does, without any Prefect server named."""
    mark = uuid4().hex
    out, err = (warehouse.with_name(f"{mark}.{kind}") for kind in ("out", "err"))
    with out.open("wb") as to_out, err.open("wb") as to_err:
        process = subprocess.Popen(
            [*main, "up", "--config", str(config), "--warehouse", str(warehouse)],
            stdin=subprocess.DEVNULL,
            stdout=to_out,
            stderr=to_err,
            env=bare_env(mark) | env,
            cwd=warehouse.parent,
            start_new_session=True,
        )
    try:
        yield Up(process, out, err, mark)
    finally:
        process.kill()
        process.wait()


def bare_env(mark: str) -> dict[str, str]:
    """Return an environment that names no Prefect server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "TOCSIN"))}
    return {**kept, "PYTHONPATH": str(ROOT), MARK: mark}


def marked(mark: str) -> list[str]:
    """Return the command lines of all processes that carry the mark."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"{MARK}={mark}".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


def left_behind(mark: str) -> list[str]:
    """Return what still runs a moment later; the kernel needs one to end a process."""
    ends = time.monotonic() + 10
    while (found := marked(mark)) and time.monotonic() < ends:
        time.sleep(0.1)
    return found


def publish(site: Site, *names: str) -> None:
    """Let the feed list the stories."""
    items = "".join(
        f"<item><title>Ferry and harbour, {name}</title><link>{site.url(f'/{name}')}</link></item>" for name in names
    )
    site.put(
        "/feed", text(f"<rss version='2.0'><channel><title>Q</title>{items}</channel></rss>", "application/rss+xml")
    )
    for name in names:
        news, rest = STORIES[name]
        filler = "".join(f"<p>{rest.format(number)}</p>" for number in range(12))
        body = f"<article><h1>Ferry and harbour, {name}</h1><p>{news}</p>{filler}</article>"
        site.put(f"/{name}", text(f"<html lang='en'><head><title>{name}</title></head><body>{body}</body></html>"))


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as served:
        yield served


@pytest.fixture
def config(site: Site, tmp_path: Path) -> Path:
    folder = write_live_config(tmp_path / "config", ("quay", site.url("/feed")))
    with (folder / "tocsin.toml").open("a") as file:
        file.write(SETTINGS)
    (folder / "alerts.toml").write_text(ALERTS)
    return folder


def test_a_new_item_rings_within_a_cycle_and_ctrl_c_leaves_nothing(site: Site, config: Path, tmp_path: Path) -> None:
    warehouse, log = tmp_path / "w.duckdb", tmp_path / "w.alerts.jsonl"
    publish(site, "calm")
    site.put("/hook", Reply(200, b"ok"))
    with running(config, warehouse, TOCSIN_CHANNEL_DESK=f"json://127.0.0.1:{site.port}/hook") as up:
        up.wait_for_line("added 1 article")
        assert not site.counts()["/hook"]
        publish(site, "calm", "grave")
        make_due(warehouse)
        up.wait_for(lambda: site.counts()["/hook"], "call of the webhook")
        up.wait_for(log.exists, "log of alerts")
        second = tocsin("up", "--config", config, "--warehouse", warehouse)
        assert (second.code, len(lines(second.err))) == (1, 1)
        assert "runs already" in second.err
        up.wait_for_line("1 alert")
        assert up.end(signal.SIGINT, to_group=True) == 0
        assert lines(up.err.read_text())[-1].startswith("tocsin: stopped")
        assert "Traceback" not in up.err.read_text()
        assert left_behind(up.mark) == []
    (message,) = [request for request in site.requests if request.path == "/hook"]
    assert b"Karen Holm" in message.body
    assert ["Karen Holm" in line for line in lines(log.read_text())] == [True]
    with open_writer(warehouse) as con:
        assert con.execute("SELECT count(*) FROM alerts").fetchone() == (1,)
        assert con.execute("SELECT count(*) FROM runs WHERE status = 'running'").fetchone() == (0,)
    with open_reader(published_path(warehouse)) as con:
        assert con.execute("SELECT count(*) FROM articles").fetchone() == (2,)


def test_killed_in_mid_cycle_it_leaves_no_process_and_starts_again_and_tells_of_a_server_that_died(
    site: Site, config: Path, tmp_path: Path
) -> None:
    """The slot that the killed cycle held is free again: the next start runs a cycle at once."""
    warehouse = tmp_path / "w.duckdb"
    site.put("/feed", lambda _request: Reply(200, b"late", wait=60))
    with running(config, warehouse) as up:
        up.wait_for(lambda: site.counts()["/feed"], "poll")
        up.end(signal.SIGKILL)
        assert left_behind(up.mark) == []
    publish(site, "calm")
    with running(config, warehouse) as up:
        up.wait_for_line("added 1 article")
        (server,) = server_pids(up)
        os.kill(server, signal.SIGKILL)
        assert up.process.wait(LIMIT_S) == 1
        told = lines(up.err.read_text())
        assert [line for line in told if "server ended" in line] == told[-1:]
        assert "Traceback" not in up.err.read_text()
        assert left_behind(up.mark) == []


def test_a_clock_that_is_set_back_under_it_stops_no_schedule(site: Site, config: Path, tmp_path: Path) -> None:
    """It starts anew: what was scheduled by the clock of before lies ahead."""
    warehouse, off = tmp_path / "w.duckdb", tmp_path / "off"
    off.write_text("0")
    publish(site, "calm")
    with running(config, warehouse, main=[sys.executable, "-m", "tests.flows.serving.turning", str(off)]) as up:
        up.wait_for_line("added 1 article")
        off.write_text("-86400")
        up.wait_for(lambda: up.err.read_text().count("a cycle every") == 2, "second start")
        assert "the clock was set back: starting anew" in up.err.read_text()
        publish(site, "calm", "grave")
        make_due(warehouse)
        up.wait_for_line("1 alert")
        assert up.end(signal.SIGTERM) == 0
        assert "Traceback" not in up.err.read_text()
        assert left_behind(up.mark) == []


def test_a_term_signal_while_it_starts_ends_it_cleanly(config: Path, tmp_path: Path) -> None:
    with running(config, tmp_path / "w.duckdb") as up:
        up.wait_for(lambda: "starting Prefect" in up.err.read_text(), "start")
        assert up.end(signal.SIGTERM) == 0
        assert lines(up.err.read_text())[-1].startswith("tocsin: stopped")
        assert left_behind(up.mark) == []


def test_a_replay_that_is_killed_leaves_no_server_behind(corpus: Path, tmp_path: Path) -> None:
    mark = uuid4().hex
    call = [*MAIN, "replay", str(corpus), "--warehouse", str(tmp_path / "w.duckdb")]
    env = bare_env(mark) | {"PREFECT_HOME": str(tmp_path / "prefect")}
    replay = subprocess.Popen(call, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ends = time.monotonic() + LIMIT_S
    while not any("serving.child" in line for line in marked(mark)):
        assert time.monotonic() < ends, "no server was started"
        time.sleep(0.1)
    replay.kill()
    replay.wait()
    assert left_behind(mark) == []


def server_pids(up: Up) -> list[int]:
    """Return the process of the server."""
    children = Path(f"/proc/{up.process.pid}/task/{up.process.pid}/children").read_text().split()
    return [int(pid) for pid in children if b"serving.child" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.mark.parametrize(
    ("profiles", "env", "expected"),
    [
        ("", {}, False),
        ("", {"PREFECT_API_URL": "http://127.0.0.1:4200/api"}, True),
        ("", {"PREFECT_API_URL": ""}, False),
        ('active = "local"', {}, True),
        ('active = "desk"\n[profiles.desk]\nPREFECT_API_URL = "http://desk:4200/api"', {}, True),
        ('[profiles.desk]\nPREFECT_API_URL = "http://desk:4200/api"', {}, False),
        ('[profiles.desk]\nPREFECT_API_URL = "http://desk:4200/api"', {"PREFECT_PROFILE": "desk"}, True),
        ("not TOML at all", {}, False),
    ],
)
def test_a_server_that_the_user_named_is_used(
    profiles: str, env: dict[str, str], expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.serving.settings import is_api_configured

    for name in ("PREFECT_API_URL", "PREFECT_PROFILE", "PREFECT_PROFILES_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    (tmp_path / "profiles.toml").write_text(profiles)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert is_api_configured() is expected
