"""Reproach: what is held against another is his deed, whatever its words would be of one's own."""

from collections.abc import Iterable, Iterator, Sequence

from extractors.escalation.grammar.condition import subtree
from extractors.escalation.grammar.parse import SUBJECTS, Words
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.rules.hits import Hit

REPROACHES = frozenset({"ACCUSE", "PROTEST_DIPL"})
OBJECTS = frozenset({"dobj", "prep", "ccomp", "xcomp", "pcomp", "dative"})
PREDICATES = frozenset({"acomp", "attr", "oprd"})
TOPICS = SUBJECTS | {"csubj", "csubjpass"}


def without_its_substance(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """Drop what is only the substance of a reproach: "accused Lima of threatening war" threatens nobody."""
    substance = frozenset(index for hit in hits for index in _substance(reading, hit))
    return [hit for hit in hits if hit.category in REPROACHES or not _is_within(reading, hit, substance)]


def _is_within(reading: Reading, hit: Hit, substance: frozenset[int]) -> bool:
    return bool(hit.tokens) and substance.issuperset(hit.tokens) and not _is_own(reading, hit)


def _is_own(reading: Reading, hit: Hit) -> bool:
    """Tell a deed of one's own; the subject of "accused" is not that of "of trying to" below it."""
    return hit.mood is not None and hit.mood.side == "own" and reading.words.is_finite(hit.mood.verb)


def _substance(reading: Reading, hit: Hit) -> Iterable[int]:
    """Return the words of what is held against somebody, where the hit holds it against him."""
    if hit.category not in REPROACHES or not hit.tokens or hit.is_denied:
        return ()
    if hit.tokens == (reading.cue,):
        number = reading.words.sentence[hit.tokens[0]]
        return (one for one in reading.indices if reading.words.sentence[one] == number)
    if hit.rule.startswith("cue ") and len(hit.tokens) == 1:
        return _below(reading.words, hit.tokens[0], OBJECTS)
    return _judged(reading.words, hit) if hit.act is None else ()


def _judged(words: Words, hit: Hit) -> Iterator[int]:
    """Yield the words of what is judged: "the decision to close the port" of "... is outrageous"."""
    for index in hit.tokens:
        above = words.head[index]
        if words.dep[index] in PREDICATES and words.is_verbal(above):
            yield from _below(words, above, TOPICS)


def _below(words: Words, verb: int, relations: frozenset[str]) -> Iterator[int]:
    for one in words.children[verb]:
        if words.dep[one] in relations:
            yield from subtree(words, one)
