"""Full text: articles and statements ranked by BM25, counted at query time.

DuckDB's full-text extension would have to be downloaded and its index rebuilt with every snapshot. Counting the words
in all texts instead is one scan: about a second a word for 20,000 articles of 500 words on one core, and it uses all.
Scores of articles and of statements are each among their own kind.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

import duckdb

from extractors.topics import folded_line

Kind: TypeAlias = Literal["article", "statement"]
KINDS: tuple[Kind, ...] = ("article", "statement")
# The usual values of BM25; a word of a title counts as three of the text.
K1, B, TITLE_WEIGHT = 1.2, 0.75, 3
MAX_TERMS = 16

DOCUMENTS = """
    SELECT 'article' AS kind, article_id AS id, article_id, coalesce(title, '') AS head, coalesce(text, '') AS body,
           n_words AS size
    FROM articles
    UNION ALL
    SELECT 'statement', statement_id, article_id, coalesce(speaker, speaker_text, ''), content,
           len(string_split(content, ' '))
    FROM statements
"""


@dataclass(frozen=True, slots=True)
class Match:
    """One article or statement that was found; ``text`` is all of its words."""

    kind: Kind
    id: str
    score: float
    outlet: str | None
    published_at: datetime | None
    title: str | None
    speaker: str | None
    location: str | None
    text: str


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is looked for: terms of folded words (``drone*`` for a beginning), all of them or any."""

    terms: tuple[str, ...]
    kinds: tuple[Kind, ...] = KINDS
    is_any: bool = False
    since: date | None = None
    limit: int = 20


def to_terms(words: Sequence[str]) -> tuple[str, ...]:
    """Return each word or phrase folded as texts are, without case and accents; what has no letters is left out."""
    folded = ((folded_line(one), one.rstrip().endswith("*")) for one in words)
    return tuple(dict.fromkeys(f"{line}{'*' if is_open else ''}" for line, is_open in folded if line))[:MAX_TERMS]


def search(con: duckdb.DuckDBPyConnection, wanted: SearchQuery) -> list[Match]:
    """Return the best matches, the best first."""
    if not wanted.terms:
        return []
    numbers = range(len(wanted.terms))
    parameters: dict[str, object] = {f"p{n}": _pattern(term) for n, term in enumerate(wanted.terms)}
    parameters |= {"since": wanted.since, "kinds": list(wanted.kinds), "limit": wanted.limit}
    rows = con.execute(_sql(numbers, is_any=wanted.is_any), parameters).fetchall()
    return [Match(*row) for row in rows]


def _sql(numbers: range, *, is_any: bool) -> str:
    """Return the query for that many terms: only their number shapes it, their words are parameters."""
    counts = ", ".join(
        f"{TITLE_WEIGHT} * len(regexp_extract_all(head, $p{n})) + len(regexp_extract_all(body, $p{n})) AS f{n}"
        for n in numbers
    )
    found = ", ".join(f"count(*) FILTER (f{n} > 0) OVER (PARTITION BY kind) AS d{n}" for n in numbers)
    score = " + ".join(
        f"ln(1 + (n_docs - d{n} + 0.5) / (d{n} + 0.5)) * f{n} * {K1 + 1}"
        f" / (f{n} + {K1} * ({1 - B} + {B} * size / usual_size))"
        for n in numbers
    )
    is_match = (" OR " if is_any else " AND ").join(f"f{n} > 0" for n in numbers)
    return f"""
        WITH documents AS ({DOCUMENTS}),
        folded AS (
            SELECT kind, id, article_id, size, ' ' || strip_accents(lower(head)) || ' ' AS head,
                   ' ' || strip_accents(lower(body)) || ' ' AS body
            FROM documents WHERE kind IN (SELECT unnest($kinds))
        ),
        counted AS (SELECT kind, id, article_id, size, {counts} FROM folded),
        ranked AS (
            SELECT *, count(*) OVER (PARTITION BY kind) AS n_docs, greatest(avg(size) OVER (PARTITION BY kind), 1)
                AS usual_size, {found}
            FROM counted
        ),
        scored AS (SELECT kind, id, article_id, {score} AS score FROM ranked WHERE {is_match})
        SELECT scored.kind, scored.id, scored.score, articles.outlet, articles.published_at, articles.title,
               coalesce(statements.speaker, statements.speaker_text) AS speaker,
               coalesce(articles.url, (SELECT min(location) FROM copies WHERE copies.article_id = scored.article_id)),
               coalesce(statements.content, articles.text, '')
        FROM scored
        JOIN articles USING (article_id)
        LEFT JOIN statements ON scored.kind = 'statement' AND statements.statement_id = scored.id
        WHERE ($since IS NULL OR articles.published_at >= CAST($since AS DATE))
        ORDER BY scored.score DESC, articles.published_at DESC NULLS LAST, scored.id
        LIMIT $limit
    """


def _pattern(term: str) -> str:
    """Return a term as RE2 finds it in folded text: its words in a row, whole unless it is open at its end."""
    words = r"[^\p{L}\p{N}]+".join(re.escape(word) for word in term.rstrip("*").split())
    return rf"[^\p{{L}}\p{{N}}]{words}" + ("" if term.endswith("*") else r"(?:[^\p{L}\p{N}])")
