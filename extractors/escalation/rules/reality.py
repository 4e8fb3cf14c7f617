"""Reality: questions, counterfactuals, history and what another side says are no acts of the speaker."""

from extractors.escalation.grammar.forms import is_counterfactual, is_question
from extractors.escalation.grammar.history import is_history
from extractors.escalation.grammar.parse import SUBJECTS
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.rules.hits import Hit

# what is held against somebody stays a reproach, however long ago and whoever said it
REPROACHES = frozenset({"ACCUSE", "PROTEST_DIPL"})

# what only the side can announce that does it
OWN_DEEDS = frozenset({"USE_OF_FORCE", "MOBILISE", "ARMS_SUPPLY", "SANCTION", "RELATIONS"})

BANDS = frozenset({"group", "movement", "militia"})
OCCASIONS = frozenset({"after", "since", "when", "as", "once"})


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
    return _is_told(reading, hit) or is_history(reading, place) or _is_occasion(reading, hit)


def _is_occasion(reading: Reading, hit: Hit) -> bool:
    """Tell a deed that only says after what something is said: "they will pay after the group fired a rocket"."""
    words, mood = reading.words, hit.mood
    if mood is None or hit.category not in OWN_DEEDS or words.dep[mood.verb] != "advcl":
        return False
    subject = words.child(mood.verb, SUBJECTS)
    if subject is None or (mood.side == "own" and words.lower[subject] not in BANDS):
        return False
    marks = {words.lower[one] for one in words.children[mood.verb] if words.dep[one] in {"mark", "advmod"}}
    return bool(marks & OCCASIONS)


def _is_told(reading: Reading, hit: Hit) -> bool:
    """Tell whether another side's word or deed towards one's own is told: "they gave us until Friday"."""
    mood, words = hit.mood, reading.words
    if mood is None:
        return False
    if mood.is_quoted:
        return True
    hit_by_it = (one for one in words.children[mood.verb] if words.dep[one] in {"dobj", "dative"})
    return mood.side == "other" and any(words.lower[one] in {"us", "me"} for one in hit_by_it)
