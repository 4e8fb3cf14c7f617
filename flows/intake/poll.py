"""The step from sources to entries: ask what is due, read the listings, store what is new."""

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from config.settings import Settings
from extractors.feeds import PollOutcome, PollState, asks_in_full, change_of, is_due, next_poll, read_feed, unseen
from extractors.model import Entry, Feed, Rejected
from extractors.topics import TopicMatcher
from flows.clock import utc_now
from flows.http import Conditions, Door, Fetched, FetchFailed, Outcome, Unchanged, open_door, redact
from flows.intake.web import door_settings, in_groups, reading_bounds
from flows.telling import current_progress
from flows.workers import Abandoned, run_twice
from warehouse.connection import Connection, open_writer, transaction
from warehouse.storing import (
    Listed,
    LiveSource,
    Poll,
    add_entries,
    add_polls,
    live_sources,
    renew_entries,
    save_states,
    seen_keys,
)

MAX_CHILDREN = 5  # sitemaps of an index that are read: the newest stand first
LISTINGS = ("page", "sitemap-index")


@dataclass(frozen=True, slots=True)
class Polled:
    """What polling came to: sources asked, those that failed, entries new and changed."""

    sources: int = 0
    failed: int = 0
    new: int = 0
    changed: int = 0

    def __add__(self, other: "Polled") -> "Polled":
        """Return the sum, field by field."""
        return Polled(
            self.sources + other.sources,
            self.failed + other.failed,
            self.new + other.new,
            self.changed + other.changed,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source answered, with the listings it points to in the place of a mere index of them.

    ``parts`` are the hashes of those listings: an index seldom changes when they do. ``failures`` names those that
    could not be read, and why.
    """

    live: LiveSource
    outcome: Outcome
    at: datetime
    listing: Feed | Rejected | None = None
    parts: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()


def poll_due(
    warehouse: Path, settings: Settings, matcher: TopicMatcher, *, now: datetime, only: Sequence[str] = ()
) -> Polled:
    """Poll every source that is due at ``now``, or those of ``only`` whether due or not."""
    with open_writer(warehouse) as con:
        sources = live_sources(con)
    due = [one for one in sources if one.source.source_id in only or (not only and is_due(one.state, now))]
    return asyncio.run(_poll_all(due, warehouse, settings, matcher)) if due else Polled()


async def _poll_all(due: Sequence[LiveSource], warehouse: Path, settings: Settings, matcher: TopicMatcher) -> Polled:
    total = Polled()
    async for group in ask_sources(due, settings):
        total += await asyncio.to_thread(_store, group, warehouse, matcher)
        current_progress().advance("poll", total.sources, len(due))
    return total


async def ask_sources(
    sources: Sequence[LiveSource], settings: Settings, *, follows: bool = True
) -> AsyncIterator[list[Answer]]:
    """Ask sources for their listings and read them; yields the answers as they come, in groups, and stores nothing.

    Where a page or an index of sitemaps points to listings, those are read in its place unless ``follows`` is false.
    """
    async with open_door(door_settings(settings.fetch)) as door:
        async for group in in_groups(_ask(door, live) for live in sources):
            read = await asyncio.to_thread(_read_listings, group, settings)
            yield [await _with_children(one, door, settings) for one in read] if follows else read


async def _ask(door: Door, live: LiveSource) -> Answer:
    state, at = live.state, utc_now()
    conditions = Conditions(body_hash=state.body_hash)
    if not asks_in_full(state, at):
        conditions = Conditions(state.etag, state.last_modified, state.body_hash)
    return Answer(live, await door.fetch_feed(state.url, conditions), at)


def _read_listings(answers: Sequence[Answer], settings: Settings) -> list[Answer]:
    bodies = [one for one in answers if isinstance(one.outcome, Fetched)]
    if not bodies:
        return list(answers)
    read: dict[str, Feed | Rejected] = {}
    for ended in run_twice(read_listing_bytes, bodies, bounds=reading_bounds(settings), arguments=_listing_arguments):
        key = ended.item.live.source.source_id
        read[key] = Rejected(ended.reason, ended.detail) if isinstance(ended, Abandoned) else ended.value
    return [replace(one, listing=read.get(one.live.source.source_id)) for one in answers]


def read_listing_bytes(data: bytes, url: str, content_type: str | None, now: datetime) -> Feed | Rejected:
    """Read a listing in a worker process."""
    return read_feed(data, url, content_type=content_type, now=now)


def _listing_arguments(answer: Answer) -> Sequence[Any]:
    fetched = answer.outcome
    assert isinstance(fetched, Fetched)  # noqa: S101 - chosen so by the caller
    return (fetched.body, fetched.url, fetched.header("content-type"), answer.at)


async def _with_children(answer: Answer, door: Door, settings: Settings) -> Answer:
    """Read the listings that a page or a sitemap index points to, and put their entries in its place.

    Of a page's listings the first that can be read counts: they tell the same, or the comments. Those that cannot be
    read are remembered, whatever the others gave.
    """
    listing = answer.listing
    if not isinstance(listing, Feed) or listing.kind not in LISTINGS or not listing.links:
        return answer
    found: list[Feed] = []
    parts: list[str] = []
    failures: list[str] = []
    for link in listing.links[:MAX_CHILDREN]:
        child = replace(answer, outcome=await door.fetch_feed(link), listing=None)
        (read,) = await asyncio.to_thread(_read_listings, [child], settings)
        why = _failure_of(read)
        if why is not None or not isinstance(read.listing, Feed) or not isinstance(read.outcome, Fetched):
            failures.append(f"{redact(link)} ({why})")
            continue
        found.append(read.listing)
        parts.append(read.outcome.body_hash)
        if listing.kind == "page":
            break
    if not found:
        why = f"none of {len(failures)} linked listings could be read: {', '.join(failures)}"
        return replace(answer, listing=Rejected("no-listing", why))
    entries = tuple(entry for one in found for entry in one.entries)
    merged = replace(found[0], entries=entries, flaws=listing.flaws + found[0].flaws)
    return replace(answer, listing=merged, parts=tuple(parts), failures=tuple(failures))


def _failure_of(child: Answer) -> str | None:
    """Return why a linked listing gave nothing; None where it is one."""
    if isinstance(child.outcome, FetchFailed):
        return child.outcome.reason
    if isinstance(child.listing, Rejected):
        return child.listing.reason
    if not isinstance(child.listing, Feed):
        return "no-listing"
    return f"leads to a {child.listing.kind}" if child.listing.kind in LISTINGS else None


def _store(answers: Sequence[Answer], warehouse: Path, matcher: TopicMatcher) -> Polled:
    total = Polled()
    with open_writer(warehouse) as con, transaction(con):
        states, polls = [], []
        for answer in answers:
            polled, poll, state = _store_one(con, answer, matcher)
            total += polled
            polls.append(poll)
            states.append((answer.live.source.source_id, state))
        add_polls(con, polls)
        save_states(con, states)
    return total


def _store_one(con: Connection, answer: Answer, matcher: TopicMatcher) -> tuple[Polled, Poll, PollState]:
    source, listing = answer.live.source, answer.listing
    entries = listing.entries if isinstance(listing, Feed) else ()
    found = unseen(entries, seen_keys(con, source.source_id, entries))
    new = [to_listed(source.source_id, entry, source.topics, matcher) for entry in found.new]
    changed = [
        replace(to_listed(source.source_id, one.entry, source.topics, matcher), reason=one.reason)
        for one in found.changed
    ]
    add_entries(con, new, answer.at)
    renew_entries(con, changed, answer.at)
    outcome = _to_poll_outcome(answer, len(new))
    change = change_of(answer.live.state, outcome)
    poll = Poll(
        source.source_id,
        answer.at,
        change,
        outcome.status,
        outcome.error,
        len(entries),
        len(new),
        len(changed),
        listing.flaws if isinstance(listing, Feed) else (),
    )
    jitter = random.random()  # noqa: S311 - spreads polls over time, guards nothing
    state = next_poll(answer.live.state, outcome, now=answer.at, jitter=jitter)
    return Polled(1, int(change in ("error", "gone")), len(new), len(changed)), poll, state


def to_listed(source_id: str, entry: Entry, topics: Sequence[str], matcher: TopicMatcher) -> Listed:
    """Decide on an entry by its title and summary, for the topics its source is read for."""
    decided = matcher.decide_entry(entry.title, entry.summary)
    names = tuple(name for name in decided.topics if not topics or name in topics)
    is_wanted = decided.decision != "skip" and (not decided.topics or bool(names))
    reason = (
        decided.reason if is_wanted or decided.decision == "skip" else "belongs to topics the source is not read for"
    )
    if entry.url is None:
        is_wanted, reason = False, "has no address"
    return Listed(source_id, entry, decided.decision, names, reason, is_wanted)


def _to_poll_outcome(answer: Answer, n_new: int) -> PollOutcome:
    outcome, listing = answer.outcome, answer.listing
    if isinstance(outcome, FetchFailed):
        return PollOutcome(
            outcome.status,
            f"{outcome.reason}: {outcome.detail}".rstrip(": "),
            permanent_url=outcome.permanent_url,
            retry_after=None if outcome.retry_after is None else str(int(outcome.retry_after)),
        )
    shared = {
        "etag": outcome.header("etag"),
        "last_modified": outcome.header("last-modified"),
        "permanent_url": outcome.permanent_url,
        "max_age": _max_age(outcome),
    }
    if isinstance(outcome, Unchanged):
        return PollOutcome(304, body_hash=answer.live.state.body_hash, **shared)  # type: ignore[arg-type]
    if not isinstance(listing, Feed):
        why = f"{listing.reason}: {listing.detail}".rstrip(": ") if listing else "no listing"
        return PollOutcome(outcome.status, why, **shared)  # type: ignore[arg-type]
    if answer.parts:
        # Neither its validators nor its own hash say anything of the listings behind it: it is asked in full each time.
        shared |= {"etag": None, "last_modified": None}
    return PollOutcome(
        outcome.status,
        f"no-listing: {', '.join(answer.failures)}" if answer.failures else None,
        is_partial=bool(answer.failures),
        body_hash=_joint_hash(answer.parts) if answer.parts else outcome.body_hash,
        n_new=n_new,
        published=tuple(entry.published.at for entry in listing.entries if entry.published),
        ttl_minutes=listing.ttl_minutes,
        skip_hours=listing.skip_hours,
        skip_days=listing.skip_days,
        **shared,  # type: ignore[arg-type]
    )


def _joint_hash(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _max_age(outcome: Fetched | Unchanged) -> timedelta | None:
    """Return how long the server calls its answer fresh."""
    for part in (outcome.header("cache-control") or "").lower().split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.strip().isdigit():
            return timedelta(seconds=min(int(value), 10**9))
    return None
