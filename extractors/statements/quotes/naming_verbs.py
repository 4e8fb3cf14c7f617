"""Verbs of naming far from the name they give: "called the raid on ... “an act of piracy”"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.statements.assertion import cue_entry, is_asserted
from extractors.statements.cue_lexicon import CueLexicon
from extractors.statements.quotes.places import TERMINAL, Placed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST_NAMED = 60  # tokens between a verb of naming and the name it gives
STOPS = frozenset({".", ",", "?", "!", ";"})


def naming_before(doc: Doc, placed: Placed, lexicon: CueLexicon) -> Token | None:
    """Return a verb of naming whose long object the quote follows: "called the raid on ... “an act of piracy”"."""
    first = doc[placed.first]
    opens = first.pos_ in {"ADV", "ADJ", "DET"} or first.tag_ in {"VBN", "VBG"}
    if not opens or not _closes_clause(doc, placed):
        return None
    for index in range(placed.first - 1, max(placed.before, placed.first - LONGEST_NAMED) - 1, -1):
        token = doc[index]
        if token.text in TERMINAL or token.text in {";", ":"}:
            return None
        entry = cue_entry(token, lexicon)
        if entry is None or not entry.takes("name"):
            if token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and token.dep_ in {"ROOT", "conj", "ccomp"}:
                return None
            continue
        thing = next((child for child in token.rights if child.dep_ == "dobj"), None)
        named = thing is not None and token.nbor(1).pos_ in {"DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"}
        return token if named and is_asserted(token, entry, lexicon) else None
    return None


def _closes_clause(doc: Doc, placed: Placed) -> bool:
    after = placed.last
    while after < len(doc) and (doc[after].is_quote or doc[after].is_space):
        after += 1
    return after >= len(doc) or doc[after].text in STOPS or doc[placed.last - 1].text in STOPS
