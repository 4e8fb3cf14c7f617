"""Storing what was read: each text becomes an article, a copy, a version or a rejection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractors.model import Article
from extractors.placing import Incoming, Known, Place, place_texts, text_bands
from warehouse.articles import Original, Reading, Stored, add_readings
from warehouse.connection import Connection
from warehouse.texts import (
    Version,
    add_bands,
    add_topics,
    add_versions,
    known_articles,
    near_candidates,
    page_histories,
    save_histories,
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A reading on its way in; ``url`` is the canonical address of a page, None for files, ``key`` names it."""

    key: str
    reading: Reading
    url: str | None = None
    topics: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stowed:
    """What a batch came to: how much was new, and the place of each text by key."""

    stored: Stored
    places: Mapping[str, Place]


def stow(con: Connection, arrivals: Sequence[Arrival]) -> Stowed:
    """Place and store a batch; the caller holds the transaction. The earliest of a batch should come first."""
    texts = [
        Incoming(one.key, one.reading.outcome.content_hash, one.reading.outcome.text, one.url)
        for one in arrivals
        if isinstance(one.reading.outcome, Article)
    ]
    keys = {one.key: text_bands(one.text) for one in texts}
    placed = place_texts(texts, keys, _known(con, texts, keys))
    stored = add_readings(con, [found for one in arrivals if (found := _placed(one, placed.places)) is not None])
    add_bands(con, placed.bands)
    save_histories(con, placed.histories)
    _add_versions(con, arrivals, placed.places)
    add_topics(con, _topics(arrivals, placed.places))
    return Stowed(stored, placed.places)


def _known(con: Connection, texts: Sequence[Incoming], keys: Mapping[str, tuple[str, ...]]) -> Known:
    return Known(
        frozenset(known_articles(con, [one.article_id for one in texts])),
        near_candidates(con, keys),
        page_histories(con, sorted({one.url for one in texts if one.url is not None})),
    )


def _placed(one: Arrival, places: Mapping[str, Place]) -> Reading | None:
    place = places.get(one.key)
    if place is None:
        return one.reading
    if place.kind in ("same", "ignored"):
        return None
    if place.kind == "near-duplicate" and place.original is not None:
        return replace(one.reading, copy_of=Original(place.original, place.similarity))
    return replace(one.reading, reason="revision" if place.kind == "revision" else "first")


def _add_versions(con: Connection, arrivals: Sequence[Arrival], places: Mapping[str, Place]) -> None:
    versions = [
        Version(one.url, one.reading.outcome.content_hash, one.reading.seen_at)
        for one in arrivals
        if one.url is not None
        and isinstance(one.reading.outcome, Article)
        and places[one.key].kind in ("article", "revision", "copy")
    ]
    add_versions(con, versions)


def _topics(arrivals: Sequence[Arrival], places: Mapping[str, Place]) -> dict[str, Mapping[str, float]]:
    return {
        one.reading.outcome.content_hash: one.topics
        for one in arrivals
        if isinstance(one.reading.outcome, Article) and places[one.key].kind in ("article", "revision")
    }
