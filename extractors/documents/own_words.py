"""The sentences of a document in somebody's own voice: each may be a statement of his without a cue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractors.documents.scene import Scene
from extractors.language import ParsedParagraph
from extractors.layout import Layout, Part
from extractors.model import Attribution, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

FEWEST_WORDS = 4  # "Thank you very much." says more than "No. No."


def own_sentences(layout: Layout, paragraphs: Sequence[ParsedParagraph], scene: Scene) -> Iterator[Attribution]:
    """Yield each sentence in somebody's own voice, with his name in the scene for its source."""
    for number, (part, paragraph) in enumerate(zip(layout.parts, paragraphs, strict=True)):
        if part.voice is None or part.kind == "quote" or scene.voices[part.voice].end <= scene.voices[part.voice].start:
            continue
        for span in _sentences(part, paragraph):
            yield Attribution(number, (span,), "direct", None, None, None, scene.voices[part.voice])


def _sentences(part: Part, paragraph: ParsedParagraph) -> Iterator[Span]:
    whole = paragraph.doc.text  # spaCy puts it together anew each time
    for sentence in paragraph.doc.sents:
        start, end = _trimmed(sentence, whole, part.start)
        text = whole[start:end]
        if text.rstrip("\"”»)' ").endswith("?") or len(text.split()) < FEWEST_WORDS:
            continue
        yield Span(paragraph.start + start, paragraph.start + end)


def _trimmed(sentence: TokenSpan, text: str, first: int) -> tuple[int, int]:
    """Return where a sentence begins and ends in its paragraph, without blanks and what stands before the words."""
    start, end = max(sentence.start_char, first), max(sentence.end_char, first)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
