"""What runs within a worker process: it works off what its pipe brings, within limits that the kernel keeps."""

import ctypes
import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from multiprocessing import connection
from typing import Any

from flows.telling import guard_output
from flows.workers.bounds import Setup
from flows.workers.ending import MAX_DETAIL, OUT_OF_MEMORY, Fault, UnavailableError

READY = b"ready"
PR_SET_PDEATHSIG = 1


def serve(pipe: connection.Connection, memory_bytes: int, preload: Sequence[str], setup: Setup | None) -> None:
    """Work in the worker until the pipe is closed: by the parent, or by its end."""
    _stand_alone()
    guard_output()  # a library's warning may quote what it reads
    try:
        if not _is_set_up(pipe, preload, setup):
            return
        _limit_memory(memory_bytes)
        pipe.send_bytes(READY)
        while True:
            function, seconds, clock_seconds, arguments = pickle.loads(pipe.recv_bytes())  # noqa: S301 - our parent's
            pipe.send_bytes(_run(function, seconds, clock_seconds, *arguments))
    except (EOFError, OSError):
        return
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _is_set_up(pipe: connection.Connection, preload: Sequence[str], setup: Setup | None) -> bool:
    """Import and load what the work needs; tell the parent, in the place of a result, where that fails."""
    try:
        for name in preload:
            import_module(name)  # costs nothing where the process this one was forked from has done so
        if setup is not None:
            setup.function(*setup.arguments)
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent is to know
        pipe.send_bytes(pickle.dumps(("setup", f"{type(error).__name__}: {error}"[:MAX_DETAIL])))
        return False
    return True


def _stand_alone() -> None:
    """Set up a worker: it is ended by its own clocks or its parent, not by what reaches its whole group."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for one in (signal.SIGALRM, signal.SIGPROF):
        signal.signal(one, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_memory(memory_bytes: int) -> None:
    limit = _mapped_bytes() + memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _mapped_bytes() -> int:
    """Return how much address space this process has mapped."""
    try:
        with open("/proc/self/statm", encoding="ascii") as stream:  # noqa: PTH123 - a file of the kernel's
            return int(stream.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _run(function: Callable[..., Any], seconds: float, clock_seconds: float, *arguments: Any) -> bytes:  # noqa: ANN401
    """Return the pickled result, or what was raised and whose doing that is; out of memory, leave with a word.

    The kernel's own clocks end a worker whose time is up, also in a loop in C and also when its parent is gone. No
    exception travels: one that cannot be pickled would end the worker.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, clock_seconds)
    try:
        return pickle.dumps(("done", function(*arguments)), protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except UnavailableError as error:
        return pickle.dumps(("unavailable", str(error)[:MAX_DETAIL]))
    except BaseException as error:  # noqa: BLE001 - whatever a reader raises ends that item alone
        return pickle.dumps((_kind_of(error), f"{type(error).__name__}: {error}"[:MAX_DETAIL]))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _kind_of(error: BaseException) -> Fault:
    """Tell a disk that fails from a reader that does: what the system reports has a number, what libraries say none."""
    return "unavailable" if isinstance(error, OSError) and error.errno is not None else "error"
