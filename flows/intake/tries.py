"""What a failed try comes to: a verdict on the content, or another try later, alone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, TypeVar

from extractors.model import Rejected
from flows.workers import Abandoned
from warehouse.storing import LONGEST_WAIT, Stage, Try

Item = TypeVar("Item")

FIRST_WAIT = timedelta(minutes=15)
GAVE_UP = "gave-up"
# The share of a task's time that its guarded work may take; what is left is for starting a worker and for storing.
WORKING_SHARE = 0.85


@dataclass(frozen=True, slots=True)
class Patience:
    """How many tries alone an item has, by who is to blame; ``waits`` is off where the next run is not to wait."""

    suspect_tries: int
    machine_tries: int
    waits: bool = True


@dataclass(frozen=True, slots=True)
class Subject:
    """An item that was tried: what it is, and how often it had failed before, alone."""

    stage: Stage
    subject_id: str
    location: str
    n_tries: int


def settle(
    ended: Abandoned[Any], subject: Subject, patience: Patience, *, is_alone: bool, now: datetime
) -> Rejected | Try:
    """Return the verdict, or the try on record.

    Content that made its reader raise is judged at once. What else failed among others is due again at once, alone.
    """
    if ended.blame == "content":
        return Rejected(ended.reason, ended.detail)
    if not is_alone:
        return try_alone(ended, subject, now)
    why = _why(ended)
    n_tries = subject.n_tries + 1
    if ended.blame == "suspect" and n_tries >= patience.suspect_tries:
        return Rejected(ended.reason, _counted(ended.detail, n_tries))
    if n_tries >= max(patience.suspect_tries, patience.machine_tries):
        return Rejected(GAVE_UP, _counted(why, n_tries))
    wait = min(FIRST_WAIT * 4 ** min(n_tries - 1, 10), LONGEST_WAIT) if patience.waits else timedelta()
    return _try(subject, n_tries, why, now, now + wait)


def try_alone(ended: Abandoned[Any], subject: Subject, now: datetime) -> Try:
    """Return that the item failed among others, which does not count: it is due at once, alone."""
    return _try(subject, subject.n_tries, _why(ended), now, now)


def within(items: Iterable[Item], seconds: float, cost: Callable[[Item], float]) -> Iterator[Item]:
    """Pass items on while there is time for what each may cost at worst, in seconds by the clock; the first always."""
    ends = monotonic() + seconds
    for number, item in enumerate(items):
        if number and monotonic() + cost(item) > ends:
            return
        yield item


def _why(ended: Abandoned[Any]) -> str:
    return f"{ended.reason}: {ended.detail}".rstrip(": ")


def _try(subject: Subject, n_tries: int, why: str, now: datetime, next_at: datetime) -> Try:
    return Try(subject.stage, subject.subject_id, subject.location, n_tries, why, now, next_at)


def _counted(detail: str, n_tries: int) -> str:
    return "; ".join(one for one in (detail, f"tried {n_tries} times alone" if n_tries > 1 else "") if one)
