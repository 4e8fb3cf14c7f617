"""The clock of a run."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class ClockTurnedBackError(Exception):
    """The clock of the machine was set back: what was scheduled by it lies ahead for as long."""


class Watch:
    """Tells when the clock of the machine is set back, by the one that nobody sets."""

    def __init__(
        self, tolerance: timedelta, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic
    ) -> None:
        """Remember how the two stand; ``wall`` and ``steady`` return seconds."""
        self._tolerance_s = tolerance.total_seconds()
        self._wall, self._steady = wall, steady
        self._apart_s = wall() - steady()

    def was_turned_back(self) -> bool:
        """Tell whether the clock went back by more than the tolerance since it was furthest ahead."""
        apart_s = self._wall() - self._steady()
        self._apart_s = max(self._apart_s, apart_s)
        return apart_s < self._apart_s - self._tolerance_s


def utc_now() -> datetime:
    """Return the time, aware and in UTC: the one place where a flow reads it."""
    return datetime.now(UTC)


def clock(*, is_replay: bool) -> datetime | None:
    """Return now, or None in a replay: there each article brings its own date."""
    return None if is_replay else utc_now()
