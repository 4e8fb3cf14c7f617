"""Rules, and events as rules see them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import Literal, TypeAlias

from extractors.model import DayPrecision, Polarity

# ring: tell at once. hold: tell when the quiet hours are over. digest: tell with the rest. none: tell nobody.
Action: TypeAlias = Literal["ring", "hold", "digest", "none"]
Rest: TypeAlias = Literal["none", "daily", "weekly"]


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When a rule does not ring: from one time of day to another, in local time; a severity may break through."""

    since: time
    until: time
    zone: tzinfo = UTC
    unless_severity: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """When an event that rang is told of again: carried by so many outlets, or risen to such a severity."""

    outlets: int | None = None
    severity: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What an event must be like to ring.

    Whom and what it is about is its scope: empty fields admit everything. ``severity``, ``min_outlets`` and
    ``fresh_days`` are its bar: what is in scope and below the bar is the rest, which may go into a digest at
    ``digest_at`` (weekly: on Mondays). ``dyads`` hold in either direction.
    """

    name: str
    severity: int = 3
    polarity: Polarity | Literal["any"] = "escalatory"
    categories: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    dyads: frozenset[frozenset[str]] = frozenset()
    topics: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    min_outlets: int = 1
    fresh_days: int | None = None
    quiet: QuietHours | None = None
    rest: Rest = "none"
    digest_at: time = time(8)
    zone: tzinfo = UTC
    steps: tuple[Step, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventView:
    """An event with what rules ask for, over all reports of its claims; ``dyads`` are (speaker's, target's) countries.

    ``category`` and ``severity`` are its headline's, ``categories`` those of all its ``claims``; ``rank`` is that of
    its speaker of highest rank.
    """

    event_id: str
    polarity: Polarity
    category: str
    severity: int
    claims: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    rank: int = 0
    speakers: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    dyads: frozenset[tuple[str, str]] = frozenset()
    topics: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    n_outlets: int = 1
    said_on: date | None = None
    said_on_precision: DayPrecision | None = None
    reported_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule does about an event, why, and when it is to be told."""

    action: Action
    reasons: tuple[str, ...]
    due_at: datetime
