"""Topics decided again: what texts belonged to, what they belong to now, and what that changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.packaged import packaged_sql

# Topics of articles and of copies alike; what has lost its text keeps what was decided by it.
KEPT = (
    """
    CREATE TABLE earlier.topics AS
    SELECT article_id, list({'topic': topic, 'score': score} ORDER BY topic) AS topics
    FROM article_topics GROUP BY article_id
    UNION ALL
    SELECT article_id, topics FROM copy_texts WHERE article_id NOT IN (SELECT article_id FROM article_topics)
    """,
    "CREATE TABLE earlier.sorted (article_id VARCHAR, topics STRUCT(topic VARCHAR, score DOUBLE)[])",
)
FINISHED = (
    "DELETE FROM article_topics WHERE article_id IN (SELECT article_id FROM earlier.sorted)",
    """
    INSERT INTO article_topics BY NAME
    SELECT article_id, topic.topic, topic.score
    FROM (SELECT article_id, unnest(topics) AS topic FROM earlier.sorted SEMI JOIN articles USING (article_id))
    """,
    """
    UPDATE copy_texts SET topics = sorted.topics FROM earlier.sorted
    WHERE sorted.article_id = copy_texts.article_id AND sorted.topics <> copy_texts.topics
    """,
)


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A place of a text: its headline there, and the source that led to it."""

    title: str | None
    source_id: str


@dataclass(frozen=True, slots=True)
class StoredText:
    """What the topics of a text are decided by; an addition to a page was decided by the whole page."""

    text_id: str
    title: str | None
    text: str
    is_addition: bool
    places: tuple[TextPlace, ...]
    topics: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TopicLine:
    """How many articles belonged to a topic and do now; how many ``left`` and ``came``."""

    topic: str
    was: int
    now: int
    left: int
    came: int


@dataclass(frozen=True, slots=True)
class Resorted:
    """An article whose topics are others now."""

    article_id: str
    title: str | None
    outlet: str | None
    published_on: date | None
    was: tuple[str, ...]
    now: tuple[str, ...]


def sources_with_topics(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    """Return the sources that are read for some topics alone, with these."""
    rows = con.execute("SELECT source_id, topics FROM sources WHERE len(topics) > 0").fetchall()
    return {source_id: tuple(topics) for source_id, topics in rows}


def texts_to_sort(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the texts whose topics have still to be decided again."""
    rows = con.execute(
        """
        SELECT article_id FROM (
            SELECT article_id FROM articles WHERE pruned_at IS NULL
            UNION SELECT article_id FROM copy_texts WHERE pruned_at IS NULL
        ) ANTI JOIN earlier.sorted USING (article_id)
        ORDER BY article_id
        """
    ).fetchall()
    return [row[0] for row in rows]


def stored_texts(con: duckdb.DuckDBPyConnection, text_ids: Sequence[str]) -> list[StoredText]:
    """Return these texts."""
    rows = con.execute(packaged_sql("rebuilding", "texts_to_sort"), {"ids": list(text_ids)}).fetchall()
    return [
        StoredText(
            text_id, title, text, bool(is_addition), tuple(TextPlace(*one) for one in places),
            {one["topic"]: one["score"] for one in topics},
        )
        for text_id, title, text, is_addition, places, topics in rows
    ]  # fmt: skip


def keep_sorted(con: duckdb.DuckDBPyConnection, found: Mapping[str, Mapping[str, float]]) -> None:
    """Keep what was decided of texts."""
    rows = [
        {"article_id": text_id, "topics": [{"topic": one, "score": topics[one]} for one in sorted(topics)]}
        for text_id, topics in found.items()
    ]
    con.execute("INSERT INTO earlier.sorted BY NAME SELECT unnest(r) FROM (SELECT unnest($rows) AS r)", {"rows": rows})


def finish_sorting(con: duckdb.DuckDBPyConnection) -> None:
    """Put what was decided in the place of what stood."""
    for statement in FINISHED:
        con.execute(statement)


def topic_lines(con: duckdb.DuckDBPyConnection) -> tuple[TopicLine, ...]:
    """Return the topics that articles left or came to."""
    return tuple(TopicLine(*row) for row in con.execute(packaged_sql("rebuilding", "topic_changes")).fetchall())


def resorted(con: duckdb.DuckDBPyConnection) -> tuple[Resorted, ...]:
    """Return the articles whose topics are others now, those that belong to none any more first."""
    rows = con.execute(packaged_sql("rebuilding", "resorted")).fetchall()
    return tuple(
        Resorted(article_id, title, outlet, day, tuple(was), tuple(now))
        for article_id, title, outlet, day, was, now in rows
    )
