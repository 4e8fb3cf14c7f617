"""One URL, asked for once: redirects followed by hand, every bound kept, every end a value.

It stands on h11 and asyncio's streams: pinned addresses, raw bytes and bounded decoding are what is needed here; a
client's pool, cookie store, environment proxies, own redirects and own decoding would have to be switched off.
"""

import hashlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from flows.clock import utc_now
from flows.http.body import ACCEPT_ENCODING
from flows.http.client import Client
from flows.http.conditional import Conditions, parse_retry_after
from flows.http.cookies import CookieTin
from flows.http.exchange import WITH_BODY, Answer, exchange
from flows.http.limits import Limits
from flows.http.outcome import Failure, Fetched, FetchFailed, Headers, Hop, Outcome, Reason, Unchanged, find_header
from flows.http.target import Target, redact

Gate: TypeAlias = Callable[[Target, bool], AbstractAsyncContextManager[None]]
Now: TypeAlias = Callable[[], datetime]

ACCEPT_PAGE = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
ACCEPT_FEED = (
    "application/atom+xml,application/rss+xml,application/feed+json,application/rdf+xml;q=0.9,"
    "application/xml;q=0.8,text/xml;q=0.8,text/html;q=0.5,*/*;q=0.4"
)
PERMANENT = (301, 308)
REDIRECTS = (301, 302, 303, 307, 308)
NAMED_STATUS: dict[int, Reason] = {
    401: "http-401",
    402: "http-402",
    403: "http-403",
    404: "http-404",
    410: "http-410",
    429: "http-429",
    451: "http-451",
}


@asynccontextmanager
async def open_gate(target: Target, is_redirect: bool) -> AsyncIterator[None]:  # noqa: ARG001
    """Let everything pass: no politeness, for one request."""
    yield


@dataclass(slots=True)
class _Chain:
    """What is remembered while redirects are followed."""

    requested_url: str
    url: str
    hops: list[Hop] = field(default_factory=list)
    permanent_url: str | None = None
    seconds: float = 0.0
    seen: set[tuple[str, str | None]] = field(default_factory=set)

    def follow(self, target: Target, status: int, location: str, limits: Limits) -> Target:
        """Return the next target; raises ``Failure`` where the chain is too long."""
        if len(self.hops) >= limits.max_redirects:
            raise Failure("too-many-redirects", f"more than {limits.max_redirects}", status=status)
        there = target.redirected(location)
        if status in PERMANENT and self.permanent_url == (self.url if self.hops else None):
            self.permanent_url = there.text
        self.hops.append(Hop(target.text, status, there.text))
        self.url = there.text
        return there

    def fetched(self, answer: Answer, body_hash: str) -> Fetched:
        """Return the document at the end of the chain."""
        return Fetched(
            requested_url=self.requested_url,
            url=self.url,
            status=answer.status,
            phrase=answer.phrase,
            headers=answer.headers,
            request_headers=answer.request_headers,
            raw_body=answer.raw_body,
            body=answer.body,
            body_hash=body_hash,
            permanent_url=self.permanent_url,
            hops=tuple(self.hops),
            seconds=self.seconds,
        )

    def unchanged(self, answer: Answer, *, is_same_body: bool) -> Unchanged:
        """Return the word that there is nothing new at the end of the chain."""
        return Unchanged(
            requested_url=self.requested_url,
            url=self.url,
            status=answer.status,
            headers=answer.headers,
            is_same_body=is_same_body,
            permanent_url=self.permanent_url,
            hops=tuple(self.hops),
            seconds=self.seconds,
        )

    def failed(self, failure: Failure) -> FetchFailed:
        """Return why the chain ended early."""
        return FetchFailed(
            requested_url=self.requested_url,
            url=self.url,
            reason=failure.reason,
            detail=failure.detail,
            status=failure.status,
            retry_after=failure.retry_after,
            permanent_url=self.permanent_url,
            hops=tuple(self.hops),
            seconds=self.seconds,
        )


async def fetch(
    client: Client,
    url: str,
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    conditions: Conditions = Conditions(),  # noqa: B008 - frozen
    accept: str = ACCEPT_PAGE,
    gate: Gate = open_gate,
    now: Now = utc_now,
) -> Outcome:
    """Return the response, ``Unchanged`` or ``FetchFailed``; raises nothing but cancellation.

    ``gate`` is entered for each hop and may wait or raise ``Failure``; the wait is not held against the total time.
    """
    chain = _Chain(redact(url), redact(url))
    try:
        return await _walk(client, url, chain, limits, conditions, accept, gate, now)
    except Failure as failure:
        return chain.failed(failure)


async def _walk(
    client: Client,
    url: str,
    chain: _Chain,
    limits: Limits,
    conditions: Conditions,
    accept: str,
    gate: Gate,
    now: Now,
) -> Fetched | Unchanged:
    """Follow the chain to its end."""
    target = Target.parse(url)
    chain.url = target.text
    tin = CookieTin()
    while True:
        cookie = tin.header(target.text)
        if (target.text, cookie) in chain.seen:
            raise Failure("redirect-loop", target.text)
        chain.seen.add((target.text, cookie))
        headers = _request_headers(client, target, accept, conditions, cookie)
        async with gate(target, bool(chain.hops)):
            answer = await _timed(client, target, headers, limits, chain)
        location = find_header(answer.headers, "location")
        if answer.status not in REDIRECTS or not location:
            return _conclude(answer, chain, conditions, now)
        tin.keep(target.text, answer.headers)
        target = chain.follow(target, answer.status, location, limits)


def _request_headers(
    client: Client, target: Target, accept: str, conditions: Conditions, cookie: str | None
) -> Headers:
    optional = (("Authorization", target.authorization), ("Cookie", cookie))
    return (
        ("Host", target.netloc),
        ("User-Agent", client.user_agent),
        ("Accept", accept),
        ("Accept-Encoding", ACCEPT_ENCODING),
        ("Accept-Language", "en,*;q=0.5"),
        ("Connection", "close"),
        *conditions.headers(),
        *((name, value) for name, value in optional if value),
    )


async def _timed(client: Client, target: Target, headers: Headers, limits: Limits, chain: _Chain) -> Answer:
    """Ask once within what is left of the total time, and count the time it took."""
    started = time.monotonic()
    try:
        return await exchange(client, target, headers, limits, limits.total_seconds - chain.seconds)
    finally:
        chain.seconds += time.monotonic() - started


def _conclude(answer: Answer, chain: _Chain, conditions: Conditions, now: Now) -> Fetched | Unchanged:
    """Make the outcome of the last answer; raises ``Failure`` where it brought no document."""
    if answer.status == 304 and conditions.headers():
        return chain.unchanged(answer, is_same_body=False)
    if answer.status not in WITH_BODY:
        wait = parse_retry_after(answer.headers, now())
        raise Failure(status_reason(answer.status), answer.phrase, status=answer.status, retry_after=wait)
    body_hash = hashlib.sha256(answer.body).hexdigest()
    if body_hash == conditions.body_hash:
        return chain.unchanged(answer, is_same_body=True)
    return chain.fetched(answer, body_hash)


def status_reason(status: int) -> Reason:
    """Return the word for a status that brings no document."""
    if status in NAMED_STATUS:
        return NAMED_STATUS[status]
    if 400 <= status < 500:
        return "http-4xx"
    return "http-5xx" if 500 <= status < 600 else "http-other"
