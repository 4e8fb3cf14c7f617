"""Pure functions over untrusted input in worker processes that can be killed: one bad item is abandoned alone.

Readers of pages and feeds have no time-out that can be trusted from within, some crash when run in threads, and some
inputs exhaust memory. So each item runs in a process with a limit on its processor time, which a busy machine does not
use up, and one on its address space. A limit on the clock, far wider, is for a worker that stands still.

The pool is our own: each worker has a pipe to itself and nothing else in common with the others, so it can be killed at
any moment, by us or by the system, without harm to the rest. A queue shared by workers, as pools have it, breaks or
hangs with a worker that dies at the wrong time.
"""

import pickle
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing import connection
from multiprocessing.reduction import ForkingPickler
from typing import Any, Generic

from flows.workers import inside
from flows.workers.bounds import USUAL, Bounds, Setup
from flows.workers.ending import MAX_DETAIL, Abandoned, Done, Ended, Item, Result, WorkerSetupError, expired
from flows.workers.lifeline import tied_preload
from flows.workers.worker import Watchdog, Worker, WorkerContext

START_S = 60.0  # what a worker may take until it is ready, on a very busy machine
GRACE_S = 5.0  # the parent's clock gives a worker this much longer than the worker's own
# Items per worker that may be in hand or waiting for one before them: a slow item holds nobody up at once, and a long
# stream is not held in memory.
AHEAD = 4
# What pickle raises over an item that cannot be sent, by its own account and by experience.
PICKLING_ERRORS = (pickle.PicklingError, TypeError, AttributeError)


def run_guarded(
    function: Callable[..., Result],
    items: Iterable[Item],
    *,
    bounds: Bounds = USUAL,
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
    bounds: Bounds = USUAL,
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
        self._context = WorkerContext()
        self._context.set_forkserver_preload(tied_preload([inside.__name__, *bounds.preload]))
        self._watchdog = Watchdog()
        self._busy: dict[object, Worker[Item]] = {}  # by its pipe
        self._idle: list[Worker[Item]] = []
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
            worker: Worker[Item] = self._idle.pop() if self._idle else Worker(self._context, self._bounds, self._setup)
            worker.index, worker.item, worker.clock_seconds = index, item, clock_seconds
            self._watchdog.watch(worker, (clock_seconds if worker.is_ready else START_S) + GRACE_S)
            try:
                worker.pipe.send_bytes(data)
            except OSError:
                self._watchdog.release(worker)
                worker.end()
                if worker.is_ready and not worker.is_stalled:
                    continue  # somebody killed it while it was idle
                self._refused[index] = expired(item, -signal.SIGKILL, is_stalled=worker.is_stalled)
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
                if data != inside.READY:
                    del self._busy[pipe]
                    ended[worker.index] = self._end_of(worker, data)
            if ended or not is_waiting:
                break
        return ended

    def _receive(self, worker: Worker[Item]) -> bytes | None:
        """Return what the worker sent, None where it is gone; one that is ready now has the time of its item."""
        try:
            data = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            data = None
        if data == inside.READY:
            worker.is_ready = True
            self._watchdog.watch(worker, worker.clock_seconds + GRACE_S)
        else:
            self._watchdog.release(worker)
        return data

    def _end_of(self, worker: Worker[Item], data: bytes | None) -> Ended[Item, Result]:
        item: Item = worker.item  # type: ignore[assignment]
        if data is None:
            worker.process.join(1.0)
            return expired(item, worker.end(), is_stalled=worker.is_stalled)
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
