"""Arms: whether they go to a party at war; then they escalate towards its enemy, however friendly the deed sounds."""

from extractors.escalation.features import find_feature
from extractors.escalation.lexicon import Conflict
from extractors.escalation.reading import Reading


def conflict_of(reading: Reading) -> tuple[Conflict, str, frozenset[str]] | None:
    """Return the war a country in the content is party to, that country and its enemies there."""
    places = reading.places or {}
    own = reading.voice.country
    for index in reading.indices:
        code = places.get(index)
        if code is None or code == own:
            continue
        for conflict in reading.lexicon.conflicts:
            enemies = enemies_of(conflict, code)
            if enemies and own not in enemies and conflict.is_on(reading.on):
                return conflict, code, enemies
    return None


def enemies_of(conflict: Conflict, party: str) -> frozenset[str]:
    """Return the other side of ``party`` in the war, empty where it is no party to it."""
    first, second = conflict.sides
    if party in first:
        return second
    return first if party in second else frozenset()


def is_for_a_party(reading: Reading) -> bool:
    """Tell whether arms spoken of go to a party at war; without any recipient in sight, they are taken to."""
    if conflict_of(reading) is not None or find_feature(reading, "war") is not None:
        return True
    return find_feature(reading, "sale") is None and not reading.places
