"""Trying a source: ask and read it through the guarded door, say what it gives, store nothing."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from config.settings import Settings
from extractors.feeds import PollState, Source
from extractors.model import Feed, Rejected
from extractors.topics import TopicMatcher
from flows.http import FetchFailed
from flows.intake.answers import Answer
from flows.intake.poll import ask_sources, to_listed
from warehouse.storing import Listed, LiveSource

MAX_FOUND = 5  # feeds of a page that are tried before it is given up


@dataclass(frozen=True, slots=True)
class Trial:
    """What a source gave: ``problem`` is set where it gave no listing."""

    source: Source
    problem: str | None
    kind: str | None = None
    title: str | None = None
    flaws: tuple[str, ...] = ()
    listed: tuple[Listed, ...] = ()

    @property
    def dates(self) -> list[datetime]:
        """Return the dates its entries have, in order."""
        return sorted(one.entry.published.at for one in self.listed if one.entry.published)

    @property
    def wanted(self) -> list[Listed]:
        """Return the entries whose page would be fetched."""
        return [one for one in self.listed if one.is_wanted]


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """The listing behind an address that a user gave: that itself, or the first feed that its page announces."""

    url: str
    listing: Feed


def try_sources(
    sources: Sequence[Source], settings: Settings, matcher: TopicMatcher, tell: Callable[[Trial], None]
) -> int:
    """Tell of each source what it gives, in the order they answer; returns how many gave nothing."""
    return asyncio.run(_try(sources, settings, matcher, tell))


async def _try(
    sources: Sequence[Source], settings: Settings, matcher: TopicMatcher, tell: Callable[[Trial], None]
) -> int:
    n_failed = 0
    # without the state of earlier polls, so that the whole body comes
    async for group in ask_sources([LiveSource(one, PollState(one.url)) for one in sources], settings):
        for trial in (_trial(answer, matcher) for answer in group):
            tell(trial)
            n_failed += trial.problem is not None
    return n_failed


def find_feed(url: str, settings: Settings) -> FoundFeed | Rejected:
    """Return the feed or sitemap at ``url``, or the first working one that the page there announces."""
    return asyncio.run(_find(url, settings))


async def _find(url: str, settings: Settings) -> FoundFeed | Rejected:
    found = await _ask_once(url, settings)
    if isinstance(found, Rejected) or found.listing.kind != "page":
        return found
    for link in found.listing.links[:MAX_FOUND]:
        behind = await _ask_once(link, settings)
        if isinstance(behind, FoundFeed) and behind.listing.kind != "page":
            return behind
    return Rejected("no-feed", f"none of the {len(found.listing.links)} feeds that the page announces can be read")


async def _ask_once(url: str, settings: Settings) -> FoundFeed | Rejected:
    live = LiveSource(Source("trial", url), PollState(url))
    answers = [one async for group in ask_sources([live], settings, follows=False) for one in group]
    outcome, listing = answers[0].outcome, answers[0].listing
    if isinstance(outcome, FetchFailed):
        return Rejected(outcome.reason, outcome.detail)
    if not isinstance(listing, Feed):
        return listing or Rejected("unreadable", "no listing")
    return FoundFeed(outcome.permanent_url or url, listing)


def _trial(answer: Answer, matcher: TopicMatcher) -> Trial:
    source, outcome, listing = answer.live.source, answer.outcome, answer.listing
    if isinstance(outcome, FetchFailed):
        return Trial(source, f"{outcome.reason}: {outcome.detail}".rstrip(": "))
    if not isinstance(listing, Feed):
        why = listing or Rejected("unreadable", "no listing")
        return Trial(source, f"{why.reason}: {why.detail}".rstrip(": "))
    listed = tuple(to_listed(source.source_id, entry, source.topics, matcher) for entry in listing.entries)
    return Trial(source, None, listing.kind, listing.title, (*listing.flaws, *answer.failures), listed)
