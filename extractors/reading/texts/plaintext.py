"""Plain text to its pieces: lines, wrapped lines or blocks, each with its place in the text as it was given."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from extractors.language import count_words
from extractors.model import Span

WIDTH_FLOOR = 45  # the narrowest columns that mail and type are wrapped to; shorter lines are a list
WIDTH_LIMIT = 120  # a text whose lines are longer than this is not wrapped by hand or by a mail program
WRAPPED_SHARE = 0.6  # of the lines that another one follows directly, so many must end at the margin
MARGIN_SLACK = 10  # a line that could have taken the next word with this much room to spare ends its paragraph
TAIL = 1_000  # characters at the end of a piece in which its last sentence and what follows it are looked for
LONGEST_INITIALISM = 40  # characters
BROKEN_SHARE = 0.5  # of the lines that end amid a sentence, so many must go on in small letters where no margin tells
WIDEST_MARGIN = 200  # beyond it a line is a paragraph of its own, whatever follows
INDENT_SHARE = 0.5  # where fewer lines than this are indented, an indent opens a paragraph

_LINE_BREAK = re.compile(r"\r\n|[\n\r\f\v\u2028\u2029]")
_BLANK = re.compile(r"[\s\ufeff\u200b\u200e\u200f\u2060]*")
_FOLD = str.maketrans("“”„«»‘’‚‛‐‑–—", '"""""\'\'\'\'----')
_CLOSERS = r"""[)\]}"'”’»›*_]*"""
_SENTENCE_END = re.compile(rf"[.!?…。！？؟।]{_CLOSERS}(?:\[?\d{{1,3}}\]?)?$|[:;]{_CLOSERS}$")
# what may follow the last sentence of a post: its link, tags, small pictures
_TRAILING = re.compile(r"(?:(?<!\s)\s+(?:https?://\S+|pic\.twitter\.com/\S+|[#@]\w+|[^\w\s.!?…]{1,3}))+$")
_UNFINISHED = re.compile(r"(?<![\w.])(?:a|an|the|of|on|in|at|to|for|by|with|from|and|or|that|its|their|his|her)$")
_INITIALISM_END = re.compile(r"(?:\b\w\.){2,}$")


@dataclass(frozen=True)
class Piece:
    """A paragraph, heading or line of furniture: ``start`` and ``end`` in the source, ``block`` counts blank lines."""

    source: str
    start: int
    end: int
    block: int

    @property
    def span(self) -> Span:
        """Return where the piece stands in the source."""
        return Span(self.start, self.end)

    @cached_property
    def text(self) -> str:
        """Return the piece as it stands."""
        return self.source[self.start : self.end]

    @cached_property
    def folded(self) -> str:
        """Return the piece on one line with plain quotes and dashes, for matching phrases."""
        return " ".join(self.text.translate(_FOLD).split())

    @cached_property
    def n_words(self) -> int:
        """Count words; in scripts without spaces two characters count as one."""
        return count_words(self.text)

    @cached_property
    def ends_sentence(self) -> bool:
        """Tell whether the piece ends as a sentence does."""
        tail = self.source[max(self.start, self.end - TAIL) : self.end]
        return bool(_SENTENCE_END.search(_TRAILING.sub("", tail)))

    @cached_property
    def ends_initialism(self) -> bool:
        """Tell whether the last full stop belongs to letters such as U.S."""
        tail = self.source[max(self.start, self.end - LONGEST_INITIALISM) : self.end]
        return bool(_INITIALISM_END.search(tail)) and self.n_words < 16


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    block: int
    indent: int

    @property
    def width(self) -> int:
        return self.indent + self.end - self.start


def split_pieces(text: str) -> tuple[Piece, ...]:
    """Return the non-blank pieces in order: one a line, or runs of lines where the text is hard-wrapped."""
    lines = list(_lines(text))
    if not _is_wrapped(text, lines) and not _is_broken(text, lines):
        return tuple(Piece(text, line.start, line.end, line.block) for line in lines)
    return tuple(Piece(text, run[0].start, run[-1].end, run[0].block) for run in _runs(text, lines))


def _lines(text: str) -> Iterator[_Line]:
    block, position = 0, 0
    was_blank = False
    for found in _LINE_BREAK.finditer(text + "\n"):
        start, end = strip_span(text, position, found.start())
        if start == end:
            was_blank = True
        else:
            block += was_blank
            was_blank = False
            yield _Line(start, end, block, start - position)
        position = found.end()


def strip_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without white space and invisible marks at its ends."""
    blank = _BLANK.match(text, start, end)
    start = blank.end() if blank else start
    while end > start and _BLANK.fullmatch(text, end - 1, end):
        end -= 1
    return start, end


def _is_wrapped(text: str, lines: list[_Line]) -> bool:
    """Tell whether lines end because the margin was reached rather than because the paragraph did."""
    pairs = [(one, two) for one, two in pairwise(lines) if one.block == two.block]
    if len(pairs) < 2:
        return False
    widths = sorted(line.width for line in lines)
    margin = widths[-1 - len(widths) // 20]
    if not WIDTH_FLOOR <= margin <= WIDTH_LIMIT:
        return False
    at_margin = sum(_reaches_margin(text, one, two, margin) for one, two in pairs)
    open_ends = sum(not _SENTENCE_END.search(text[one.start : one.end]) for one, _ in pairs)
    return at_margin >= WRAPPED_SHARE * len(pairs) and open_ends >= WRAPPED_SHARE * len(pairs)


def _is_broken(text: str, lines: list[_Line]) -> bool:
    """Tell whether lines break off amid their sentences: few and wide ones never show a margin."""
    open_pairs = [
        (one, two)
        for one, two in pairwise(lines)
        if one.block == two.block and not _SENTENCE_END.search(text[one.start : one.end])
    ]
    going_on = sum(_goes_on(text, one, two) for one, two in open_pairs)
    return going_on > 0 and going_on >= BROKEN_SHARE * len(open_pairs)


def _goes_on(text: str, line: _Line, following: _Line) -> bool:
    """Tell whether a sentence runs on over the line's end: no full stop, of some length, and small letters next."""
    is_open = not _SENTENCE_END.search(text[line.start : line.end])
    return is_open and line.width >= WIDTH_FLOOR and text[following.start].islower()


def _is_unfinished(text: str, line: _Line) -> bool:
    """Tell a line that no paragraph can end with, however short it is: "Peru told Chile on"."""
    return _UNFINISHED.search(text, line.start, line.end) is not None


def _reaches_margin(text: str, line: _Line, following: _Line, margin: int) -> bool:
    first_word = text[following.start : following.end].split(maxsplit=1)[0]
    return line.width + 1 + len(first_word) + MARGIN_SLACK > margin


def _runs(text: str, lines: list[_Line]) -> Iterator[list[_Line]]:
    """Group wrapped lines into paragraphs: a blank line, an indent or a line that stops short parts two."""
    margin = sorted(line.width for line in lines)[-1 - len(lines) // 20]
    has_margin = margin <= WIDEST_MARGIN
    indented = sum(line.indent > 0 for line in lines)
    indent_parts = 0 < indented < INDENT_SHARE * len(lines)
    run: list[_Line] = []
    for line in lines:
        if run and (
            line.block != run[-1].block
            or (indent_parts and line.indent > 0)
            or not (
                _is_unfinished(text, run[-1])
                or _goes_on(text, run[-1], line)
                or (has_margin and _reaches_margin(text, run[-1], line, margin))
            )
        ):
            yield run
            run = []
        run.append(line)
    if run:
        yield run
