"""Processes that are forked from one that has imported what they need: see `tests.flows.preloaded`."""

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class Called:
    """A running call, with as much of what `subprocess.Popen` offers as tests ask for."""

    pid: int
    stderr: IO[str] | None
    _told: socket.socket
    returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.wait(0)
        return None

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code when it has ended."""
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("tocsin", timeout or 0)
            self.returncode = _number(self._told)
            self._told.close()
        return self.returncode

    def kill(self) -> None:
        """End it, at once."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Return nothing and what it says on standard error from now on, when it has ended."""
        said: list[str] = []
        if self.stderr is not None:
            reader = threading.Thread(target=_read, args=(self.stderr, said), daemon=True)
            reader.start()
            reader.join(timeout)
            if reader.is_alive():
                raise subprocess.TimeoutExpired("tocsin", timeout or 0)
            self.stderr.close()
        self.wait(timeout)
        return "", "".join(said)


@dataclass(frozen=True, slots=True)
class Call:
    """A module to run with words on its command line, in an environment and a folder."""

    module: str
    words: tuple[str, ...]
    env: Mapping[str, str]
    cwd: str


class Preloaded:
    """The process that calls are forked from."""

    def __init__(self, env: Mapping[str, str]) -> None:
        """Start it: it imports under this environment, which Prefect reads as it is imported."""
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        words = [sys.executable, "-m", "tests.flows.preloaded", str(theirs.fileno())]
        null = subprocess.DEVNULL
        self._process = subprocess.Popen(
            words, env=dict(env), cwd=ROOT, stdin=null, stdout=null, pass_fds=[theirs.fileno()]
        )
        theirs.close()

    def call(self, call: Call, streams: Sequence[int], *, is_own_session: bool) -> Called:
        """Fork a call with the given standard input, output and error."""
        ours, theirs = socket.socketpair()
        message = asdict(call) | {"is_own_session": is_own_session, "umask": _umask()}
        with theirs:
            socket.send_fds(self._control, [json.dumps(message).encode()], [*streams, theirs.fileno()])
        return Called(_number(ours), None, ours)

    def end(self) -> None:
        """Let it end, which it does when nobody can ask it any more."""
        self._control.close()
        self._process.wait(60)


_kept: dict[tuple[tuple[str, str], ...], Preloaded] = {}
MAX_KEPT = 2


def preloaded(env: Mapping[str, str]) -> Preloaded:
    """Return the process for the Prefect settings of an environment; those of the last few are kept."""
    key = tuple(sorted((name, value) for name, value in env.items() if name.startswith("PREFECT_")))
    found = _kept.pop(key, None)
    if found is None:
        found = Preloaded(env)
        if len(_kept) >= MAX_KEPT:
            _kept.pop(next(iter(_kept))).end()
    _kept[key] = found
    return found


@atexit.register
def _end_all() -> None:
    for one in _kept.values():
        one.end()


def _umask() -> int:
    """Return what files are made with here, which a call inherits; it can only be read by setting it."""
    found = os.umask(0o077)
    os.umask(found)
    return found


def _number(told: socket.socket) -> int:
    """Return what the keeper of a call says next."""
    data = told.recv(8, socket.MSG_WAITALL)
    if len(data) < 8:
        raise RuntimeError("the process that calls are forked from is gone")
    return int.from_bytes(data, "big", signed=True)


def _read(stream: IO[str], said: list[str]) -> None:
    with contextlib.suppress(ValueError):
        said.append(stream.read())
