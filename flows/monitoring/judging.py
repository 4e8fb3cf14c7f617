"""What is wrong, from what is known: pure, so that a monitor, a page and a command all say the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, get_args

from flows.telling import counted
from warehouse.asking import LastRun, Vitals, Waiting

Kind: TypeAlias = Literal[
    "run-late", "run-failed", "source-late", "source-failing", "source-gone", "channel-failing", "given-up", "disk-low"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
SCHEDULED = "watch"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that somebody should look at; ``subject`` is the flow, source, channel or disk."""

    kind: Kind
    subject: str
    words: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """From where on something is late, and how much room there must be."""

    late_after: timedelta
    min_free_bytes: int


def troubles_of(vitals: Vitals, free_bytes: int, bounds: Bounds, now: datetime) -> tuple[Trouble, ...]:
    """Return all that is wrong, the runs first."""
    return (
        *_of_runs(vitals, bounds, now),
        *_of_sources(vitals, bounds),
        *_of_channels(vitals),
        *_of_disk(free_bytes, bounds),
    )


def ended_at(run: LastRun) -> datetime:
    """Return when a run ended, or began where it has not."""
    return run.finished_at or run.started_at


def _of_runs(vitals: Vitals, bounds: Bounds, now: datetime) -> Iterator[Trouble]:
    """Only what runs on a schedule can be late; a run that never was is none that is missed."""
    scheduled = vitals.last(SCHEDULED)
    if scheduled is not None and now - ended_at(scheduled) > bounds.late_after:
        word = "began" if scheduled.finished_at is None else "ended"
        yield Trouble("run-late", SCHEDULED, f"the last cycle {word} {_ago(now - ended_at(scheduled))} ago")
    for run in vitals.runs:
        if run.status == "failed":
            yield Trouble("run-failed", run.flow, run.error or "without a word")


def _of_sources(vitals: Vitals, bounds: Bounds) -> Iterator[Trouble]:
    """Tell of sources: one is late that the last cycle left unpolled; that cycles are late is said of the cycles."""
    for one in vitals.sources:
        if one.state == "failing":
            failed = f"{counted(one.n_errors, 'poll')} failed: {one.reason or 'no answer'}"
            yield Trouble("source-failing", one.source_id, failed)
        elif one.state == "gone":
            yield Trouble("source-gone", one.source_id, f"no longer polled: {one.reason}")
        elif one.state != "disabled" and one.next_at and vitals.taken_at - one.next_at > bounds.late_after:
            yield Trouble("source-late", one.source_id, f"due for {_ago(vitals.taken_at - one.next_at)}")


def _of_channels(vitals: Vitals) -> Iterator[Trouble]:
    for one in vitals.undelivered:
        if one.status == "dead":
            yield Trouble("given-up", one.channel, _told(one))
        elif one.error is not None:
            yield Trouble("channel-failing", one.channel, _told(one))


def _told(one: Waiting) -> str:
    word = "given up" if one.status == "dead" else "waiting"
    return f"{one.n_deliveries} {word} ({one.kind}): {one.error or 'no reason on record'}"


def _of_disk(free_bytes: int, bounds: Bounds) -> Iterator[Trouble]:
    if free_bytes < bounds.min_free_bytes:
        yield Trouble(
            "disk-low", "disk", f"{free_bytes / 1e6:,.0f} MB free, less than {bounds.min_free_bytes / 1e6:,.0f}"
        )


def _ago(passed: timedelta) -> str:
    minutes = int(passed.total_seconds() // 60)
    if minutes < 120:
        return counted(minutes, "minute")
    return f"{minutes // 60} hours" if minutes < 2880 else f"{minutes // 1440} days"
