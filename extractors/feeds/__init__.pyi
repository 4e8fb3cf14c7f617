from .listing import read_feed
from .novelty import EntryKeys, SeenKeys, entry_keys, unseen
from .opml import free_id, read_opml, write_opml
from .page_tries import PagePatience, wait_for_page
from .parts import Part, choose_parts
from .schedule import DEFAULT_BOUNDS, IntervalBounds, PollOutcome, PollState, asks_in_full, change_of, is_due, next_poll
from .sources import Source, SourceKind, Standing, TextTerms

__all__ = [
    "DEFAULT_BOUNDS",
    "EntryKeys",
    "IntervalBounds",
    "PagePatience",
    "Part",
    "PollOutcome",
    "PollState",
    "SeenKeys",
    "Source",
    "SourceKind",
    "Standing",
    "TextTerms",
    "asks_in_full",
    "change_of",
    "choose_parts",
    "entry_keys",
    "free_id",
    "is_due",
    "next_poll",
    "read_feed",
    "read_opml",
    "unseen",
    "wait_for_page",
    "write_opml",
]
