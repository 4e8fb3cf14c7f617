"""Taking a rebuild over: what was found anew in place of what stood, in one transaction of the live warehouse."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from extractors.alerting import Rule
from warehouse.alerting import note_as_told
from warehouse.connection import open_writer, transaction
from warehouse.errors import WarehouseError
from warehouse.rebuilding.earlier import unmark
from warehouse.rebuilding.working import mark_of
from warehouse.storing import Counts, Run, finish_run, start_run
from warehouse.upkeep import publish

# All that findings are stored in; the rest (articles, captures, the outbox, what people said) stays as it is.
DERIVED = (
    "extractions", "mentions", "introductions", "statements", "statement_targets",
    "statement_repeats", "actors", "actor_names", "actor_offices", "claims", "claim_events", "events_placed",
    "article_topics", "search.documents", "search.vocabulary", "search.words", "search.key_file",
)  # fmt: skip

# They rang for what they rang for; what they point to is found under other ids, or in other words.
ALERTS = """
    UPDATE alerts SET statement_id = same.statement_id, event_id = same.event_id
    FROM rebuilt.alerts AS same WHERE same.alert_id = alerts.alert_id
"""
COPIES = """
    UPDATE copy_texts SET topics = same.topics
    FROM rebuilt.copy_texts AS same
    WHERE same.article_id = copy_texts.article_id AND same.topics <> copy_texts.topics
"""
REJECTIONS = """
    INSERT INTO rejections BY NAME
    FROM rebuilt.rejections AS new WHERE new.rejection_id NOT IN (SELECT rejection_id FROM rejections)
"""
# What every cycle would judge again although nobody said it again: see ``claims_with_copies``, ``claims_seen_ahead``.
NO_NEWS = """
    INSERT INTO rebuilt_claims BY NAME
    SELECT claim_id, count(DISTINCT copy_id) AS n_places
    FROM statements JOIN articles USING (article_id) JOIN copies USING (article_id)
    WHERE claim_id IS NOT NULL
    GROUP BY claim_id
    HAVING bool_or(copies.reason <> 'first' OR articles.first_seen_at > $now)
"""


class MovedOnError(WarehouseError):
    """The live warehouse is no longer what the rebuild was made from."""


def take_over(
    warehouse: Path, working: Path, mark: str, rules: Sequence[Rule], run: Run, added: Counts, *, at: datetime
) -> None:
    """Put what the working copy found in place of what stands, and publish it; nothing rings.

    Alerts keep their ids, their deliveries and what was told of them; they point to the claims as they stand now. What
    the rebuild brought up counts as told. Raises ``MovedOnError`` where the live warehouse has changed since ``mark``.
    """
    with open_writer(warehouse) as con:
        with _attached(con, working), transaction(con):
            if mark_of(con) != mark:
                raise MovedOnError(f"{warehouse} has changed while it was rebuilt")
            for table in DERIVED:
                con.execute(f"DELETE FROM {table}")
                con.execute(f"INSERT INTO {table} BY NAME FROM rebuilt.{table}")
            unmark(con)
            con.execute(ALERTS)
            con.execute(COPIES)
            con.execute(REJECTIONS)
            con.execute("DELETE FROM rebuilt_claims")
            con.execute(NO_NEWS, {"now": at})
            note_as_told(con, rules)
            start_run(con, run, is_alone=False)
            finish_run(con, run.run_id, added, at=at)
        publish(con, warehouse)


@contextmanager
def _attached(con: duckdb.DuckDBPyConnection, working: Path) -> Iterator[None]:
    quoted = str(working).replace("'", "''")
    con.execute(f"ATTACH '{quoted}' AS rebuilt (READ_ONLY)")
    try:
        yield
    finally:
        con.execute("DETACH rebuilt")
