"""Quotes whose speaker stands beside a mark instead of a verb: after a dash, or before a colon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.statements.attribution.source_spans import noun_beside, noun_phrase
from extractors.statements.drafts import Draft, characters
from extractors.statements.quotes.places import TERMINAL, Placed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

DASHES = frozenset({"—", "–", "--", "-"})
EMPHASIS = "*_"  # of Markdown: "**Ada Roe:** “We will stay.”"
MARKS = f"{EMPHASIS}#>-–•"  # before such a label
WHEN = frozenset({"DATE", "TIME"})  # "June 17, 2025: “We will stay.”" tells when, and not who
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def signed(doc: Doc, placed: Placed) -> Draft | None:
    """Return a quote with its speaker after a dash: "“The river is ours.” — Omar Haddad, minister of water"."""
    at = placed.last
    while at < placed.after and (doc[at].is_quote or doc[at].is_space or doc[at].text == ","):
        at += 1
    if at + 1 >= placed.after or doc[at].text not in DASHES or not doc[at + 1].text[0].isupper():
        return None
    head = noun_beside(doc, at + 1, placed.after, leftward=False)
    rest = doc[at + 1 : placed.after]
    if head is None or head.pos_ != "PROPN" or any(token.tag_ in FINITE for token in rest):
        return None
    start, end = noun_phrase(head)
    return Draft(
        ((placed.quote.start, placed.quote.end),),
        "quote",
        characters(doc, at, at + 1),
        None,
        characters(doc, max(start, at + 1), end),
        cue_token=at,
    )


def colon_before(doc: Doc, placed: Placed) -> Token | None:
    index = placed.first - 1
    while index >= placed.before and (doc[index].is_quote or doc[index].is_space or is_emphasis(doc[index])):
        index -= 1
    return doc[index] if index >= placed.before and doc[index].text.strip(EMPHASIS) == ":" else None


def is_emphasis(token: Token) -> bool:
    """Tell a mark of Markdown's."""
    return not token.text.strip(EMPHASIS)


def colon_draft(doc: Doc, placed: Placed, colon: Token) -> Draft:
    start = colon.i
    while start > placed.before and doc[start - 1].text not in TERMINAL:
        start -= 1
    subject = next((token for token in doc[start : colon.i] if token.dep_ == "nsubj"), None)
    if subject is None:
        subject = noun_beside(doc, start, colon.i, leftward=False)
    if subject is not None and subject.ent_type_ in WHEN:
        subject = None
    source = None if subject is None else characters(doc, *_without_marks(doc, *noun_phrase(subject)))
    return Draft(
        ((placed.quote.start, placed.quote.end),),
        "quote",
        characters(doc, colon.i, colon.i + 1),
        None,
        source,
        cue_token=colon.i,
    )


def _without_marks(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return the tokens of a label without the marks around it."""
    while start + 1 < end and not doc[start].text.strip(MARKS):
        start += 1
    while end - 1 > start and not doc[end - 1].text.strip(MARKS):
        end -= 1
    return start, end
