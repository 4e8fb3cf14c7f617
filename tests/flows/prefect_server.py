"""A real Prefect server, for all tests that run flows."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

START_LIMIT_S = 180
OWN_PORTS = 15_000, 15_000  # the first, and how many
# What nobody looks at, and what nothing here is scheduled by.
WITHOUT = {
    "PREFECT_UI_ENABLED": "0",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "0",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "0",
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "0",
}


def serve_prefect(home: Path) -> Iterator[Mapping[str, str]]:
    """Serve Prefect from a folder until the iterator is closed; yields the environment that points a flow to it."""
    port = _free_port()
    env = {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    }
    # what `prefect server start` runs, without the import of the command around it
    app = ["--factory", "prefect.server.api.server:create_app", "--log-level", "critical"]
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", *app, "--host", "127.0.0.1", "--port", str(port)],
        env={**os.environ, **env, **WITHOUT},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_healthy(server, f"{env['PREFECT_API_URL']}/health")
        yield env
    finally:
        server.terminate()
        server.wait(30)


def _free_port() -> int:
    """Return a port for this process: the system gives none from here to others, which it might until it is used."""
    first, n_ports = OWN_PORTS
    for number in range(n_ports):
        port = first + (os.getpid() * 7 + number) % n_ports
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


def _wait_until_healthy(server: subprocess.Popen[bytes], url: str) -> None:
    ends = time.monotonic() + START_LIMIT_S
    while time.monotonic() < ends and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError("the Prefect server did not start")
