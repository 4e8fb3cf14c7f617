"""Sources, articles, copies and rejections: what came in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from extractors.identity import ARTICLE
from extractors.model import Article, Dropped, Moment, Paragraph, Rejected, Span
from warehouse.bulk import insert_new
from warehouse.keys import make_key
from warehouse.storing.places import TextAt, add_places, give_roles


@dataclass(frozen=True, slots=True)
class Source:
    """Something that lists or holds articles."""

    source_id: str
    kind: str
    location: str
    title: str | None = None
    outlet: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one input came to: where it was, the hash of its bytes, and the article or the reason there is none."""

    source_id: str
    location: str
    input_hash: str
    outcome: Article | Rejected
    seen_at: datetime
    stage: str = "read"


@dataclass(frozen=True, slots=True)
class Stored:
    """How much of a batch was new."""

    articles: int = 0
    copies: int = 0
    rejections: int = 0


def source_for(kind: str, location: str, **facts: str | None) -> Source:
    """Return a source with its computed identifier."""
    return Source(make_key("source", kind, location), kind, location, **facts)


def add_sources(con: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> None:
    """Record sources that are not known yet."""
    insert_new(con, "sources", "source_id", sources)


def state_terms(con: duckdb.DuckDBPyConnection, source_id: str, licence: str | None, texts: str | None) -> None:
    """Record under which licence the texts of a source come and what may be done with them, as stated by now."""
    con.execute(
        """
        UPDATE sources SET licence = $licence, texts = $texts
        WHERE source_id = $source_id AND (licence, texts) IS DISTINCT FROM ($licence, $texts)
        """,
        {"source_id": source_id, "licence": licence, "texts": texts},
    )


def add_readings(con: duckdb.DuckDBPyConnection, readings: Sequence[Reading]) -> Stored:
    """Store a batch, every text as an article of its own: what is a near-duplicate is for others to tell."""
    added = add_places(con, texts_of(readings))
    made = give_roles(con, dict.fromkeys(added.text_ids, ARTICLE))
    return Stored(len(made), len(added.places), add_rejections(con, readings))


def texts_of(readings: Sequence[Reading]) -> list[TextAt]:
    """Return the texts among the readings, each at its place."""
    return [
        TextAt(one.outcome, one.source_id, one.location, one.seen_at)
        for one in readings
        if isinstance(one.outcome, Article)
    ]


def add_rejections(con: duckdb.DuckDBPyConnection, readings: Sequence[Reading]) -> int:
    """Record the inputs that gave no article; returns how many are new."""
    rejected = [(one, one.outcome) for one in readings if isinstance(one.outcome, Rejected)]
    return len(insert_new(con, "rejections", "rejection_id", [_rejection_row(one, why) for one, why in rejected]))


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with the instant at which it was first seen."""

    article: Article
    first_seen_at: datetime


def titled_texts(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> list[tuple[str, str | None, str]]:
    """Return (article, title, text) of these articles."""
    return con.execute(
        "SELECT article_id, title, text FROM articles WHERE article_id IN (SELECT unnest($ids))",
        {"ids": list(article_ids)},
    ).fetchall()


def load_articles(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> list[Article]:
    """Return the articles in the order of their ids."""
    return [one.article for one in load_stored(con, article_ids)]


def load_stored(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> list[StoredArticle]:
    """Return the articles in the order of their ids, each with when it was first seen."""
    rows = con.execute(
        """
        SELECT article_id, text, to_json(paragraphs), title, author, outlet, section, url, language,
               published_at, published_precision, published_origin, published_is_inferred, to_json(dropped),
               first_seen_at, issuer
        FROM articles JOIN (SELECT unnest($ids) AS article_id, generate_subscripts($ids, 1) AS place) USING (article_id)
        ORDER BY place
        """,
        {"ids": list(article_ids)},
    ).fetchall()
    return [StoredArticle(_to_article(row), row[14]) for row in rows]


def _rejection_row(one: Reading, why: Rejected) -> dict[str, object]:
    return {
        "rejection_id": make_key("rejection", one.source_id, one.location, one.input_hash, why.reason),
        "source_id": one.source_id,
        "location": one.location,
        "stage": one.stage,
        "reason": why.reason,
        "detail": why.detail,
        "rejected_at": one.seen_at,
    }


def _to_article(row: tuple) -> Article:  # type: ignore[type-arg]
    at, precision, origin, is_inferred = row[9:13]
    return Article(
        content_hash=row[0],
        text=row[1],
        paragraphs=tuple(Paragraph(Span(one["start"], one["end"]), one["source_start"]) for one in json.loads(row[2])),
        title=row[3],
        author=row[4],
        outlet=row[5],
        section=row[6],
        url=row[7],
        language=row[8],
        published=Moment(at, precision, origin, bool(is_inferred)) if at else None,
        dropped=tuple(
            Dropped(one["reason"], one["text"], None if one["start"] is None else Span(one["start"], one["end"]))
            for one in json.loads(row[13])
        ),
        issuer=row[15],
    )
