"""One real Prefect server for all tests that run flows, and a corpus of our own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

START_LIMIT_S = 180


@pytest.fixture(scope="session")
def prefect_env(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Start a Prefect server on loopback; yields the environment that points a flow to it."""
    yield from serve_prefect(tmp_path_factory.mktemp("prefect"))


def serve_prefect(home: Path) -> Iterator[Mapping[str, str]]:
    """Serve Prefect from a folder until the iterator is closed; yields the environment that points a flow to it."""
    port = _free_port()
    env = {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui"],
        env={**os.environ, **env},
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
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_until_healthy(server: subprocess.Popen[bytes], url: str) -> None:
    ends = time.monotonic() + START_LIMIT_S
    while time.monotonic() < ends and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError("the Prefect server did not start")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a folder of three invented articles on two days."""
    from tests.flows.articles import write_corpus

    return write_corpus(tmp_path / "corpus")
