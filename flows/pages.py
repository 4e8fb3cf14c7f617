"""The step from captures to articles: read pages in guarded processes, keep what belongs to a topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.settings import Settings
from extractors.article import read_html
from extractors.completion import with_entry
from extractors.model import Article, Rejected
from extractors.placing import Place
from extractors.topics import TopicMatch, TopicMatcher
from extractors.urls import canonical_url, site_key
from flows.archive import ArchiveError, CaptureRef, read_capture
from flows.guarded import Abandoned, run_guarded
from flows.place import Arrival, stow
from flows.web import reading_bounds
from warehouse.articles import Reading, Stored
from warehouse.captures import CaptureEnd, UnreadCapture, count_unread, end_captures, unread_captures
from warehouse.connection import open_writer, transaction
from warehouse.listings import ReadEnd, end_readings
from warehouse.sources import outlets_by_site


@dataclass(frozen=True, slots=True)
class ReadPages:
    """What a batch came to: how many captures were read and how much of it was new."""

    captures: int
    stored: Stored


def unread_pages(warehouse: Path, *, is_backfill: bool = False) -> int:
    """Return how many captures wait to be read."""
    with open_writer(warehouse) as con:
        return count_unread(con, is_backfill=is_backfill)


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
    """Read the earliest captures that wait and store what they came to: those fetched, or those of WARC files."""
    with open_writer(warehouse) as con:
        waiting = unread_captures(con, limit, is_backfill=is_backfill)
        outlets = outlets_by_site(con) if is_backfill else {}
    waiting = [replace(one, outlet=one.outlet or outlets.get(site_key(one.capture.url))) for one in waiting]
    outcomes = _read_all(waiting, archive, settings, now)
    arrivals = [_arrival(one, outcomes[one.capture_id], matcher, _clock(one, now)) for one in waiting]
    with open_writer(warehouse) as con, transaction(con):
        stowed = stow(con, sorted(arrivals, key=_published_at))
        ends = [_end(one, arrival, stowed.places) for one, arrival in zip(waiting, arrivals, strict=True)]
        end_captures(con, [end for end, _ in ends])
        end_readings(con, [end for _, end in ends if end is not None])
    return ReadPages(len(waiting), stowed.stored)


def _published_at(arrival: Arrival) -> datetime:
    """Sort by what the page itself says: of several copies the earliest is the article; undated ones come last."""
    outcome = arrival.reading.outcome
    published = outcome.published if isinstance(outcome, Article) else None
    return published.at if published else datetime.max.replace(tzinfo=UTC)


def read_archived(folder: Path, ref: CaptureRef, now: datetime) -> Article | Rejected:
    """Read one page from its WARC record, in a worker process."""
    try:
        captured = read_capture(folder, ref)
    except ArchiveError as error:
        return Rejected("capture-unreadable", str(error))
    return read_html(captured.body, captured.url, dict(captured.headers), now=now)


def _clock(one: UnreadCapture, now: datetime) -> datetime:
    """Return when the page was seen: now, or when its crawl captured it."""
    return min(one.capture.captured_at, now) if one.capture.is_backfilled else now


def _read_all(
    waiting: Sequence[UnreadCapture], archive: Path, settings: Settings, now: datetime
) -> dict[str, Article | Rejected]:
    def arguments(one: UnreadCapture) -> Sequence[Any]:
        place = one.capture
        return (archive, CaptureRef(place.file, place.offset, place.length, place.digest), _clock(one, now))

    found: dict[str, Article | Rejected] = {}
    for ended in run_guarded(read_archived, waiting, bounds=reading_bounds(settings.read), arguments=arguments):
        if isinstance(ended, Abandoned):
            found[ended.item.capture_id] = Rejected(ended.reason, ended.detail)
        else:
            found[ended.item.capture_id] = ended.value
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
    return Arrival(one.capture_id, reading, url if isinstance(outcome, Article) else None, topics)


def _wanted(matches: Sequence[TopicMatch], one: UnreadCapture) -> list[TopicMatch]:
    return [match for match in matches if not one.source_topics or match.topic in one.source_topics]


def _end(one: UnreadCapture, arrival: Arrival, places: Mapping[str, Place]) -> tuple[CaptureEnd, ReadEnd | None]:
    outcome = arrival.reading.outcome
    entry_id = one.capture.entry_id
    if isinstance(outcome, Rejected):
        why = f"{outcome.reason}: {outcome.detail}".rstrip(": ")
        ended = ReadEnd(entry_id, "rejected", why, None) if entry_id else None
        return CaptureEnd(one.capture_id, outcome.reason), ended
    place = places[one.capture_id]
    article_id = place.original or outcome.content_hash
    ended = ReadEnd(entry_id, "read", place.kind, article_id) if entry_id else None
    return CaptureEnd(one.capture_id, place.kind), ended
