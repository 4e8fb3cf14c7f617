"""Statements of an article: what each paragraph says, in document order, with speakers carried on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.language import ParsedParagraph
from extractors.model import Attribution, Form, Span
from extractors.statements.blocks import block, opens_block
from extractors.statements.drafts import Draft
from extractors.statements.floating import Floating, settle
from extractors.statements.lexicon import CueLexicon
from extractors.statements.merge import paragraph_drafts
from extractors.statements.quotes import Quote, find_quotes

VERSION = "4"
MOSTLY = 0.9  # share of a content's letters inside quote marks that makes it direct


def find_attributions(paragraphs: Sequence[ParsedParagraph], cues: CueLexicon) -> tuple[Attribution, ...]:
    """Return who says what, as far as syntax and quote marks tell, in document order."""
    found: list[Attribution] = []
    floating: list[Floating] = []
    speaker: Span | None = None
    is_first = False
    for index, paragraph in _portions(paragraphs):
        quotes = find_quotes(paragraph.doc.text)
        drafts = paragraph_drafts(paragraph, quotes, cues)
        whole = block(paragraph, is_first=is_first) if speaker is not None else None
        if whole is not None and speaker is not None:
            found.append(replace(_attribution(whole, index, paragraph, quotes, None), source=speaker))
            is_first = False
            continue
        speaker = opens_block(paragraph, cues)
        is_first = speaker is not None
        base = len(found)
        for position, draft in enumerate(drafts):
            if draft.cue is None and draft.source is None:
                floating.append(Floating(base + position, _is_open(draft, quotes)))
            reporter = _reporter(draft, drafts)
            found.append(_attribution(draft, index, paragraph, quotes, None if reporter is None else base + reporter))
    return settle(found, floating, paragraphs, cues)


def _portions(paragraphs: Sequence[ParsedParagraph]) -> Iterator[tuple[int, ParsedParagraph]]:
    """Yield the paragraphs with their numbers, an endless one in pieces so that no step grows with its square."""
    for index, paragraph in enumerate(paragraphs):
        if not paragraph.pieces:
            yield index, paragraph
        start = paragraph.start
        for doc in paragraph.pieces:
            yield index, ParsedParagraph(doc, start)
            start += len(doc.text)


def _reporter(draft: Draft, drafts: list[Draft]) -> int | None:
    """Return the position of the statement inside which this one is reported."""
    if draft.cue is None:
        return None
    at = draft.cue[0]
    return next(
        (
            position
            for position, other in enumerate(drafts)
            if other is not draft and any(start <= at < end for start, end in other.pieces)
        ),
        None,
    )


def _is_open(draft: Draft, quotes: tuple[Quote, ...]) -> bool:
    return any(quote.is_open and quote.start == draft.pieces[-1][0] for quote in quotes)


def _attribution(
    draft: Draft, index: int, paragraph: ParsedParagraph, quotes: tuple[Quote, ...], reporter: int | None
) -> Attribution:
    offset = paragraph.start

    def moved(piece: tuple[int, int] | None) -> Span | None:
        return None if piece is None else Span(piece[0] + offset, piece[1] + offset)

    return Attribution(
        paragraph=index,
        spans=tuple(Span(start + offset, end + offset) for start, end in draft.pieces),
        form=_form(draft, paragraph.doc.text, quotes),
        cue=moved(draft.cue),
        cue_lemma=None if draft.entry is None else draft.entry.lemma,
        cue_class=draft.cue_class,
        source=moved(draft.source),
        reported_by=reporter,
        addressee=moved(draft.addressee),
    )


def _form(draft: Draft, text: str, quotes: tuple[Quote, ...]) -> Form:
    total = quoted = 0
    for start, end in draft.pieces:
        total += sum(map(str.isalnum, text[start:end]))
        for quote in quotes:
            low, high = max(start, quote.start), min(end, quote.end)
            if low < high:
                quoted += sum(map(str.isalnum, text[low:high]))
    if not quoted:
        return "indirect"
    return "direct" if quoted >= MOSTLY * total else "mixed"
