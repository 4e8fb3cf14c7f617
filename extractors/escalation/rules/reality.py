"""Reality: questions, counterfactuals, history and what another side is told to have said are no acts of the speaker."""

from extractors.escalation.grammar.history import is_history
from extractors.escalation.grammar.mood import is_counterfactual, is_question
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.rules.hits import Hit

# what is held against somebody stays a reproach, however long ago and whoever said it
REPROACHES = frozenset({"ACCUSE", "PROTEST_DIPL"})

# what only the side can announce that does it
OWN_DEEDS = frozenset({"USE_OF_FORCE", "MOBILISE", "ARMS_SUPPLY", "SANCTION", "RELATIONS"})


def is_anothers(hit: Hit) -> bool:
    """Tell whether a deed is told of another side, so that it is none of the speaker's."""
    return hit.category in OWN_DEEDS and hit.mood is not None and hit.mood.side == "other"


def is_unreal(reading: Reading, hit: Hit) -> bool:
    """Tell whether what was found is asked, imagined, long past or another's word."""
    place = hit.tokens[0] if hit.mood is None and hit.tokens else None
    if hit.mood is not None:
        if hit.mood.is_question or hit.mood.is_counterfactual:
            return True
        place = hit.mood.verb
    if place is None or place == reading.cue:
        return False
    if hit.mood is None and (is_question(reading, place) or is_counterfactual(reading, place)):
        return True
    if hit.category in REPROACHES:
        return False
    return (hit.mood is not None and hit.mood.is_quoted) or is_history(reading, place)
