"""Quoted stretches of a paragraph, whatever marks the outlet uses.

A mark opens or closes by its shape and, since outlets mix shapes up, by what stands beside it: an opening mark has a
space before it and none after.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

MARK = re.compile(r"''|``|[\"“”„«»‟]|(?<!\w)['‘‚‹](?=[\w\[(…$£€])|['’›](?!\w)")
DOUBLE = frozenset('"“”„«»‟') | {"''", "``"}
OPENERS = frozenset("“„«‟‘‚‹") | {"``"}
CLOSERS = frozenset("”»’›")
BEFORE_OPENING = " \t\u00a0\u2009\u202f([{—–-/…"
AFTER_CLOSING = " \t\u00a0\u2009\u202f.,;:!?)]}—–-…/"
ELISIONS = re.compile(r"['’](?:\d0s|em\b|til\b|cause\b|bout\b|twas\b|tis\b|n\b)", re.IGNORECASE)
SHORTEST_CLOSED = 7  # words; a line cut off a paragraph is shorter
NOTE = re.compile(r"\s*(?:[(\[][^()\[\]\n]{0,60}\d[^()\[\]\n]{0,60}[)\]])?[\s.]*")  # the day of a list's quote
SENTENCE_MARKS = ".,!?…"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted stretch: ``start``/``end`` inside the marks, ``outer_start``/``outer_end`` with them.

    ``is_open`` marks one that has no closing mark in its paragraph.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    text: str
    can_open: bool
    can_close: bool


def find_quotes(text: str) -> tuple[Quote, ...]:
    """Return the outermost quoted stretches in order; single marks count only outside double ones."""
    marks = tuple(_marks(text))
    double = [mark for mark in marks if mark.text in DOUBLE]
    doubles = [_stripped(text, quote) for quote in (*_pair(text, double), *_closed_only(text, double))]
    starts = [quote.outer_start for quote in doubles]
    loose = [mark for mark in marks if mark.text not in DOUBLE and not _is_inside(mark, doubles, starts)]
    singles = [_stripped(text, quote) for quote in _pair_single(text, loose)] if loose else []
    return tuple(_outermost(doubles, singles))


def _is_inside(mark: _Mark, quotes: list[Quote], starts: list[int]) -> bool:
    before = bisect_right(starts, mark.start) - 1
    return before >= 0 and mark.start < quotes[before].outer_end


def _stripped(text: str, quote: Quote) -> Quote:
    """Take the blanks that French usage puts inside the marks off the content."""
    body = text[quote.start : quote.end]
    start = quote.start + len(body) - len(body.lstrip())
    return replace(quote, start=start, end=max(start, quote.start + len(body.rstrip())))


def _outermost(doubles: list[Quote], singles: list[Quote]) -> Iterator[Quote]:
    """Yield all double quotes and the single ones that touch none of them, in order."""
    reach = -1
    waiting = iter(doubles)
    following = next(waiting, None)
    for single in singles:
        while following is not None and following.outer_start < single.outer_end:
            yield following
            reach = following.outer_end
            following = next(waiting, None)
        if single.outer_start >= reach:
            yield single
    if following is not None:
        yield following
    yield from waiting


def _marks(text: str) -> Iterator[_Mark]:
    for match in MARK.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if before.isdigit() and match.group() in {'"', "''"} and after in " )x":
            can_open, can_close = False, True
        else:
            can_open = before in BEFORE_OPENING or before in "\"“„«'‘" or start == 0
            can_close = after in AFTER_CLOSING or after in "\"”»'’" or end == len(text)
        yield _Mark(start, end, match.group(), *_by_shape(match.group(), can_open=can_open, can_close=can_close))


def _by_shape(mark: str, *, can_open: bool, can_close: bool) -> tuple[bool, bool]:
    """Let the shape decide where the neighbours leave it open, the neighbours where they do not."""
    if can_open != can_close:
        return can_open, can_close
    if mark in OPENERS:
        return True, False
    if mark in CLOSERS:
        return False, True
    return True, True


def _pair(text: str, marks: list[_Mark]) -> Iterator[Quote]:
    opened: _Mark | None = None
    depth = 0
    for index, mark in enumerate(marks):
        if opened is None:
            opened = mark if mark.can_open else None
        elif mark.can_open and not mark.can_close:
            if _closers_ahead(marks, index) >= depth + 2:
                depth += 1
            else:
                yield _broken_off(text, opened, mark)
                opened, depth = mark, 0
        elif depth:
            depth -= 1
        else:
            yield Quote(opened.end, mark.start, opened.start, mark.end)
            opened = None
    if opened is not None:
        end = len(text.rstrip())
        if end > opened.end:
            yield Quote(opened.end, end, opened.start, end, is_open=True)


def _closed_only(text: str, marks: list[_Mark]) -> Iterator[Quote]:
    """Yield a paragraph that a mark closes and none opens: the quote of the paragraph before goes on in it."""
    if len(marks) != 1 or marks[0].can_open or not marks[0].can_close:
        return
    is_long = len(text.split()) >= SHORTEST_CLOSED
    if is_long and NOTE.fullmatch(text, marks[0].end) and text[: marks[0].start].rstrip().endswith((".", "!", "?")):
        yield Quote(0, marks[0].start, 0, marks[0].end)


def _closers_ahead(marks: list[_Mark], index: int) -> int:
    """Count the closing marks before the next opening one: two in a row close a quote within a quote."""
    count = 0
    for mark in marks[index + 1 : index + 4]:
        if mark.can_open and not mark.can_close:
            break
        count += 1
    return count


def _broken_off(text: str, opened: _Mark, following: _Mark) -> Quote:
    """Return a quote whose closing mark is missing: it ends with its first sentence, at the latest at the next mark."""
    piece = text[opened.end : following.start]
    match = re.search(r"[.!?](?=\s)", piece)
    end = opened.end + (match.end() if match else len(piece.rstrip()))
    return Quote(opened.end, end, opened.start, end, is_open=True)


def _pair_single(text: str, marks: list[_Mark]) -> Iterator[Quote]:
    """Pair single marks; an apostrophe after a plural is no closing mark while a better one follows."""
    opened: _Mark | None = None
    closer: _Mark | None = None
    for mark in marks:
        if mark.can_open and not mark.can_close:
            if ELISIONS.match(text, mark.start):
                continue
            if opened is not None and closer is not None:
                yield Quote(opened.end, closer.start, opened.start, closer.end)
            opened, closer = mark, None
        elif opened is not None and (closer is None or text[closer.start - 1] not in SENTENCE_MARKS):
            closer = mark
    if opened is not None and closer is not None:
        yield Quote(opened.end, closer.start, opened.start, closer.end)
