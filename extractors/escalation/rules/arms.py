"""Arms: whether they go to a party at war; then they escalate towards its enemy, however friendly the deed sounds."""

from extractors.escalation.grammar.sides import FIRST_PERSON
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.lexicon import Conflict
from extractors.escalation.rules.features import find_feature


def enemies_of(conflict: Conflict, party: str) -> frozenset[str]:
    """Return the other side of ``party`` in the war, empty where it is no party to it."""
    first, second = conflict.sides
    if party in first:
        return second
    return first if party in second else frozenset()


def is_for_a_party(reading: Reading) -> bool:
    """Tell whether arms spoken of are taken to go to a party at war: unless it is a sale, with no word of a war.

    Which countries are at war is no matter of the words: the same sentence means the same of any country.
    """
    return find_feature(reading, "war") is not None or find_feature(reading, "sale") is None


def is_for_an_enemy(reading: Reading) -> bool:
    """Tell whether arms spoken of can only be the enemy's: his country is named, the speaker's own side is not."""
    own, places = reading.voice.country, reading.places or {}
    named = {places[index] for index in reading.indices if index in places}
    if own is None or own in named or any(reading.words.lower[index] in FIRST_PERSON for index in reading.indices):
        return False
    wars = (conflict for conflict in reading.lexicon.conflicts if conflict.is_on(reading.on))
    return any(named & enemies_of(war, own) for war in wars)
