"""Whose deed a coordinated verb is: "said it was late and left" tells what the speaker did, not what he said."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
PAST_MODALS = frozenset({"would", "could", "might", "'d", "’d"})


def is_own_deed(verb: Token, clause: Token, other: Token) -> bool:
    """Tell whether a verb the parser joined to the clause is the speaker's own deed: "said it is late and left"."""
    if other.pos_ not in {"VERB", "AUX"} or other.i <= clause.i:
        return False
    subjects = [child for child in other.lefts if child.dep_ in SUBJECTS]
    finite = next((child.tag_ for child in other.lefts if child.dep_ in {"aux", "auxpass"}), other.tag_)
    head = next((child.tag_ for child in clause.lefts if child.dep_ in {"aux", "auxpass"}), clause.tag_)
    before = verb.doc[other.left_edge.i - 1] if other.left_edge.i else other
    comma = before.text == "," or (before.dep_ == "cc" and before.i and verb.doc[before.i - 1].text == ",")
    if not subjects and comma and finite in {"VBD", "VBZ", "VBP"} and finite == verb.tag_:
        return True
    if not subjects and finite == verb.tag_ and head not in {verb.tag_, "MD", "VBN"}:
        return True
    if not subjects and verb.tag_ == "VBD" and finite == "MD" and head in {"VBZ", "VBP"}:
        return any(child.lower_ in PAST_MODALS for child in other.lefts)
    past = verb.tag_ == "VBD" and finite == "VBD" and not any(child.lower_ in PAST_MODALS for child in clause.lefts)
    return past and head not in {"VBD", "VBN"} and (not subjects or subjects[0].lower_ in {"he", "she", "they"})
