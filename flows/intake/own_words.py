"""Entries whose page cannot be had are read by the words of their feed; the page replaces them when it comes."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from extractors.model import Article
from extractors.reading import read_own_words
from extractors.topics import TopicMatcher
from flows.intake.place import Arrival, stow
from warehouse.connection import open_writer, transaction
from warehouse.storing import Reading, Stored, Worded, WordsEnd, end_words, worded_entries


def read_feed_words(warehouse: Path, matcher: TopicMatcher, *, now: datetime, limit: int) -> Stored:
    """Store the articles of entries whose page failed or held none; returns what was new."""
    with open_writer(warehouse) as con, transaction(con):
        worded = worded_entries(con, limit)
        if not worded:
            return Stored()
        arrivals = [found for one in worded if (found := _arrival(one, matcher, now)) is not None]
        stowed = stow(con, arrivals)
        end_words(con, [_end(one, stowed.text_ids.get(one.entry_id)) for one in worded])
    return stowed.stored


def _arrival(one: Worded, matcher: TopicMatcher, now: datetime) -> Arrival | None:
    """Return the article of an entry's own words; None where they are too few or belong to no topic."""
    article = read_own_words(one.entry)
    if not isinstance(article, Article):
        return None
    matches = matcher.decide_article(article.title, article.text)
    topics = {m.topic: m.score for m in matches if not one.source_topics or m.topic in one.source_topics}
    article = replace(article, outlet=one.outlet, issuer=one.issuer)
    reading = Reading(one.source_id, one.location, article.content_hash, article, now)
    return Arrival(one.entry_id, reading, None, topics) if topics else None


def _end(one: Worded, text_id: str | None) -> WordsEnd:
    return WordsEnd(one.entry_id, "feed" if text_id else "none", text_id)
