"""What the form of a verb or sentence tells: of the past, an order, a question, what did not happen."""

from extractors.escalation.grammar.parse import AUXILIARIES
from extractors.escalation.grammar.sides import find_subject
from extractors.escalation.grammar.statement import Reading

PRESENT = frozenset({"VBP", "VBZ"})


def is_past(reading: Reading, verb: int) -> bool:
    """Tell whether the verb tells of what has happened."""
    words = reading.words
    helpers = [one for one in words.children[verb] if words.dep[one] in AUXILIARIES]
    if words.tag[verb] == "VBN" and any(words.lemma[one] == "be" and words.tag[one] in PRESENT for one in helpers):
        return False
    if words.tag[verb] in {"VBD", "VBN"}:
        return True
    return any(words.tag[one] == "VBD" or (words.lemma[one] == "have" and words.tag[one] in PRESENT) for one in helpers)


def is_imperative(reading: Reading, verb: int) -> bool:
    """Tell whether the verb is an order: bare, first in its clause, with nobody as its subject."""
    words = reading.words
    if words.tag[verb] != "VB" or words.dep[verb] not in {"ROOT", "ccomp", "conj"}:
        return False
    if words.dep[verb] == "conj" and words.tag[words.head[verb]] != "VB":
        return False
    if find_subject(reading, verb) is not None:
        return False
    return not any(words.dep[one] == "aux" and words.lower[one] != "do" for one in words.children[verb])


def is_question(reading: Reading, anchor: int) -> bool:
    """Tell whether the word stands in a question."""
    words = reading.words
    number = words.sentence[anchor]
    last = anchor
    while last + 1 < len(words) and words.sentence[last + 1] == number:
        last += 1
    return "?" in words.lower[max(anchor, last - 2) : last + 1]


def is_counterfactual(reading: Reading, verb: int) -> bool:
    """Tell whether it did not happen: "would have struck", "could have sent"."""
    words = reading.words
    auxiliaries = {words.lower[one] for one in words.children[verb] if words.dep[one] in AUXILIARIES}
    if not auxiliaries and words.dep[verb] == "conj" and words.tag[verb] == "VBN":
        return is_counterfactual(reading, words.head[verb])
    return bool(auxiliaries & {"would", "could", "might", "should"}) and "have" in auxiliaries
