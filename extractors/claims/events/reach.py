"""How far a change among the claims of some sides reaches, so that not all they ever said is placed anew.

Where a claim is placed depends on those within a week of it, and on the row of days that publication alone dates and
that follow each other up to it. A change so reaches a week on, and along such a row to its end.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.claims.events.grouping import WITHIN, loose_rows
from extractors.claims.events.values import ClaimFacts

# Days around a change that are looked at; in days from it: where rows must have begun, what is placed anew, where rows
# must have ended. What is placed anew needs a week on each side to be placed right.
LOOKED_AT = timedelta(days=60)
_BEGUN, _EDGE = timedelta(days=18), timedelta(days=3)
_BEFORE, _AFTER = timedelta(days=11), timedelta(days=52)
_SOON, _LATE = timedelta(days=8), timedelta(days=40)
# An event may hold claims dated so long before and after its own day.
_EARLIER, _LATER = timedelta(days=1), timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Reach:
    """The days between which claims change place; ``looked_at`` are those that have to be known for it."""

    first: date
    last: date

    @property
    def looked_at(self) -> tuple[date, date]:
        """Return the first and last day of the claims to look at."""
        return _moved(self.first, -LOOKED_AT), _moved(self.last, LOOKED_AT)

    def places(self, day: date | None) -> bool:
        """Tell whether a claim of that day is placed anew."""
        return day is None or _moved(self.first, -_BEFORE) <= day <= _moved(self.last, _AFTER)

    def is_enough(self, facts: Sequence[ClaimFacts]) -> bool:
        """Tell whether the claims looked at tell all: no row of days runs on beyond them."""
        return all(self._ends(days) for days in _rows(facts))

    def _ends(self, days: Sequence[date]) -> bool:
        known = [day for day in days if day >= _moved(self.looked_at[0], _EDGE)]
        starts = _breaks(known, before=_moved(self.looked_at[0], _EDGE))
        needed = next((day for day in known if day >= _moved(self.first, -_BEGUN)), None)
        has_begun = needed is None or any(day <= needed for day in starts)
        beyond = [day for day in known if _moved(self.last, _SOON) < day <= _moved(self.last, _LATE)]
        return has_begun and (not beyond or any(day in starts for day in beyond))


def reach_of(days: Sequence[date], events_on: Sequence[date]) -> Reach | None:
    """Return how far changes of claims on these days, and of events on those, reach; None where there are none."""
    ends = [*days, *(_moved(day, -_EARLIER) for day in events_on), *(_moved(day, _LATER) for day in events_on)]
    return Reach(min(ends), max(ends)) if ends else None


def _rows(facts: Sequence[ClaimFacts]) -> Iterator[list[date]]:
    """Yield the days that only publication gives, for each pair of sides and direction, as they are placed in rows."""
    series: dict[tuple[str, str, str], list[ClaimFacts]] = defaultdict(list)
    for one in facts:
        if one.side and one.day is not None and one.polarity != "neutral":
            series[one.side, one.polarity, one.aim].append(one)
    for its in series.values():
        yield loose_rows(its)


def _breaks(days: Sequence[date], *, before: date) -> set[date]:
    """Return the days with which a row begins whatever was before: nothing within reach stands before them."""
    return {day for last, day in zip([before - timedelta(days=1), *days], days, strict=False) if day - last > WITHIN}


def _moved(day: date, by: timedelta) -> date:
    """Return a day so much later, within what a calendar holds."""
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta() else date.min
