"""A parse as plain tuples: quick to walk, easy to build in a test.

Reading a spaCy token's attributes one at a time costs more than the rules do; one array per document does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

ATTRIBUTES: list[int | str] = ["LOWER", "LEMMA", "POS", "TAG", "DEP", "HEAD"]
QUOTES = frozenset('"“”„«»‟')
FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
VERBAL = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
AUXILIARIES = frozenset({"aux", "auxpass"})


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one text, by index; ``head`` of a root is itself, ``present`` holds all words and lemmas."""

    text: str
    offset: int
    lower: tuple[str, ...]
    lemma: tuple[str, ...]
    pos: tuple[str, ...]
    tag: tuple[str, ...]
    dep: tuple[str, ...]
    head: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    starts: tuple[int, ...]
    sentence: tuple[int, ...]
    present: frozenset[str]

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.lower)

    def span(self, first: int, last: int) -> Span:
        """Return where the tokens from ``first`` to ``last`` (inclusive) stand in the article."""
        end = self.starts[last] + len(self.lower[last])
        return Span(self.offset + self.starts[first], self.offset + end)

    def quote(self, first: int, last: int) -> str:
        """Return the words from ``first`` to ``last`` (inclusive) as they are written."""
        return self.text[self.starts[first] : self.starts[last] + len(self.lower[last])]

    def child(self, index: int, deps: frozenset[str]) -> int | None:
        """Return the first dependent of ``index`` whose relation is one of ``deps``."""
        return next((one for one in self.children[index] if self.dep[one] in deps), None)

    def is_verbal(self, index: int) -> bool:
        """Tell whether the token is a verb or an auxiliary."""
        return self.pos[index] in VERBAL

    def is_finite(self, index: int) -> bool:
        """Tell whether the verb carries a tense or a modal."""
        if self.tag[index] in FINITE_TAGS:
            return True
        return any(self.tag[one] in FINITE_TAGS for one in self.children[index] if self.dep[one] in AUXILIARIES)

    def ancestors(self, index: int) -> list[int]:
        """Return the heads above ``index``, nearest first."""
        found = []
        while self.head[index] != index:
            index = self.head[index]
            found.append(index)
        return found


def read_words(doc: Doc, offset: int = 0) -> Words:
    """Copy a parse into tuples; ``offset`` is where the text starts in its article."""
    strings = doc.vocab.strings
    rows = doc.to_array(ATTRIBUTES).tolist()
    size = len(doc)
    names: dict[int, str] = {}
    for row in rows:
        for value in row[:5]:
            if value not in names:
                names[value] = strings[value]
    # HEAD comes as an unsigned number holding a relative, possibly negative, distance
    head = tuple(i + (row[5] if row[5] < 1 << 63 else row[5] - (1 << 64)) for i, row in enumerate(rows))
    children: list[list[int]] = [[] for _ in range(size)]
    for index, above in enumerate(head):
        if above != index:
            children[above].append(index)
    lower = tuple(names[row[0]] for row in rows)
    lemma = tuple(names[row[1]].lower() for row in rows)
    return Words(
        text=doc.text,
        offset=offset,
        lower=lower,
        lemma=lemma,
        pos=tuple(names[row[2]] for row in rows),
        tag=tuple(names[row[3]] for row in rows),
        dep=tuple(names[row[4]] for row in rows),
        head=head,
        children=tuple(map(tuple, children)),
        starts=tuple(token.idx for token in doc),
        sentence=_sentences(doc),
        present=frozenset(lower).union(lemma),
    )


def _sentences(doc: Doc) -> tuple[int, ...]:
    numbers: list[int] = []
    for number, sentence in enumerate(doc.sents):
        numbers.extend([number] * len(sentence))
    return tuple(numbers)
