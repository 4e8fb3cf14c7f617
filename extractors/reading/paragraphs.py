"""Paragraphs to one text, and where each stands in it."""

from collections.abc import Sequence

from extractors.model import Paragraph, Span

BREAK = "\n\n"


def join_paragraphs(texts: Sequence[str], source_starts: Sequence[int | None]) -> tuple[str, tuple[Paragraph, ...]]:
    """Return the paragraphs as one text with a blank line between, and where each stands in it."""
    paragraphs: list[Paragraph] = []
    position = 0
    for text, source_start in zip(texts, source_starts, strict=True):
        paragraphs.append(Paragraph(Span(position, position + len(text)), source_start))
        position += len(text) + len(BREAK)
    return BREAK.join(texts), tuple(paragraphs)
