"""Full text: articles and statements ranked by BM25, from the index that is written with them.

Only the places of the words that are asked for are read. A phrase is found where its words stand in a row.
Scores of articles and of statements are each among their own kind.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

import duckdb

from extractors.topics import folded_line
from warehouse.packaged import packaged_sql
from warehouse.upkeep import index_release

Kind: TypeAlias = Literal["article", "statement"]
KINDS: tuple[Kind, ...] = ("article", "statement")
# The usual values of BM25; a word of a title counts as three of the text.
K1, B, TITLE_WEIGHT = 1.2, 0.75, 3
MAX_TERMS = 16
SCHEMA = "search."  # where the index stands


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
    schema = "search_" if index_release(con) else SCHEMA
    words = _words(con, wanted.terms, schema)
    if not words:
        return []
    best = con.execute(
        packaged_sql("asking", "best_documents").replace(SCHEMA, schema),
        {
            "words": [asdict(one) for one in words],
            "word_ids": [word_id for one in words for word_id in one.word_ids],
            "n_needed": 1 if wanted.is_any else len({one.term for one in words}),
            "title_weight": TITLE_WEIGHT,
            "k1": K1,
            "b": B,
            "kinds": list(wanted.kinds),
            "since": wanted.since,
            "limit": wanted.limit,
        },
    ).fetchall()
    found = [
        {"kind": kind, "id": one, "article_id": article_id, "score": score} for kind, one, article_id, score in best
    ]
    if not found:
        return []
    return [Match(*row) for row in con.execute(packaged_sql("asking", "found_documents"), {"found": found}).fetchall()]


@dataclass(frozen=True, slots=True)
class _Word:
    """The ``place``-th word of a term: the numbers of the words in the index that stand for it."""

    term: int
    place: int
    word_ids: list[int]


def _words(con: duckdb.DuckDBPyConnection, terms: Sequence[str], schema: str) -> list[_Word]:
    """Return the words of all terms in order, cut as the texts were; of open ones the last stands for many."""
    rows = con.execute(
        packaged_sql("asking", "words_of_terms").replace(SCHEMA, schema),
        {"terms": [term.rstrip("*") for term in terms], "is_open": [term.endswith("*") for term in terms]},
    ).fetchall()
    return [_Word(*row) for row in rows]
