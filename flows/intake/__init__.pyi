from .archive import Archive, ArchiveError
from .corpus import list_corpus, try_corpus_file
from .fetch import FetchedPages, fetch_due
from .one_page import read_address
from .pages import ReadPages, read_pages, unread_pages
from .place import Arrival, Stowed, stow
from .poll import Polled, poll_due
from .read import read_batch
from .source_trial import Trial, find_feed, try_sources
from .subscriptions import (
    changing_sources,
    configured_sources,
    describe_source,
    facts_of,
    import_sources,
    suggested_id,
    topic_names_of,
)
from .tries import WORKING_SHARE, Patience, Subject, settle, try_alone, within
from .warc import Captured, CaptureRef, Frame, Revisit, Skipped, iter_frames, read_frame
from .web import archive_folder, door_settings, reading_bounds

__all__ = [
    "WORKING_SHARE",
    "Archive",
    "ArchiveError",
    "Arrival",
    "CaptureRef",
    "Captured",
    "FetchedPages",
    "Frame",
    "Patience",
    "Polled",
    "ReadPages",
    "Revisit",
    "Skipped",
    "Stowed",
    "Subject",
    "Trial",
    "archive_folder",
    "changing_sources",
    "configured_sources",
    "describe_source",
    "door_settings",
    "facts_of",
    "fetch_due",
    "find_feed",
    "import_sources",
    "iter_frames",
    "list_corpus",
    "poll_due",
    "read_address",
    "read_batch",
    "read_frame",
    "read_pages",
    "reading_bounds",
    "settle",
    "stow",
    "suggested_id",
    "topic_names_of",
    "try_alone",
    "try_corpus_file",
    "try_sources",
    "unread_pages",
    "within",
]
