"""What a text is among those known: new, the same again, a near-duplicate, another version of its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from extractors.fingerprint import bands, containment, is_near_duplicate, near_signature
from extractors.unseen import PageHistory, record_text

Kind: TypeAlias = Literal["article", "copy", "near-duplicate", "revision", "same", "ignored"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text as it came in; ``url`` is the canonical address, None for files. ``key`` identifies it in its batch."""

    key: str
    article_id: str
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """What a text is. ``original`` and ``similarity`` are set for a near-duplicate."""

    kind: Kind
    original: str | None = None
    similarity: float = 1.0


@dataclass(frozen=True, slots=True)
class Known:
    """What the warehouse knows of a batch: which texts, near candidates by key, and the histories of addresses."""

    article_ids: frozenset[str]
    candidates: Mapping[str, Sequence[tuple[str, str]]]
    histories: Mapping[str, PageHistory]


@dataclass(slots=True)
class Placed:
    """The outcome for a batch: a place for each key, bands of the new articles, and the histories that changed."""

    places: dict[str, Place] = field(default_factory=dict)
    bands: dict[str, tuple[str, ...]] = field(default_factory=dict)
    histories: dict[str, PageHistory] = field(default_factory=dict)


def text_bands(text: str) -> tuple[str, ...]:
    """Return the index keys under which near-duplicates of the text are found."""
    return bands(near_signature(text))


def place_texts(batch: Sequence[Incoming], keys: Mapping[str, tuple[str, ...]], known: Known) -> Placed:
    """Place the texts of a batch in its order: each may be a copy of one before it; ``keys`` are their bands."""
    placed = Placed()
    seen = set(known.article_ids)
    index: dict[str, list[Incoming]] = {}
    for one in batch:
        place = _place(one, keys[one.key], known, placed, seen, index)
        placed.places[one.key] = place
        if place.kind in ("article", "revision"):
            seen.add(one.article_id)
            placed.bands[one.article_id] = keys[one.key]
            for band in keys[one.key]:
                index.setdefault(band, []).append(one)
    return placed


def _place(
    one: Incoming,
    keys: Sequence[str],
    known: Known,
    placed: Placed,
    seen: set[str],
    index: Mapping[str, Sequence[Incoming]],
) -> Place:
    history = PageHistory()
    if one.url is not None:
        history = placed.histories.get(one.url) or known.histories.get(one.url) or PageHistory()
        recorded, revision = record_text(history, one.article_id)
        placed.histories[one.url] = recorded
        if revision in ("same", "ignored"):
            return Place("same" if revision == "same" else "ignored")
    if one.article_id in seen:
        return Place("copy")
    original = _original(one, keys, known, index, own=frozenset(history.hashes))
    if original is not None:
        return original
    return Place("revision" if history.hashes else "article")


def _original(
    one: Incoming,
    keys: Sequence[str],
    known: Known,
    index: Mapping[str, Sequence[Incoming]],
    *,
    own: frozenset[str],
) -> Place | None:
    """Return the article this text is a copy of; an address is no copy of its own earlier text."""
    shared: dict[str, tuple[int, str]] = {}
    for band in dict.fromkeys(keys):
        for other in index.get(band, ()):
            count, _ = shared.get(other.article_id, (0, ""))
            shared[other.article_id] = (count + 1, other.text)
    here = [(article_id, text) for article_id, (_, text) in sorted(shared.items(), key=lambda kv: (-kv[1][0], kv[0]))]
    for article_id, text in (*known.candidates.get(one.key, ()), *here):
        if article_id not in own and is_near_duplicate(one.text, text):
            return Place("near-duplicate", article_id, round(containment(one.text, text), 4))
    return None
