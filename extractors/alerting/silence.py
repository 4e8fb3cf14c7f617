"""Silences: what somebody acknowledged or muted does not ring; it is still recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from extractors.alerting.rule import EventView
from extractors.dates import is_ahead

Kind: TypeAlias = Literal["ack", "mute"]
Scope: TypeAlias = Literal["event", "claim", "speaker", "rule"]


@dataclass(frozen=True, slots=True)
class Silence:
    """A mute silences all that comes, an acknowledgement what rang before it was made; ``until`` None: for good."""

    silence_id: str
    kind: Kind
    scope: Scope
    target: str
    until: datetime | None
    made_at: datetime


def silence_for(
    event: EventView, rule: str, silences: Iterable[Silence], *, now: datetime, rang_at: datetime | None
) -> str | None:
    """Return the silence that covers a message about the event now; ``rang_at`` None means that it never rang."""
    for one in silences:
        is_past_it = one.kind == "ack" and not _rang_before(one, rang_at, now)
        if not _has_ended(one, now) and not is_past_it and _is_about(one, event, rule):
            return one.silence_id
    return None


def _has_ended(one: Silence, now: datetime) -> bool:
    """Tell whether a silence with an end is over; one made by a clock that was ahead ended at a time of that clock."""
    return one.until is not None and (one.until <= now or is_ahead(one.made_at, now))


def _rang_before(one: Silence, rang_at: datetime | None, now: datetime) -> bool:
    """Tell whether an acknowledgement is of this ring; where a clock was ahead, rather not, unless it names the event.

    An event is acknowledged because it rang, whatever the clock said then.
    """
    if rang_at is None:
        return False
    if is_ahead(one.made_at, now) or is_ahead(rang_at, now):
        return one.scope in ("event", "claim") or (is_ahead(rang_at, now) and rang_at <= one.made_at)
    return rang_at <= one.made_at


def _is_about(one: Silence, event: EventView, rule: str) -> bool:
    if one.scope in ("event", "claim"):
        return one.target == event.event_id or one.target in event.claims
    return one.target in event.speakers if one.scope == "speaker" else one.target == rule
