"""What stood before a rebuild, kept in the working copy beside what is found anew."""

import duckdb

from warehouse.rebuilding.topics import KEPT as TOPICS_KEPT

MARK = "before "  # stands before the version of what has still to be found anew

# What was extracted and never related is news that has still to ring: the next run finds it as if it just came in.
WITHOUT_NEWS = (
    """
    DELETE FROM extractions
    WHERE article_id IN (SELECT article_id FROM statements WHERE claim_id IS NULL)
      AND article_id NOT IN (SELECT article_id FROM statements WHERE claim_id IS NOT NULL)
    """,
    """
    DELETE FROM statement_targets
    WHERE statement_id IN (SELECT statement_id FROM statements WHERE claim_id IS NULL)
    """,
    """
    DELETE FROM search.words WHERE doc_id IN (
        SELECT doc_id FROM search.documents JOIN statements ON kind = 'statement' AND id = statement_id
        WHERE claim_id IS NULL
    )
    """,
    """
    DELETE FROM search.documents
    WHERE kind = 'statement' AND id IN (SELECT statement_id FROM statements WHERE claim_id IS NULL)
    """,
    "DELETE FROM statements WHERE claim_id IS NULL",
)
KEPT = (
    "CREATE SCHEMA earlier",
    """
    CREATE TABLE earlier.statements AS
    SELECT statement_id, article_id, content, spans, polarity, category, severity, conditional, speaker_id,
           coalesce(speaker, speaker_text, '') AS speaker, coalesce(side, speaker_country, '') AS side
    FROM statements LEFT JOIN claim_events USING (claim_id)
    WHERE pending IS DISTINCT FROM 'drop'
    """,
    """
    CREATE TABLE earlier.events AS
    SELECT event_id, claims.polarity FROM events_placed JOIN claims ON claim_id = headline_claim_id
    WHERE events_placed.merged_into IS NULL
    """,
    """
    CREATE TABLE earlier.versions AS
    SELECT extractor_version, count(*) AS n FROM extractions GROUP BY extractor_version
    """,
)
MARKED = tuple(
    f"UPDATE {table} SET extractor_version = '{MARK}' || extractor_version" for table in ("extractions", "statements")
)
UNMARKED = tuple(
    f"UPDATE {table} SET extractor_version = substr(extractor_version, {len(MARK) + 1}) "
    f"WHERE starts_with(extractor_version, '{MARK}')"
    for table in ("extractions", "statements")
)


def keep_earlier(con: duckdb.DuckDBPyConnection) -> None:
    """Keep what stands for the comparison, and mark all of it as found by another version, also where it was not."""
    for statement in (*WITHOUT_NEWS, *KEPT, *TOPICS_KEPT, *MARKED):
        con.execute(statement)


def unmark(con: duckdb.DuckDBPyConnection) -> None:
    """Give what could not be found anew its version back."""
    for statement in UNMARKED:
        con.execute(statement)
