"""What one cue yields before quotes and clauses are put together; offsets are those of the paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from extractors.statements.cue_lexicon import Cue

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Pieces: TypeAlias = tuple[tuple[int, int], ...]
Ranges: TypeAlias = tuple[tuple[int, int], ...]
Kind: TypeAlias = Literal["clause", "phrase", "aside", "quote"]

EDGES = frozenset({",", ";", ":", "-", "–", "—", "--", ".", "...", "…", "?", "!"})


@dataclass(frozen=True, slots=True)
class Draft:
    """One candidate: content pieces, the cue and the speaker as code point ranges within the paragraph."""

    pieces: Pieces
    kind: Kind
    cue: tuple[int, int] | None
    entry: Cue | None
    source: tuple[int, int] | None
    addressee: tuple[int, int] | None = None
    cue_token: int | None = None
    cue_class: str | None = None

    @property
    def start(self) -> int:
        """Return where the content begins."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Return where the content ends."""
        return self.pieces[-1][1]


def characters(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return the code points a token range covers."""
    last = doc[end - 1]
    return doc[start].idx, last.idx + len(last)


def trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Take separators and blanks off both ends of a token range; it may come out empty."""
    while start < end and (doc[start].text in EDGES or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].text in EDGES or doc[end - 1].is_space):
        end -= 1
    return start, end


def cue_range(verb: Token) -> tuple[int, int]:
    """Return the cue's tokens: the verb alone, without auxiliaries and particle."""
    return verb.i, verb.i + 1


def sentence_around(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return the token range of the sentence that holds a token range, by its final marks."""
    left, right = start, end
    while left and doc[left - 1].text not in {".", "?", "!"}:
        left -= 1
    while left < start and (doc[left].is_quote or doc[left].is_space):
        left += 1
    while right < len(doc) and doc[right].text not in {".", "?", "!"}:
        right += 1
    return left, right
