"""Text as topics see it: words without case and accents, one blank between them, each with its place in the original.

With a blank before and after every word a plain search for `` north korea `` respects word boundaries, and
hyphens, line breaks and apostrophes do not matter.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from extractors.language import fold
from extractors.model import Span

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Words:
    """``line`` holds the folded words between blanks; word ``n`` begins there at ``starts[n]``.

    ``spans[n]`` is its place in the original.
    """

    original: str
    line: str
    starts: tuple[int, ...]
    spans: tuple[Span, ...]

    def index_at(self, offset: int) -> int:
        """Return the number of the word that covers an offset of ``line``."""
        return bisect_right(self.starts, offset) - 1

    def span_of(self, first: int, last: int) -> Span:
        """Return the place of the words ``first`` to ``last`` in the original."""
        return Span(self.spans[first].start, self.spans[last].end)


def as_words(text: str) -> Words:
    """Cut a text into folded words."""
    pieces, starts, spans, at = [], [], [], 1
    for match in _WORD.finditer(text):
        word = match[0]
        # folding may split a letter such as a fraction
        for part in (word.lower(),) if word.isascii() else _WORD.findall(fold(word)):
            pieces.append(part)
            starts.append(at)
            spans.append(Span(match.start(), match.end()))
            at += len(part) + 1
    return Words(text, f" {' '.join(pieces)} ", tuple(starts), tuple(spans))


def folded_line(text: str) -> str:
    """Return only the line of folded words, for patterns."""
    return " ".join(_WORD.findall(fold(text)))


def words_line(text: str) -> str:
    """Return the ``line`` of a text's words without their places: for pages by the million."""
    words = _WORD.findall(text)
    line = " ".join(words)
    if line.isascii():
        return f" {line.lower()} "
    parts = (word.lower() if word.isascii() else " ".join(_WORD.findall(fold(word))) for word in words)
    return f" {' '.join(parts)} "
