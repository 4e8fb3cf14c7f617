"""Who does the work of parts: this process or the workers of a Dask cluster; results come in the order of calls."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from flows.parts.keeping import let_go
from flows.telling import WorkFailedError
from flows.workers import Abandoned, Done, Ended, Fault
from warehouse.errors import WarehouseError

if TYPE_CHECKING:
    # Dask tells next to nothing of its types
    Client: TypeAlias = Any
    Future: TypeAlias = Any

AHEAD = 4  # calls a worker that are under way or done before their turn
START_S = 120  # what a worker may take to join
PATIENCE = 20  # tries to find a scheduler again, a connection time-out each
LOOK_S = 30  # between two looks at whether there is a worker at all
MOST_HERE = 8  # processes beside one that reads the file
MEMORY = "1.5GB"  # of a worker without the processes beside it, which have bounds of their own
LOCAL = "local:"
SCHEMES = ("tcp://", "tls://")
NOT_INSTALLED = "`--cluster` needs Dask: install Tocsin with its extra, tocsin[cluster]"

Work: TypeAlias = Callable[..., Path]


class NoSchedulerError(WorkFailedError):
    """There is no scheduler where one should be; a moment later there may be."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a function is called with; ``name`` is what people know the work by."""

    name: str
    arguments: tuple[Any, ...]


class Engine(Protocol):
    """Something that calls functions which make parts."""

    def run(self, function: Work, calls: Iterable[Call]) -> Iterator[Ended[Call, Path]]:
        """Yield how each call ended, in order; what failed is abandoned, and the others go on."""


class Here:
    """The process itself, with others on all processors; ``wrapped`` makes a function one that is tried again."""

    def __init__(self, wrapped: Callable[[Work], Work]) -> None:
        """Start nothing yet."""
        self._wrapped = wrapped
        self._workers = min(len(os.sched_getaffinity(0)), MOST_HERE)

    def run(self, function: Work, calls: Iterable[Call]) -> Iterator[Ended[Call, Path]]:
        """Yield how each call ended, one after the other."""
        work = self._wrapped(function)
        for call in calls:
            try:
                yield Done(call, work(*call.arguments, workers=self._workers))
            except (OSError, WarehouseError) as error:
                yield Abandoned(call, "unavailable", str(error))


class Cluster:
    """The workers of a Dask scheduler; one that is lost is made up for, a scheduler that was restarted found again."""

    def __init__(self, connect: Callable[[], "Client"]) -> None:
        """Connect; raises ``WorkFailedError`` where there is no scheduler or no worker."""
        self._connect = connect
        self._client = _connected(connect)

    def close(self) -> None:
        """Let go of the scheduler."""
        self._client.close()

    def run(self, function: Work, calls: Iterable[Call]) -> Iterator[Ended[Call, Path]]:
        """Yield how each call ended, in order; no more are handed over than workers will soon get to."""
        rest = iter(calls)
        waiting: deque[tuple[Call, Future]] = deque()
        while True:
            while len(waiting) < self._room and (call := next(rest, None)) is not None:
                waiting.append((call, self._submit(function, call)))
            if not waiting:
                return
            ended = self._ended(*waiting[0])
            if ended is None:
                self._reconnect()
                waiting = deque((call, self._submit(function, call)) for call, _ in waiting)
            else:
                waiting.popleft()
                yield ended

    @property
    def _room(self) -> int:
        return AHEAD * max(1, len(self._workers()))

    def _submit(self, function: Work, call: Call) -> "Future":
        return self._client.submit(function, *call.arguments, pure=False, retries=1)

    def _ended(self, call: Call, future: "Future") -> Ended[Call, Path] | None:
        """Wait for a call and return how it ended; None where the scheduler knows of it no more or has no worker."""
        try:
            while not self._is_done(future):
                if not self._workers():
                    return None
            error = future.exception()
            if error is None:
                return Done(call, future.result())
        except (CancelledError, OSError):
            return None
        if isinstance(error, WorkFailedError):
            raise error
        return Abandoned(call, _fault(error), f"{type(error).__name__}: {error}")

    def _is_done(self, future: "Future") -> bool:
        try:
            future.exception(timeout=LOOK_S)
        except TimeoutError:
            return False
        return True

    def _workers(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._client.scheduler_info(n_workers=-1)["workers"]
        return found

    def _reconnect(self) -> None:
        """Find the scheduler again; the work that it forgot is handed over once more, and what is done is there."""
        self._client.close(timeout=1)
        for _ in range(PATIENCE):
            try:
                self._client = _connected(self._connect)
            except NoSchedulerError as error:
                trouble = error
            else:
                return
        raise trouble


@contextmanager
def open_engine(cluster: str | None, wrapped: Callable[[Work], Work]) -> Iterator[Engine]:
    """Yield what does the work: ``local:N`` processes of Dask here, a scheduler's address, or this process for None."""
    if cluster is None:
        try:
            yield Here(wrapped)
        finally:
            let_go()
    elif cluster.startswith(LOCAL):
        yield from _local(int(cluster.removeprefix(LOCAL)))
    else:
        yield from _remote(cluster)


def flaw_of(cluster: str) -> str | None:
    """Return what is wrong with the words for a cluster, None if nothing is."""
    number = cluster.removeprefix(LOCAL)
    if cluster.startswith(LOCAL) and number.isascii() and number.isdigit() and 0 < int(number) <= 1024:
        return None
    if cluster.startswith(SCHEMES) and len(cluster) > len(SCHEMES[0]):
        return None
    return f"{cluster!r} is neither local:N nor the address of a Dask scheduler, such as tcp://HOST:8786"


def _local(n_workers: int) -> Iterator[Engine]:
    """Start workers of our own; nobody else on this machine can talk to them."""
    distributed = _distributed()
    try:
        cluster = distributed.LocalCluster(
            n_workers=n_workers, threads_per_worker=1, processes=True, dashboard_address=None, security=True,
            memory_limit=MEMORY, protocol="tls://", host="127.0.0.1", silence_logs="ERROR",
        )  # fmt: skip
    except (OSError, TimeoutError, RuntimeError) as error:
        raise WorkFailedError(f"the workers of Dask did not start: {error}") from error
    with cluster:

        def connect() -> "Client":
            if not cluster.scheduler.workers:  # Dask starts one that ends again, unless that fails, too
                cluster.scale(0)
                cluster.scale(n_workers)
            return distributed.Client(cluster, set_as_default=False)

        engine = Cluster(connect)
        try:
            yield engine
        finally:
            engine.close()


def _remote(address: str) -> Iterator[Engine]:
    distributed = _distributed()
    engine = Cluster(lambda: distributed.Client(address, set_as_default=False))
    try:
        yield engine
    finally:
        engine.close()


def _connected(connect: Callable[[], "Client"]) -> "Client":
    try:
        client = connect()
    except OSError as error:
        raise NoSchedulerError(f"no Dask scheduler: {error}") from error
    try:
        client.wait_for_workers(1, timeout=START_S)
    except TimeoutError as error:
        client.close(timeout=1)
        raise WorkFailedError(f"the Dask scheduler has no worker after {START_S} s") from error
    return client


def _fault(error: BaseException) -> Fault:
    from distributed import KilledWorker

    return "killed" if isinstance(error, KilledWorker) else "unavailable"


def _distributed() -> Any:  # noqa: ANN401 - an optional module without types
    try:
        import distributed
    except ImportError as error:
        raise WorkFailedError(NOT_INSTALLED) from error
    return distributed
