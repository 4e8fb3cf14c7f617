"""Statements that hang on an adjective: "The envoy was adamant that", "made it clear that", "was critical of"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.statements.assertion import HEDGES
from extractors.statements.attribution.animacy import can_say
from extractors.statements.attribution.source_spans import find_source, noun_phrase
from extractors.statements.cue_lexicon import Cue, CueLexicon
from extractors.statements.drafts import Draft, characters, trim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LINKING = frozenset({"be", "remain", "stay", "become", "make", "sound"})
IMPERSONAL = frozenset({"it", "this", "that", "there", "what", "which"})


def adjective_drafts(doc: Doc, lexicon: CueLexicon) -> Iterator[Draft]:
    """Yield what each adjective of the lexicon introduces, in order."""
    for token in doc:
        entry = lexicon.adjectives.get(token.lower_)
        verb = None if entry is None else _verb_of(token)
        if entry is None or verb is None:
            continue
        found = _content(token, verb, entry)
        source = find_source(verb, lexicon)
        if found is None or source is None or source.lower_ in IMPERSONAL or _is_supposed(verb):
            continue
        start, end = trim(doc, *found)
        if start < end and can_say(source, entry.cue_class, lexicon):
            yield Draft(
                pieces=(characters(doc, start, end),),
                kind="clause" if entry.takes("clause") else "phrase",
                cue=characters(doc, token.i, token.i + 1),
                entry=entry,
                source=characters(doc, *noun_phrase(source, token)),
                cue_token=token.i,
                cue_class=entry.cue_class,
            )


def _verb_of(adjective: Token) -> Token | None:
    """Return the verb that links the adjective to the speaker, also where the parser hung it in the clause."""
    if adjective.dep_ not in {"acomp", "oprd", "ccomp"}:
        return None
    if adjective.head.lemma_ in LINKING:
        return adjective.head
    before = adjective.nbor(-1) if adjective.i else adjective
    return before if before.lemma_ == "make" and adjective.head.head == before else None


def _content(adjective: Token, verb: Token, entry: Cue) -> tuple[int, int] | None:
    later = [child for child in [*adjective.rights, *verb.rights] if child.left_edge.i > adjective.i]
    if adjective.head != verb:
        return adjective.i + 1, adjective.head.right_edge.i + 1
    for child in later:
        if entry.takes("clause") and child.dep_ in {"ccomp", "advcl", "acl"} and child.left_edge.i == adjective.i + 1:
            mark = next((part for part in child.lefts if part.dep_ == "mark"), None)
            if mark is None or mark.lower_ == "that":
                return (child.left_edge.i if mark is None else mark.i + 1), child.right_edge.i + 1
        if entry.takes("preposition") and child.dep_ == "prep" and child.lower_ in entry.prepositions:
            return child.i + 1, child.right_edge.i + 1
    return None


def _is_supposed(verb: Token) -> bool:
    """Tell a verb that is denied or only possible: "was not adamant", "should make clear"."""
    return any(child.dep_ == "neg" or child.lower_ in HEDGES for child in verb.lefts) or verb.tag_ == "VB"
