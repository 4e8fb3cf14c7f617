"""Who can speak at all: people, bodies and papers, but neither events nor things, and nobody is nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.statements.cue_lexicon import CueLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

NOBODY = frozenset({"neither", "none", "nobody", "no-one"})
STATING = frozenset({"report"})
BODIES = frozenset({"movement", "movements", "front"})  # nouns for things that are bodies where they have a name


def can_say(source: Token, cue_class: str, lexicon: CueLexicon) -> bool:
    """Tell whether the head of a noun phrase can be the source of an act of this class."""
    if source.pos_ != "NOUN" or source.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"}:
        return True
    lemma = source.lemma_.lower()
    if lemma in lexicon.mute or source.lower_ in lexicon.mute:
        return is_body(source)
    return lemma not in lexicon.laws or cue_class in STATING


def is_body(source: Token) -> bool:
    """Tell a movement that bears a name from one of troops: "the Eastern Front movement"."""
    return source.lower_ in BODIES and any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in source.lefts)


def is_nobody(source: Token) -> bool:
    """Tell "neither side", "none of them", "no official": nothing was said."""
    if source.lower_ in NOBODY or (source.lower_ == "one" and source.i and source.nbor(-1).lower_ == "no"):
        return True
    return any(child.lower_ in {"no", "neither"} and child.dep_ in {"det", "preconj", "cc"} for child in source.lefts)
