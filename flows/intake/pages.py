"""The step from captures to articles: read pages in guarded processes, keep what belongs to a topic."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from config.settings import Settings
from extractors.identity import canonical_url, site_key
from extractors.model import Article, Rejected
from extractors.reading import with_entry
from extractors.topics import TopicMatch, TopicMatcher
from flows.intake.in_workers import read_archived
from flows.intake.own_words import read_feed_words
from flows.intake.place import Arrival, Stowed, stow
from flows.intake.tries import GAVE_UP, WORKING_SHARE, Patience, Subject, settle, within
from flows.intake.warc import CaptureRef
from flows.intake.web import reading_bounds
from flows.workers import Abandoned, run_guarded
from warehouse.connection import open_writer, transaction
from warehouse.storing import (
    CaptureEnd,
    ReadEnd,
    Reading,
    Stored,
    Try,
    UnreadCapture,
    clear_tries,
    count_unread,
    end_captures,
    end_readings,
    outlets_by_site,
    save_tries,
    unread_captures,
)


@dataclass(frozen=True, slots=True)
class ReadPages:
    """What a batch came to: captures that were read, those to be tried again, and how much was new."""

    captures: int
    postponed: int
    stored: Stored


def unread_pages(warehouse: Path, *, now: datetime, is_backfill: bool = False) -> int:
    """Return how many captures are to be read."""
    with open_writer(warehouse) as con:
        return count_unread(con, now, is_backfill=is_backfill)


def read_pages(
    warehouse: Path,
    archive: Path,
    settings: Settings,
    matcher: TopicMatcher,
    *,
    now: datetime,
    limit: int,
    is_backfill: bool = False,
) -> ReadPages:
    """Read the earliest captures that wait and store what they came to: those fetched, or those of WARC files.

    Those that failed before come last, one at a time. What there was no time for still waits.
    """
    with open_writer(warehouse) as con:
        waiting = unread_captures(con, limit, now, is_backfill=is_backfill)
        outlets = outlets_by_site(con) if is_backfill else {}
    waiting = [replace(one, outlet=one.outlet or outlets.get(site_key(one.capture.url))) for one in waiting]
    outcomes = _read_all(waiting, archive, settings, now)
    tries = {one.subject_id: one for one in outcomes.values() if isinstance(one, Try)}
    ended = {key: outcome for key, outcome in outcomes.items() if not isinstance(outcome, Try)}
    # A page that several sources list is read when it could be read for each of them.
    kept_back = {one.capture_id for one in waiting if one.key not in ended}
    read = [(one, ended[one.key]) for one in waiting if one.capture_id not in kept_back]
    arrivals = [_arrival(one, outcome, matcher, _seen_at(one, outcome, now)) for one, outcome in read]
    with open_writer(warehouse) as con, transaction(con):
        stowed = stow(con, arrivals)
        ends = [_end(one, arrival, stowed) for (one, _), arrival in zip(read, arrivals, strict=True)]
        end_captures(con, [end for end, _ in ends])
        end_readings(con, [end for _, end in ends if end is not None])
        clear_tries(con, [one.capture_id for one, _ in read])
        save_tries(con, list(tries.values()))
    stored = stowed.stored
    if not is_backfill:
        words = read_feed_words(warehouse, matcher, now=now, limit=limit)
        stored = Stored(stored.articles + words.articles, stored.copies + words.copies, stored.rejections)
    return ReadPages(len({one.capture_id for one, _ in read}), len(tries), stored)


def _clock(one: UnreadCapture, now: datetime) -> datetime:
    """Return when the page was seen: now, or when its crawl captured it."""
    return min(one.capture.captured_at, now) if one.capture.is_backfilled else now


def _seen_at(one: UnreadCapture, outcome: Article | Rejected, now: datetime) -> datetime:
    """Return the clock for a page; what is given up is news of today, whenever the page was captured."""
    return now if isinstance(outcome, Rejected) and outcome.reason == GAVE_UP else _clock(one, now)


def _read_all(
    waiting: Sequence[UnreadCapture], archive: Path, settings: Settings, now: datetime
) -> dict[str, Article | Rejected | Try]:
    """Return what became of each capture that there was time for."""

    def arguments(one: UnreadCapture) -> Sequence[Any]:
        place = one.capture
        further = tuple(CaptureRef(*each) for each in one.further)
        return (archive, CaptureRef(place.file, place.offset, place.length, place.digest), _clock(one, now), further)

    bounds = reading_bounds(settings)
    is_alone = any(one.is_suspect for one in waiting)
    clock_seconds = bounds.clock_seconds(bounds.seconds)
    in_time = within(waiting, WORKING_SHARE * settings.batches.timeout_seconds, lambda _one: clock_seconds)
    found: dict[str, Article | Rejected | Try] = {}
    for ended in run_guarded(
        read_archived, in_time, bounds=bounds.alone if is_alone else bounds, arguments=arguments, in_order=False
    ):
        one = ended.item
        if isinstance(ended, Abandoned):
            subject = Subject("read", one.capture_id, one.capture.url, one.n_tries)
            patience = Patience(1, settings.read.page_tries)
            found[one.key] = settle(ended, subject, patience, is_alone=is_alone, now=now)
        else:
            found[one.key] = ended.value
    return found


def _arrival(one: UnreadCapture, outcome: Article | Rejected, matcher: TopicMatcher, now: datetime) -> Arrival:
    topics: dict[str, float] = {}
    url = canonical_url(one.capture.url)
    if isinstance(outcome, Article):
        outcome = with_entry(replace(outcome, outlet=one.outlet or outcome.outlet, issuer=one.issuer), one.entry)
        url = canonical_url(outcome.url or one.capture.url)
        topics = {
            match.topic: match.score for match in _wanted(matcher.decide_article(outcome.title, outcome.text), one)
        }
        if not topics:
            outcome = Rejected("off-topic", "its full text belongs to no topic")
    location = one.capture.url if isinstance(outcome, Rejected) else url
    reading = Reading(one.capture.source_id, location, one.capture.body_hash, outcome, now)
    return Arrival(one.key, reading, url if isinstance(outcome, Article) else None, topics, one.capture.entry_id)


def _wanted(matches: Sequence[TopicMatch], one: UnreadCapture) -> list[TopicMatch]:
    return [match for match in matches if not one.source_topics or match.topic in one.source_topics]


def _end(one: UnreadCapture, arrival: Arrival, stowed: Stowed) -> tuple[CaptureEnd, ReadEnd | None]:
    outcome = arrival.reading.outcome
    entry_id = one.capture.entry_id
    if isinstance(outcome, Rejected):
        why = f"{outcome.reason}: {outcome.detail}".rstrip(": ")
        ended = ReadEnd(entry_id, "rejected", why, None) if entry_id else None
        return CaptureEnd(one.capture_id, outcome.reason), ended
    place, text_id = stowed.places[one.key], stowed.text_ids[one.key]
    article_id = None if place.kind == "ignored" else place.original or text_id
    ended = ReadEnd(entry_id, "read", place.kind, article_id) if entry_id else None
    return CaptureEnd(one.capture_id, place.kind, text_id, arrival.reading.location), ended
