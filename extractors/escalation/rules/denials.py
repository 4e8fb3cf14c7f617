"""Bare denials: what the speaker's side did not do, where no word of the lexicon says what it was."""

from collections.abc import Iterator

from extractors.escalation.grammar.forms import is_past
from extractors.escalation.grammar.negation import negators_of
from extractors.escalation.grammar.sides import side_of_verb
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.rules.hits import Hit


def denial_hits(reading: Reading) -> Iterator[Hit]:
    """Yield a denial for each finite verb in the past that is negated and not somebody else's deed."""
    words = reading.words
    for index in reading.indices:
        if words.pos[index] != "VERB" or not words.is_finite(index) or not is_past(reading, index):
            continue
        if any(words.tag[one] == "MD" for one in words.children[index]):
            continue
        negators = negators_of(words, index)
        if len(negators) % 2 and side_of_verb(reading, index) != "other":
            yield Hit("DENIAL", "own deed in the past, negated", (negators[0], index))
