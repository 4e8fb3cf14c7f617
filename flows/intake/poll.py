"""The step from sources to entries: ask what is due, read the listings, store what is new."""

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator, Awaitable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from config.settings import Settings
from extractors.feeds import Part, PollOutcome, PollState, SeenKeys, asks_in_full, change_of, is_due, next_poll, unseen
from extractors.model import Entry, Feed
from extractors.topics import TopicMatcher
from flows.clock import utc_now
from flows.http import Conditions, Door, Fetched, FetchFailed, Unchanged, open_door
from flows.intake.answers import Answer, read_listings
from flows.intake.linked import NOTHING_KNOWN, Known, with_linked
from flows.intake.web import door_settings, in_groups
from flows.telling import current_progress
from warehouse.connection import open_writer, transaction
from warehouse.storing import (
    Listed,
    LiveSource,
    Poll,
    add_entries,
    add_polls,
    known_parts,
    live_sources,
    renew_entries,
    save_parts,
    save_states,
    seen_keys,
)


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


def poll_due(
    warehouse: Path, settings: Settings, matcher: TopicMatcher, *, now: datetime, only: Sequence[str] = ()
) -> Polled:
    """Poll every source that is due at ``now``, or those of ``only`` whether due or not."""
    with open_writer(warehouse) as con:
        sources = live_sources(con)
        parts = known_parts(con, [one.source.source_id for one in sources])
    due = [one for one in sources if one.source.source_id in only or (not only and is_due(one.state, now))]
    known = Known(parts, partial(_has_seen, warehouse))
    return asyncio.run(_poll_all(due, warehouse, settings, matcher, known)) if due else Polled()


def _has_seen(warehouse: Path, source_id: str, entries: Sequence[Entry]) -> bool:
    """Tell whether the source has listed any of these entries before."""
    with open_writer(warehouse) as con:
        return len(unseen(entries, seen_keys(con, {source_id: entries})[source_id]).new) < len(entries)


async def _poll_all(
    due: Sequence[LiveSource], warehouse: Path, settings: Settings, matcher: TopicMatcher, known: Known
) -> Polled:
    total = Polled()
    async for group in ask_sources(due, settings, known=known):
        total += await asyncio.to_thread(_store, group, warehouse, matcher)
        current_progress().advance("poll", total.sources, len(due))
    return total


async def ask_sources(
    sources: Sequence[LiveSource], settings: Settings, *, follows: bool = True, known: Known = NOTHING_KNOWN
) -> AsyncIterator[list[Answer]]:
    """Ask sources for their listings and read them; yields the answers as they come, in groups, and stores nothing.

    Where a page or an index of sitemaps points to listings, those are read in its place unless ``follows`` is false.
    """
    async with open_door(door_settings(settings.fetch)) as door:
        async for group in in_groups(lambda backlog: _ask_all(door.behind(backlog), sources), _has_body):
            read = await asyncio.to_thread(read_listings, group, settings)
            yield [await with_linked(one, door, settings, known) for one in read] if follows else read


def _has_body(answer: Answer) -> bool:
    return isinstance(answer.outcome, Fetched)


def _ask_all(door: Door, sources: Sequence[LiveSource]) -> Iterator[Awaitable[Answer]]:
    return (_ask(door, live) for live in sources)


async def _ask(door: Door, live: LiveSource) -> Answer:
    state, at = live.state, utc_now()
    conditions = Conditions(body_hash=state.body_hash)
    if not asks_in_full(state, at):
        conditions = Conditions(state.etag, state.last_modified, state.body_hash)
    return Answer(live, await door.fetch_feed(state.url, conditions), at)


def _store(answers: Sequence[Answer], warehouse: Path, matcher: TopicMatcher) -> Polled:
    with open_writer(warehouse) as con, transaction(con):
        seen = seen_keys(con, {one.live.source.source_id: _entries(one) for one in answers})
        found = [_settle(one, seen[one.live.source.source_id], matcher) for one in answers]
        add_entries(con, [(entry, one.poll.polled_at) for one in found for entry in one.new])
        renew_entries(con, [(entry, one.poll.polled_at) for one in found for entry in one.changed])
        add_polls(con, [one.poll for one in found])
        save_states(con, [(one.poll.source_id, one.state) for one in found])
        save_parts(con, {one.poll.source_id: one.parts for one in found})
    return sum((one.polled for one in found), Polled())


def _entries(answer: Answer) -> Sequence[Entry]:
    return answer.listing.entries if isinstance(answer.listing, Feed) else ()


@dataclass(frozen=True, slots=True)
class _Settled:
    """What an answer came to: what is stored of it."""

    poll: Poll
    state: PollState
    new: Sequence[Listed]
    changed: Sequence[Listed]
    parts: Sequence[Part]

    @property
    def polled(self) -> Polled:
        """What it counts for."""
        return Polled(1, int(self.poll.outcome in ("error", "gone")), len(self.new), len(self.changed))


def _settle(answer: Answer, seen: SeenKeys, matcher: TopicMatcher) -> _Settled:
    source, listing, entries = answer.live.source, answer.listing, _entries(answer)
    found = unseen(entries, seen)
    new = [to_listed(source.source_id, entry, source.topics, matcher) for entry in found.new]
    changed = [
        replace(to_listed(source.source_id, one.entry, source.topics, matcher), reason=one.reason)
        for one in found.changed
    ]
    outcome = _to_poll_outcome(answer, len(new))
    poll = Poll(
        source.source_id,
        answer.at,
        change_of(answer.live.state, outcome),
        outcome.status,
        outcome.error,
        len(entries),
        len(new),
        len(changed),
        listing.flaws if isinstance(listing, Feed) else (),
    )
    jitter = random.random()  # noqa: S311 - spreads polls over time, guards nothing
    state = next_poll(answer.live.state, outcome, now=answer.at, jitter=jitter)
    guids = {one.entry.guid for one in new}
    parts = [replace(one.part, new_at=answer.at) if one.guids & guids else one.part for one in answer.read_parts]
    return _Settled(poll, state, new, changed, parts)


def _text_of(entry: Entry) -> str | None:
    """Return all that the entry says: its full text where it has one, with a summary that is not its beginning."""
    if not entry.content or not entry.summary:
        return entry.content or entry.summary
    return entry.content if entry.content.startswith(entry.summary[:80]) else f"{entry.summary}\n\n{entry.content}"


def to_listed(source_id: str, entry: Entry, topics: Sequence[str], matcher: TopicMatcher) -> Listed:
    """Decide on an entry by its title, summary and text, for the topics its source is read for."""
    decided = matcher.decide_entry(entry.title, _text_of(entry))
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
    if answer.parts or answer.is_index:
        # Neither its validators nor its own hash say anything of the listings behind it: it is asked in full each time.
        shared |= {"etag": None, "last_modified": None}
    return PollOutcome(
        outcome.status,
        f"no-listing: {', '.join(answer.failures)}" if answer.failures else None,
        is_partial=bool(answer.failures),
        body_hash=_body_hash(answer, outcome),
        n_new=n_new,
        published=tuple(entry.published.at for entry in listing.entries if entry.published),
        ttl_minutes=listing.ttl_minutes,
        skip_hours=listing.skip_hours,
        skip_days=listing.skip_days,
        **shared,  # type: ignore[arg-type]
    )


def _body_hash(answer: Answer, outcome: Fetched) -> str | None:
    """Return what is remembered of a body: that of the listings behind it; where none of them changed, as before."""
    if answer.parts:
        return hashlib.sha256("\n".join(answer.parts).encode()).hexdigest()
    return answer.live.state.body_hash if answer.is_index else outcome.body_hash


def _max_age(outcome: Fetched | Unchanged) -> timedelta | None:
    """Return how long the server calls its answer fresh."""
    for part in (outcome.header("cache-control") or "").lower().split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.strip().isdigit():
            return timedelta(seconds=min(int(value), 10**9))
    return None
