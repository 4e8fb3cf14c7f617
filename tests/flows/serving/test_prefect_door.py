"""A Prefect server that we start lets in nobody but our own processes, while these go on with their work."""

import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest

from tests.flows.command import MAIN, ROOT, lines
from tests.flows.live import write_live_config
from tests.flows.serving.prefect_door import (
    FOREIGN_HOST,
    FOREIGN_ORIGIN,
    FOREIGN_PAGE,
    LOOPBACK,
    SOCKETS,
    Door,
    attempts,
    deployment_in,
    listening,
)
from tests.flows.serving.test_up import LIMIT_S, MARK, Up, bare_env, left_behind, publish, running
from tests.site import Reply, Site

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

REFUSED = {401, 403}
PREFLIGHT = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "authorization,content-type"}


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


def test_nobody_gets_in_without_the_credential_or_from_another_site_while_cycles_go_on(
    site: Site, config: Path, tmp_path: Path
) -> None:
    """Reading, changing what a run executes, starting one, asking for secrets: all refused, nothing was executed."""
    warehouse, proof, home = tmp_path / "w.duckdb", tmp_path / "proof", tmp_path / "w.prefect"
    publish(site, "calm")
    foreign = {"PREFECT_API_AUTH_STRING": "other:server", "PREFECT_SERVER_API_AUTH_STRING": "other:one"}
    with running(config, warehouse, **foreign) as up:
        up.wait_for_line("added 1 article")
        door = Door(server_port(up.mark), stored_credential(home))
        deployment = deployment_in(home / "prefect.db")
        keys = door.keys() if door.credential else {}
        for method, path, body in attempts(deployment, proof):
            strangers = ({}, {"Authorization": "Basic b3RoZXI6b25l"}, *(keys | one for one in foreigners(door)))
            answers = [door.ask(method, path, body, headers) for headers in strangers]
            assert [(path, one.status) for one in answers if one.status not in REFUSED] == []
            assert {name for one in answers for name in one.headers if name.startswith("access-control")} == set()
        before = cycles(up)
        up.wait_for(lambda: cycles(up) >= before + 2, "two more cycles")
        assert not proof.exists()
        assert "failed:" not in up.err.read_text()
        assert door.ask("POST", "/api/deployments/filter", {}, door.key()).status == 403  # no token against forgery
        own_page = keys | {"Origin": f"http://127.0.0.1:{door.port}", "Sec-Fetch-Site": "same-origin"}
        assert door.ask("POST", "/api/deployments/filter", {}, own_page).status == 200
        assert up.end(signal.SIGTERM) == 0
        assert left_behind(up.mark) == []
    assert not (home / "credential").exists()


def test_websockets_and_preflights_and_pages_are_behind_the_same_door(site: Site, config: Path, tmp_path: Path) -> None:
    """What stays open without the credential tells nothing: that the server lives, and its bare pages."""
    publish(site, "calm")
    home = tmp_path / "w.prefect"
    with running(config, tmp_path / "w.duckdb") as up:
        up.wait_for_line("added 1 article")
        door = Door(server_port(up.mark), stored_credential(home))
        for path in SOCKETS:
            opened = [door.socket_says(path), door.socket_says(path, token="tocsin:guess")]
            opened += [door.socket_says(path, token=door.credential, headers=one) for one in foreigners(door)]
            assert (path, [one for one in opened if one]) == (path, [])
            assert door.socket_says(path, token=door.credential) == "auth_success"
        for origin in (*foreigners(door), {"Origin": f"http://127.0.0.1:{door.port}"}):
            preflight = door.ask("OPTIONS", "/api/deployments/filter", headers=PREFLIGHT | origin)
            assert [name for name in preflight.headers if name.startswith("access-control")] == []
        assert door.ask("GET", "/api/health").body == b"true"
        assert door.ask("GET", "/api/health", headers=FOREIGN_HOST).status == 403
        for path in ("/openapi.json", "/docs", "/redoc"):
            assert (path, door.ask("GET", path).status) == (path, 403)
        pages = door.ask(
            "GET", "/v2/", headers={"Accept": "text/html", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"}
        )
        assert (pages.status, pages.headers["x-frame-options"]) == (200, "DENY")
        assert f'"api_url":"http://127.0.0.1:{door.port}/api"'.encode() in door.ask("GET", "/ui-settings").body


def test_the_credential_stands_in_one_file_for_its_owner_and_nothing_else_listens(
    site: Site, config: Path, tmp_path: Path
) -> None:
    """It is in no command line, log or record; the runner's channel to its run listens, too, but on loopback only."""
    publish(site, "calm")
    home = tmp_path / "w.prefect"
    with running(
        config, tmp_path / "w.duckdb", PREFECT_RUNNER_SERVER_ENABLE="true", PREFECT_LOGGING_LEVEL="DEBUG"
    ) as up:
        up.wait_for_line("added 1 article")
        credential = stored_credential(home)
        assert credential
        assert str(home / "credential") in up.err.read_text()
        assert stat.S_IMODE((home / "credential").stat().st_mode) == 0o600
        secret = credential.partition(":")[2].encode()
        told = [path for path in Path("/proc").glob("[0-9]*/cmdline") if secret in contents(path)]
        told += [path for path in tmp_path.rglob("*") if path.name != "credential" and secret in contents(path)]
        assert told == []
        ports = {(pid, *one) for pid in marked_pids(up.mark) for one in open_ports(pid)}
        assert {address for _, address, _ in ports} == {LOOPBACK}
        assert {pid for pid, _, _ in ports} == {up.process.pid, server_pid(up.mark)}
        for _, _, port in ports - {(server_pid(up.mark), LOOPBACK, server_port(up.mark))}:
            with pytest.raises(Exception, match=r"disconnected|closed|reset|timed out|BadStatus"):
                Door(port).ask("GET", "/")
        assert up.end(signal.SIGKILL) == -signal.SIGKILL
    publish(site, "calm", "grave")
    with running(config, tmp_path / "w.duckdb") as up:
        up.wait_for(lambda: stored_credential(home) not in {"", credential}, "a credential of its own")


def test_a_temporary_server_is_closed_too(site: Site, config: Path, tmp_path: Path) -> None:
    mark = uuid4().hex
    site.put("/feed", lambda _request: Reply(200, b"late", wait=60))
    env = bare_env(mark) | {"PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_API_AUTH_STRING": "other:server"}
    call = [*MAIN, "watch", "--once", "--config", str(config), "--warehouse", str(tmp_path / "w.duckdb")]
    watch = subprocess.Popen(call, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: site.counts()["/feed"])
        door = Door(server_port(mark))
        answers = [
            door.ask(method, path, body, headers)
            for method, path, body in attempts(str(uuid4()), tmp_path / "proof")
            for headers in ({}, {"Authorization": "Basic b3RoZXI6c2VydmVy"}, FOREIGN_ORIGIN, FOREIGN_HOST)
        ]
        assert [one.status for one in answers if one.status not in REFUSED] == []
        assert [path for path in SOCKETS if door.socket_says(path)] == []
    finally:
        watch.kill()
        watch.wait()
    assert left_behind(mark) == []


def foreigners(door: Door) -> list[dict[str, str]]:
    """Return what marks a request of another site's page, and of a page whose name leads to loopback."""
    other_port = {"Origin": f"http://127.0.0.1:{door.port + 1}"}
    return [FOREIGN_ORIGIN, {"Origin": "null"}, other_port, FOREIGN_HOST, FOREIGN_PAGE]


def stored_credential(home: Path) -> str:
    """Return what the file for the user says."""
    with suppress(FileNotFoundError):
        return (home / "credential").read_text().strip()
    return ""


def cycles(up: Up) -> int:
    """Return how many cycles ended well."""
    return sum("polled" in line for line in lines(up.out.read_text()))


def marked_pids(mark: str) -> list[int]:
    """Return the processes that carry the mark."""
    return [
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/environ")
        if f"{MARK}={mark}".encode() in contents(path)
    ]


def server_pid(mark: str) -> int:
    """Return the process of the server."""
    (found,) = (pid for pid in marked_pids(mark) if b"serving.child" in contents(Path(f"/proc/{pid}/cmdline")))
    return found


def server_port(mark: str) -> int:
    """Return the port on which the server listens."""
    ((_, port),) = listening(server_pid(mark))
    return port


def open_ports(pid: int) -> list[tuple[str, int]]:
    """Return where a process listens, if it is still there."""
    with suppress(OSError):
        return list(listening(pid))
    return []


def contents(path: Path) -> bytes:
    """Return what a file holds, nothing if it is none or has gone."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def wait_until(condition: object) -> None:
    """Return when the condition holds."""
    ends = time.monotonic() + LIMIT_S
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < ends
        time.sleep(0.1)
