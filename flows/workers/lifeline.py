"""A child process that never outlives the process that needs it, however that one ends."""

import _thread
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType

PR_SET_PDEATHSIG = 1
PARENT = "TOCSIN_PARENT"  # the process by whose end a run on a schedule ends; not set where something else runs it
FORK_SERVER_PARENT = "TOCSIN_FORK_SERVER_PARENT"


def end_with(parent: int) -> None:
    """Have the kernel kill this process when ``parent``, which started it, ends; at once if it is gone already.

    Linux sends the signal when the *thread* that started this process ends: start it from the main thread. Elsewhere
    only the check is made.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def end_with_who_asked() -> None:
    """Do so for the process named in the environment, if one is."""
    if parent := os.environ.get(PARENT):
        end_with(int(parent))


def tied_preload(modules: Sequence[str]) -> list[str]:
    """Return what a fork server is to import: the modules, and before them what ends it with this process."""
    os.environ[FORK_SERVER_PARENT] = str(os.getpid())
    return ["flows.workers.forkserver", *modules]


def keep_interrupts_to_ourselves() -> threading.Event:
    """Let Ctrl-C reach this process alone: a terminal sends it to all, and children would die before we end them.

    They inherit that the signal is blocked; a thread takes it here and hands it to the main thread. SIGTERM counts as
    an interrupt, too. Returns what tells whether there was one, as libraries may turn the exception into another. Call
    it before other threads are started.
    """
    was_asked = threading.Event()

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        was_asked.set()
        raise KeyboardInterrupt

    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, interrupt)
    threading.Thread(target=_hand_on_interrupts, name="interrupts", daemon=True).start()
    return was_asked


def _hand_on_interrupts() -> None:
    while True:
        signal.sigwait({signal.SIGINT})
        _thread.interrupt_main()
