"""What the network is asked about a statement, without names, and where its answer stands among the words."""

from collections.abc import Set as AbstractSet

from extractors.escalation.grammar.condition import subtree
from extractors.escalation.grammar.parse import SUBJECTS
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.network.masking import describe, mask
from extractors.escalation.network.opinion import Question
from extractors.model import Span

LEFT_OF_CUE = 12  # words a subject before its cue may take; a longer one says more than who speaks
STOPS = " .,;:"  # whether they belong to a statement is a matter of how it was cut out


def question_of(reading: Reading, ordinary: AbstractSet[str]) -> Question:
    """Return the question: who speaks, and the statement as the article puts it; names are masked in both."""
    masked = mask(reading, _pieces(reading), ordinary)
    return Question(describe(reading.voice, reading.lexicon.places, ordinary), masked.text.rstrip(STOPS))


def tokens_of(reading: Reading, words: Span | None, ordinary: AbstractSet[str]) -> tuple[int, ...]:
    """Return the statement's tokens that the stretch ``words`` of the question's text touches."""
    if words is None:
        return ()
    pieces = mask(reading, _pieces(reading), ordinary).pieces
    touched = (one for one in pieces if one.start < words.end and one.end > words.start)
    return tuple(index for one in touched for index in range(one.first, one.last + 1))


def _pieces(reading: Reading) -> list[range]:
    """Return the content; with the cue and its subject where they belong to what is said ("refused to rule out")."""
    content = [part for part in reading.content if len(part)]
    if reading.cue is None or _is_plain_quote(reading):
        return content
    told = _with_subject(reading, reading.cue)
    same = reading.words.sentence[reading.cue]
    near = [part for part in content if same in {reading.words.sentence[part[0]], reading.words.sentence[part[-1]]}]
    if not near:
        return content
    first, last = min(told[0], near[0][0]), max(told[-1], near[-1][-1])
    return sorted([range(first, last + 1), *(part for part in content if part not in near)], key=lambda part: part[0])


def _is_plain_quote(reading: Reading) -> bool:
    """Tell a quote with "said" from one whose cue says more."""
    return reading.is_direct and (reading.cue_entry is None or reading.cue_entry.category is None)


def _with_subject(reading: Reading, cue: int) -> range:
    words = reading.words
    subject = words.child(cue, SUBJECTS)
    if subject is None and words.dep[cue] in {"xcomp", "ccomp"}:  # "declined to rule out"
        subject = words.child(words.head[cue], SUBJECTS) or words.head[cue]
    tokens = sorted(subtree(words, subject)) if subject is not None else [cue]
    first = tokens[0] if cue - tokens[0] <= LEFT_OF_CUE else cue
    return range(min(first, cue), max(first, cue) + 1)
