"""The index of full text, kept in step with the articles and statements there are."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

import duckdb

from warehouse.packaged import packaged_sql


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one part of a document in order."""

    doc_id: int
    is_head: bool
    words: list[str]


def index_articles(con: duckdb.DuckDBPyConnection, article_ids: Collection[str]) -> None:
    """Index these articles as they stand now; those that stand no more are left out."""
    _index(con, "article", sorted(article_ids), packaged_sql("storing", "index_articles"))


def index_statements(con: duckdb.DuckDBPyConnection, statement_ids: Collection[str]) -> None:
    """Index these statements as they stand now; those that stand no more are left out."""
    _index(con, "statement", sorted(statement_ids), packaged_sql("storing", "index_statements"))


def _index(con: duckdb.DuckDBPyConnection, kind: str, ids: Sequence[str], numbering: str) -> None:
    if not ids:
        return
    _forget(con, kind, ids)
    added = con.execute(numbering, {"ids": ids}).fetchall()
    if added:
        rows = con.execute(packaged_sql("storing", "words_of_documents"), {"docs": [row[0] for row in added]})
        _store(con, [_Words(*row) for row in rows.fetchall()])


def _forget(con: duckdb.DuckDBPyConnection, kind: str, ids: Sequence[str]) -> None:
    """Take documents out; that none is known, as of what is new, is told by their table alone."""
    gone = con.execute(
        "DELETE FROM search.documents WHERE kind = $kind AND id IN (SELECT unnest($ids)) RETURNING doc_id",
        {"kind": kind, "ids": ids},
    ).fetchall()
    if gone:
        con.execute(
            "DELETE FROM search.words WHERE doc_id IN (SELECT unnest($docs))", {"docs": [row[0] for row in gone]}
        )


def _store(con: duckdb.DuckDBPyConnection, found: Sequence[_Words]) -> None:
    words = sorted({word for one in found for word in one.words})
    if not words:
        return
    con.execute(
        """
        INSERT INTO search.vocabulary
        SELECT (SELECT coalesce(max(word_id), 0) FROM search.vocabulary) + row_number() OVER (ORDER BY word), word
        FROM (SELECT unnest($words) AS word) ANTI JOIN search.vocabulary USING (word)
        """,
        {"words": words},
    )
    con.execute(packaged_sql("storing", "index_words"), {"docs": [asdict(one) for one in found if one.words]})
