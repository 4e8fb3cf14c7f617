"""Condition: whether a deed depends on something, and which words are the if-part itself."""

from dataclasses import dataclass

from extractors.escalation.grammar.parse import SUBJECTS, Words
from extractors.escalation.grammar.statement import Reading

PHRASES = (
    ("as", "long", "as"), ("as", "soon", "as"), ("so", "long", "as"), ("in", "case"), ("in", "the", "event"),
    ("in", "the", "case", "of"),
    ("provided", "that"), ("providing", "that"), ("on", "condition"), ("on", "the", "condition"), ("depending", "on"),
    ("even", "if"), ("were", "it"), ("only", "when"), ("only", "after"), ("only", "if"), ("the", "moment"),
    ("in", "exchange", "for"), ("in", "return", "for"), ("subject", "to"), ("otherwise",), ("or", "else"),
    ("the", "day"), ("contingent", "on"), ("conditional", "on"), ("conditioned", "on"), ("failing", "which"),
)  # fmt: skip
FUTURE = frozenset({"will", "shall", "'ll", "’ll"})
CLAUSES = frozenset({"advcl", "pcomp", "dep", "ccomp", "acl"})


@dataclass(frozen=True, slots=True)
class Condition:
    """The words that make a condition: the marker's first and last token and the tokens of the if-part."""

    first: int
    last: int
    protasis: frozenset[int]
    is_unless: bool = False


def find_conditions(reading: Reading) -> list[Condition]:
    """Return the conditions inside the content."""
    words = reading.words
    found: list[Condition] = []
    for part in reading.content:
        for index in part:
            one = _marker_at(words, index, part) or _phrase_at(words, index, part)
            if one is not None:
                found.append(one)
    return found


def _marker_at(words: Words, index: int, part: range) -> Condition | None:  # noqa: PLR0911 - a line a marker
    word = words.lower[index]
    if word == "when":
        return _clause(words, index, part) if _is_future_when(words, index) else None
    if word == "should":
        return _inversion(words, index, part)
    if word in {"until", "till"} and not _governs_clause(words, index):
        return None
    if word in {"if", "unless", "whenever", "until", "till"} or (
        word == "once" and words.dep[index] in {"mark", "advmod"}
    ):
        if word == "if" and words.dep[words.head[index]] == "ccomp":
            return None  # "asked if": a question put, not a condition
        if word == "once" and not _opens_clause(words, index):
            return None
        return _clause(words, index, part)
    return None


def _governs_clause(words: Words, index: int) -> bool:
    return words.dep[index] == "mark" or any(words.is_verbal(one) for one in words.children[index])


def _opens_clause(words: Words, index: int) -> bool:
    head = words.head[index]
    return words.is_verbal(head) and words.dep[head] == "advcl"


def _is_future_when(words: Words, index: int) -> bool:
    """Tell "when they cross, we will answer" from a date: present there, future in the main clause."""
    head = words.head[index]
    if not words.is_verbal(head) or words.dep[head] != "advcl" or words.tag[head] == "VBD":
        return False
    main = words.head[head]
    return any(words.lower[one] in FUTURE for one in words.children[main])


def _inversion(words: Words, index: int, part: range) -> Condition | None:
    """Return the condition of "Should a shell fall, ...": the auxiliary opens, its subject follows."""
    opens = (
        index == part.start
        or words.sentence[index - 1] != words.sentence[index]
        or not words.lower[index - 1].isalpha()
    )
    head = words.head[index]
    if (
        not opens
        or head <= index
        or any(words.lower[i] == "?" for i in part if words.sentence[i] == words.sentence[index])
    ):
        return None
    return _clause(words, index, part)


def _clause(words: Words, index: int, part: range) -> Condition:
    """Return the subtree of the clause as the if-part; where the parse is broken, the words up to the comma."""
    head = words.head[index]
    is_parsed = head > index and words.is_verbal(head) and words.dep[head] in CLAUSES
    tokens = subtree(words, head) if is_parsed else _up_to_comma(words, index, part)
    if len(tokens) >= len(part) - 2:  # the clause has swallowed its sentence
        tokens = _up_to_comma(words, index, part)
    return Condition(index, index, tokens, words.lower[index] in {"unless", "until", "till"})


def _up_to_comma(words: Words, index: int, part: range) -> frozenset[int]:
    found = []
    for one in range(index, part.stop):
        if one > index and (
            words.lower[one] in {",", ";", "—", "–", "then"} or words.sentence[one] != words.sentence[index]
        ):
            break
        found.append(one)
    return _before_main_clause(words, index, found)


def _before_main_clause(words: Words, index: int, found: list[int]) -> frozenset[int]:
    """Return the if-part up to the subject of a later "will": "if they want a quarrel they will get one"."""
    for one in found:
        if words.lower[one] in FUTURE and words.dep[one] == "aux":
            subject = words.child(words.head[one], SUBJECTS)
            if subject is not None and subject > index + 1 and words.head[one] != words.head[index]:
                first = min(subtree(words, subject))
                return frozenset(place for place in found if place < first) if first > index + 1 else frozenset(found)
    return frozenset(found)


def _phrase_at(words: Words, index: int, part: range) -> Condition | None:
    for phrase in PHRASES:
        if words.lower[index] == phrase[0] and words.lower[index : index + len(phrase)] == phrase:
            last = index + len(phrase) - 1
            if phrase in {("otherwise",), ("or", "else"), ("failing", "which")}:
                return Condition(index, last, frozenset())
            if phrase in {("even", "if"), ("only", "if")}:
                return None
            return Condition(index, last, _after_phrase(words, index, last, part))
    return None


def _after_phrase(words: Words, index: int, last: int, part: range) -> frozenset[int]:
    """Return the if-part of a phrase: what hangs on its noun ("the day they cross"), else the words up to the comma."""
    below = subtree(words, last) if words.pos[last] == "NOUN" else frozenset()
    return below | frozenset(range(index, last)) if len(below) > 1 else _up_to_comma(words, index, part)


def subtree(words: Words, index: int) -> frozenset[int]:
    """Return ``index`` and all that depends on it."""
    found, level = {index}, [index]
    while level:
        level = [below for one in level for below in words.children[one]]
        found.update(level)
    return frozenset(found)
