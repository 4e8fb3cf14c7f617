"""Statements beside a fixed phrase: "according to the envoy, talks have failed"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.statements.attribution.source_spans import noun_phrase
from extractors.statements.cue_lexicon import Cue, CueLexicon
from extractors.statements.drafts import Draft, characters, sentence_around, trim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def phrase_drafts(doc: Doc, lexicon: CueLexicon) -> Iterator[Draft]:
    """Yield the sentence around each fixed phrase, without the phrase."""
    for phrase, entry in lexicon.phrases.items():
        words = phrase.split()
        if phrase not in doc.text.lower():
            continue
        for token in doc:
            if token.lower_ != words[0] or [word.lower_ for word in doc[token.i : token.i + len(words)]] != words:
                continue
            last = doc[token.i + len(words) - 1]
            source = next((child for child in last.rights if child.dep_ in {"pobj", "pcomp"}), None)
            if source is None:
                continue
            yield from _around(doc, token, last, source, entry)


def _around(doc: Doc, first: Token, last: Token, source: Token, entry: Cue) -> Iterator[Draft]:
    end = source.right_edge.i + 1
    left, right = sentence_around(doc, first.i, end)
    before, after = trim(doc, left, first.i), trim(doc, end, right)
    if before[0] < before[1] and end < len(doc) and doc[end].text not in {",", ")"}:
        after = (end, end)  # a dash ends the statement: "according to the poll - a record"
    pieces = tuple(characters(doc, *piece) for piece in (before, after) if piece[1] > piece[0])
    if pieces:
        yield Draft(
            pieces=pieces,
            kind="aside",
            cue=characters(doc, first.i, last.i + 1),
            entry=entry,
            source=characters(doc, *noun_phrase(source)),
            cue_token=first.i,
            cue_class=entry.cue_class,
        )
