"""Sources, articles, copies and rejections: what came in."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import duckdb

from extractors.model import Article, Dropped, Moment, Paragraph, Rejected, Span
from warehouse.bulk import insert_new
from warehouse.keys import make_key


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
class Original:
    """The article that a text is a near-duplicate of, and which share of the shorter text both have."""

    article_id: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What one input came to: where it was, the hash of its bytes, and the article or the reason there is none.

    ``copy_of`` is set for a near-duplicate: then only the copy is recorded. ``reason`` is what makes a text a copy of
    its own article: ``first`` where it was met, ``revision`` where an address changed its text.
    """

    source_id: str
    location: str
    input_hash: str
    outcome: Article | Rejected
    seen_at: datetime
    stage: str = "read"
    copy_of: Original | None = None
    reason: str = "first"


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


def add_readings(con: duckdb.DuckDBPyConnection, readings: Sequence[Reading]) -> Stored:
    """Store a batch in its order: the first place of a text becomes the article, the others its copies."""
    read = [(one, one.outcome) for one in readings if isinstance(one.outcome, Article)]
    own = [_article_row(article, one.seen_at) for one, article in read if one.copy_of is None]
    added = insert_new(con, "articles", "article_id", own)
    copies = insert_new(con, "copies", "copy_id", _copy_rows(read, set(added)))
    rejected = [(one, one.outcome) for one in readings if isinstance(one.outcome, Rejected)]
    rejections = insert_new(con, "rejections", "rejection_id", [_rejection_row(one, why) for one, why in rejected])
    return Stored(len(added), len(copies), len(rejections))


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with the instant at which it was first seen."""

    article: Article
    first_seen_at: datetime


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


def _article_row(article: Article, seen_at: datetime) -> dict[str, object]:
    published = article.published
    return {
        "article_id": article.content_hash,
        "title": article.title,
        "author": article.author,
        "outlet": article.outlet,
        "issuer": article.issuer,
        "section": article.section,
        "url": article.url,
        "language": article.language,
        "published_at": published.at if published else None,
        "published_precision": published.precision if published else None,
        "published_origin": published.origin if published else None,
        "published_is_inferred": published.is_inferred if published else None,
        "text": article.text,
        "paragraphs": [asdict(one.span) | {"source_start": one.source_start} for one in article.paragraphs],
        "dropped": [_dropped_row(one) for one in article.dropped],
        "n_words": len(article.text.split()),
        "first_seen_at": seen_at,
    }


def _dropped_row(one: Dropped) -> dict[str, object]:
    start, end = (one.source.start, one.source.end) if one.source else (None, None)
    return {"reason": one.reason, "text": one.text, "start": start, "end": end}


def _copy_rows(read: Sequence[tuple[Reading, Article]], new: set[str]) -> list[dict[str, object]]:
    rows = []
    for one, article in read:
        original = one.copy_of or Original(article.content_hash, 1.0)
        reason = "near-duplicate" if one.copy_of else one.reason if original.article_id in new else "same-text"
        new.discard(original.article_id)
        rows.append(_copy_row(one, article, original, reason))
    return rows


def _copy_row(one: Reading, article: Article, original: Original, reason: str) -> dict[str, object]:
    return {
        "copy_id": make_key("copy", original.article_id, one.source_id, one.location),
        "article_id": original.article_id,
        "source_id": one.source_id,
        "location": one.location,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "published_at": article.published.at if article.published else None,
        "reason": reason,
        "similarity": original.similarity,
        "seen_at": one.seen_at,
    }


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
