"""What every command imports, imported once: calls are forked from here, each a process of its own but for that.

`tests.flows.calling` starts it as `python -m tests.flows.preloaded FD` and sends it one message a call.
"""

import gc
import json
import os
import runpy
import signal
import socket
import sys
import threading
import time
from functools import cache
from importlib import import_module
from typing import Any, TextIO, cast

from config.load import load_configuration
from extractors import language
from extractors.reading.langid import identify_language
from flows.serving import use_embedded_defaults
from tests.flows.prefork import prepare_fork_server

COMMANDS = ("watch", "replay", "backfill")
# What commands import late.
LATE = (
    "anyio._backends._asyncio",
    "fastapi",
    "flows.commands.showing.tables",
    "flows.serving.database",
    "flows.serving.server",
    "flows.analysis.extractor",
    "flows.workers.warm",
    "graphviz",
    "prefect.flow_engine",
    "prefect.task_engine",
    "prefect.utilities.visualization",
    "snowballstemmer",
)
TEXT = "The harbour of the old town was opened again on Sunday, the port authority said in a short notice."
MAX_MESSAGE = 1 << 17


def serve(control: socket.socket) -> str:
    """Fork a call for each message, until nobody can send one any more; in a call, return the module it is to run."""
    while True:
        message, handles, _, _ = socket.recv_fds(control, MAX_MESSAGE, 4)
        while _has_ended():
            pass
        if not message:
            return ""
        if os.fork() == 0:
            control.close()
            call = json.loads(message)
            _keep(call, handles)
            return str(call["module"])
        for one in handles:
            os.close(one)


def _has_ended() -> bool:
    """Let go of a keeper that is done, if one is: so the time that it took is counted."""
    try:
        return os.waitpid(-1, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return False


def _keep(call: dict[str, Any], handles: list[int]) -> None:
    """Fork the call; say its process id and, when it has ended, how. Only the call itself returns from here."""
    told = socket.socket(fileno=handles.pop())
    began, start = os.pipe()
    pid = os.fork()
    if pid == 0:
        told.close()
        os.close(start)
        os.read(began, 1)
        _become(call, handles)
        return
    for number in (*handles, 0, 1, 2, began):
        os.close(number)
    told.sendall(pid.to_bytes(8, "big"))
    os.close(start)
    _, status = os.waitpid(pid, 0)
    told.sendall(os.waitstatus_to_exitcode(status).to_bytes(8, "big", signed=True))
    os._exit(0)


def _become(call: dict[str, Any], handles: list[int]) -> None:
    """Take on the streams, the folder and the environment of a call."""
    if call["is_own_session"]:
        os.setsid()
    for number, one in enumerate(handles):
        os.dup2(one, number)
        os.close(one)
    os.chdir(call["cwd"])
    os.umask(call["umask"])
    os.environ.clear()
    os.environ.update(call["env"])
    time.tzset()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = ["tocsin", *call["words"]]
    prepare_fork_server()


class CurrentError:
    """Standard error as it is when something is written: Prefect keeps for its log what it is at its import."""

    def __getattr__(self, name: str) -> Any:
        """Pass on to what a command has put in its place since."""
        return getattr(sys.__stderr__ if sys.stderr is self else sys.stderr, name)


def load() -> None:
    """Import and read what commands do; no thread may run, as none would be there in what is forked."""
    gc.disable()
    use_embedded_defaults()  # as a command does before it imports Prefect
    kept, sys.stderr = sys.stderr, cast("TextIO", CurrentError())
    for name in (*COMMANDS, *(f"commands.{one}" for one in COMMANDS)):
        import_module(f"flows.{name}")
    for name in LATE:
        import_module(name)
    load_configuration(None)
    language.load_language = cache(language.load_language)
    language.load_language()
    identify_language(TEXT)
    sys.stderr = kept
    gc.freeze()
    gc.enable()
    if threading.active_count() > 1:
        raise RuntimeError(f"these would be missing in what is forked: {threading.enumerate()}")


def main() -> None:
    """Import everything, then serve; what is forked goes on as the command line would after its start."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load()
    if module := serve(socket.socket(fileno=int(sys.argv[1]))):
        runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
