"""Pure functions over untrusted input in worker processes that can be killed: one bad item is abandoned alone.

Readers of pages and feeds have no time-out that can be trusted from within, some crash when run in threads, and some
inputs exhaust memory. So each item runs in a process with a wall-clock limit and a limit on its address space.

The pool is our own: each worker has a pipe to itself and nothing else in common with the others, so it can be killed at
any moment, by us or by the system, without harm to the rest. A queue shared by workers, as pools have it, breaks or
hangs with a worker that dies at the wrong time.
"""

import ctypes
import os
import pickle
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from types import ModuleType
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from flows.visible import guard_output

Item = TypeVar("Item")
Result = TypeVar("Result")

Fault: TypeAlias = Literal["timeout", "memory", "crash", "error"]

MEBIBYTE = 1 << 20
# A worker leaves with this code when it meets its memory limit: what the allocator is left with is no place to go on.
OUT_OF_MEMORY = 77
# Items per worker that may be in hand or waiting for one before them: a slow item holds nobody up at once, and a long
# stream is not held in memory.
AHEAD = 4
PR_SET_PDEATHSIG = 1
# What the readers of pages and feeds need at hand.
READERS = ("flows.warm",)
_MAIN_LOCK = threading.Lock()
MAX_DETAIL = 500
# What pickle raises over an item that cannot be sent, by its own account and by experience.
PICKLING_ERRORS = (pickle.PicklingError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one item may take. ``memory_bytes`` comes on top of what a fresh worker has mapped.

    ``items_per_worker`` bounds what slow leaks of parsers can add up to. ``preload`` names modules that workers import
    before they begin: all that is heavy, also what is imported late, for else the first item of every worker pays for
    it out of its own seconds. The first call of a process has them imported once for all workers to come. ``READERS``
    is what the readers of pages and feeds need.
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
    crew: _Crew[Item, Result] = _Crew(function, bounds, arguments or _itself)
    stream = enumerate(items)
    ended: dict[int, Ended[Item, Result]] = {}
    following = 0
    try:
        while True:
            is_exhausted = crew.fill(stream, bounds.workers * AHEAD - len(ended))
            ended.update(crew.collect(is_waiting=not ended or (in_order and following not in ended)))
            while ended and (not in_order or following in ended):
                yield ended.pop(following if in_order else next(iter(ended)))
                following += 1
                ended.update(crew.collect(is_waiting=False))
                is_exhausted = crew.fill(stream, bounds.workers * AHEAD - len(ended))
            if is_exhausted and not ended and not crew.has_work:
                return
    finally:
        crew.stop()


class _Worker(Generic[Item]):
    """One process with the pipe to it, and the item it has in hand."""

    def __init__(self, context: ForkServerContext, bounds: Bounds) -> None:
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, bounds.memory_bytes, bounds.preload), daemon=True)
        self.process.start()
        theirs.close()
        self.index = -1
        self.item: Item | None = None
        self.served = 0

    def end(self) -> int:
        """Let go of the process, at once; return its exit code."""
        self.pipe.close()
        self.process.kill()
        self.process.join()
        return self.process.exitcode or 0


class _Crew(Generic[Item, Result]):
    """The workers: ``busy`` have an item in hand, ``idle`` wait for one."""

    def __init__(
        self, function: Callable[..., Result], bounds: Bounds, arguments: Callable[[Item], Sequence[Any]]
    ) -> None:
        self._function = function
        self._bounds = bounds
        self._arguments = arguments
        self._context = _WorkerContext()
        self._context.set_forkserver_preload([__name__, *bounds.preload])
        self.busy: dict[object, _Worker[Item]] = {}  # by its pipe
        self.idle: list[_Worker[Item]] = []
        self._refused: dict[int, Abandoned[Item]] = {}

    @property
    def has_work(self) -> bool:
        """Tell whether an item was taken whose end was not collected."""
        return bool(self.busy or self._refused)

    def fill(self, stream: Iterator[tuple[int, Item]], room: int) -> bool:
        """Give items to workers that are free; tell whether there are no more items."""
        while len(self.busy) < min(self._bounds.workers, room - len(self._refused)):
            found = next(stream, None)
            if found is None:
                return True
            self._give(*found)
        return False

    def _give(self, index: int, item: Item) -> None:
        try:
            data = ForkingPickler.dumps((self._function, self._bounds.seconds, tuple(self._arguments(item))))
        except PICKLING_ERRORS as error:
            self._refused[index] = Abandoned(item, "error", f"{type(error).__name__}: {error}"[:MAX_DETAIL])
            return
        while True:
            worker: _Worker[Item] = self.idle.pop() if self.idle else _Worker(self._context, self._bounds)
            try:
                worker.pipe.send_bytes(data)
            except OSError:
                worker.end()  # somebody killed it while it was idle
                continue
            worker.index, worker.item = index, item
            self.busy[worker.pipe] = worker
            return

    def collect(self, *, is_waiting: bool) -> dict[int, Ended[Item, Result]]:
        """Return what has ended by now; with ``is_waiting``, not before something has."""
        ended: dict[int, Ended[Item, Result]] = dict(self._refused)
        self._refused.clear()
        seconds = None if is_waiting and not ended else 0
        for pipe in connection.wait([worker.pipe for worker in self.busy.values()], seconds) if self.busy else ():
            worker = self.busy.pop(pipe)
            ended[worker.index] = self._receive(worker)
        return ended

    def _receive(self, worker: _Worker[Item]) -> Ended[Item, Result]:
        item: Item = worker.item  # type: ignore[assignment]
        try:
            is_done, outcome = pickle.loads(worker.pipe.recv_bytes())  # noqa: S301 - made by our own worker
        except (EOFError, OSError):
            worker.process.join(1.0)
            return _expired(item, worker.end())
        worker.item = None
        worker.served += 1
        if worker.served < self._bounds.items_per_worker:
            self.idle.append(worker)
        else:
            worker.end()
        return Done(item, outcome) if is_done else Abandoned(item, "error", outcome)

    def stop(self) -> None:
        """End all workers, whatever they do."""
        for worker in (*self.busy.values(), *self.idle):
            worker.end()
        self.busy.clear()
        self.idle.clear()


def _itself(item: Any) -> Sequence[Any]:  # noqa: ANN401 - whatever the caller's items are
    return (item,)


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


def _serve(pipe: connection.Connection, memory_bytes: int, preload: Sequence[str]) -> None:
    """Work in the worker until the pipe is closed: by the parent, or by its end."""
    for name in preload:
        import_module(name)  # costs nothing where the process this one was forked from has done so
    _prepare(memory_bytes)
    guard_output()  # a library's warning may quote what it reads
    while True:
        try:
            function, seconds, arguments = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our own parent
            pipe.send_bytes(_run(function, seconds, *arguments))
        except (EOFError, OSError):
            return
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _prepare(memory_bytes: int) -> None:
    """Set up a worker: it is ended by its own clock or its parent, and its address space is bounded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
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


def _run(function: Callable[..., Any], seconds: float, *arguments: Any) -> bytes:  # noqa: ANN401
    """Return the pickled result with True, or what was raised with False; out of memory, leave with a word.

    The kernel's own clock ends a worker whose time is up, also in a loop in C and also when its parent is gone. No
    exception travels: one that cannot be pickled would end the worker.
    """
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return pickle.dumps((True, function(*arguments)), protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BaseException as error:  # noqa: BLE001 - whatever a reader raises ends that item alone
        return pickle.dumps((False, f"{type(error).__name__}: {error}"[:MAX_DETAIL]))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
