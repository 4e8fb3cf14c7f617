"""What is new in a listing: by guid, then by URL, then by content; what was seen once is never new again."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal, TypeAlias

from extractors.feeds.drafts import content_digest
from extractors.model import Entry
from extractors.urls import canonical_url

MIN_IDENTIFYING_WORDS = 6  # "Morning briefing" names many items; fewer words than this identify none
MAX_REVISIONS = 8  # live pages are rewritten all day; the ninth version tells an analyst nothing new
RESTLESS_AFTER = 4  # fetches after which a page that changed every time is taken to change by itself

Reason: TypeAlias = Literal["edited", "moved"]
Revision: TypeAlias = Literal["first", "same", "revision", "ignored"]


@dataclass(frozen=True, slots=True)
class EntryKeys:
    """What identifies an entry; ``content`` includes its day, ``words`` does not. None identifies nothing."""

    guid: str
    url: str | None
    content: str | None
    words: str | None


@dataclass(frozen=True, slots=True)
class SeenKeys:
    """The keys of everything a source (``guids``) or any source (the others) has listed before."""

    guids: AbstractSet[str] = frozenset()
    urls: AbstractSet[str] = frozenset()
    contents: AbstractSet[str] = frozenset()
    words: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """A known entry that says something else: ``edited`` in place, or ``moved`` (its guid now names another page)."""

    entry: Entry
    reason: Reason


@dataclass(frozen=True, slots=True)
class Unseen:
    """New entries in the order listed, and known ones that changed: worth a fetch, never counted as new."""

    new: tuple[Entry, ...]
    changed: tuple[ChangedEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class PageHistory:
    """The texts one URL has had (content hashes, oldest first) and how often it was read."""

    hashes: tuple[str, ...] = ()
    n_fetches: int = 0
    n_changes: int = 0


def entry_keys(entry: Entry) -> EntryKeys:
    """Return the keys under which an entry is remembered."""
    n_words = len(f"{entry.title or ''} {entry.summary or ''}".split())
    is_telling = n_words >= MIN_IDENTIFYING_WORDS
    day = f"{entry.published.at:%Y-%m-%d}" if entry.published else None
    return EntryKeys(
        guid=entry.guid,
        url=canonical_url(entry.url) if entry.url else None,
        content=content_digest(entry.title, entry.summary, day) if is_telling else None,
        words=content_digest(entry.title, entry.summary) if n_words else None,
    )


def unseen(entries: Iterable[Entry], seen: SeenKeys) -> Unseen:
    """Sort a listing's entries into new, changed and known (which are left out)."""
    guids, urls, contents = set(seen.guids), set(seen.urls), set(seen.contents)
    new: list[Entry] = []
    changed: list[ChangedEntry] = []
    for entry in entries:
        keys = entry_keys(entry)
        is_known = keys.guid in guids or keys.url in urls or keys.content in contents
        if not is_known:
            new.append(entry)
        elif keys.words is not None and keys.words not in seen.words and keys.content not in contents:
            reason = _reason(keys, seen)
            changed += [ChangedEntry(entry, reason)] if reason else []
        guids.add(keys.guid)
        urls.update(key for key in (keys.url,) if key)
        contents.update(key for key in (keys.content,) if key)
    return Unseen(tuple(new), tuple(changed))


def record_text(history: PageHistory, content_hash: str) -> tuple[PageHistory, Revision]:
    """Return the history after a fetch and what the text is: the first, a known one, a revision, or noise."""
    is_change = bool(history.hashes) and content_hash not in history.hashes
    counted = PageHistory(history.hashes, history.n_fetches + 1, history.n_changes + is_change)
    if history.hashes and not is_change:
        return counted, "same"
    if len(history.hashes) > MAX_REVISIONS or _is_restless(counted):
        return counted, "ignored"
    kept = PageHistory((*history.hashes, content_hash), counted.n_fetches, counted.n_changes)
    return kept, "revision" if history.hashes else "first"


def _reason(keys: EntryKeys, seen: SeenKeys) -> Reason | None:
    """Name the change of an entry known from before this listing; a repeat inside the listing is no change."""
    if keys.url in seen.urls or (keys.url is None and keys.guid in seen.guids):
        return "edited"
    return "moved" if keys.guid in seen.guids else None


def _is_restless(history: PageHistory) -> bool:
    """Tell whether the page had another text at every fetch."""
    return history.n_fetches > RESTLESS_AFTER and history.n_changes >= history.n_fetches - 1
