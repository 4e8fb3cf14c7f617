"""When a growing page is asked for again of our own accord: its listing need not say that it grew."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SHORTEST = timedelta(minutes=10)
FIRST = timedelta(minutes=20)
LONGEST = timedelta(hours=6)
FASTER, SLOWER = 0.67, 1.6  # a page that grew is asked sooner, one that did not later: its own rate in a few visits
QUIET = timedelta(hours=36)  # a live page that added nothing for a night and a day has ended
TRUSTED_GROWTHS = 2  # one addition may be a correction; a page that grew twice grows


@dataclass(frozen=True, slots=True)
class Visits:
    """How an address is visited: when it grew last, at which interval, when next (None: not of our own accord)."""

    grown_at: datetime | None = None
    interval: timedelta | None = None
    next_at: datetime | None = None


def next_visit(visits: Visits, *, grew: bool, n_growths: int, is_live: bool, now: datetime) -> Visits:
    """Return the visits after a reading; ``is_live`` is the page's own word that it will grow."""
    if visits.interval is None and not is_live and n_growths < TRUSTED_GROWTHS:
        return visits
    grown_at = now if grew or visits.grown_at is None else min(visits.grown_at, now)
    if now - grown_at > QUIET:
        return Visits(grown_at, visits.interval, None)
    if visits.interval is None:
        interval = FIRST
    else:
        interval = min(max(visits.interval * (FASTER if grew else SLOWER), SHORTEST), LONGEST)
    return Visits(grown_at, interval, now + interval)
