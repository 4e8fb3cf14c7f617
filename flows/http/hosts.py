"""Politeness: one connection a host, a pause between its requests, and a rest for hosts that fail or ask for one.

Waiting for a slow host happens at that host's own lock, before the global bound is touched, so others go on.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from flows.http.backlog import Backlog
from flows.http.outcome import Failure, FetchFailed, Outcome, Reason

# Failures that say the host as a whole does not answer; a page that is missing says nothing about its host.
HOST_DOWN: frozenset[Reason] = frozenset(
    ("dns", "refused", "unreachable", "tls", "timeout-connect", "timeout-read", "timeout-total", "disconnected")
)
ASKS_FOR_REST = (429, 503)


@dataclass(frozen=True, slots=True)
class Politeness:
    """How hosts are treated; seconds.

    A host that fails ``failures_before_pause`` times in a row, or answers 429 or 503, is left alone for ``pause``
    (or as long as its Retry-After says), and what still waits for it fails at once with ``host-paused``.
    """

    delay: float = 1.0
    max_crawl_delay: float = 15.0
    max_concurrent: int = 32
    failures_before_pause: int = 3
    pause: float = 300.0


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    delay: float = 0.0
    ready_at: float = 0.0
    paused_until: float = 0.0
    paused_for: str = ""
    failures: int = 0


class Hosts:
    """The state of every host that was talked to, for the life of one cycle or one process."""

    def __init__(
        self,
        politeness: Politeness,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Know no host yet."""
        self._politeness = politeness
        self._clock = clock
        self._sleep = sleep
        self._running = asyncio.Semaphore(politeness.max_concurrent)
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    @asynccontextmanager
    async def turn(
        self, site: str, *, is_redirect: bool = False, backlog: Backlog | None = None
    ) -> AsyncIterator[None]:
        """Hold the host's one connection; raises ``Failure`` with ``host-paused`` where it must be left alone.

        A redirect within a host follows at once: it is the same request going on. While ``backlog`` is full it waits.
        """
        host = self._hosts[site]
        self._check(host)
        async with host.lock:
            self._check(host)
            wait = host.ready_at - self._clock()
            if wait > 0 and not is_redirect:
                await self._sleep(wait)
            await self._start(backlog)
            try:
                yield
            finally:
                self._running.release()
                host.ready_at = self._clock() + max(host.delay, self._politeness.delay)

    async def _start(self, backlog: Backlog | None) -> None:
        """Become one of those that run; whoever waits for room runs not, so that he who makes room can."""
        while True:
            if backlog is not None:
                await backlog.room()
            await self._running.acquire()
            if backlog is None or not backlog.is_full:
                return
            self._running.release()

    def set_crawl_delay(self, site: str, seconds: float) -> None:
        """Keep to the host's own wish, within bounds."""
        self._hosts[site].delay = min(max(seconds, 0.0), self._politeness.max_crawl_delay)

    def note(self, site: str, outcome: Outcome) -> None:
        """Learn from how a request ended."""
        host = self._hosts[site]
        if not isinstance(outcome, FetchFailed):
            host.failures = 0
        elif outcome.status in ASKS_FOR_REST:
            asked = outcome.retry_after
            self._pause(host, self._politeness.pause if asked is None else asked, outcome.reason)
        elif outcome.reason in HOST_DOWN:
            host.failures += 1
            if host.failures >= self._politeness.failures_before_pause:
                self._pause(host, self._politeness.pause, outcome.reason)
        elif outcome.reason != "host-paused":
            host.failures = 0

    def _pause(self, host: _Host, seconds: float, reason: str) -> None:
        host.paused_until = max(host.paused_until, self._clock() + seconds)
        host.paused_for = reason
        host.failures = 0

    def _check(self, host: _Host) -> None:
        left = host.paused_until - self._clock()
        if left > 0:
            raise Failure("host-paused", f"after {host.paused_for}", retry_after=left)
