"""What a warehouse lets go of with age; statements, claims, alerts and what is known of articles stay for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much went: WARC files with their size, the captures in them, polls, texts, texts of entries."""

    captures: int = 0
    polls: int = 0
    texts: int = 0
    entries: int = 0
    files: int = 0
    n_bytes: int = 0


# Where nothing is to be read any more: no page waits, none failed and is tried again.
SETTLED = """
SELECT file FROM captures LEFT JOIN tries ON tries.subject_id = captures.capture_id
WHERE NOT contains(file, '/')
GROUP BY file
HAVING max(captured_at) < $before AND bool_and(outcome IS NOT NULL) AND count(subject_id) = 0
ORDER BY file
"""
# The first and the last poll of a source, and its last failure, are what its health is told from.
OLD_POLLS = """
DELETE FROM polls WHERE polled_at < $before AND poll_id NOT IN (
    SELECT kept FROM (
        SELECT unnest([arg_min(poll_id, polled_at), arg_max(poll_id, polled_at),
                       arg_max(poll_id, polled_at) FILTER (error IS NOT NULL)]) AS kept
        FROM polls GROUP BY source_id
    )
    WHERE kept IS NOT NULL  -- a source that never failed
)
RETURNING poll_id
"""
# A text goes where any source that brought it says so, once what it says has been extracted.
EXPIRED = """
SELECT DISTINCT coalesce(copies.text_id, copies.article_id) AS text_id
FROM copies JOIN sources USING (source_id) WHERE sources.texts = 'expire'
"""
LET_GO = """
UPDATE {table} SET text = '', paragraphs = [], dropped = [], pruned_at = $now
WHERE pruned_at IS NULL AND coalesce(published_at, first_seen_at) < $before AND article_id IN ({expired}) {more}
RETURNING article_id
"""
# Of a text that went, full text knows the title alone: its words in their places would be the text.
OUT_OF_INDEX = """
DELETE FROM search.words
WHERE place >= 0 AND doc_id IN (
    SELECT doc_id FROM search.documents WHERE kind = 'article' AND id IN (SELECT unnest($ids))
)
"""
READ = "AND (article_id IN (SELECT article_id FROM extractions) OR coalesce(language, 'en') <> 'en')"
OLD_ENTRIES = """
UPDATE entries SET summary = NULL, content = NULL
WHERE listed_at < $before AND (summary IS NOT NULL OR content IS NOT NULL)
  AND status NOT IN ('pending', 'captured')
  AND source_id IN (SELECT source_id FROM sources WHERE texts = 'expire')
RETURNING entry_id
"""


def settled_files(con: duckdb.DuckDBPyConnection, before: datetime) -> list[str]:
    """Return the archive files of which every page was fetched before then and has been read."""
    return [row[0] for row in con.execute(SETTLED, {"before": before}).fetchall()]


def prune_polls(con: duckdb.DuckDBPyConnection, before: datetime) -> int:
    """Delete the polls before then but for those that a source's health is told from; returns how many went."""
    return len(con.execute(OLD_POLLS, {"before": before}).fetchall())


def prune_rows(con: duckdb.DuckDBPyConnection, before: datetime, files: Sequence[str], now: datetime) -> Pruned:
    """Delete the captures of ``files`` and old polls, empty old texts of sources whose licence wants it; count them.

    A text that is let go of is a candidate for nothing any more, so its signatures go too.
    """
    captures = con.execute(
        "DELETE FROM captures WHERE file IN (SELECT unnest($files)) RETURNING capture_id", {"files": list(files)}
    ).fetchall()
    n_polls = prune_polls(con, before)
    texts = [
        row[0]
        for table, more in (("articles", READ), ("copy_texts", ""))
        for row in con.execute(
            LET_GO.format(table=table, expired=EXPIRED, more=more), {"before": before, "now": now}
        ).fetchall()
    ]
    con.execute("DELETE FROM article_signatures WHERE article_id IN (SELECT unnest($ids))", {"ids": texts})
    con.execute(OUT_OF_INDEX, {"ids": texts})
    entries = con.execute(OLD_ENTRIES, {"before": before}).fetchall()
    return Pruned(len(captures), n_polls, len(set(texts)), len(entries))
