"""Who speaks where the sentence names only whom he spoke to: the host of the meeting told of before.

"The minister received the envoy. The envoy's attention was drawn to the raid": the minister drew it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.language import ParsedParagraph
from extractors.model import Attribution, Span
from extractors.statements.attribution.source_spans import noun_phrase
from extractors.statements.cue_lexicon import CueLexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FAR = 2  # paragraphs back
FAR_TOKENS = 1_000  # in each of them; longer than any paragraph of news
MEETINGS = frozenset({"meeting", "talk", "consultation", "conversation", "briefing"})


def host_of(told: Attribution, paragraphs: Sequence[ParsedParagraph], lexicon: CueLexicon) -> Span | None:
    """Return the subject of the last sentence before that tells of a meeting, unless that is who was spoken to."""
    if told.addressee is None or told.cue is None:
        return None
    guest = _heads(paragraphs[told.paragraph], told.addressee)
    for index in range(told.paragraph, max(-1, told.paragraph - FAR), -1):
        paragraph = paragraphs[index]
        end = told.cue.start - paragraph.start if index == told.paragraph else len(paragraph.doc.text)
        found = _host(paragraph.doc, end, guest, lexicon)
        if found is not None:
            low, high = noun_phrase(found)
            return paragraph.span(paragraph.doc[low:high])
    return None


def _heads(paragraph: ParsedParagraph, span: Span) -> frozenset[str]:
    return frozenset(token.lemma_.lower() for token in paragraph.tokens(span) or () if token.pos_ in {"NOUN", "PROPN"})


def _host(doc: Doc, end: int, guest: frozenset[str], lexicon: CueLexicon) -> Token | None:
    last = bisect_left(range(len(doc)), end, key=lambda index: doc[index].idx)
    for verb in reversed(doc[max(0, last - FAR_TOKENS) : last]):
        if verb.pos_ != "VERB" or verb.lemma_ not in lexicon.hosting or not _is_meeting(verb):
            continue
        subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
        if subject is not None and subject.lemma_.lower() not in guest:
            return subject
    return None


def _is_meeting(verb: Token) -> bool:
    things = [child for child in verb.rights if child.dep_ == "dobj"]
    if verb.lemma_ == "hold":
        return any(thing.lemma_.lower() in MEETINGS for thing in things)
    return bool(things)
