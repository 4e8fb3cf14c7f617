"""The record of each run of a flow."""

from dataclasses import asdict, dataclass
from datetime import datetime

import duckdb

from warehouse.bulk import insert_all


@dataclass(frozen=True, slots=True)
class Counts:
    """What a run added."""

    articles: int = 0
    copies: int = 0
    rejections: int = 0
    statements: int = 0
    claims: int = 0
    alerts: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Return the sum, field by field."""
        mine, theirs = asdict(self), asdict(other)
        return Counts(**{name: mine[name] + theirs[name] for name in mine})

    @property
    def is_nothing(self) -> bool:
        """Tell whether nothing was added."""
        return not any(asdict(self).values())


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it starts."""

    run_id: str
    flow: str
    started_at: datetime
    source: str
    tocsin_version: str
    extractor_version: str


def start_run(con: duckdb.DuckDBPyConnection, run: Run, *, is_alone: bool = True) -> None:
    """Record the start; where no other run is under way, one of the same flow that never ended was killed."""
    if is_alone:
        _mark_killed(con, run)
    insert_all(con, "runs", [asdict(run) | {"status": "running"}])


def _mark_killed(con: duckdb.DuckDBPyConnection, run: Run) -> None:
    con.execute(
        """
        UPDATE runs SET status = 'failed', finished_at = greatest(started_at, $at),
            error = 'the process ended without finishing the run'
        WHERE flow = $flow AND status = 'running'
        """,
        {"flow": run.flow, "at": run.started_at},
    )


def finish_run(
    con: duckdb.DuckDBPyConnection, run_id: str, counts: Counts, *, at: datetime, error: str | None = None
) -> None:
    """Record how the run ended and what it added."""
    con.execute(
        """
        UPDATE runs SET status = CASE WHEN $error IS NULL THEN 'completed' ELSE 'failed' END,
            finished_at = greatest(started_at, $at),
            error = $error, articles_added = $articles, copies_added = $copies, rejections_added = $rejections,
            statements_added = $statements, claims_added = $claims, alerts_added = $alerts
        WHERE run_id = $run_id
        """,
        {"run_id": run_id, "at": at, "error": error, **asdict(counts)},
    )
