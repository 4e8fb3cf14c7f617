"""robots.txt as RFC 9309 has it: fetched once a day an origin, read by Protego, cautious where it cannot be had."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from protego import Protego

from flows.http.outcome import Fetched, FetchFailed, Outcome, Reason
from flows.http.target import Target

# RFC 9309, 2.4: not longer than 24 hours. An unreachable file is asked for again sooner.
FRESH_SECONDS = 86_400.0
UNREACHABLE_SECONDS = 3_600.0
# RFC 9309, 2.5: at least 500 KiB must be read; the rest of a longer file is left unread.
MAX_ROBOTS_BYTES = 512 * 1024
# Where even robots.txt meets these, the page would too, and the plain reason says more than "robots-unreachable".
SAME_FOR_PAGE: frozenset[Reason] = frozenset(
    (
        "dns",
        "private-address",
        "refused",
        "unreachable",
        "tls",
        "timeout-connect",
        "timeout-read",
        "timeout-total",
        "disconnected",
        "protocol",
        "bad-url",
        "host-paused",
    )
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a page may be asked for; ``reason`` says why not, ``crawl_delay`` is what the file wishes."""

    is_allowed: bool
    reason: Reason | None = None
    detail: str = ""
    crawl_delay: float | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class _Rules:
    """What is known of one origin until ``expires_at``: rules, or the failure that stands for them."""

    expires_at: float
    rules: Protego | None
    failure: FetchFailed | None = None


class RobotsCache:
    """Verdicts for one user agent; ``fetch`` gets the file's URL and brings the outcome, politely."""

    def __init__(
        self,
        agent: str,
        fetch: Callable[[str], Awaitable[Outcome]],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Know no origin yet; ``agent`` is the product token."""
        self._agent = agent
        self._fetch = fetch
        self._clock = clock
        self._known: dict[str, _Rules] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def verdict(self, target: Target) -> Verdict:
        """Return whether the target may be fetched, asking its origin for robots.txt where that is due."""
        known = await self._rules(target)
        if known.failure is not None:
            return self._unreachable(known, known.failure)
        if known.rules is None:
            return Verdict(True)
        delay = known.rules.crawl_delay(self._agent)
        if known.rules.can_fetch(target.text, self._agent):
            return Verdict(True, crawl_delay=delay)
        return Verdict(False, "robots", "disallowed by robots.txt", crawl_delay=delay)

    def _unreachable(self, known: _Rules, failure: FetchFailed) -> Verdict:
        reason: Reason = failure.reason if failure.reason in SAME_FOR_PAGE else "robots-unreachable"
        left = max(0.0, known.expires_at - self._clock())
        return Verdict(False, reason, f"robots.txt: {failure.reason} {failure.detail}".strip(), retry_after=left)

    async def _rules(self, target: Target) -> _Rules:
        async with self._locks[target.origin]:
            known = self._known.get(target.origin)
            if known is None or known.expires_at <= self._clock():
                outcome = await self._fetch(f"{target.scheme}://{target.netloc}/robots.txt")
                known = self._learn(outcome, known)
                self._known[target.origin] = known
            return known

    def _learn(self, outcome: Outcome, before: _Rules | None) -> _Rules:
        """Read the outcome: 4xx means there are no rules; what is unreachable forbids all, unless rules are known."""
        now = self._clock()
        if isinstance(outcome, Fetched):
            return _Rules(now + FRESH_SECONDS, parse_robots(outcome.body))
        if isinstance(outcome, FetchFailed) and not _means_no_rules(outcome):
            stale = before.rules if before else None
            seconds = max(UNREACHABLE_SECONDS, outcome.retry_after or 0.0)
            if outcome.reason == "host-paused":
                seconds = outcome.retry_after or 0.0
            return _Rules(now + seconds, stale, None if stale else outcome)
        return _Rules(now + FRESH_SECONDS, None)


def parse_robots(body: bytes) -> Protego:
    """Return the rules of a file; what is no robots.txt at all (a page, noise) has none."""
    text = body[:MAX_ROBOTS_BYTES].decode("utf-8-sig", errors="replace").replace("\0", "")
    return Protego.parse(text)


def _means_no_rules(outcome: FetchFailed) -> bool:
    """Tell whether the file is "unavailable" in the RFC's sense or empty; 429 asks for patience, so it is neither."""
    if outcome.reason in ("too-many-redirects", "redirect-loop"):
        return True
    return outcome.status is not None and outcome.status < 500 and outcome.status != 429
