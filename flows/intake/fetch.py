"""The step from entries to captures: fetch the pages that are due, each stored before anything reads it."""

import asyncio
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from config.settings import FetchSettings, Settings
from extractors.feeds import PagePatience, wait_for_page
from extractors.model import Rejected
from extractors.reading import next_page
from flows.clock import utc_now
from flows.http import Door, Fetched, FetchFailed, Keep, Outcome, open_door
from flows.intake.archive import Archive, ArchiveError, CaptureRef
from flows.intake.web import archive_folder, door_settings, in_groups
from flows.telling import current_progress
from flows.version import tocsin_version
from warehouse.connection import open_writer, transaction
from warehouse.storing import (
    Capture,
    CaptureEnd,
    Due,
    FetchEnd,
    Reading,
    add_captures,
    add_readings,
    due_entries,
    end_captures,
    end_fetches,
    postpone_visits,
)

MAX_FURTHER_PAGES = 7  # of one article
VISIT_AGAIN = timedelta(hours=2)  # after a visit to a growing page that failed: what was read of it stands


@dataclass(frozen=True, slots=True)
class FetchedPages:
    """What fetching came to: pages stored, pages that will be tried again, pages given up."""

    captured: int = 0
    postponed: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class PageEnd:
    """How one page ended: the responses that were stored on the way to it, and those that are its pages."""

    due: Due
    outcome: Outcome
    at: datetime
    captures: tuple[Capture, ...] = field(default=())
    pages: tuple[Capture, ...] = field(default=())

    @property
    def is_kept(self) -> bool:
        """Tell whether what came could be stored; if not, the page is as due as it was: it has done nothing wrong."""
        return not (isinstance(self.outcome, FetchFailed) and self.outcome.reason == "archive")


def fetch_due(warehouse: Path, settings: Settings, *, now: datetime) -> FetchedPages:
    """Fetch the pages that are due at ``now``, at most as many as a cycle may; the rest stays due."""
    with open_writer(warehouse) as con:
        due = due_entries(con, now, page_patience(settings.fetch).longest)[: settings.watch.max_pages]
    return asyncio.run(_fetch_all(due, warehouse, settings)) if due else FetchedPages()


def page_patience(settings: FetchSettings) -> PagePatience:
    """Return how often pages are asked for again."""
    return PagePatience(settings.max_tries, tuple(timedelta(minutes=one) for one in settings.absent_minutes))


async def _fetch_all(due: Sequence[Due], warehouse: Path, settings: Settings) -> FetchedPages:
    counts = dict.fromkeys(("captured", "pending", "failed"), 0)
    archive = Archive(
        archive_folder(warehouse),
        software=f"Tocsin/{tocsin_version()}",
        operator=settings.fetch.contact,
        rotate_bytes=settings.fetch.archive_rotate_bytes,
    )
    with archive:
        async with open_door(door_settings(settings.fetch)) as door:
            async for pages in in_groups(lambda backlog: _fetch_pages(door.behind(backlog), archive, due)):
                group = [one for one in pages if one.is_kept]
                for status in await asyncio.to_thread(_store, group, warehouse, page_patience(settings.fetch)):
                    counts[status] += 1
                current_progress().advance("fetch", sum(counts.values()), len(due))
    if archive.trouble:
        raise ArchiveError(archive.trouble)
    return FetchedPages(counts["captured"], counts["pending"], counts["failed"])


def _fetch_pages(door: Door, archive: Archive, due: Sequence[Due]) -> Iterator[Awaitable[PageEnd]]:
    return (_fetch_page(door, archive, one) for one in due)


async def _fetch_page(door: Door, archive: Archive, due: Due) -> PageEnd:
    captures: list[Capture] = []

    async def keep(fetched: Fetched) -> None:
        at = utc_now()
        ref = await asyncio.to_thread(archive.write, fetched, at=at)
        captures.append(_to_capture(due, fetched, ref, at))

    if archive.trouble:
        return PageEnd(due, _unkept(due, archive.trouble), utc_now())  # nobody is asked for what cannot be kept
    try:
        outcome = await door.fetch_page(due.url, keep)
    except ArchiveError as error:
        outcome = _unkept(due, str(error))
    pages = captures[-1:] if isinstance(outcome, Fetched) else []
    if isinstance(outcome, Fetched) and pages:
        try:
            pages += await _further_pages(door, outcome, keep, captures)
        except ArchiveError as error:
            outcome = _unkept(due, str(error))
    first = pages[0].capture_id if pages else None
    numbered = [pages[0], *(replace(one, part_of=first) for one in pages[1:])] if pages else []
    by_id = {one.capture_id: one for one in numbered}
    return PageEnd(due, outcome, utc_now(), tuple(by_id.get(one.capture_id, one) for one in captures), tuple(numbered))


async def _further_pages(door: Door, first: Fetched, keep: Keep, captures: list[Capture]) -> list[Capture]:
    """Fetch the pages on which an article goes on, within bounds; one that fails ends it."""
    pages: list[Capture] = []
    seen, last = {first.body_hash}, first
    while len(pages) < MAX_FURTHER_PAGES and (url := next_page(last.body, last.url, first.url)) is not None:
        outcome = await door.fetch_page(url, keep)
        if not isinstance(outcome, Fetched) or outcome.body_hash in seen:
            break
        seen.add(outcome.body_hash)
        pages.append(captures[-1])
        last = outcome
    return pages


def _unkept(due: Due, why: str) -> FetchFailed:
    """Return that the disk is full or gone: the page was not kept, so it counts as not fetched."""
    return FetchFailed(due.url, due.url, "archive", f"the capture could not be stored: {why}")


def _to_capture(due: Due, fetched: Fetched, ref: CaptureRef, at: datetime) -> Capture:
    return Capture(
        due.source_id,
        due.entry_id,
        fetched.url,
        fetched.requested_url,
        fetched.status,
        ref.file,
        ref.offset,
        ref.length,
        ref.digest,
        fetched.body_hash,
        at,
    )


def _store(group: Sequence[PageEnd], warehouse: Path, patience: PagePatience) -> list[str]:
    missed = [one for one in group if one.due.is_visit and not _has_page(one)]
    group = [one for one in group if one not in missed]
    ends = [_to_end(one, patience) for one in group]
    given_up = [
        Reading(one.due.source_id, one.due.url, "", Rejected(one.outcome.reason, one.outcome.detail), one.at, "fetch")
        for one, end in zip(group, ends, strict=True)
        if end.status == "failed" and isinstance(one.outcome, FetchFailed)
    ]
    with open_writer(warehouse) as con, transaction(con):
        add_captures(con, [capture for one in (*group, *missed) for capture in one.captures])
        end_captures(con, [CaptureEnd(one.capture_id, "led-on") for page in (*group, *missed) for one in _passed(page)])
        end_fetches(con, ends)
        add_readings(con, given_up)
        for page in missed:
            postpone_visits(con, [page.due.entry_id], page.at + VISIT_AGAIN)
    return [*(end.status for end in ends), *("pending" for _ in missed)]


def _has_page(page: PageEnd) -> bool:
    return isinstance(page.outcome, Fetched) and bool(page.pages)


def _passed(page: PageEnd) -> Sequence[Capture]:
    """Return the responses that are not read by themselves: those on the way, further pages, all where none came."""
    kept = page.pages[:1] if isinstance(page.outcome, Fetched) else ()
    return [one for one in page.captures if one not in kept]


def _to_end(page: PageEnd, patience: PagePatience) -> FetchEnd:
    due, outcome, at = page.due, page.outcome, page.at
    if isinstance(outcome, Fetched) and _has_page(page):
        return FetchEnd(due.entry_id, "captured", None, due.n_tries, None, page.pages[0].capture_id, at)
    reason = outcome.reason if isinstance(outcome, FetchFailed) else "protocol"
    detail = outcome.detail if isinstance(outcome, FetchFailed) else "an answer without a body"
    asked = outcome.retry_after if isinstance(outcome, FetchFailed) else None
    n_tries = due.n_tries + 1
    why = f"{reason}: {detail}".rstrip(": ")
    wait = wait_for_page(reason, n_tries, patience, asked=timedelta(seconds=asked or 0))
    if wait is None:
        return FetchEnd(due.entry_id, "failed", why, n_tries, None, None, at)
    return FetchEnd(due.entry_id, "pending", why, n_tries, at + wait, None, at)
