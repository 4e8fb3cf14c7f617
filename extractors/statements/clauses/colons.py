"""Statements after a colon without quote marks: "Their message: ports stay shut", "KIM: We are ready"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.statements.assertion import cue_entry
from extractors.statements.attribution.source_spans import find_source, noun_owner, noun_phrase
from extractors.statements.cue_lexicon import CueLexicon
from extractors.statements.drafts import Draft, characters, sentence_around, trim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST_LABEL = 6  # tokens of a speaker's name before the colon
SHORTEST_NAME = 3  # letters; "Q" and "A" name nobody
SHORTEST_CLAUSE = 4  # words after it
REACH = 12  # tokens between a cue and its colon


def colon_drafts(doc: Doc, lexicon: CueLexicon) -> Iterator[Draft]:
    """Yield what stands after each colon that a speaker's name, a cue or a noun of speech leads up to."""
    for token in doc:
        if token.text != ":" or token.i == 0 or token.i + 1 >= len(doc) or doc[token.i + 1].is_quote:
            continue
        yield from _after(doc, token, lexicon)


def _after(doc: Doc, colon: Token, lexicon: CueLexicon) -> Iterator[Draft]:
    left, right = sentence_around(doc, colon.i, colon.i + 1)
    start, end = trim(doc, colon.i + 1, right)
    words = sum(token.is_alpha for token in doc[start:end])
    if words < SHORTEST_CLAUSE or any(token.is_quote for token in doc[start:end]):
        return
    if left == 0 and _is_label(doc, colon.i):
        if doc[-1].text == "?":
            return
        yield Draft(
            (characters(doc, start, len(doc)),),
            "aside",
            characters(doc, colon.i, colon.i + 1),
            None,
            characters(doc, 0, colon.i),
            cue_token=colon.i,
        )
        return
    cue = _cue_before(doc, max(left, colon.i - REACH), colon.i, lexicon)
    if cue is None or not any(token.dep_ in {"nsubj", "nsubjpass", "expl"} for token in doc[start:end]):
        return
    entry = lexicon.nouns.get(cue.lemma_.lower()) if cue.pos_ == "NOUN" else cue_entry(cue, lexicon)
    source = noun_owner(cue) if cue.pos_ == "NOUN" else find_source(cue, lexicon)
    if source is not None:
        yield Draft(
            (characters(doc, start, end),),
            "clause",
            characters(doc, cue.i, cue.i + 1),
            entry,
            characters(doc, *noun_phrase(source, cue)),
            cue_token=cue.i,
            cue_class=None if entry is None else entry.cue_class,
        )


def _is_label(doc: Doc, colon: int) -> bool:
    """Tell a transcript's speaker: a name alone before the colon."""
    words = [token for token in doc[:colon] if token.is_alpha and token.dep_ != "det"]
    named = 0 < len(words) <= LONGEST_LABEL and all(token.pos_ == "PROPN" or token.is_upper for token in words)
    is_day = any(token.like_num for token in doc[:colon])  # "June 17, 2025: The strait is closed" names nobody
    return named and not is_day and colon <= LONGEST_LABEL and len(words[-1]) >= SHORTEST_NAME


def _cue_before(doc: Doc, low: int, colon: int, lexicon: CueLexicon) -> Token | None:
    """Return the cue right before the colon; a verb may have its addressee and adverbials in between."""
    for token in reversed(doc[low:colon]):
        if (
            token.pos_ == "NOUN"
            and token.i == colon - 1
            and "clause" in getattr(lexicon.nouns.get(token.lemma_.lower()), "frames", ())
        ):
            return token
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}:
            entry = cue_entry(token, lexicon)
            return token if entry is not None and entry.takes("clause") else None
    return None
