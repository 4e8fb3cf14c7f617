"""Storing what was read: each text becomes an article, a copy, a version or a rejection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from extractors.identity import Place, Revision, added_paragraphs, next_visit, record_text, settle, text_bands
from extractors.model import Article
from extractors.reading import added_part
from warehouse.connection import Connection
from warehouse.storing import (
    PageRecord,
    Reading,
    Stored,
    TextAt,
    add_places,
    add_rejections,
    give_roles,
    merge_topics,
    note_pages,
    page_records,
    places_of,
    replace_bands,
    save_records,
    surroundings,
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A reading on its way in; ``key`` names it, ``url`` is the canonical address of a page, None for files.

    ``entry_id`` is the listed entry it was read for; one without is not asked for again.
    """

    key: str
    reading: Reading
    url: str | None = None
    topics: Mapping[str, float] = field(default_factory=dict)
    entry_id: str | None = None


@dataclass(frozen=True, slots=True)
class Stowed:
    """What a batch came to: how much was new, and by key the place of each text and the text's own id."""

    stored: Stored
    places: Mapping[str, Place]
    text_ids: Mapping[str, str] = field(default_factory=dict)


def stow(con: Connection, arrivals: Sequence[Arrival]) -> Stowed:
    """Place and store a batch; the caller holds the transaction. What stands then does not depend on its order."""
    texts = {one.key: text for one in arrivals if (text := _text_at(one)) is not None}
    visits = _visit(con, arrivals, texts)
    kept = {key: text for key, text in texts.items() if visits.get(key) not in ("ignored", "known")}
    added = add_places(con, list(kept.values()))
    replace_bands(con, {text_id: text_bands(body) for text_id, body in added.bodies.items()})
    note_pages(con, [text.article.content_hash for text in kept.values() if text.article.basis == "page"])
    merge_topics(con, _topics(arrivals, kept))
    made = give_roles(con, settle(added.text_ids, partial(surroundings, con)))
    rejections = add_rejections(con, [one.reading for one in arrivals])
    stored = Stored(len(made), len(added.places), rejections)
    text_ids = {key: text.article.content_hash for key, text in texts.items()}
    return Stowed(stored, _places(con, texts, visits, set(added.places)), text_ids)


def _text_at(one: Arrival) -> TextAt | None:
    outcome, reading = one.reading.outcome, one.reading
    if not isinstance(outcome, Article):
        return None
    return TextAt(outcome, reading.source_id, reading.location, reading.seen_at)


def _visit(con: Connection, arrivals: Sequence[Arrival], texts: dict[str, TextAt]) -> dict[str, Revision]:
    """Count each reading of an address, and say what its text is there: the first, a known one, a change, noise.

    Of a page that grows on, ``texts`` then holds the additions alone.
    """
    pages = [one for one in arrivals if one.url is not None and one.key in texts]
    records = page_records(con, sorted({one.url for one in pages if one.url is not None}))
    visits: dict[str, Revision] = {}
    for one in sorted(pages, key=lambda one: (one.reading.seen_at, texts[one.key].rank, one.key)):
        url = one.url or ""
        records[url], visits[one.key], texts[one.key] = _visit_one(records.get(url, PageRecord()), one, texts[one.key])
    save_records(con, records)
    return visits


def _visit_one(record: PageRecord, one: Arrival, text: TextAt) -> tuple[PageRecord, Revision, TextAt]:
    """Return what is known of the address after this reading, what the text is there, and what to keep of it."""
    article, before = text.article, record.history
    paragraphs = [paragraph.span.of(article.text) for paragraph in article.paragraphs]
    history, kind = record_text(before, article.content_hash, paragraphs, is_live=article.is_live)
    if kind == "grown":
        added = added_paragraphs(before, paragraphs)
        text = replace(text, article=added_part(article, added, text.seen_at)) if added else text
    visits = record.visits
    if one.entry_id is not None:
        grew = history.n_growths > before.n_growths and kind != "ignored"
        visits = next_visit(
            visits, grew=grew, n_growths=history.n_growths, is_live=article.is_live, now=one.reading.seen_at
        )
    return PageRecord(history, visits, one.entry_id or record.entry_id), kind, text


def _places(
    con: Connection,
    texts: Mapping[str, TextAt],
    visits: Mapping[str, Revision],
    new: set[tuple[str, str, str]],
) -> dict[str, Place]:
    """Return what each text is where it came in; a page that was read before with this text is the same again."""
    found = places_of(con, [text.article.content_hash for text in texts.values()])
    places: dict[str, Place] = {}
    for key in (*visits, *(key for key in texts if key not in visits)):
        place = texts[key].place
        if visits.get(key) == "ignored":
            places[key] = Place("ignored")
        elif visits.get(key) == "known" or (visits.get(key) == "same" and place not in new):
            stands = found.get(place)
            places[key] = Place("same", stands.original if stands else None)
        else:
            new.discard(place)
            places[key] = found[place]
    return places


def _topics(arrivals: Sequence[Arrival], kept: Mapping[str, TextAt]) -> Mapping[str, Mapping[str, float]]:
    """Return the topics by text; of what several places say the higher score counts."""
    topics: dict[str, dict[str, float]] = {}
    for one in arrivals:
        if one.key in kept:
            found = topics.setdefault(kept[one.key].article.content_hash, {})
            found |= {topic: max(score, found.get(topic, score)) for topic, score in one.topics.items()}
    return topics
