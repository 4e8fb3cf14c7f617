"""The pattern language of the lexicon: a readable line that is matched against lemmas.

``impose sanction``       words in a row; each matches a lemma or the word as it is written (lower case)
``pay|face|bear``         one of several words
``@arms``                 one of the named list ``[words] arms``
``@name``                 any proper name, or a pronoun that stands for somebody
``impose * sanction``     a gap of up to four words; ``*8`` a gap of up to eight
``?the``                  a word that may be missing
``impose > sanction``     sanction depends on impose, at most three steps down, in any order
``arm/v``                 only as a verb (``/n``: only as a noun)
``^stand``                the word whose grammar decides (tense, subject, negation); else the first verb, else the head
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.escalation.grammar.parse import Words

OBJECT = frozenset({"dobj"})
MODIFIERS = frozenset({"compound", "amod", "nmod"})
DEFAULT_GAP = 4
DEPENDENCY_STEPS = 3
NAME = "@name"
SOMEBODY = frozenset(
    {"them", "you", "him", "her", "yours", "theirs", "those", "anyone", "anybody", "everyone", "whoever"}
)
PARTS = {"v": frozenset({"VERB"}), "n": frozenset({"NOUN", "PROPN"})}
CLAUSE_ENDS = frozenset({*".;!?", "if", "unless"})  # no gap reaches beyond them: an if-part is another clause


class PatternError(ValueError):
    """A pattern that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: the words it takes and how far it may lie behind the place before."""

    words: frozenset[str]
    gap: int = 0
    is_optional: bool = False
    is_anchor: bool = False
    is_dependent: bool = False
    parts: frozenset[str] = frozenset()

    def takes(self, words: Words, index: int) -> bool:
        """Tell whether the token can stand here."""
        if words.lemma[index] not in self.words and words.lower[index] not in self.words:
            return NAME in self.words and (words.pos[index] == "PROPN" or words.lower[index] in SOMEBODY)
        return not self.parts or words.pos[index] in self.parts


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern with the line it was read from."""

    source: str
    elements: tuple[Element, ...]
    needs: tuple[frozenset[str], ...] = ()

    def can_match(self, words: Words) -> bool:
        """Tell whether the text holds a word for every place that must be taken: most patterns end here."""
        for needed in self.needs:  # noqa: SIM110 - asked a hundred times a statement, and any() costs more
            if words.present.isdisjoint(needed):
                return False
        return True

    @property
    def first_words(self) -> frozenset[str]:
        """Return the words a match can begin with (for a dependency: those of the head)."""
        return self.elements[0].words


@dataclass(frozen=True, slots=True)
class Match:
    """The tokens a pattern took; ``anchor`` is the one whose grammar decides."""

    tokens: tuple[int, ...]
    anchor: int


def parse_pattern(line: str, lists: Mapping[str, Sequence[str]]) -> Pattern:
    """Compile one line; unknown lists, empty words and a leading gap are errors."""
    elements: list[Element] = []
    gap, dependent = 0, False
    for item in line.split():
        if item == ">":
            dependent = True
        elif item[0] == "*":
            gap = _gap(item)
        else:
            elements.append(_element(item, lists, gap, dependent=dependent))
            gap, dependent = 0, False
    if not elements or gap or dependent:
        raise PatternError(f"pattern {line!r} is empty or ends in a gap")
    if elements[0].gap or elements[0].is_optional or elements[0].is_dependent:
        raise PatternError(f"pattern {line!r} must begin with a word that is always there")
    needs = (one.words for one in elements[1:] if not one.is_optional and NAME not in one.words)
    return Pattern(line, tuple(elements), tuple(needs))


def _gap(item: str) -> int:
    if item == "*":
        return DEFAULT_GAP
    if not item[1:].isdigit():
        raise PatternError(f"gap {item!r} must be * or * with a number")
    return int(item[1:])


def _element(item: str, lists: Mapping[str, Sequence[str]], gap: int, *, dependent: bool) -> Element:
    marks = item[: len(item) - len(item.lstrip("?^"))]
    words: set[str] = set()
    body, _, kind = item[len(marks) :].partition("/")
    if kind and kind not in PARTS:
        raise PatternError(f"{item!r} ends in /{kind}, which is neither /v nor /n")
    for part in body.split("|"):
        if part == NAME:
            words.add(NAME)
        elif part.startswith("@"):
            if part[1:] not in lists:
                raise PatternError(f"no word list is named {part[1:]!r}")
            words.update(lists[part[1:]])
        elif part:
            words.add(part.lower())
    if not words:
        raise PatternError(f"{item!r} names no word")
    return Element(frozenset(words), gap, "?" in marks, "^" in marks, dependent, PARTS.get(kind, frozenset()))


def match_at(pattern: Pattern, words: Words, start: int, allowed: range) -> Match | None:
    """Match ``pattern`` with its first word at ``start``, staying inside ``allowed``."""
    if not pattern.elements[0].takes(words, start):
        return None
    taken = _follow(pattern.elements, 1, words, (start,), allowed)
    return Match(tuple(index for _, index in taken), _anchor(pattern, words, taken)) if taken else None


Taken = list[tuple[int, int]]


def _follow(
    elements: tuple[Element, ...], at: int, words: Words, path: tuple[int, ...], allowed: range
) -> Taken | None:
    """Return which element took which token, from ``at`` on; the first possibility wins."""
    if at == len(elements):
        return [(0, path[0])]
    element = elements[at]
    for index in _places(element, words, path, allowed):
        rest = _follow(elements, at + 1, words, (path[0], index), allowed)
        if rest is not None:
            return [*rest, (at, index)]
    if element.is_optional:
        return _follow(elements, at + 1, words, path, allowed)
    return None


def _places(element: Element, words: Words, path: tuple[int, ...], allowed: range) -> Iterator[int]:
    if element.is_dependent:
        yield from _dependents(element, words, path[0], allowed)
        return
    for index in range(path[-1] + 1, min(path[-1] + 2 + element.gap, allowed.stop)):
        if element.takes(words, index):
            yield index
        if words.lower[index] in CLAUSE_ENDS:
            return


def _dependents(element: Element, words: Words, head: int, allowed: range) -> Iterator[int]:
    level = list(words.children[head])
    for _ in range(DEPENDENCY_STEPS):
        for index in level:
            if index in allowed and element.takes(words, index) and not _is_beside(words, index):
                yield index
        level = [below for index in level if not _is_clause(words, index) for below in words.children[index]]


def _is_beside(words: Words, index: int) -> bool:
    """Tell a next verb, whose a noun is, and a subject beside its object: "the city strikes a deal" strikes no city."""
    if words.dep[index] in MODIFIERS and words.pos[index] == "PROPN":  # "a Peruvian strike", however it is tagged
        return words.pos[words.head[index]] == "NOUN"
    if words.dep[index] == "nsubj":
        return words.child(words.head[index], OBJECT) is not None
    return _is_next_verb(words, index)


def _is_next_verb(words: Words, index: int) -> bool:
    return words.dep[index] == "conj" and words.is_verbal(index)


def _is_clause(words: Words, index: int) -> bool:
    return words.dep[index] in {"advcl", "relcl", "ccomp", "parataxis"} or _is_next_verb(words, index)


def _anchor(pattern: Pattern, words: Words, taken: Taken) -> int:
    for at, index in taken:
        if pattern.elements[at].is_anchor:
            return index
    ordered = sorted(index for _, index in taken)
    if any(element.is_dependent for element in pattern.elements):
        return taken[0][1]
    verb = next((index for index in ordered if words.pos[index] == "VERB"), None)
    if verb is not None:
        return verb
    return next(
        (index for index in ordered if words.head[index] not in ordered or words.head[index] == index), ordered[0]
    )


def index_by_word(patterns: Iterable[tuple[Pattern, int]]) -> dict[str, tuple[tuple[Pattern, int], ...]]:
    """Return, for each word a pattern can begin with, those patterns with their number."""
    found: dict[str, list[tuple[Pattern, int]]] = {}
    for pattern, number in patterns:
        for word in pattern.first_words:
            found.setdefault(word, []).append((pattern, number))
    return {word: tuple(entries) for word, entries in found.items()}


def find_matches(
    index: Mapping[str, tuple[tuple[Pattern, int], ...]], words: Words, allowed: range
) -> Iterator[tuple[int, Match]]:
    """Yield the number of each pattern that matches inside ``allowed``, with its tokens."""
    if index.keys().isdisjoint(words.present):
        return
    for start in allowed:
        entries = index.get(words.lemma[start], ())
        if words.lower[start] != words.lemma[start]:
            entries += tuple(entry for entry in index.get(words.lower[start], ()) if entry not in entries)
        for pattern, number in entries:
            if pattern.can_match(words) and (match := match_at(pattern, words, start, allowed)) is not None:
                yield number, match
