"""Crews of worker processes that a process keeps from one part to the next: each has loaded what it knows."""

import atexit
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar


class Stoppable(Protocol):
    """Something with processes that can be ended."""

    def stop(self) -> None:
        """End them."""


S = TypeVar("S", bound=Stoppable)
_LOCK = threading.Lock()
_IDLE: dict[object, list[Stoppable]] = {}


@contextmanager
def kept(key: object, make: Callable[[], S]) -> Iterator[S]:
    """Lend the crew of that key, or a new one where it is lent out; one that fails its user is not kept."""
    with _LOCK:
        found = _IDLE.get(key, [])
        crew: S = found.pop() if found else make()  # type: ignore[assignment]  # the key tells what it is
    try:
        yield crew
    except BaseException:
        crew.stop()
        raise
    with _LOCK:
        _IDLE.setdefault(key, []).append(crew)


def let_go() -> None:
    """End all crews that nobody is using."""
    with _LOCK:
        idle = [crew for crews in _IDLE.values() for crew in crews]
        _IDLE.clear()
    for crew in idle:
        crew.stop()


atexit.register(let_go)
