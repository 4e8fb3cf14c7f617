"""What worker processes are asked to do: read one listing, page, capture or file.

A worker finds its function by name, which imports its module with all that it imports: so this one has what reading
needs and nothing else, and the process that workers are forked from has it ready.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from config.sidecar import ArticleFacts
from extractors.feeds import read_feed
from extractors.model import Article, Feed, Rejected
from extractors.reading import join_pages, read_html
from flows.intake.corpus import ReadFile, read_corpus_file
from flows.intake.warc import ArchiveError, CaptureRef, read_capture
from flows.workers import UnavailableError


def read_listing_bytes(data: bytes, url: str, content_type: str | None, now: datetime) -> Feed | Rejected:
    """Read a listing."""
    return read_feed(data, url, content_type=content_type, now=now)


def read_fetched(data: bytes, url: str, headers: dict[str, str], now: datetime) -> Article | Rejected:
    """Read a page."""
    return read_html(data, url, headers, now=now)


def read_guarded_file(folder: Path, location: str, facts: ArticleFacts | None, max_bytes: int) -> ReadFile:
    """Read one file of a corpus."""
    return read_corpus_file(folder, location, facts, max_bytes=max_bytes)


def read_archived(
    folder: Path, ref: CaptureRef, now: datetime, further: Sequence[CaptureRef] = ()
) -> Article | Rejected:
    """Read one article from the WARC records of its pages."""
    article = _read_record(folder, ref, now)
    if isinstance(article, Rejected) or not further:
        return article
    return join_pages(article, [_read_record(folder, one, now) for one in further])


def _read_record(folder: Path, ref: CaptureRef, now: datetime) -> Article | Rejected:
    try:
        captured = read_capture(folder, ref)
    except ArchiveError as error:
        raise UnavailableError(str(error)) from error
    return read_html(captured.body, captured.url, dict(captured.headers), now=now)
