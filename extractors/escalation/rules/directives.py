"""Directives: what others are told to do or to leave, where no verb of the lexicon says so."""

from collections.abc import Iterator

from extractors.escalation.grammar.condition import Condition, subtree
from extractors.escalation.grammar.forms import is_imperative
from extractors.escalation.grammar.mood import MODALS, read_mood
from extractors.escalation.grammar.negation import negators_of
from extractors.escalation.grammar.sides import find_subject, side_of_noun
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.rules.features import find_feature
from extractors.escalation.rules.hits import Hit

# acts that already say what is asked
ANSWERED = frozenset({"DEMAND", "CALL_RESTRAINT", "CALL_TO_ESCALATE", "ULTIMATUM"})
# polite or empty imperatives that ask nothing of an adversary
EMPTY = frozenset(
    {"let", "look", "see", "note", "remember", "say", "imagine", "suppose", "ask", "thank", "forget", "think", "wait"}
    | {"believe", "trust"}
)
BOTH = frozenset(
    {
        "neither",
        "both",
        "all",
        "sides",
        "parties",
        "everyone",
        "everybody",
        "countries",
        "neighbours",
        "neighbors",
        "nations",
        "two",
    }
)


def directive_hits(reading: Reading, found: list[Hit], conditions: list[Condition]) -> Iterator[Hit]:
    """Yield a demand for each verb that others must or should do, unless a hit has said it already."""
    protasis = frozenset(index for one in conditions for index in one.protasis)
    taken = {reading.words.sentence[hit.tokens[0]] for hit in found if hit.category in ANSWERED and hit.tokens}
    for index in reading.indices:
        if index in protasis or reading.words.sentence[index] in taken or not reading.words.is_verbal(index):
            continue
        if any(reading.words.lemma[one] == "question" for one in reading.words.children[index]):
            continue  # "put that question to the ministry"
        if (waived := _is_waived(reading, index)) is not None:
            yield Hit("REASSURE", "duty negated", _shown(index, waived))
            taken.add(reading.words.sentence[index])
            continue
        subject = _told_to(reading, index)
        if subject is not None or _is_order(reading, index):
            yield Hit(_category(reading, subject), "directive", _shown(index, subject), read_mood(reading, index))
            taken.add(reading.words.sentence[index])


def _is_waived(reading: Reading, verb: int) -> int | None:
    """Return the other side that need not do it: "your men do not have to leave"."""
    words = reading.words
    above = words.head[verb]
    needs = any(words.lower[one] == "need" and words.dep[one] == "aux" for one in words.children[verb])
    is_duty = words.dep[verb] == "xcomp" and words.lemma[above] in {"have", "need"} and words.tag[above] != "VBD"
    if not needs and not is_duty:
        return None
    subject = find_subject(reading, verb)
    is_negated = len(negators_of(words, verb if needs else above)) % 2
    return subject if subject is not None and is_negated and side_of_noun(reading, subject) == "other" else None


def _told_to(reading: Reading, verb: int) -> int | None:
    """Return the one who must do it, where it is not the speaker's side."""
    words = reading.words
    duties = [one for one in words.children[verb] if words.dep[one] == "aux" and MODALS.get(words.lower[one]) == "must"]
    above = words.head[verb]
    is_told = words.tag[above] == "VBD"  # "he had to work": what was, not what is asked
    has_duty = bool(duties) or (
        words.dep[verb] == "xcomp" and words.lemma[above] in {"have", "need", "ought"} and not is_told
    )
    if not has_duty or words.lemma[verb] in {"have", "be"}:
        return None
    if not duties and negators_of(words, above):  # "they do not have to leave"
        return None
    subject = find_subject(reading, verb)
    if subject is None or words.dep[subject] == "expl":
        return None
    side = side_of_noun(reading, subject)
    names = {words.lower[one] for one in subtree(words, subject)}
    if side == "other" or names & BOTH:
        return subject
    is_passive = words.dep[subject] == "nsubjpass" or words.child(verb, frozenset({"auxpass"})) is not None
    return subject if side == "none" and is_passive and words.pos[subject] != "PRON" else None


def _is_order(reading: Reading, verb: int) -> bool:
    """Tell whether the sentence is an order with an object of some kind."""
    words = reading.words
    if not reading.is_direct or words.lemma[verb] in EMPTY or words.dep[verb] != "ROOT":
        return False
    return is_imperative(reading, verb) and any(
        words.dep[one] in {"dobj", "prep", "xcomp", "ccomp"} for one in words.children[verb]
    )


def _category(reading: Reading, subject: int | None) -> str:
    if subject is None:
        return "DEMAND"
    names = {reading.words.lower[one] for one in subtree(reading.words, subject)}
    if find_feature(reading, "domestic") is not None:
        return "LEGAL_DOMESTIC"
    return "CALL_RESTRAINT" if names & BOTH else "DEMAND"


def _shown(verb: int, subject: int | None) -> tuple[int, ...]:
    return (verb,) if subject is None else (subject, verb)
