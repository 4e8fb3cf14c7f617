"""What goes into grouping claims into events and what comes out of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from extractors.model import Polarity

# Claims that escalate and those that calm are events together with their like; a neutral one is by itself.
Direction: TypeAlias = Polarity


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """A claim as grouping sees it: whose side speaks, at whom it aims, when, how gravely, with what standing.

    ``side`` and ``aim`` are countries (ISO 3166 alpha-3), or actors' ids where there is no country; empty where nobody
    is known. ``is_dated`` tells a day that the text gives from one of publication only. ``rank`` orders speakers: a
    head of state over a minister over a spokesman over nobody who is named. ``first_report`` is the id of the first
    report: that of the claim may be one that rang before.
    """

    claim_id: str
    side: str
    aim: str
    polarity: Direction
    day: date | None
    is_dated: bool
    severity: int
    rank: int
    reported_at: datetime | None
    first_report: str = ""


@dataclass(frozen=True, slots=True, order=True)
class EventKey:
    """What makes an event one: who, towards whom (empty: nobody is known), when, and in which direction.

    ``alone`` is the claim's id where side or day are not known: it is an event by itself.
    """

    side: str
    aim: str
    day: date
    polarity: Direction
    alone: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An event with its claims, the headline first."""

    key: EventKey
    claim_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """An event that was told of: its id, when, and the claims that were told with it."""

    event_id: str
    at: datetime
    claim_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class NamedEvent:
    """An event under its id."""

    event_id: str
    event: Event
