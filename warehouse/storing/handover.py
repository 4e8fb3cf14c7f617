"""Handing over: what is no longer found goes once what stands in its place is related, so that nothing rings twice."""

from collections.abc import Mapping, Sequence

import duckdb

from extractors.model import Actor
from warehouse.storing.corrections import load_ledger
from warehouse.storing.findings import LANGUAGES, actors_in, forget_findings
from warehouse.storing.fulltext import index_statements
from warehouse.storing.key_index import KeyIndex
from warehouse.storing.places import forget_articles


def hand_over(con: duckdb.DuckDBPyConnection, known: Mapping[str, Actor], index: KeyIndex) -> bool:
    """Let go of what other texts or versions have taken over from; tells whether there was any.

    To be called when nothing waits to be related: claims have their new reports then, and keep what rang. Those that
    lose a report are to be related anew.
    """
    articles = _superseded(con)
    rows = con.execute(
        """
        SELECT statement_id, article_id FROM statements
        WHERE pending = 'drop' OR article_id IN (SELECT unnest($ids))
        """,
        {"ids": articles},
    ).fetchall()
    if not articles and not rows:
        return False
    actor_ids = actors_in(con, [*articles, *(row[1] for row in rows)])
    _drop_statements(con, [row[0] for row in rows])
    index.replace({row[0]: () for row in rows})
    for table in ("mentions", "introductions", "extractions"):
        con.execute(f"DELETE FROM {table} WHERE article_id IN (SELECT unnest($ids))", {"ids": articles})
    forget_articles(con, articles)
    forget_findings(con, actor_ids, known, load_ledger(con))
    return True


def _superseded(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the articles that are copies by now, where what they are a copy of has been extracted."""
    rows = con.execute(
        """
        SELECT article_id FROM articles JOIN copy_texts USING (article_id)
        WHERE copy_of IN (
            SELECT article_id FROM extractions
            UNION SELECT article_id FROM articles WHERE language NOT IN (SELECT unnest($languages))
        )
        ORDER BY article_id
        """,
        {"languages": list(LANGUAGES)},
    ).fetchall()
    return [row[0] for row in rows]


def _drop_statements(con: duckdb.DuckDBPyConnection, statement_ids: Sequence[str]) -> None:
    if not statement_ids:
        return
    ids = {"ids": list(statement_ids)}
    con.execute(
        """
        UPDATE statements SET pending = 'relate'
        WHERE claim_id IN (SELECT claim_id FROM statements WHERE statement_id IN (SELECT unnest($ids)))
           OR (claim_id IS NOT NULL AND statement_id IN (
               SELECT statement_id FROM statement_repeats WHERE repeats_id IN (SELECT unnest($ids))
           ))
        """,
        ids,
    )
    for table in ("statement_targets", "statement_repeats", "statements"):
        con.execute(f"DELETE FROM {table} WHERE statement_id IN (SELECT unnest($ids))", ids)
    index_statements(con, statement_ids)
    con.execute("DELETE FROM statement_repeats WHERE repeats_id IN (SELECT unnest($ids))", ids)
    # A claim that rang stays on record even where no text stands for it any more: its alert points there.
    con.execute(
        """
        DELETE FROM claims
        WHERE merged_into IS NULL AND NOT EXISTS (FROM statements WHERE statements.claim_id = claims.claim_id)
          AND NOT EXISTS (FROM alert_claims WHERE alert_claims.claim_id = claims.claim_id)
          AND NOT EXISTS (FROM silences WHERE "scope" = 'claim' AND target = claims.claim_id)
        """
    )


def mend_alerts(con: duckdb.DuckDBPyConnection) -> None:
    """Let alerts whose statement went point to the first report that their claim has now."""
    con.execute(
        """
        UPDATE alerts SET statement_id = standing.first_statement_id
        FROM claims JOIN claims AS standing ON standing.claim_id = coalesce(claims.merged_into, claims.claim_id)
        WHERE alerts.claim_id = claims.claim_id
          AND alerts.statement_id NOT IN (SELECT statement_id FROM statements)
          AND standing.first_statement_id IN (SELECT statement_id FROM statements)
        """
    )
