"""Entries as a dialect gives them, made into entries with an identity and dates."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from extractors.dates import read_feed_date
from extractors.feeds.titles import one_line, plain_paragraphs, plain_text
from extractors.identity import canonical_url, resolve_url
from extractors.language import count_words
from extractors.model import Entry, Moment

MAX_SUMMARY = 20_000  # characters; matching and showing need fewer
MAX_CONTENT = 400_000
FULL_TEXT = 80  # words: a summary of so many is the article, whatever its element is called
MAX_GUID = 512  # longer ones are data; their hash serves as well


@dataclass(frozen=True, slots=True)
class Draft:
    """What a listing says of one item, as it is written there; ``published`` holds candidates, the best first."""

    guid: str | None = None
    links: tuple[str, ...] = ()
    title: str | None = None
    summary: str | None = None
    content: str | None = None
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    author: str | None = None
    language: str | None = None


def make_entries(
    drafts: Iterable[Draft], base: str, *, now: datetime | None
) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Return entries in the order given, each with an identity of its own, and the flaws found in them."""
    flaws: Counter[str] = Counter()
    entries = [_entry(draft, base, now, flaws) for draft in drafts]
    return tuple(_told_apart(entries, flaws)), tuple(sorted(flaws))


def content_digest(*parts: str | None) -> str:
    """Return a short stable digest of words, deaf to case and white space."""
    words = "\n".join(one_line(part or "").casefold() for part in parts)
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]


def _entry(draft: Draft, base: str, now: datetime | None, flaws: Counter[str]) -> Entry:
    url = next(filter(None, (resolve_url(base, link) for link in draft.links)), None)
    if url is None and draft.links:
        flaws["unusable-link"] += 1
    title = plain_text(draft.title)
    summary = _cut(plain_text(draft.summary) or plain_text(draft.content), MAX_SUMMARY)
    is_full = draft.content is None and count_words(summary or "") >= FULL_TEXT
    content = _cut(plain_paragraphs(draft.summary if is_full else draft.content), MAX_CONTENT)
    published, raw = _first_date(draft.published, now, flaws)
    updated, _ = _first_date(draft.updated, now, flaws)
    if published is None and updated is not None:
        # an item that only says when it changed was published then or before
        published, raw = replace(updated, is_inferred=True), raw or updated.raw
    if published is None:
        flaws["undated-entry"] += 1
    guid = one_line(draft.guid or "")
    if not guid:
        flaws["missing-guid"] += 1
    guid = guid if len(guid) <= MAX_GUID else f"sha256:{content_digest(guid)}"
    return Entry(
        guid=guid or url or f"content:{content_digest(title, summary)}",
        url=url,
        title=title,
        summary=summary,
        published=published,
        updated=updated,
        author=_cut(_name_of(plain_text(draft.author)), 300),
        language=_cut(one_line(draft.language or ""), 20) or None,
        content=content,
        published_raw=raw,
    )


def _name_of(author: str | None) -> str | None:
    """Return the name beside an address; an address alone names nobody."""
    if author is None or "@" not in author:
        return author
    name = re.sub(r"(?:mailto:)?[\w.+-]{1,64}@[\w.-]+", "", author).strip(" ()<>,;")
    return name or None


def _cut(text: str | None, length: int) -> str | None:
    return text if text is None or len(text) <= length else text[:length].rstrip()


def _first_date(
    candidates: Sequence[str], now: datetime | None, flaws: Counter[str]
) -> tuple[Moment | None, str | None]:
    """Return the first date that can be read and its words; the words of the first one where none can."""
    given = [raw for raw in candidates if raw and raw.strip()]
    for raw in given:
        reading = read_feed_date(raw, now=now)
        if reading.problem:
            flaws[reading.problem] += 1
        if reading.moment:
            return reading.moment, reading.moment.raw
    return None, one_line(given[0])[:200] if given else None


def _told_apart(entries: Sequence[Entry], flaws: Counter[str]) -> list[Entry]:
    """Give entries that share a guid one each: by URL, then by content, then by count.

    All who share it are renamed, not only the later ones: which of them came first changes from poll to poll.
    """
    shared = Counter(entry.guid for entry in entries)
    if len(shared) == len(entries):
        return list(entries)
    flaws["duplicate-guid"] += 1
    named = [entry if shared[entry.guid] == 1 else replace(entry, guid=_own_guid(entry)) for entry in entries]
    seen: Counter[str] = Counter()
    result = []
    for entry in named:
        seen[entry.guid] += 1
        count = seen[entry.guid]
        result.append(entry if count == 1 else replace(entry, guid=f"{entry.guid}#{count}"))
    return result


def _own_guid(entry: Entry) -> str:
    own = canonical_url(entry.url) if entry.url else content_digest(entry.title, entry.summary)
    return entry.guid if own == entry.guid else f"{entry.guid}|{own}"
