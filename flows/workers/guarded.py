"""Pure functions over untrusted input in worker processes that can be killed: one bad item is abandoned alone.

Readers of pages and feeds have no time-out that can be trusted from within, some crash when run in threads, and some
inputs exhaust memory. So each item runs in a process with a limit on its processor time, which a busy machine does not
use up, and one on its address space. A limit on the clock, far wider, is for a worker that stands still.

How an item ended says whom to blame: an exception is the content's doing; a limit that was met or a crash makes the
content suspect; a signal from outside, the memory killer, a disk error or the clock are the machine's doing.

The pool is our own: each worker has a pipe to itself and nothing else in common with the others, so it can be killed at
any moment, by us or by the system, without harm to the rest. A queue shared by workers, as pools have it, breaks or
hangs with a worker that dies at the wrong time.
"""

import ctypes
import math
import os
import pickle
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from multiprocessing import connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.process import BaseProcess, current_process
from multiprocessing.reduction import ForkingPickler
from types import ModuleType
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from flows.telling import guard_output
from flows.workers.lifeline import tied_preload

Item = TypeVar("Item")
Result = TypeVar("Result")

Fault: TypeAlias = Literal["error", "timeout", "memory", "crash", "killed", "stalled", "unavailable"]
Blame: TypeAlias = Literal["content", "suspect", "machine"]

MEBIBYTE = 1 << 20
# A worker leaves with this code when it meets its memory limit: what the allocator is left with is no place to go on.
OUT_OF_MEMORY = 77
# The clock may run this many times as long as the processor time that is allowed: a machine is shared.
PATIENCE = 4.0
START_S = 60.0  # what a worker may take until it is ready, on a very busy machine
GRACE_S = 5.0  # the parent's clock gives a worker this much longer than the worker's own
# Signals that a process brings upon itself; all others come from outside.
CRASHES = frozenset((signal.SIGSEGV, signal.SIGABRT, signal.SIGFPE, signal.SIGILL))
LOST = 255  # what multiprocessing says of a process whose end nobody saw
READY = b"ready"
# Items per worker that may be in hand or waiting for one before them: a slow item holds nobody up at once, and a long
# stream is not held in memory.
AHEAD = 4
PR_SET_PDEATHSIG = 1
# What the readers of pages and feeds need at hand.
READERS = ("flows.workers.warm",)
_MAIN_LOCK = threading.Lock()
_DAEMON_LOCK = threading.Lock()
MAX_DETAIL = 500
# What pickle raises over an item that cannot be sent, by its own account and by experience.
PICKLING_ERRORS = (pickle.PicklingError, TypeError, AttributeError)


class UnavailableError(Exception):
    """Raised by a guarded function whose item cannot be had for now: that is the machine's doing."""


class WorkerSetupError(Exception):
    """A worker could not be made ready; no item is to blame."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one item may take: ``seconds`` of processor time, ``memory_bytes`` on top of what a fresh worker has mapped.

    ``wall_seconds`` bounds the time by the clock, which also runs while a worker waits or the machine is busy; by
    default it is a multiple of the processor time, ``longest_seconds`` at most.

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
    wall_seconds: float | None = None
    longest_seconds: float = math.inf

    def clock_seconds(self, seconds: float) -> float:
        """Return how long by the clock an item may take that is allowed so many seconds of processor time."""
        return min(PATIENCE * seconds, self.longest_seconds) if self.wall_seconds is None else self.wall_seconds

    @property
    def alone(self) -> "Bounds":
        """Return the same bounds for items that are tried one at a time, with no other beside them."""
        return replace(self, workers=1)


@dataclass(frozen=True, slots=True)
class Done(Generic[Item, Result]):
    """An item and what the function made of it."""

    item: Item
    value: Result


@dataclass(frozen=True, slots=True)
class Abandoned(Generic[Item]):
    """An item that gave no value.

    It raised (``error``); took too much processor time (``timeout``) or memory (``memory``), or broke its worker
    (``crash``); its worker was ended from outside (``killed``) or stood still (``stalled``); or it could not be had
    (``unavailable``).
    """

    item: Item
    reason: Fault
    detail: str = ""

    @property
    def blame(self) -> Blame:
        """Return whose doing it was; a suspect is tried once more, alone, before that is held to be true."""
        return _BLAME[self.reason]


_BLAME: dict[Fault, Blame] = {
    "error": "content",
    "timeout": "suspect",
    "memory": "suspect",
    "crash": "suspect",
    "killed": "machine",
    "stalled": "machine",
    "unavailable": "machine",
}


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
    with Crew(function, bounds, arguments=arguments) as crew:
        yield from crew.run(items, in_order=in_order)


def run_twice(
    function: Callable[..., Result],
    items: Iterable[Item],
    *,
    bounds: Bounds = Bounds(),
    arguments: Callable[[Item], Sequence[Any]] | None = None,
) -> Iterator[Ended[Item, Result]]:
    """Do so as they end; what the content is not to blame for is tried once more, alone, after all others."""
    again: list[Item] = []
    for ended in run_guarded(function, items, bounds=bounds, arguments=arguments, in_order=False):
        if isinstance(ended, Abandoned) and ended.blame != "content":
            again.append(ended.item)
        else:
            yield ended
    yield from run_guarded(function, again, bounds=bounds.alone, arguments=arguments)


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker calls before its first item, out of nobody's seconds: to load a model, for instance."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()


class _Worker(Generic[Item]):
    """One process with the pipe to it, and the item it has in hand."""

    def __init__(self, context: ForkServerContext, bounds: Bounds, setup: Setup | None) -> None:
        self.pipe, theirs = context.Pipe()
        arguments = (theirs, bounds.memory_bytes, bounds.preload, setup)
        self.process = context.Process(target=_serve, args=arguments, daemon=True)
        self.process.start()
        theirs.close()
        self.index = -1
        self.item: Item | None = None
        self.clock_seconds = 0.0
        self.served = 0
        self.is_ready = False
        self.is_stalled = False

    def end(self) -> int:
        """Let go of the process, at once; return its exit code."""
        self.pipe.close()
        self.process.kill()
        self.process.join()
        return self.process.exitcode or 0


class _Watchdog:
    """Kills workers whose time by the clock is up: nothing else ends the wait for one that stands still."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._ends: dict[_Worker[Any], float] = {}
        self._thread: threading.Thread | None = None

    def watch(self, worker: _Worker[Any], seconds: float) -> None:
        """Give the worker so long, from now."""
        with self._changed:
            self._ends[worker] = time.monotonic() + seconds
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="watchdog of workers", daemon=True)
                self._thread.start()
            self._changed.notify()

    def release(self, worker: _Worker[Any]) -> None:
        """Let the worker be."""
        with self._changed:
            self._ends.pop(worker, None)

    def stop(self) -> None:
        """Let all be; the thread ends."""
        with self._changed:
            self._ends.clear()
            self._thread = None
            self._changed.notify()

    def _run(self) -> None:
        me = threading.current_thread()
        with self._changed:
            while self._thread is me:
                now = time.monotonic()
                for worker in [one for one, ends in self._ends.items() if ends <= now]:
                    del self._ends[worker]
                    worker.is_stalled = True
                    worker.process.kill()
                self._changed.wait(min(self._ends.values()) - now if self._ends else None)


class Crew(Generic[Item, Result]):
    """Workers that are kept from one stream of items to the next: ``busy`` have an item in hand, ``idle`` wait for one.

    ``setup`` is called in each worker before its first item; ``seconds`` gives an item's processor time where that is
    not the same for all.
    """

    def __init__(
        self,
        function: Callable[..., Result],
        bounds: Bounds,
        *,
        arguments: Callable[[Item], Sequence[Any]] | None = None,
        setup: Setup | None = None,
        seconds: Callable[[Item], float] | None = None,
    ) -> None:
        """Start no worker yet: the first item does."""
        self._function = function
        self._bounds = bounds
        self._arguments = arguments or _itself
        self._setup = setup
        self._seconds = seconds or (lambda _item: bounds.seconds)
        self._context = _WorkerContext()
        self._context.set_forkserver_preload(tied_preload([__name__, *bounds.preload]))
        self._watchdog = _Watchdog()
        self._busy: dict[object, _Worker[Item]] = {}  # by its pipe
        self._idle: list[_Worker[Item]] = []
        self._refused: dict[int, Abandoned[Item]] = {}

    def __enter__(self) -> "Crew[Item, Result]":
        """Return the crew."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End all workers, whatever they do."""
        self.stop()

    def run(self, items: Iterable[Item], *, in_order: bool = True) -> Iterator[Ended[Item, Result]]:
        """Yield how each item ended; one stream at a time. Whatever cuts it off ends the workers that are busy."""
        stream = enumerate(items)
        ended: dict[int, Ended[Item, Result]] = {}
        following = 0
        try:
            while True:
                is_exhausted = self._fill(stream, self._bounds.workers * AHEAD - len(ended))
                ended.update(self._collect(is_waiting=not ended or (in_order and following not in ended)))
                while ended and (not in_order or following in ended):
                    yield ended.pop(following if in_order else next(iter(ended)))
                    following += 1
                    ended.update(self._collect(is_waiting=False))
                    is_exhausted = self._fill(stream, self._bounds.workers * AHEAD - len(ended))
                if is_exhausted and not ended and not self._has_work:
                    return
        finally:
            self._drop_busy()

    def stop(self) -> None:
        """End all workers, whatever they do."""
        self._watchdog.stop()
        self._drop_busy()
        for worker in self._idle:
            worker.end()
        self._idle.clear()

    def _drop_busy(self) -> None:
        for worker in self._busy.values():
            self._watchdog.release(worker)
            worker.end()
        self._busy.clear()
        self._refused.clear()

    @property
    def _has_work(self) -> bool:
        """Tell whether an item was taken whose end was not collected."""
        return bool(self._busy or self._refused)

    def _fill(self, stream: Iterator[tuple[int, Item]], room: int) -> bool:
        """Give items to workers that are free; tell whether there are no more items."""
        while len(self._busy) < min(self._bounds.workers, room - len(self._refused)):
            found = next(stream, None)
            if found is None:
                return True
            self._give(*found)
        return False

    def _give(self, index: int, item: Item) -> None:
        seconds = self._seconds(item)
        clock_seconds = self._bounds.clock_seconds(seconds)
        try:
            call = (self._function, seconds, clock_seconds, tuple(self._arguments(item)))
            data = ForkingPickler.dumps(call)
        except PICKLING_ERRORS as error:
            self._refused[index] = Abandoned(item, "error", f"{type(error).__name__}: {error}"[:MAX_DETAIL])
            return
        while True:
            worker: _Worker[Item] = (
                self._idle.pop() if self._idle else _Worker(self._context, self._bounds, self._setup)
            )
            worker.index, worker.item, worker.clock_seconds = index, item, clock_seconds
            self._watchdog.watch(worker, (clock_seconds if worker.is_ready else START_S) + GRACE_S)
            try:
                worker.pipe.send_bytes(data)
            except OSError:
                self._watchdog.release(worker)
                worker.end()
                if worker.is_ready and not worker.is_stalled:
                    continue  # somebody killed it while it was idle
                self._refused[index] = _expired(item, -signal.SIGKILL, is_stalled=worker.is_stalled)
                return
            self._busy[worker.pipe] = worker
            return

    def _collect(self, *, is_waiting: bool) -> dict[int, Ended[Item, Result]]:
        """Return what has ended by now; with ``is_waiting``, not before something has."""
        ended: dict[int, Ended[Item, Result]] = dict(self._refused)
        self._refused.clear()
        while self._busy:
            seconds = None if is_waiting and not ended else 0
            for pipe in connection.wait([worker.pipe for worker in self._busy.values()], seconds):
                worker = self._busy[pipe]
                data = self._receive(worker)
                if data != READY:
                    del self._busy[pipe]
                    ended[worker.index] = self._end_of(worker, data)
            if ended or not is_waiting:
                break
        return ended

    def _receive(self, worker: _Worker[Item]) -> bytes | None:
        """Return what the worker sent, None where it is gone; one that is ready now has the time of its item."""
        try:
            data = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            data = None
        if data == READY:
            worker.is_ready = True
            self._watchdog.watch(worker, worker.clock_seconds + GRACE_S)
        else:
            self._watchdog.release(worker)
        return data

    def _end_of(self, worker: _Worker[Item], data: bytes | None) -> Ended[Item, Result]:
        item: Item = worker.item  # type: ignore[assignment]
        if data is None:
            worker.process.join(1.0)
            return _expired(item, worker.end(), is_stalled=worker.is_stalled)
        kind, outcome = pickle.loads(data)  # noqa: S301 - made by our own worker
        worker.item = None
        worker.served += 1
        if worker.served < self._bounds.items_per_worker and kind != "setup" and not worker.is_stalled:
            self._idle.append(worker)
        else:
            worker.end()
        if kind == "setup":
            raise WorkerSetupError(outcome)
        return Done(item, outcome) if kind == "done" else Abandoned(item, kind, outcome)


def _itself(item: Any) -> Sequence[Any]:  # noqa: ANN401 - whatever the caller's items are
    return (item,)


def _expired(item: Item, code: int, *, is_stalled: bool) -> Abandoned[Item]:
    if code == OUT_OF_MEMORY:
        return Abandoned(item, "memory")
    if code == -signal.SIGPROF:
        return Abandoned(item, "timeout")
    if is_stalled or code == -signal.SIGALRM:
        return Abandoned(item, "stalled")
    is_own_doing = -code in CRASHES or 0 <= code < LOST
    return Abandoned(item, "crash" if is_own_doing else "killed", _exit_name(code))


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

    def start(self) -> None:
        """Start, also from a process that multiprocessing would let have no children: those of clusters often are such.

        The reason for that rule, children that are left over when such a process is killed, is none here: the kernel
        ends ours with it.
        """
        config: dict[str, object] = current_process()._config  # type: ignore[attr-defined]  # noqa: SLF001
        with _DAEMON_LOCK:
            was_daemon = config.pop("daemon", None)
            try:
                super().start()
            finally:
                if was_daemon is not None:
                    config["daemon"] = was_daemon

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


def _serve(pipe: connection.Connection, memory_bytes: int, preload: Sequence[str], setup: Setup | None) -> None:
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
