"""The step from a WARC file to captures: stream it, look at the raw bytes, keep what may belong to a topic."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from extractors.identity import is_fetchable
from extractors.model import Rejected
from extractors.reading import visible_words
from extractors.topics import TopicMatcher
from flows.clock import utc_now
from flows.http import Fetched
from flows.intake.archive import Archive, Captured, Skipped, iter_warc
from warehouse.storing import Capture, Reading

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/octet-stream")
# What a body that was decoded here no longer is.
UNDONE = frozenset(("content-encoding", "transfer-encoding", "x-crawler-transfer-encoding", "content-length"))
RECORDS = 2000  # looked through before what was found among them is stored, so that a kill loses little


@dataclass(slots=True)
class Batch:
    """What some records of a file came to; ``offset`` is where the last one began."""

    responses: int = 0
    offset: int = 0
    captures: list[Capture] = field(default_factory=list)
    damaged: list[Reading] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        """Tell whether there is nothing to store."""
        return not self.captures and not self.damaged


def scan_warc(
    path: Path, source_id: str, matcher: TopicMatcher, archive: Archive, known: set[tuple[str, str]], *, limit: int
) -> Iterator[Batch]:
    """Yield what is worth reading in a file, at most ``limit`` pages at a time; raises ``ArchiveError``.

    ``known`` holds address and body hash of what was kept before; what is kept now is added. A record that can be
    reached by its offset is read where it lies. In a file that is compressed as a whole none can: there the page is
    copied into ``archive``.
    """
    batch = Batch()
    now = utc_now()
    for number, record in enumerate(iter_warc(path), 1):
        if isinstance(record, Skipped):
            batch.damaged += [] if record.reason == "revisit" else [_damaged(path, source_id, record, now)]
            batch.offset = max(batch.offset, record.offset)
        else:
            batch.responses += 1
            batch.offset = max(batch.offset, record.ref.offset)
            body_hash = hashlib.sha256(record.body).hexdigest()
            if (record.url, body_hash) not in known and is_candidate(record, matcher):
                known.add((record.url, body_hash))
                batch.captures.append(_capture(path, source_id, record, body_hash, archive, now))
        if len(batch.captures) >= limit or number % RECORDS == 0:
            yield batch
            batch = Batch(offset=batch.offset)
    yield batch


def is_candidate(record: Captured, matcher: TopicMatcher) -> bool:
    """Tell from a response as it was stored whether its page can belong to a topic."""
    kind = (record.header("content-type") or PAGE_TYPES[0]).partition(";")[0].strip().lower()
    return (
        record.status == 200
        and not record.is_revisit
        and kind in PAGE_TYPES
        and is_fetchable(record.url)
        and _may_match(record, matcher)
    )


def _may_match(record: Captured, matcher: TopicMatcher) -> bool:
    """Tell whether a page can belong to a topic; what cannot be told here is left to the reader, who says why."""
    words = visible_words(record.body, record.header("content-type"))
    return isinstance(words, Rejected) or matcher.may_match(words.titles, words.texts)


def _capture(path: Path, source_id: str, record: Captured, body_hash: str, archive: Archive, now: datetime) -> Capture:
    at = min(record.captured_at or datetime.fromtimestamp(path.stat().st_mtime, UTC), now)
    ref = record.ref
    place = replace(ref, file=str(path)) if ref.length else archive.write(_decoded(record, body_hash), at=at)
    return Capture(
        source_id, None, record.url, record.url, record.status, place.file, place.offset, place.length, place.digest,
        body_hash, at,
    )  # fmt: skip


def _decoded(record: Captured, body_hash: str) -> Fetched:
    """Return the response as if it had come without any coding."""
    headers = tuple((name, value) for name, value in record.headers if name.lower() not in UNDONE)
    return Fetched(record.url, record.url, record.status, "OK", headers, (), record.body, record.body, body_hash)


def _damaged(path: Path, source_id: str, skipped: Skipped, at: datetime) -> Reading:
    location = f"{path.name}:{skipped.offset}"
    return Reading(source_id, location, "", Rejected(f"record-{skipped.reason}", skipped.detail), at, stage="scan")
