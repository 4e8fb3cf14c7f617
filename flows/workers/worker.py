"""A worker process as its parent sees it: started, given items through its pipe, watched by the clock, ended."""

import sys
import threading
import time
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.process import BaseProcess, current_process
from types import ModuleType
from typing import Any, Generic

from flows.workers.bounds import Bounds, Setup
from flows.workers.ending import Item
from flows.workers.inside import serve

_MAIN_LOCK = threading.Lock()
_DAEMON_LOCK = threading.Lock()


class Worker(Generic[Item]):
    """One process with the pipe to it, and the item it has in hand."""

    def __init__(self, context: ForkServerContext, bounds: Bounds, setup: Setup | None) -> None:
        """Start it."""
        self.pipe, theirs = context.Pipe()
        arguments = (theirs, bounds.memory_bytes, bounds.preload, setup)
        self.process = context.Process(target=serve, args=arguments, daemon=True)
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


class Watchdog:
    """Kills workers whose time by the clock is up: nothing else ends the wait for one that stands still."""

    def __init__(self) -> None:
        """Watch nobody yet."""
        self._changed = threading.Condition()
        self._ends: dict[Worker[Any], float] = {}
        self._thread: threading.Thread | None = None

    def watch(self, worker: Worker[Any], seconds: float) -> None:
        """Give the worker so long, from now."""
        with self._changed:
            self._ends[worker] = time.monotonic() + seconds
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="watchdog of workers", daemon=True)
                self._thread.start()
            self._changed.notify()

    def release(self, worker: Worker[Any]) -> None:
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


class WorkerProcess(ForkServerProcess):
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


class WorkerContext(ForkServerContext):
    """What starts such processes."""

    Process = WorkerProcess
