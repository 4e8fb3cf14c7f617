"""Listings that a listing points to: announced feeds, the sitemaps of an index, the further pages of a feed."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from config.settings import Settings
from extractors.feeds import Part, choose_parts
from extractors.model import Entry, Feed, Rejected
from flows.http import Conditions, Door, Fetched, FetchFailed, Unchanged, redact
from flows.intake.answers import Answer, ReadPart, read_listings

MAX_ANNOUNCED = 5  # feeds of a page that are tried
MAX_NESTED = 8  # sitemaps read in one poll where an index lists further indexes
MAX_PAGES = 5  # of a feed that goes on, read while all that they list is new
LISTINGS = ("page", "sitemap-index")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of sources beforehand: their parts, and whether any of some entries was listed before."""

    parts: Mapping[str, Mapping[str, Part]]
    has_seen: Callable[[str, Sequence[Entry]], bool]


NOTHING_KNOWN = Known({}, lambda _source_id, _entries: True)


async def with_linked(answer: Answer, door: Door, settings: Settings, known: Known) -> Answer:
    """Return the answer with the entries of the listings it points to in its place, or added to its own.

    Those that cannot be read are remembered, whatever the others gave.
    """
    listing = answer.listing
    if not isinstance(listing, Feed):
        return answer
    if listing.kind == "page" and listing.links:
        return await _with_announced(answer, listing, door, settings)
    if listing.kind == "sitemap-index":
        return await _with_parts(answer, listing, door, settings, known.parts.get(answer.live.source.source_id, {}))
    return await _with_pages(answer, listing, door, settings, known)


async def _with_announced(answer: Answer, listing: Feed, door: Door, settings: Settings) -> Answer:
    """Read the first of a page's feeds that can be read: they tell the same, or the comments."""
    failures: list[str] = []
    for link in listing.links[:MAX_ANNOUNCED]:
        read = await _ask(answer, link, Conditions(), door, settings)
        why = _failure_of(read)
        if why is None and isinstance(read.listing, Feed) and isinstance(read.outcome, Fetched):
            merged = replace(read.listing, flaws=listing.flaws + read.listing.flaws)
            return replace(answer, listing=merged, parts=(read.outcome.body_hash,), failures=tuple(failures))
        failures.append(f"{redact(link)} ({why})")
    return _without_listing(answer, failures)


async def _with_parts(
    answer: Answer, listing: Feed, door: Door, settings: Settings, known: Mapping[str, Part]
) -> Answer:
    """Read the sitemaps of an index whose turn it is; those of an index inside it come with them."""
    queue = [(part, 0) for part in choose_parts(listing.links, listing.link_dates, known, now=answer.at)]
    found: list[Feed] = []
    parts: list[str] = []
    failures: list[str] = []
    read_parts: list[ReadPart] = []
    while queue and len(read_parts) < MAX_NESTED:
        part, depth = queue.pop(0)
        read = await _ask(answer, part.url, _conditions(part, known.get(part.url)), door, settings)
        child, outcome = read.listing, read.outcome
        if isinstance(outcome, Unchanged):
            read_parts.append(ReadPart(replace(part, read_at=answer.at, n_errors=0)))
        elif isinstance(child, Feed) and isinstance(outcome, Fetched) and child.kind == "sitemap-index" and not depth:
            read_parts.append(ReadPart(replace(part, kind=child.kind, read_at=answer.at, n_errors=0)))
            queue += [(one, 1) for one in choose_parts(child.links, child.link_dates, known, now=answer.at)]
        elif isinstance(child, Feed) and isinstance(outcome, Fetched) and child.kind not in LISTINGS:
            read_parts.append(_read_part(part, child, outcome, answer))
            found.append(child)
            parts.append(outcome.body_hash)
        else:
            failures.append(f"{redact(part.url)} ({_failure_of(read)})")
            read_parts.append(ReadPart(replace(part, read_at=answer.at, n_errors=part.n_errors + 1)))
    answer = replace(answer, read_parts=tuple(read_parts), is_index=True)
    if failures and len(failures) == len(read_parts):
        return _without_listing(answer, failures)
    entries = tuple(entry for one in found for entry in one.entries)
    flaws = listing.flaws + tuple(dict.fromkeys(flaw for one in found for flaw in one.flaws))
    merged = replace(found[0] if found else Feed("sitemap", ()), entries=entries, flaws=flaws)
    return replace(answer, listing=merged, parts=tuple(parts), failures=tuple(failures))


def _conditions(part: Part, before: Part | None) -> Conditions:
    """Ask for a change only; where the index says that there is one, no validator is believed."""
    if before is None or part.n_errors or part.kind != "sitemap":
        return Conditions()
    is_dated_anew = part.changed_at is not None and part.changed_at != before.changed_at
    return (
        Conditions(body_hash=part.body_hash)
        if is_dated_anew
        else Conditions(part.etag, part.last_modified, part.body_hash)
    )


def _read_part(part: Part, child: Feed, outcome: Fetched, answer: Answer) -> ReadPart:
    known = replace(
        part,
        kind="sitemap",
        read_at=answer.at,
        etag=outcome.header("etag"),
        last_modified=outcome.header("last-modified"),
        body_hash=outcome.body_hash,
        n_errors=0,
    )
    return ReadPart(known, frozenset(entry.guid for entry in child.entries))


async def _with_pages(answer: Answer, listing: Feed, door: Door, settings: Settings, known: Known) -> Answer:
    """Read on where a feed has further pages and all of this one is new: what came before may stand there."""
    asked = {answer.outcome.url}
    last, entries, failures = listing, listing.entries, []
    while last.next_url and last.next_url not in asked and len(asked) < MAX_PAGES:
        if urlsplit(last.next_url).hostname != urlsplit(answer.outcome.url).hostname:
            break
        if not last.entries or await asyncio.to_thread(known.has_seen, answer.live.source.source_id, last.entries):
            break
        asked.add(last.next_url)
        read = await _ask(answer, last.next_url, Conditions(), door, settings)
        if (why := _failure_of(read)) is not None or not isinstance(read.listing, Feed):
            failures.append(f"{redact(last.next_url)} ({why})")
            break
        last = read.listing
        entries += last.entries
    return replace(answer, listing=replace(listing, entries=entries), failures=tuple(failures))


async def _ask(answer: Answer, url: str, conditions: Conditions, door: Door, settings: Settings) -> Answer:
    child = replace(answer, outcome=await door.fetch_feed(url, conditions), listing=None)
    (read,) = await asyncio.to_thread(read_listings, [child], settings)
    return read


def _without_listing(answer: Answer, failures: Sequence[str]) -> Answer:
    why = f"none of {len(failures)} linked listings could be read: {', '.join(failures)}"
    return replace(answer, listing=Rejected("no-listing", why))


def _failure_of(child: Answer) -> str | None:
    """Return why a linked listing gave nothing; None where it is one."""
    if isinstance(child.outcome, FetchFailed):
        return child.outcome.reason
    if isinstance(child.listing, Rejected):
        return child.listing.reason
    if not isinstance(child.listing, Feed):
        return "no-listing"
    return f"leads to a {child.listing.kind}" if child.listing.kind in LISTINGS else None
