"""Pure functions over untrusted input in worker processes that can be killed: one bad item is abandoned alone.

Readers of pages and feeds have no time-out that can be trusted from within, some crash when run in threads, and some
inputs exhaust memory. So each item runs in a process with a wall-clock limit and a limit on its address space.
"""

import ctypes
import os
import pickle
import resource
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, TimeoutError, wait  # noqa: A004 - it is the builtin
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

Item = TypeVar("Item")
Result = TypeVar("Result")

Fault: TypeAlias = Literal["timeout", "memory", "crash", "error"]

MEBIBYTE = 1 << 20
# A worker leaves with this code when it meets its memory limit: what the allocator is left with is no place to go on.
OUT_OF_MEMORY = 77
# Items handed out ahead of the workers: enough to keep them busy, few enough that a long stream is not held in memory.
AHEAD = 4
PR_SET_PDEATHSIG = 1
# What the readers of pages and feeds need at hand.
READERS = ("flows.warm",)
_MAIN_LOCK = threading.Lock()
# A worker whose parent was killed, and so cannot kill it, ends this long after its item's time.
GRACE_SECONDS = 1.0
MAX_DETAIL = 500
# What pickle raises over an item that cannot be sent, by its own account and by experience.
PICKLING_ERRORS = (pickle.PicklingError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one item may take. ``memory_bytes`` comes on top of what a fresh worker has mapped.

    ``items_per_worker`` bounds what slow leaks of parsers can add up to. ``preload`` names modules that workers find
    already imported: all that is heavy, also what is imported late, for else the first item of every worker pays for
    it out of its own seconds. It counts for the first call of a process; ``READERS`` is for pages and feeds.
    """

    seconds: float = 20.0
    memory_bytes: int = 1024 * MEBIBYTE
    workers: int = max(1, (os.cpu_count() or 2) - 1)
    items_per_worker: int = 500
    preload: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done(Generic[Item, Result]):
    """An item and what the function made of it."""

    item: Item
    value: Result


@dataclass(frozen=True, slots=True)
class Abandoned(Generic[Item]):
    """An item that took too long (``timeout``) or too much (``memory``), ended its worker (``crash``) or raised."""

    item: Item
    reason: Fault
    detail: str = ""


_Future: TypeAlias = "ProcessFuture[bytes | str]"
Ended: TypeAlias = Done[Item, Result] | Abandoned[Item]


def run_guarded(
    function: Callable[..., Result],
    items: Iterable[Item],
    *,
    bounds: Bounds = Bounds(),
    arguments: Callable[[Item], Sequence[Any]] | None = None,
    in_order: bool = True,
) -> Iterator[Ended[Item, Result]]:
    """Yield how each item ended, in the order of the items or (``in_order=False``) as they end.

    ``function`` must be importable by name and is called with ``arguments(item)``, by default with the item alone.
    Items are taken from the iterable as workers get free. Closing the iterator, or an interrupt, kills the workers.
    """
    with_arguments = arguments or _itself
    pool = _open_pool(bounds)
    is_finished = False
    try:
        pending: deque[tuple[Item, _Future]] = deque()
        for item in items:
            pending.append((item, _submit(pool, function, with_arguments(item), bounds.seconds)))
            while len(pending) >= bounds.workers * AHEAD:
                yield _take(pending, in_order=in_order)
        while pending:
            yield _take(pending, in_order=in_order)
        is_finished = True
    finally:
        if is_finished:
            pool.close()  # type: ignore[no-untyped-call]
        else:
            pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _itself(item: Any) -> Sequence[Any]:  # noqa: ANN401 - whatever the caller's items are
    return (item,)


def _submit(pool: ProcessPool, function: Callable[..., object], arguments: Sequence[Any], seconds: float) -> _Future:
    return pool.schedule(_run, args=(function, seconds, *arguments), timeout=seconds)


def _take(pending: deque[tuple[Item, _Future]], *, in_order: bool) -> Ended[Item, Any]:
    """Remove the first item, or the first that has ended, and return how it ended."""
    if not in_order:
        wait([future for _, future in pending], return_when=FIRST_COMPLETED)
        ended = next(index for index, (_, future) in enumerate(pending) if future.done())
        pending.rotate(-ended)
        item, future = pending.popleft()
        pending.rotate(ended)
    else:
        item, future = pending.popleft()
    return _end(item, future)


def _end(item: Item, future: _Future) -> Ended[Item, Any]:
    try:
        outcome = future.result()
    except TimeoutError:
        return Abandoned(item, "timeout")
    except ProcessExpired as error:
        return _expired(item, error.exitcode)
    except PICKLING_ERRORS as error:
        return Abandoned(item, "error", f"{type(error).__name__}: {error}"[:MAX_DETAIL])
    if isinstance(outcome, str):
        return Abandoned(item, "error", outcome)
    return Done(item, pickle.loads(outcome))  # noqa: S301 - made by our own worker


def _expired(item: Item, code: int) -> Abandoned[Item]:
    if code == OUT_OF_MEMORY:
        return Abandoned(item, "memory")
    if code == -signal.SIGALRM:
        return Abandoned(item, "timeout")
    return Abandoned(item, "crash", _exit_name(code))


def _exit_name(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"


class _WorkerProcess(ForkServerProcess):
    """A process that does not import this program's main module.

    Multiprocessing would have every worker do so, for functions defined there. Under an orchestrator that module
    takes seconds to import, and a script without a main guard would start itself again.
    """

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> Any:  # noqa: N802, ANN401 - multiprocessing's own
        with _MAIN_LOCK:
            main = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                return ForkServerProcess._Popen(process_obj)  # noqa: SLF001
            finally:
                sys.modules["__main__"] = main


class _WorkerContext(ForkServerContext):
    Process = _WorkerProcess


def _open_pool(bounds: Bounds) -> ProcessPool:
    """Return a pool of workers that share nothing with this process: no threads, locks or connections come along."""
    context = _WorkerContext()
    context.set_forkserver_preload(["pebble", __name__, *bounds.preload])
    return ProcessPool(
        max_workers=bounds.workers,
        max_tasks=bounds.items_per_worker,
        context=context,
        initializer=_prepare,
        initargs=(bounds.memory_bytes,),
    )


def _prepare(memory_bytes: int) -> None:
    """Set up a worker: it dies with its parent and at once when told to, and its address space is bounded."""
    # The pool's own handler would have to wait for a loop in C to come back to Python.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    limit = _mapped_bytes() + memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _mapped_bytes() -> int:
    """Return how much address space this process has mapped."""
    try:
        with open("/proc/self/statm", encoding="ascii") as stream:  # noqa: PTH123 - a file of the kernel's
            return int(stream.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _run(function: Callable[..., Any], seconds: float, *arguments: Any) -> bytes | str:  # noqa: ANN401
    """Run in the worker: return the pickled result, or what was raised; out of memory, leave with a word.

    No exception travels: one that cannot be pickled would end the worker.
    """
    # The kernel's own clock, should the parent be gone or held up.
    signal.setitimer(signal.ITIMER_REAL, seconds + GRACE_SECONDS)
    try:
        return pickle.dumps(function(*arguments), protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BaseException as error:  # noqa: BLE001 - whatever a reader raises ends that item alone
        return f"{type(error).__name__}: {error}"[:MAX_DETAIL]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
