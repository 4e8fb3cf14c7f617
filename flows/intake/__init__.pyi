from .archive import Archive, ArchiveError
from .corpus import list_corpus, try_corpus_file
from .fetch import FetchedPages, fetch_due
from .one_page import read_address
from .pages import ReadPages, read_pages, unread_pages
from .poll import Polled, poll_due
from .read import read_batch
from .scan import Batch, scan_warc
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
from .web import archive_folder

__all__ = [
    "WORKING_SHARE",
    "Archive",
    "ArchiveError",
    "Batch",
    "FetchedPages",
    "Patience",
    "Polled",
    "ReadPages",
    "Subject",
    "Trial",
    "archive_folder",
    "changing_sources",
    "configured_sources",
    "describe_source",
    "facts_of",
    "fetch_due",
    "find_feed",
    "import_sources",
    "list_corpus",
    "poll_due",
    "read_address",
    "read_batch",
    "read_pages",
    "scan_warc",
    "settle",
    "suggested_id",
    "topic_names_of",
    "try_alone",
    "try_corpus_file",
    "try_sources",
    "unread_pages",
    "within",
]
