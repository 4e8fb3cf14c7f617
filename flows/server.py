"""A Prefect server of our own, as a child process on loopback, where the user has named none.

Prefect would start one by itself, but leaves it running when its parent is killed, and begins only after its own
import. Ours ends with its parent and starts while Prefect is imported.
"""

import atexit
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from flows.failures import WorkFailedError
from flows.prefect_settings import API_URL, is_api_configured, use_embedded_defaults

HOST = "127.0.0.1"
START_LIMIT_S = 180  # a small machine that is busy takes half a minute
STOP_LIMIT_S = 10
LOOK_EVERY_S = 0.05
# What Prefect sets for its own temporary server: no UI, no services but those that record runs.
TEMPORARY = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1", "PREFECT_UI_ENABLED": "0"}


@dataclass(frozen=True, slots=True)
class Server:
    """A server that was started; ``output`` is what it prints."""

    process: subprocess.Popen[bytes]
    port: int
    output: IO[bytes]

    @classmethod
    def start(cls, settings: Mapping[str, str], output: IO[bytes]) -> Self:
        """Start it; call from the main thread, with whose end the server ends."""
        with socket.create_server((HOST, 0)) as listener:
            port: int = listener.getsockname()[1]
            call = [sys.executable, "-P", "-m", "flows.server_child", str(listener.fileno()), str(os.getpid())]
            process = subprocess.Popen(  # noqa: S603 - our own module and two numbers
                call,
                env={**os.environ, **settings},
                pass_fds=[listener.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C is for us; we stop it when nobody needs it any more
            )
        return cls(process, port, output)

    @property
    def url(self) -> str:
        """Return the address of the API."""
        return f"http://{HOST}:{self.port}/api"

    def wait(self) -> None:
        """Return when the server answers; raises ``WorkFailedError`` when it does not come up."""
        ends = time.monotonic() + START_LIMIT_S
        while not self._is_healthy():
            if self.process.poll() is not None:
                raise WorkFailedError(f"the Prefect server did not start: {self.last_words()}")
            if time.monotonic() > ends:
                raise WorkFailedError(f"the Prefect server did not start within {START_LIMIT_S} seconds")
            time.sleep(LOOK_EVERY_S)

    def stop(self) -> None:
        """Stop it and wait for its end."""
        self.process.terminate()
        try:
            self.process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def last_words(self) -> str:
        """Return its exit code and the last line it printed."""
        self.output.seek(0)
        lines = self.output.read().decode(errors="replace").split("\n")
        said = [line.strip() for line in lines if line.strip()]
        return f"exit code {self.process.returncode}{f', {said[-1]}' if said else ''}"

    def _is_healthy(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=2)
        try:
            connection.request("GET", "/api/health")
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def temporary_server() -> Callable[[], None]:
    """See to it that Prefect, imported after this, finds a server; returns what waits until it can be used.

    The server keeps its database where Prefect does (PREFECT_HOME). It is stopped by the last exit handler: Prefect
    delivers what it has yet to say in handlers of its own, which are registered later and therefore run first.
    """
    use_embedded_defaults()
    if is_api_configured():
        return lambda: None
    server = Server.start(TEMPORARY, tempfile.TemporaryFile())  # noqa: SIM115 - the server's, to the end
    atexit.register(server.stop)
    os.environ[API_URL] = server.url
    return server.wait


def lasting_server(home: Path) -> Server:
    """Start a server with scheduler and user interface, which keeps its database and its log in ``home``."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PREFECT_HOME", str(home))
    server = Server.start({"PREFECT__SERVER_FINAL": "1"}, (home / "server.log").open("w+b"))
    os.environ[API_URL] = server.url
    return server
