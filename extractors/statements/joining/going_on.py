"""Reported words that go on without a cue ("He noted that ... However, if the convoys go on, Baku will shut the road").

Only a condition with its consequence counts: in the author's own voice that is rare right after somebody's statement.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractors.statements.drafts import Draft, characters, trim
from extractors.statements.quotes.places import TERMINAL

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

OPENERS = frozenset({"however", "but", "and", "yet", "still", "otherwise", ",", "or"})
CONDITIONS = frozenset({"if", "unless", "should", "otherwise"})
IDIOMS = frozenset({"anything", "so", "not", "you", "i", "we", "only"})  # "if anything", "if so"
CONSEQUENCES = frozenset({"will", "would", "shall", "must", "wo", "’ll", "'ll"})
LONGEST_OPENING = 3  # tokens before the condition


def going_on_drafts(drafts: Sequence[Draft], doc: Doc) -> Iterator[Draft]:
    """Yield the sentence after each indirect statement where it goes on with what was said."""
    for draft in drafts:
        if draft.kind != "clause" or draft.cue is None or draft.source is None or draft.cue_token is None:
            continue
        if doc[draft.cue_token].tag_ not in {"VBD", "VBZ", "VBN"}:
            continue
        following = _next_sentence(doc, draft.end)
        if following is None or not _is_conditional(doc, *following):
            continue
        start, end = trim(doc, *following)
        piece = characters(doc, start, end)
        if not any(other.start < piece[1] and piece[0] < other.end for other in drafts) and not any(
            other.cue is not None and piece[0] <= other.cue[0] < piece[1] for other in drafts
        ):
            yield Draft((piece,), "clause", None, None, draft.source)


def _next_sentence(doc: Doc, end: int) -> tuple[int, int] | None:
    """Return the sentence after the one that the content closes."""
    at = bisect_left(range(len(doc)), end, key=lambda index: doc[index].idx)
    if at >= len(doc) or doc[at].text not in TERMINAL:
        return None
    start = at + 1
    stop = next((token.i for token in doc[start:] if token.text in TERMINAL), len(doc))
    return (start, stop) if start < stop else None


def _is_conditional(doc: Doc, start: int, stop: int) -> bool:
    """Tell a condition with its consequence, in the third person and without quotes or a question."""
    sentence = doc[start:stop]
    if any(token.is_quote for token in sentence) or (stop < len(doc) and doc[stop].text == "?"):
        return False
    return _opens(sentence[0], stop) and any(
        token.lower_ in CONSEQUENCES and token.dep_ == "aux" and token.head.dep_ in {"ROOT", "conj", "ccomp"}
        for token in sentence
    )


def _opens(first: Token, stop: int) -> bool:
    for token in first.doc[first.i : min(stop, first.i + LONGEST_OPENING)]:
        if token.lower_ in CONDITIONS:
            return token.nbor(1).lower_ not in IDIOMS
        if token.lower_ not in OPENERS:
            return False
    return False
