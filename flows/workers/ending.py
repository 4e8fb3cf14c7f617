"""How an item ended in a worker process, and whose doing that was.

An exception is the content's doing; a limit that was met or a crash makes the content suspect; a signal from outside,
the memory killer, a disk error or the clock are the machine's doing.
"""

import signal
from dataclasses import dataclass
from typing import Generic, Literal, TypeAlias, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

Fault: TypeAlias = Literal["error", "timeout", "memory", "crash", "killed", "stalled", "unavailable"]
Blame: TypeAlias = Literal["content", "suspect", "machine"]

# A worker leaves with this code when it meets its memory limit: what the allocator is left with is no place to go on.
OUT_OF_MEMORY = 77
# Signals that a process brings upon itself; all others come from outside.
CRASHES = frozenset((signal.SIGSEGV, signal.SIGABRT, signal.SIGFPE, signal.SIGILL))
LOST = 255  # what multiprocessing says of a process whose end nobody saw
MAX_DETAIL = 500


class UnavailableError(Exception):
    """Raised by a guarded function whose item cannot be had for now: that is the machine's doing."""


class WorkerSetupError(Exception):
    """A worker could not be made ready; no item is to blame."""


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


def expired(item: Item, code: int, *, is_stalled: bool) -> Abandoned[Item]:
    """Return how an item ended by the exit code of its worker; ``is_stalled`` where the parent ended that."""
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
