"""The one door to the web: polite, guarded fetching of feeds and pages, with a word in the log for each."""

import logging
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Self

from flows.clock import utc_now
from flows.http.backlog import Backlog
from flows.http.client import Client, open_client
from flows.http.conditional import Conditions
from flows.http.fetching import ACCEPT_FEED, ACCEPT_PAGE, Now, fetch
from flows.http.follow import find_follow
from flows.http.guard import AddressPolicy, Network, Resolve
from flows.http.hosts import Hosts, Politeness
from flows.http.limits import Limits
from flows.http.outcome import Failure, Fetched, FetchFailed, Outcome
from flows.http.retry import Patience, retried
from flows.http.robots import MAX_ROBOTS_BYTES, RobotsCache, Verdict
from flows.http.target import Target

logger = logging.getLogger(__name__)

Keep = Callable[[Fetched], Awaitable[None]]

# A page that sends its readers on more often than this is a trap.
MAX_FOLLOWS = 2


@dataclass(frozen=True, slots=True)
class DoorSettings:
    """How the door behaves; ``user_agent`` should say who asks and where to complain."""

    user_agent: str
    limits: Limits = field(default_factory=Limits)
    politeness: Politeness = field(default_factory=Politeness)
    patience: Patience = field(default_factory=Patience)
    allowed_networks: tuple[Network, ...] = ()
    proxy: str | None = None
    obeys_robots: bool = True

    @property
    def product(self) -> str:
        """The first word of the user agent, without its version: the name robots.txt files know."""
        return self.user_agent.split("/")[0].split()[0]


class Door:
    """Fetches over one client; all state (turns, pauses, robots.txt) lives as long as the door is open."""

    def __init__(self, client: Client, settings: DoorSettings, *, now: Now = utc_now) -> None:
        """Open for business; ``open_door`` brings the client along."""
        self._client = client
        self._settings = settings
        self._now = now
        self._hosts = Hosts(settings.politeness)
        self._robots = RobotsCache(settings.product, self._fetch_robots)
        self._backlog: Backlog | None = None

    def behind(self, backlog: Backlog) -> Self:
        """Return this door, with the same turns and pauses, for requests that wait while ``backlog`` is full."""
        other = copy(self)
        other._backlog = backlog  # noqa: SLF001 - one of us
        return other

    async def fetch_feed(self, url: str, conditions: Conditions = Conditions()) -> Outcome:  # noqa: B008 - frozen
        """Return what a source lists, or that it has not changed; robots.txt is for pages and not asked."""
        return await self._retried(url, conditions, ACCEPT_FEED, obeys_robots=False)

    async def fetch_page(self, url: str, keep: Keep | None = None) -> Outcome:
        """Return the page, led on by meta refresh and from AMP to the article.

        ``keep`` is awaited with each response before anything reads it. An AMP page stands in for an original that
        cannot be had.
        """
        outcome = await self._kept(url, keep)
        seen = {url}
        for _ in range(MAX_FOLLOWS):
            onward = find_follow(outcome.body, outcome.url) if isinstance(outcome, Fetched) else None
            if onward is None or onward.url in seen:
                break
            seen.add(onward.url)
            following = await self._kept(onward.url, keep)
            if onward.kind == "amp" and not isinstance(following, Fetched):
                break
            outcome = replace(following, requested_url=outcome.requested_url)
        return outcome

    async def _kept(self, url: str, keep: Keep | None) -> Outcome:
        outcome = await self._retried(url, Conditions(), ACCEPT_PAGE, obeys_robots=self._settings.obeys_robots)
        if keep is not None and isinstance(outcome, Fetched):
            await keep(outcome)
        return outcome

    async def _retried(self, url: str, conditions: Conditions, accept: str, *, obeys_robots: bool) -> Outcome:
        async def attempt() -> Outcome:
            return await self._fetch(url, conditions, accept, self._settings.limits, obeys_robots=obeys_robots)

        outcome = await retried(attempt, self._settings.patience)
        _log(outcome)
        return outcome

    async def _fetch_robots(self, url: str) -> Outcome:
        limits = replace(self._settings.limits, max_body_bytes=4 * MAX_ROBOTS_BYTES, max_redirects=5)
        return await self._fetch(url, Conditions(), "text/plain,*/*;q=0.5", limits, obeys_robots=False)

    async def _fetch(
        self, url: str, conditions: Conditions, accept: str, limits: Limits, *, obeys_robots: bool
    ) -> Outcome:
        last: list[Target] = []

        @asynccontextmanager
        async def gate(target: Target, is_redirect: bool) -> AsyncIterator[None]:
            if obeys_robots:
                self._judge(target, await self._robots.verdict(target))
            async with self._hosts.turn(
                target.site, is_redirect=is_redirect and target.site == last[0].site, backlog=self._backlog
            ):
                last[:] = [target]
                yield

        outcome = await fetch(
            self._client, url, limits=limits, conditions=conditions, accept=accept, gate=gate, now=self._now
        )
        # What a host is blamed for is what it did when it was asked, not what a gate further on said.
        if last and last[0].text == outcome.url:
            self._hosts.note(last[0].site, outcome)
        return outcome

    def _judge(self, target: Target, verdict: Verdict) -> None:
        if verdict.crawl_delay is not None:
            self._hosts.set_crawl_delay(target.site, verdict.crawl_delay)
        if not verdict.is_allowed:
            raise Failure(verdict.reason or "robots", verdict.detail, retry_after=verdict.retry_after)


@asynccontextmanager
async def open_door(
    settings: DoorSettings,
    *,
    now: Now = utc_now,
    resolve: Resolve | None = None,
    ssl_context: ssl.SSLContext | None = None,
) -> AsyncIterator[Door]:
    """Open the door and close its connections at the end; ``resolve`` stands in for the system's resolver."""
    async with open_client(
        user_agent=settings.user_agent,
        policy=AddressPolicy(settings.allowed_networks),
        resolve=resolve,
        proxy=settings.proxy,
        ssl_context=ssl_context,
    ) as client:
        yield Door(client, settings, now=now)


def _log(outcome: Outcome) -> None:
    result = outcome.reason if isinstance(outcome, FetchFailed) else str(outcome.status)
    size = len(outcome.body) if isinstance(outcome, Fetched) else 0
    logger.info(
        "fetch url=%s outcome=%s bytes=%d hops=%d ms=%d",
        outcome.requested_url,
        result,
        size,
        len(outcome.hops),
        round(outcome.seconds * 1000),
    )
