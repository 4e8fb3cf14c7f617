"""Vitals of an installation that is well, and what can be wrong with them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.warehouse.values import NOON
from warehouse.asking import Backlog, Holdings, LastRun, PolledState, Vitals, Waiting
from warehouse.storing import Counts

HOUR = timedelta(hours=1)
RUN = LastRun("watch", "run-1", NOON - HOUR / 10, NOON - HOUR / 20, "completed", None, "0.1.0", "1", NOON, Counts(2, 3))
SOURCE = PolledState("quay", "answering", NOON + HOUR, NOON, NOON, 0, None)
WELL = Vitals(
    NOON, 16, (RUN,), Backlog(4, 0, 0, 0, 1, 0), Holdings(9, 11, 1, 5, 3, 2, 40), (SOURCE,), ()
)  # fmt: skip


def with_run(**changes: Any) -> Vitals:
    """Return them with another last run."""
    return replace(WELL, runs=(replace(RUN, **changes),))


def with_source(**changes: Any) -> Vitals:
    """Return them with another source beside."""
    return replace(WELL, sources=(SOURCE, replace(SOURCE, source_id="pier", **changes)))


def with_waiting(status: Any, error: str | None) -> Vitals:
    """Return them with deliveries that did not go out."""
    return replace(WELL, undelivered=(Waiting("desk", status, "alert", 3, NOON, error),))
