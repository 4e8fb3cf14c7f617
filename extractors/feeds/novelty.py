"""What is new in a listing: by guid, then by URL, then by content; what was seen once is never new again."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal, TypeAlias

from extractors.feeds.entries import content_digest
from extractors.identity import canonical_url
from extractors.language import count_words
from extractors.model import Entry, Moment

MIN_IDENTIFYING_WORDS = 6  # "Morning briefing" names many items; fewer words than this identify none

MIN_REDATED = 4  # a listing that redates so many known entries at once, and most of them, writes its own clock

Reason: TypeAlias = Literal["edited", "moved", "redated"]


@dataclass(frozen=True, slots=True)
class EntryKeys:
    """What identifies an entry; ``content`` includes its day, ``words`` when it changed. None identifies nothing."""

    guid: str
    url: str | None
    content: str | None
    words: str | None


@dataclass(frozen=True, slots=True)
class SeenKeys:
    """The keys of everything a source has listed before."""

    guids: AbstractSet[str] = frozenset()
    urls: AbstractSet[str] = frozenset()
    contents: AbstractSet[str] = frozenset()
    words: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """A known entry that says something else.

    It was ``edited`` in place, ``moved`` (its guid now names another page) or ``redated`` (the same words, but changed
    since by the source's own account).
    """

    entry: Entry
    reason: Reason


@dataclass(frozen=True, slots=True)
class Unseen:
    """New entries in the order listed, and known ones that changed: worth a fetch, never counted as new."""

    new: tuple[Entry, ...]
    changed: tuple[ChangedEntry, ...] = ()


def entry_keys(entry: Entry) -> EntryKeys:
    """Return the keys under which an entry is remembered."""
    n_words = count_words(f"{entry.title or ''} {entry.summary or ''}")
    is_telling = n_words >= MIN_IDENTIFYING_WORDS
    published = _published(entry)
    day = f"{published.at:%Y-%m-%d}" if published else None
    return EntryKeys(
        guid=entry.guid,
        url=canonical_url(entry.url) if entry.url else None,
        content=content_digest(entry.title, entry.summary, day) if is_telling else None,
        words=content_digest(entry.title, entry.summary, _changed_at(entry)) if n_words or entry.updated else None,
    )


def _changed_at(entry: Entry) -> str | None:
    """Return when the source says that it changed the entry, if that was after it was published."""
    published = _published(entry)
    if entry.updated is None or (published is not None and entry.updated.at <= published.at):
        return None
    return entry.updated.at.isoformat()


def _published(entry: Entry) -> Moment | None:
    """Return when the entry was published; a date taken from its last change moves with each change and is none."""
    if entry.published is None or entry.updated is None:
        return entry.published
    is_borrowed = entry.published.is_inferred and entry.published.at == entry.updated.at
    return None if is_borrowed else entry.published


def unseen(entries: Iterable[Entry], seen: SeenKeys) -> Unseen:
    """Sort a listing's entries into new, changed and known (which are left out)."""
    guids, urls, contents = set(seen.guids), set(seen.urls), set(seen.contents)
    new: list[Entry] = []
    changed: list[ChangedEntry] = []
    n_known = 0
    for entry in entries:
        keys = entry_keys(entry)
        is_known = keys.guid in guids or keys.url in urls or keys.content in contents
        if not is_known:
            new.append(entry)
        elif keys.words is not None and keys.words not in seen.words:
            reason = _reason(keys, seen, has_known_words=_has_known_words(entry, keys, contents))
            changed += [ChangedEntry(entry, reason)] if reason else []
        n_known += is_known
        guids.add(keys.guid)
        urls.update(key for key in (keys.url,) if key)
        contents.update(key for key in (keys.content,) if key)
    return Unseen(tuple(new), tuple(_believable(changed, n_known)))


def _has_known_words(entry: Entry, keys: EntryKeys, contents: AbstractSet[str]) -> bool:
    """Tell whether at most the date of the change is new; of too few words only the date can be trusted."""
    return keys.content in contents if keys.content else _changed_at(entry) is not None


def _reason(keys: EntryKeys, seen: SeenKeys, *, has_known_words: bool) -> Reason | None:
    """Name the change of an entry known from before this listing; a repeat inside the listing is no change."""
    if has_known_words:
        return "redated" if keys.url in seen.urls and keys.guid in seen.guids else None
    if keys.url in seen.urls or (keys.url is None and keys.guid in seen.guids):
        return "edited"
    return "moved" if keys.guid in seen.guids else None


def _believable(changed: Sequence[ChangedEntry], n_known: int) -> Iterator[ChangedEntry]:
    """Leave out dates of change that a listing gives to most of its entries at once: those of its own making."""
    n_redated = sum(one.reason == "redated" for one in changed)
    is_clock = n_redated >= MIN_REDATED and n_redated > n_known / 2
    yield from (one for one in changed if one.reason != "redated" or not is_clock)
