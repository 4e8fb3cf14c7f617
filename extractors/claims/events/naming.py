"""Which id each event bears: that of its sides, day and direction, or the one it was told under."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import chain, count

from extractors.claims.events.values import Event, EventKey, NamedEvent, Rung


def event_id_of(key: EventKey) -> str:
    """Return the id of the event with these sides, day and direction."""
    words = f"{key.side}|{key.aim}|{key.day.isoformat()}|{key.polarity}|{key.alone}"
    return sha256(f"event:{words}".encode()).hexdigest()[:32]


def name_events(events: Sequence[Event], rung: Sequence[Rung]) -> tuple[list[NamedEvent], dict[str, str]]:
    """Return the events under their ids, and for each id that somebody was told and that gave way, the one it is now.

    What was told goes on where most of its claims are; of several that come together the one told first gives the id.
    So no id changes that somebody knows, and without anything told ids depend on content alone.
    """
    heirs: dict[int, list[Rung]] = {}
    place_of = {claim_id: at for at, one in enumerate(events) for claim_id in one.claim_ids}
    for told in sorted(rung, key=lambda one: (one.at, one.event_id)):
        at = _heir(told, events, place_of)
        if at is not None:
            heirs.setdefault(at, []).append(told)
    kept = {at: found[0].event_id for at, found in heirs.items()}
    taken = {told.event_id for told in rung}
    named = [NamedEvent(kept.get(at) or _new_id(one, taken), one) for at, one in enumerate(events)]
    merged = {told.event_id: kept[at] for at, found in heirs.items() for told in found if told.event_id != kept[at]}
    return named, merged


def _heir(told: Rung, events: Sequence[Event], place_of: Mapping[str, int]) -> int | None:
    """Return the event that holds most of the claims told, of several equal the one that bears the id by content."""
    held: dict[int, int] = {}
    for claim_id in told.claim_ids:
        if claim_id in place_of:
            held[place_of[claim_id]] = held.get(place_of[claim_id], 0) + 1
    if not held:
        return None
    return max(held, key=lambda at: (held[at], event_id_of(events[at].key) == told.event_id, -at))


def _new_id(event: Event, taken: set[str]) -> str:
    """Return the id by content; where another event was told under it, one derived from it."""
    own = event_id_of(event.key)
    names = chain([own], (sha256(f"{own}:{n}".encode()).hexdigest()[:32] for n in count(2)))
    return next(one for one in names if one not in taken)
