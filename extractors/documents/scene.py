"""The head of a document as paragraphs before its text: whoever speaks without a cue is named there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.language import ParsedParagraph, parse_paragraphs
from extractors.layout import Layout, plain
from extractors.model import Labelled, Span

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Scene:
    """The lines of the head, parsed, at negative offsets; ``voices`` are the places of the layout's voices in them."""

    paragraphs: tuple[ParsedParagraph, ...] = ()
    voices: tuple[Span, ...] = ()


def set_scene(layout: Layout, language: Language) -> Scene:
    """Parse who speaks in a document; news needs none of it."""
    if not layout.is_document:
        return Scene()
    context = [_line(one) for one in (*layout.context, *([layout.body] if layout.body else []))]
    names = [_line(one.name) for one in layout.voices]
    lines = [*context, *names]
    text, spans = _joined(lines)
    parsed = parse_paragraphs(language, text, [span for span in spans if span.end > span.start])
    shift = len(text)
    paragraphs = tuple(ParsedParagraph(one.doc, one.start - shift, one.pieces) for one in parsed)
    moved = [Span(span.start - shift, span.end - shift) for span in spans]
    return Scene(paragraphs, tuple(moved[len(context) :]))


def _joined(lines: Sequence[str]) -> tuple[str, list[Span]]:
    text, spans = "", []
    for line in lines:
        spans.append(Span(len(text), len(text) + len(line)))
        text += line + "\n\n"
    return text, spans


def _line(name: str) -> str:
    """Return a name as running text has it: labels are in capitals, "MS. JEAN-PIERRE"."""
    line = plain(name)
    letters = [one for one in line if one.isalpha()]
    return (
        line.title() if letters and sum(one.isupper() for one in letters) > 0.8 * len(letters) and " " in line else line
    )


def is_staged(span: Span | None) -> bool:
    """Tell whether a place lies in the head rather than in the text."""
    return span is not None and span.start < 0


def unstaged(one: Labelled) -> Labelled:
    """Return a statement without the place of its voice: the head is no part of the article's text."""
    if not is_staged(one.statement.attribution.source):
        return one
    attribution = replace(one.statement.attribution, source=None)
    return replace(one, statement=replace(one.statement, attribution=attribution))
