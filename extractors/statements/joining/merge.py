"""One paragraph's statements: what its quotes, clauses, phrases and nouns say, each once and cut to size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.language import ParsedParagraph
from extractors.statements.clauses.adjectives import adjective_drafts
from extractors.statements.clauses.colons import colon_drafts
from extractors.statements.clauses.fixed_phrases import phrase_drafts
from extractors.statements.clauses.nouns import noun_drafts
from extractors.statements.clauses.verbs import verb_drafts
from extractors.statements.cue_lexicon import CueLexicon
from extractors.statements.drafts import Draft, Pieces
from extractors.statements.joining.going_on import going_on_drafts
from extractors.statements.joining.inside import own_sources
from extractors.statements.joining.sieve import SLACK, says_enough, without_carriers, without_places, without_repeats
from extractors.statements.quotes.direct import quote_drafts
from extractors.statements.quotes.marks import Quote
from extractors.statements.quotes.places import Placed, place

if TYPE_CHECKING:
    from spacy.tokens import Doc

CLOSING = ("”", '"', "»", "’", "'")
SHORT_WORD = 3  # letters; shorter words stay small in headings
SHORTEST_HEADING, LONGEST_HEADING = 4, 25  # words
FINAL = (".", "!", "?", "…", "”", '"', "»", ")", "]")
HEADING_CAPITALS = 0.85  # share of words with a capital; running text with many names stays below


def paragraph_drafts(paragraph: ParsedParagraph, quotes: tuple[Quote, ...], cues: CueLexicon) -> list[Draft]:
    """Return one paragraph's statements in order, each once."""
    doc = paragraph.doc
    if is_heading(doc):
        return []
    placed = place(doc, quotes)
    direct = quote_drafts(doc, placed, cues)
    others = [*verb_drafts(doc, cues), *phrase_drafts(doc, cues), *noun_drafts(doc, cues), *colon_drafts(doc, cues)]
    others += adjective_drafts(doc, cues)
    direct = [replace(draft, pieces=_whole(draft, placed)) if _is_mixed(draft, placed) else draft for draft in direct]
    direct = [_with_clause(draft, others, doc) for draft in direct]
    direct, others = (
        own_sources(direct, [*direct, *others], placed, doc),
        own_sources(others, [*direct, *others], placed, doc),
    )
    kept = [*direct, *_beside_quotes(others, direct, placed)]
    kept = [_bounded(draft, kept, doc) for draft in kept if draft.kind == "quote" or says_enough(draft, doc, placed)]
    kept = without_repeats(without_carriers(without_places(kept, doc), doc))
    kept = [*kept, *going_on_drafts(kept, doc)]
    return sorted(kept, key=lambda draft: (draft.start, -draft.end))


def _with_clause(draft: Draft, others: list[Draft], doc: Doc) -> Draft:
    """Add the clause that goes on after a quote's cue: '"We are worried," she wrote, that the port will close.'."""
    for other in others:
        if other.cue_token != draft.cue_token or other.kind != "clause" or draft.cue is None:
            continue
        start, end = other.pieces[-1]
        between = doc.text[draft.cue[1] : start]
        if draft.end <= draft.cue[0] and start > draft.cue[1] and between.rstrip().endswith((", that", ",” that")):
            return replace(draft, pieces=(*draft.pieces, (start, end)))
    return draft


def _is_mixed(draft: Draft, placed: list[Placed]) -> bool:
    return not any(one.quote.start == draft.start for one in placed)


def is_heading(doc: Doc) -> bool:
    """Tell a headline or subheading that was left in the text: no final mark, nearly every word with a capital."""
    words = [token for token in doc if token.is_alpha and len(token) > SHORT_WORD]
    if any(token.is_quote for token in doc) and doc.text.rstrip().endswith(FINAL):
        words = [token for token in words if not token.is_upper]  # a post in capitals, quoted
    capitals = sum(token.text[0].isupper() for token in words)
    return SHORTEST_HEADING <= len(words) <= LONGEST_HEADING and capitals >= HEADING_CAPITALS * len(words)


def _beside_quotes(drafts: list[Draft], direct: list[Draft], placed: list[Placed]) -> Iterator[Draft]:
    """Yield the drafts that say something the quotes do not."""
    held = [piece for draft in direct for piece in draft.pieces]
    owned = {draft.cue_token for draft in direct}
    for draft in drafts:
        if draft.cue is None or draft.cue_token in owned or any(start <= draft.cue[0] < end for start, end in held):
            continue
        backward = draft.start < draft.cue[0]
        if backward and any(start < draft.end and draft.start < end for start, end in held):
            continue
        yield replace(draft, pieces=_whole(draft, placed))


def _bounded(draft: Draft, drafts: list[Draft], doc: Doc) -> Draft:
    """Fit a statement's end to the participle that follows it.

    It ends before one that reports the next statement ("rejected the idea, saying ...") and takes in one that only
    says more of the same ("condemned the raid, calling it ...").
    """
    start, end = draft.pieces[-1]
    if draft.cue_token is None or draft.cue is None:
        return draft
    for other in drafts:
        if other is draft or other.cue is None or other.cue_token is None or doc[other.cue_token].tag_ != "VBG":
            continue
        at = other.cue_token
        while at and doc[at - 1].dep_ in {"advmod", "neg"}:
            at -= 1
        comma = at > 0 and doc[at - 1].text == ","
        if _goes_on(other, doc):
            if comma and draft.cue[0] < end <= other.cue[0] <= end + SLACK + 1 and other.end > end:
                end = other.end + (doc.text[other.end : other.end + 1] in CLOSING)
        elif start < other.cue[0] < end:
            joined = comma or (at > 0 and doc[at - 1].dep_ == "cc" and doc[draft.cue_token].tag_ == "VBG")
            if joined and doc[at - 1].idx > start:
                end = doc[at - 1].idx
    if end == draft.pieces[-1][1]:
        return draft
    return replace(draft, pieces=(*draft.pieces[:-1], (start, start + len(doc.text[start:end].rstrip()))))


def _goes_on(draft: Draft, doc: Doc) -> bool:
    """Tell whether a participle only completes what was said before it: it describes an "it" or "them"."""
    if draft.cue_class != "describe" or draft.cue_token is None:
        return False
    return any(
        child.lower_ in {"it", "them", "this"} and child.i == draft.cue_token + 1
        for child in doc[draft.cue_token].subtree
    )


def _whole(draft: Draft, placed: list[Placed]) -> Pieces:
    """Let no piece end inside a quoted stretch: the quote comes in whole."""
    return tuple(_widened(start, end, placed) for start, end in draft.pieces)


def _widened(start: int, end: int, placed: list[Placed]) -> tuple[int, int]:
    for one in placed:
        quote = one.quote
        if quote.outer_start <= start <= quote.start and quote.end <= end <= quote.outer_end:
            return quote.start, quote.end
        if quote.outer_start <= start <= quote.start and 0 <= quote.end - end <= SLACK:
            return quote.start, quote.end
        if start <= quote.start < end <= quote.end or (start < quote.outer_start and quote.outer_start - end == 1):
            return start, quote.outer_end
        if start == quote.start and quote.end < end:
            return quote.outer_start, end
    return start, end
