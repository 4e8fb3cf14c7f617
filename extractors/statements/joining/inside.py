"""Cues beside quotes: what stands inside a quote never speaks outside it, and "and added" has the speaker before it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.statements.drafts import Draft
from extractors.statements.quotes.places import TERMINAL, Placed

if TYPE_CHECKING:
    from spacy.tokens import Doc

JOINTS = frozenset({"and", "but", "then", "also"})
Range = tuple[int, int]


def own_sources(drafts: Sequence[Draft], known: Sequence[Draft], placed: Sequence[Placed], doc: Doc) -> list[Draft]:
    """Return the drafts with no speaker out of a quote, or out of a report, that their cue is not in."""
    repaired = [_repaired(draft, known, placed, doc) if placed else draft for draft in drafts]
    return [_outside_report(draft, known, placed, doc) for draft in repaired]


def _outside_report(draft: Draft, known: Sequence[Draft], placed: Sequence[Placed], doc: Doc) -> Draft:
    """Give a cue after a report the reporter for its speaker: "said the port was shut, | warning of more"."""
    if draft.cue is None or draft.source is None or draft.cue_token is None:
        return draft
    if doc[draft.cue_token].dep_ in {"relcl", "acl"} or draft.source[0] > draft.cue[0]:
        return draft
    for other in known:
        if other is draft or other.cue is None or other.source is None or other.kind != "clause":
            continue
        start, end = other.pieces[-1]
        held = other.cue[1] <= start <= draft.source[0] and draft.source[1] <= end <= draft.cue[0]
        if held and not _ends_between(end, draft.cue[0], placed, doc):
            return replace(draft, source=other.source)
    return draft


def _repaired(draft: Draft, known: Sequence[Draft], placed: Sequence[Placed], doc: Doc) -> Draft:
    if draft.cue is None or _quote_of(draft.cue, placed) is not None:
        return draft
    if draft.source is None:
        return replace(draft, source=_source_before(draft, known, placed, doc)) if _is_joined(draft, doc) else draft
    if _quote_of(draft.source, placed) is None:
        return draft
    return replace(draft, source=_source_before(draft, known, placed, doc))


def _quote_of(part: Range, placed: Sequence[Placed]) -> Placed | None:
    """Return the quote that holds a part and more."""
    before = bisect_right(placed, part[0], key=lambda one: one.quote.start) - 1  # quotes lie one after the other
    if before < 0:
        return None
    one = placed[before]
    return one if part[1] <= one.quote.end and _is_more(one, part) else None


def _is_more(one: Placed, part: Range) -> bool:
    return one.quote.end - one.quote.start > part[1] - part[0] + 2


def _is_joined(draft: Draft, doc: Doc) -> bool:
    at = draft.cue_token
    return at is not None and at > 0 and doc[at].tag_ in {"VBD", "VBZ", "VBP"} and doc[at - 1].lower_ in JOINTS


def _source_before(draft: Draft, known: Sequence[Draft], placed: Sequence[Placed], doc: Doc) -> Range | None:
    """Return the speaker of the last cue before in the same sentence, marks inside quotes aside."""
    cue = draft.cue or (0, 0)
    before = [
        one
        for one in known
        if one.cue is not None
        and one.cue[0] < cue[0]
        and one.source is not None
        and _quote_of(one.cue, placed) is None
        and _quote_of(one.source, placed) is None
    ]
    last = max(before, key=lambda one: one.cue or (0, 0), default=None)
    if last is None or last.cue is None or _ends_between(last.cue[1], cue[0], placed, doc):
        return None
    return last.source


def _ends_between(start: int, end: int, placed: Sequence[Placed], doc: Doc) -> bool:
    return any(
        token.text in TERMINAL and start <= token.idx < end and _quote_of((token.idx, token.idx + 1), placed) is None
        for token in doc
    )
