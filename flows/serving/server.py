"""A Prefect server of our own, as a child process on loopback, where the user has named none.

Prefect would start one by itself, but leaves it running when its parent is killed, begins only after its own import,
and lets anybody in. Ours ends with its parent, starts while Prefect is imported, and asks for a credential that is new
at each start and known to our processes alone: through the environment, which the system shows to no other user.
"""

import atexit
import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Self

from config.settings import settings_of
from flows.serving.database import NAME, database_path, is_damaged, is_foreign, set_aside
from flows.serving.settings import (
    LOOPBACK,
    SERVED,
    is_api_configured,
    own_server_environment,
    record_bounds,
    use_embedded_defaults,
    use_own_server,
)
from flows.telling import WORK_FAILED, WorkFailedError, say

USER = "tocsin"  # Prefect wants a name before the secret
SECRET_BYTES = 32
START_LIMIT_S = 180  # a small machine that is busy takes half a minute
STOP_LIMIT_S = 10
LOOK_EVERY_S = 0.05
# What Prefect sets for its own temporary server: no UI, no services but those that record runs. And no list of the
# kinds of blocks, which only people look at: whoever starts a server with pages over these records makes it then.
TEMPORARY = {
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
    "PREFECT_UI_ENABLED": "0",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "0",
    "PREFECT_SERVER_MEMOIZE_BLOCK_AUTO_REGISTRATION": "0",  # or it would note that the list was made
}


@dataclass(frozen=True, slots=True)
class ServedPages:
    """Whose report, metrics and health a lasting server shows, and on which port; 0 is a free one."""

    warehouse: Path
    config_folder: Path | None
    port: int = 0


@dataclass(frozen=True, slots=True)
class Server:
    """A server that was started; ``output`` is what it prints.

    ``port_holder`` is bound to the port, too, without listening: should the server die, nobody else can take its place
    and give our clients orders.
    """

    process: subprocess.Popen[bytes]
    port: int
    output: IO[bytes]
    credential: str = field(repr=False)
    port_holder: socket.socket
    is_stopping: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def start(cls, settings: Mapping[str, str], output: IO[bytes], port: int = 0) -> Self:
        """Start it and point Prefect's clients to it; call from the main thread, with whose end the server ends.

        Raises ``WorkFailedError`` where somebody else has the port.
        """
        credential = f"{USER}:{secrets.token_urlsafe(SECRET_BYTES)}"
        holder = _held(port)
        port = holder.getsockname()[1]
        with socket.create_server((LOOPBACK, port), reuse_port=True) as listener:
            call = [sys.executable, "-P", "-m", "flows.serving.child", str(listener.fileno()), str(os.getpid())]
            process = subprocess.Popen(  # noqa: S603 - our own module and two numbers
                call,
                env={**own_server_environment(_url(port), credential), **settings},
                pass_fds=[listener.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C is for us; we stop it when nobody needs it any more
            )
        use_own_server(_url(port), credential)
        return cls(process, port, output, credential, holder)

    @property
    def url(self) -> str:
        """Return the address of the API."""
        return _url(self.port)

    def wait(self) -> None:
        """Return when the server answers; raises ``WorkFailedError`` when it does not come up."""
        ends = time.monotonic() + START_LIMIT_S
        while not self._is_healthy():
            if self.process.poll() is not None:
                raise WorkFailedError(f"the Prefect server did not start: {self.last_words()}{_advice()}")
            if time.monotonic() > ends:
                raise WorkFailedError(f"the Prefect server did not start within {START_LIMIT_S} seconds")
            time.sleep(LOOK_EVERY_S)

    def stop(self) -> None:
        """Stop it and wait for its end."""
        self.is_stopping.set()
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
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=2)
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
    delivers what it has yet to say in handlers of its own, which are registered later and therefore run first. Should
    it die before, this process ends.
    """
    use_embedded_defaults()
    if is_api_configured():
        return lambda: None
    server = Server.start(TEMPORARY, tempfile.TemporaryFile())  # noqa: SIM115 - the server's, to the end
    atexit.register(server.stop)

    @cache
    def wait() -> None:
        server.wait()
        threading.Thread(target=_end_without, args=(server,), name="Prefect server", daemon=True).start()

    return wait


def _end_without(server: Server) -> None:
    """End this process as a kill would when the server dies; Prefect would ask it again and again for minutes."""
    server.process.wait()
    if not server.is_stopping.is_set():
        from rich.console import Console

        Console(stderr=True).show_cursor()
        said = f"tocsin: the Prefect server ended: {server.last_words()}{_advice()}"
        print(f"{said}; what was committed stays, the next run goes on from there", file=sys.stderr, flush=True)
        os._exit(WORK_FAILED)


def _advice() -> str:
    """Return what to do where the server did not start because of its database."""
    path = database_path()
    return f"; its database {path} is damaged: move it away" if path and is_damaged(path) else ""


def lasting_server(home: Path, pages: ServedPages, *, was_cut_off: bool) -> Server:
    """Start a server with scheduler, user interface and our pages, which keeps its database and log in ``home``.

    A damaged database is replaced by a new one: it holds the record of runs, which the warehouse has too. All of it is
    read only if what ran before did not end by itself.
    """
    home.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PREFECT_HOME", str(home))
    database = database_path()
    if database == home / NAME and (is_damaged(database) if was_cut_off else is_foreign(database)):
        say(f"Prefect's database was damaged; it is now {set_aside(database)}")
    settings = {
        "PREFECT__SERVER_FINAL": "1",
        SERVED: json.dumps([str(pages.warehouse), pages.config_folder], default=str),
        **record_bounds(settings_of(pages.config_folder).watch.record_days),
    }
    return Server.start(settings, (home / "server.log").open("w+b"), pages.port)


def _held(port: int) -> socket.socket:
    """Return a socket bound to the port, or to a free one."""
    with socket.socket() as probe:  # one that may be shared would be, even with another server of ours
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise WorkFailedError(f"port {port} ([pages] of tocsin.toml) cannot be used: {error.strerror}") from error
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # shared with our own user's sockets alone
    holder.bind((LOOPBACK, port))
    return holder


def _url(port: int) -> str:
    return f"http://{LOOPBACK}:{port}/api"
