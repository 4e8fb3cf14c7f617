"""Quotes without a cue of their own: whose words they are, from the statements and paragraphs around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.language import ParsedParagraph
from extractors.model import Attribution, Span
from extractors.statements.attribution.meeting_hosts import host_of
from extractors.statements.attribution.source_spans import noun_phrase
from extractors.statements.cue_lexicon import CueLexicon

FAR = 3  # paragraphs; a quote that far from any statement belongs to nobody we know
FAR_NAMELESS = 1


@dataclass(frozen=True, slots=True)
class Floating:
    """An attribution (by index) without a cue; ``is_open`` where its quote goes on in the next paragraph."""

    index: int
    is_open: bool


def settle(
    found: Sequence[Attribution],
    floating: Sequence[Floating],
    paragraphs: Sequence[ParsedParagraph],
    lexicon: CueLexicon,
) -> tuple[Attribution, ...]:
    """Give each floating quote its speaker: who was introduced before it, who spoke last, or who speaks next."""
    settled = [_with_host(one, paragraphs, lexicon) for one in found]
    for one in floating:
        own = settled[one.index]
        introduced = _introduced(own, paragraphs)
        before = _before(settled, one.index, paragraphs)
        after = _after(settled, one.index) if one.is_open or before is None else None
        if introduced is not None:
            settled[one.index] = replace(own, source=introduced)
        elif after is not None and not _goes_on(settled, before, own):
            settled[one.index] = replace(own, source=settled[after].source)
        elif before is not None:
            settled[one.index] = replace(own, carried_from=before)
    return tuple(settled)


def _with_host(one: Attribution, paragraphs: Sequence[ParsedParagraph], lexicon: CueLexicon) -> Attribution:
    if one.cue is None or one.source is not None or one.addressee is None:
        return one
    return replace(one, source=host_of(one, paragraphs, lexicon))


def _introduced(own: Attribution, paragraphs: Sequence[ParsedParagraph]) -> Span | None:
    """Return the subject of a paragraph before that ends in a colon: "She wrote:"."""
    if own.paragraph == 0:
        return None
    before = paragraphs[own.paragraph - 1]
    doc = before.doc
    if own.spans[0].start - paragraphs[own.paragraph].start > 2 or not doc.text.rstrip().endswith(":"):
        return None
    start = len(doc)
    while start and doc[start - 1].text not in {".", "?", "!"}:
        start -= 1
    subject = next((token for token in doc[start:] if token.dep_ == "nsubj"), None)
    if subject is None:
        return None
    low, high = noun_phrase(subject)
    return before.span(doc[low:high])


def _before(settled: Sequence[Attribution], index: int, paragraphs: Sequence[ParsedParagraph]) -> int | None:
    """Return the last statement before that stands on its own, direct ones of the paragraph before first."""
    own = settled[index]
    near = [
        position
        for position in range(max(0, index - FAR * 3), index)
        if settled[position].reported_by is None
        and own.paragraph - settled[position].paragraph <= _reach(settled[position], paragraphs)
    ]
    if not near:
        return None
    paragraph = settled[near[-1]].paragraph
    quoted = [
        position
        for position in near
        if settled[position].paragraph == paragraph and settled[position].form != "indirect"
    ]
    return quoted[-1] if quoted else near[-1]


def _reach(one: Attribution, paragraphs: Sequence[ParsedParagraph]) -> int:
    """Return how many paragraphs on a statement's speaker may still speak: a nameless one of a paraphrase only next."""
    if one.form != "indirect" or one.source is None:
        return FAR
    source = paragraphs[one.paragraph].tokens(one.source)
    return FAR if source is not None and source.root.pos_ in {"PROPN", "PRON"} else FAR_NAMELESS


def _after(settled: Sequence[Attribution], index: int) -> int | None:
    """Return the quote of the next paragraph, where that names its speaker."""
    own = settled[index]
    for position in range(index + 1, min(index + 3, len(settled))):
        other = settled[position]
        if other.paragraph == own.paragraph + 1 and other.form == "direct" and other.source is not None:
            return position
    return None


def _goes_on(settled: Sequence[Attribution], before: int | None, own: Attribution) -> bool:
    """Tell whether a floating quote is the middle of a chain of quotes that has its speaker already."""
    return before is not None and settled[before].form != "indirect" and own.paragraph - settled[before].paragraph <= 1
