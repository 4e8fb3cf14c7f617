"""What the fork server of worker processes imports first: it ends with the process that started it, workers with it.

Multiprocessing lets a fork server live until its last worker is done, which after a kill of the parent may take as long
as an item may. The resource tracker needs no care: it ends when nobody holds its pipe any more.
"""

import ctypes
import os
import signal
import sys
from types import FrameType

from flows.workers.lifeline import FORK_SERVER_PARENT, PR_SET_PDEATHSIG

_LIBC = ctypes.CDLL(None, use_errno=True)
_parent = int(os.environ.pop(FORK_SERVER_PARENT, "0"))
_forking = 0


def _tie() -> None:
    """Have the kernel send a signal when the parent ends.

    It is sent as well when only that thread of the parent has ended which started this process: so it is one that can
    be looked into.
    """
    signal.signal(signal.SIGUSR1, _end_if_orphan)
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGUSR1)
    os.register_at_fork(before=_note_forking, after_in_child=_tie_worker)
    _end_if_orphan()


def _end_if_orphan(_number: int = 0, _frame: FrameType | None = None) -> None:
    if os.getppid() != _parent:
        os.kill(os.getpid(), signal.SIGKILL)


def _note_forking() -> None:
    global _forking  # noqa: PLW0603 - the hooks take no argument
    _forking = os.getpid()


def _tie_worker() -> None:
    """Forks come from the only thread of their parent: the end of one is the end of the other."""
    signal.signal(signal.SIGUSR1, signal.SIG_DFL)
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != _forking:
        os._exit(1)


if _parent and sys.platform == "linux":
    _tie()
