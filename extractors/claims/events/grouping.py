"""Which claims are one event: one side towards another, on one day, in one direction.

The outcome depends on which claims there are, not on their order: a claim's place is found from the days and aims of
the other claims of its side, never from where these were put before.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from extractors.claims.events.values import ClaimFacts, Event, EventKey

# How far an utterance may lie before the publication that alone dates it, to be of an event that is dated.
WITHIN = timedelta(days=2)
_AHEAD = timedelta(days=1)  # it was day there already


def group_events(facts: Sequence[ClaimFacts]) -> list[Event]:
    """Return the events of all claims of some sides, each with its gravest claim first.

    To be given every claim of a side and direction, or of none of its days within ``WITHIN`` of each other.
    """
    series: dict[tuple[str, str], list[ClaimFacts]] = defaultdict(list)
    found: dict[EventKey, list[ClaimFacts]] = defaultdict(list)
    for one in facts:
        if one.side and one.day is not None and one.polarity != "neutral":
            series[one.side, one.polarity].append(one)
        else:
            found[EventKey(one.side, one.aim, one.day or date.min, one.polarity, one.claim_id)].append(one)
    for its in series.values():
        for key, one in _place(its):
            found[key].append(one)
    return [Event(key, tuple(one.claim_id for one in sorted(found[key], key=_standing))) for key in sorted(found)]


def _standing(one: ClaimFacts) -> tuple[int, int, float, str, str]:
    """Sort the headline first: the gravest, then the speaker of highest rank, then the first reported."""
    at = one.reported_at.timestamp() if one.reported_at else float("inf")
    return -one.severity, -one.rank, at, one.first_report, one.claim_id


def _place(series: Sequence[ClaimFacts]) -> Iterator[tuple[EventKey, ClaimFacts]]:
    """Yield the place of each claim of one side and direction: first in time, then in aim."""
    aimed = _dated([one for one in series if one.aim])
    days: dict[date, set[str]] = defaultdict(set)
    for one in aimed:
        assert one.day is not None  # noqa: S101 - those without a day are events by themselves
        days[one.day].add(one.aim)
        yield EventKey(one.side, one.aim, one.day, one.polarity), one
    rest = _dated([one for one in series if not one.aim])
    for one in rest:
        assert one.day is not None  # noqa: S101 - as above
        day, aim = _only_aim(one, days)
        yield EventKey(one.side, aim, day, one.polarity), one


def _only_aim(one: ClaimFacts, days: Mapping[date, set[str]]) -> tuple[date, str]:
    """Return the day and aim of the one event that a claim without an aim can be of; its own day and none else."""
    assert one.day is not None  # noqa: S101 - as above
    near = [one.day] if one.is_dated else [one.day - timedelta(days=back) for back in range(WITHIN.days + 1)]
    for day in near:
        aims = days.get(day, set())
        if aims:
            return (day, next(iter(aims))) if len(aims) == 1 else (one.day, "")
    return one.day, ""


def _dated(series: Sequence[ClaimFacts]) -> list[ClaimFacts]:
    """Return the claims with the day of the event they are of, for each aim by itself."""
    by_aim: dict[str, list[ClaimFacts]] = defaultdict(list)
    for one in series:
        by_aim[one.aim].append(one)
    return [one for its in by_aim.values() for one in _anchored(its)]


def _anchored(claims: Sequence[ClaimFacts]) -> Iterator[ClaimFacts]:
    """Yield the claims of one pair of sides with their days: those that publication alone dates join a dated one."""
    anchors = sorted({one.day for one in claims if one.is_dated and one.day})
    loose = sorted({one.day for one in claims if not one.is_dated and one.day})
    day_of = {day: _nearest(day, anchors) for day in loose}
    starts = _starts([day for day in loose if day_of[day] is None])
    for one in claims:
        assert one.day is not None  # noqa: S101 - as above
        day = one.day if one.is_dated else day_of[one.day] or starts[one.day]
        yield replace(one, day=day)


def loose_rows(claims: Sequence[ClaimFacts]) -> list[date]:
    """Return the days of one pair of sides that only publication gives and that no dated claim draws to itself."""
    anchors = sorted({one.day for one in claims if one.is_dated and one.day})
    loose = sorted({one.day for one in claims if not one.is_dated and one.day})
    return [day for day in loose if _nearest(day, anchors) is None]


def _nearest(day: date, anchors: Sequence[date]) -> date | None:
    """Return the last of the days on which what was published then can have been said."""
    at = bisect_right(anchors, day)
    if at and day - anchors[at - 1] <= WITHIN:
        return anchors[at - 1]
    after = bisect_left(anchors, day)
    return anchors[after] if after < len(anchors) and anchors[after] - day <= _AHEAD else None


def _starts(days: Sequence[date]) -> dict[date, date]:
    """Return for each day the first of its run: reports of one thing follow each other within a day or two."""
    starts: dict[date, date] = {}
    first = date.min
    for day in days:
        first = first if first != date.min and day - first <= WITHIN else day
        starts[day] = first
    return starts
