"""Where quotes stand among the tokens, and which of them are words somebody said rather than names or scare quotes."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.statements.quotes.marks import Quote

if TYPE_CHECKING:
    from spacy.tokens import Doc

ENDINGS = ",.?!—–-…"
OPENINGS = "…[.$(‘'\""
TERMINAL = frozenset({".", "?", "!"})
BULLETS = "-–—*•·>#_ \t\n"  # before the quotes of a list
LONGEST_NAME = 6  # words of a title in quotes
SHORT_WORD = 3  # letters; "of", "the" stay small in titles
LONG_QUOTE = 7  # words; a quote this long that ends like a sentence is said, even without a capital


@dataclass(frozen=True, slots=True)
class Placed:
    """A quote with its tokens: ``first``/``last`` inside the marks, ``before``/``after`` bound the gaps beside it."""

    quote: Quote
    first: int
    last: int
    before: int
    after: int
    is_utterance: bool
    starts_sentence: bool


def place(doc: Doc, quotes: tuple[Quote, ...]) -> list[Placed]:
    """Locate quotes among the tokens; those without a token of their own are left out."""
    text = doc.text  # put together anew each time it is asked for
    starts = [token.idx for token in doc]
    ranges = [_tokens_of(quote, starts) for quote in quotes]
    ranges = [found for found in ranges if found[1] < found[2]]
    befores = [0, *(after for *_, after in ranges)]
    afters = [*(outer for _, _, _, outer, _ in ranges[1:]), len(doc)]
    return [
        Placed(
            quote=quote,
            first=first,
            last=last,
            before=before,
            after=after,
            is_utterance=_is_utterance(doc, text, quote, first, last, outer),
            starts_sentence=_starts_sentence(doc, before, outer),
        )
        for (quote, first, last, outer, _), before, after in zip(ranges, befores, afters, strict=False)
    ]


def _tokens_of(quote: Quote, starts: list[int]) -> tuple[Quote, int, int, int, int]:
    """Return the quote with its token range, and the range with its marks."""
    first, last = bisect_left(starts, quote.start), bisect_left(starts, quote.end)
    outer, after = bisect_left(starts, quote.outer_start), bisect_left(starts, quote.outer_end)
    return quote, first, last, min(outer, first), max(after, last)


def _starts_sentence(doc: Doc, before: int, outer: int) -> bool:
    index = outer - 1
    while index >= before and (doc[index].is_space or doc[index].is_quote or not doc[index].text.strip("*_")):
        index -= 1
    if index < 0 or not any(token.text.strip(BULLETS) for token in doc[: index + 1]):
        return True
    return (
        doc[index].text in TERMINAL
        or (index < before and doc[index].text in TERMINAL)
        or doc[index].text.strip("*_") in {":", "|", "…", "..."}
    )


def _is_utterance(doc: Doc, text: str, quote: Quote, first: int, stop: int, outer: int) -> bool:
    """Tell a quoted sentence or clause from a name, a title or a word in scare quotes."""
    if quote.is_open:
        return True
    words = sum(token.is_alpha or token.like_num for token in doc[first:stop])
    if _is_name(doc, first, stop, outer):
        return False
    body = text[quote.start : quote.end].strip()
    after = text[quote.outer_end : quote.outer_end + 1]
    ends = bool(body) and (body[-1] in ENDINGS or after in {",", "?", "!"})
    return (
        words >= 1 and ends and (body[0].isupper() or body[0] in OPENINGS or body[0].isdigit() or words >= LONG_QUOTE)
    )


def _is_name(doc: Doc, first: int, stop: int, outer: int) -> bool:
    """Tell a title within a sentence: a few words with capitals and no comma or colon before them."""
    words = [token for token in doc[first:stop] if token.is_alpha]
    if not words or len(words) > LONGEST_NAME or outer == 0 or doc[outer - 1].text in {",", ":", ".", "?", "!"}:
        return False
    return all(token.text[0].isupper() or len(token) <= SHORT_WORD for token in words) and words[0].text[0].isupper()


def word_count(doc: Doc, placed: Placed) -> int:
    return sum(token.is_alpha or token.like_num for token in doc[placed.first : placed.last])
