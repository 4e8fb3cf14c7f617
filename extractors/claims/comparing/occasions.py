"""When a report says the utterance was made, and whether two reports can mean one occasion."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from extractors.claims.values import Report

# How far back an utterance may lie that a report does not date: news is of yesterday or of this week.
UNDATED_DAYS = 7


class Occasion(IntEnum):
    """How two reports stand in time."""

    APART = 0
    ADJACENT = 1
    POSSIBLE = 2
    SAME = 3


@dataclass(frozen=True, slots=True)
class Window:
    """The first and last day the utterance may have been made; ``is_dated`` when the text gives a day or week."""

    first: date
    last: date
    is_dated: bool


def window_of(report: Report) -> Window | None:
    """Return the days the utterance may have fallen on, None where nothing is known."""
    published = report.published_at.date() if report.published_at else None
    precision = report.said_on_precision
    if report.said_on is not None and precision in ("day", "week", "month", "year"):
        last = _last_day(report.said_on, precision)
        if published is not None:
            last = max(report.said_on, min(last, published))
        return Window(report.said_on, last, precision in ("day", "week"))
    known = report.said_on or published
    if known is None:
        return None
    return Window(known - timedelta(days=UNDATED_DAYS), known, is_dated=False)


def _last_day(first: date, precision: str) -> date:
    if precision == "week":
        return first + timedelta(days=6)
    if precision == "month":
        return first.replace(day=monthrange(first.year, first.month)[1])
    return date(first.year, 12, 31) if precision == "year" else first


def compare_occasions(one: Window | None, other: Window | None) -> Occasion:
    """Return how the two windows stand: neighbouring days may be one day in two time zones."""
    if one is None or other is None:
        return Occasion.POSSIBLE
    gap = max((other.first - one.last).days, (one.first - other.last).days)
    if gap <= 0:
        return Occasion.SAME if one.is_dated and other.is_dated else Occasion.POSSIBLE
    return Occasion.ADJACENT if gap == 1 else Occasion.APART
