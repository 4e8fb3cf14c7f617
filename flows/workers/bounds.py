"""What an item may take in a worker process, and what a worker does before its first."""

import math
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

MEBIBYTE = 1 << 20
# The clock may run this many times as long as the processor time that is allowed: a machine is shared.
PATIENCE = 4.0
# What the readers of pages and feeds need at hand.
READERS = ("flows.workers.warm",)


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


USUAL = Bounds()


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker calls before its first item, out of nobody's seconds: to load a model, for instance."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
