"""Topics decided again with today's topics.toml, by the texts that are stored."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from config.files import layer_bytes
from config.load import Configuration
from extractors.topics import TopicMatcher
from flows.analysis import topic_matcher
from flows.telling import current_progress
from warehouse.connection import open_writer, transaction
from warehouse.rebuilding import StoredText, keep_sorted, sources_with_topics, stored_texts, texts_to_sort

Restrictions = Mapping[str, tuple[str, ...]]  # by source: the topics it is read for, none for all


def topics_digest(config_folder: Path | None, configuration: Configuration) -> str:
    """Return a short digest of what topics are decided by, beside names of actors and code."""
    found = hashlib.sha256(layer_bytes(config_folder, "topics.toml"))
    found.update(repr(sorted((one.source_id, one.topics) for one in configuration.sources)).encode())
    return found.hexdigest()[:8]


def sort_again(working: Path, config_folder: Path | None, configuration: Configuration) -> None:
    """Decide the topics of what is left in a working copy; what is done is kept, batch by batch."""
    matcher, size = topic_matcher(config_folder), configuration.settings.batches.articles
    with open_writer(working) as con:
        waiting = texts_to_sort(con)
        restrictions = sources_with_topics(con) | {one.source_id: one.topics for one in configuration.sources}
        for start in range(0, len(waiting), size):
            batch = stored_texts(con, waiting[start : start + size])
            with transaction(con):
                keep_sorted(con, {one.text_id: topics_of(one, matcher, restrictions) for one in batch})
            current_progress().advance("decide topics again", start + len(batch), len(waiting))


def topics_of(one: StoredText, matcher: TopicMatcher, restrictions: Restrictions) -> dict[str, float]:
    """Return the topics with scores as they would be if the text came in today at all its places.

    What was added to a page was decided by the whole of it, which is not stored: it keeps those that still exist.
    """
    known = {topic.name for topic in matcher.topics} if one.is_addition else set()
    found = {topic: score for topic, score in one.topics.items() if topic in known}
    for title, wanted in _headlines(one, restrictions).items():
        for match in matcher.decide_article(title, one.text):
            if wanted is None or match.topic in wanted:
                found[match.topic] = max(match.score, found.get(match.topic, match.score))
    return found


def _headlines(one: StoredText, restrictions: Restrictions) -> dict[str | None, set[str] | None]:
    """Return the headlines under which the text stood, each with the topics it may have; None for all."""
    found: dict[str | None, set[str] | None] = {}
    for place in one.places:
        title, wanted = place.title or one.title, restrictions.get(place.source_id, ())
        before = found.get(title, set())
        found[title] = None if before is None or not wanted else before | set(wanted)
    return found or {one.title: None}
