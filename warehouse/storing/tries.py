"""What failed without a verdict: how often, why, and when it is tried again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

import duckdb

from warehouse.bulk import replace_rows

Stage: TypeAlias = Literal["read", "extract"]

LONGEST_WAIT = timedelta(hours=24)
# A longer wait than is ever set comes of a clock that was ahead.
DUE = "(next_at <= $now OR next_at > $now + to_hours(24))"


@dataclass(frozen=True, slots=True)
class Try:
    """The tries of one item so far, those counted in which it was alone, and when it is due again."""

    stage: Stage
    subject_id: str
    location: str
    n_tries: int
    reason: str
    tried_at: datetime
    next_at: datetime


def save_tries(con: duckdb.DuckDBPyConnection, tries: Sequence[Try]) -> None:
    """Record tries, in place of the earlier ones of the same items."""
    replace_rows(con, "tries", "subject_id", [one.subject_id for one in tries], tries)


def clear_tries(con: duckdb.DuckDBPyConnection, subject_ids: Sequence[str]) -> None:
    """Forget the tries of items that are settled."""
    replace_rows(con, "tries", "subject_id", subject_ids, [])


def count_tries(con: duckdb.DuckDBPyConnection, subject_ids: Sequence[str]) -> dict[str, int]:
    """Return how often each item was tried alone; those that never failed are left out."""
    rows = con.execute(
        "SELECT subject_id, n_tries FROM tries WHERE subject_id IN (SELECT unnest($ids))", {"ids": list(subject_ids)}
    ).fetchall()
    return dict(rows)


def waiting_tries(con: duckdb.DuckDBPyConnection) -> list[Try]:
    """Return what will be tried again."""
    rows = con.execute(
        "SELECT stage, subject_id, location, n_tries, reason, tried_at, next_at FROM tries ORDER BY stage, location"
    ).fetchall()
    return [Try(*row) for row in rows]
