"""Statements that hang on a noun: "Seoul's warning that", "the demand for"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.statements.assertion import HEDGES
from extractors.statements.attribution.source_spans import noun_owner, noun_phrase
from extractors.statements.cue_lexicon import Cue, CueLexicon
from extractors.statements.drafts import Draft, characters, trim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


# verbs that may end a sentence: in "the warning that Chile would pay" nothing is left out
WITHOUT_OBJECT = frozenset(
    {"pay", "act", "respond", "retaliate", "strike", "attack", "leave", "withdraw", "answer", "win"}
)


def noun_drafts(doc: Doc, lexicon: CueLexicon) -> Iterator[Draft]:
    """Yield what each noun of the lexicon introduces, in order."""
    for token in doc:
        if token.pos_ != "NOUN":
            continue
        entry = lexicon.nouns.get(token.lemma_.lower())
        if entry is None:
            continue
        found = noun_content(token, entry)
        if found is None or _is_supposed(token):
            continue
        start, end = _trimmed(doc, *found)
        source = noun_owner(token)
        if start < end and source is not None:
            yield Draft(
                pieces=(characters(doc, start, end),),
                kind="phrase",
                cue=characters(doc, token.i, token.i + 1),
                entry=entry,
                source=characters(doc, *noun_phrase(source, token)),
                cue_token=token.i,
                cue_class=entry.cue_class,
            )


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Take marks off both ends, and a conjunction that joins the noun to another."""
    start, end = trim(doc, start, end)
    return (start, end - 1) if end - 1 > start and doc[end - 1].dep_ == "cc" else (start, end)


def _is_supposed(noun: Token) -> bool:
    """Tell whether the noun depends on a verb that did not happen: "could renew its demand for"."""
    verb = noun.head
    return noun.dep_ in {"dobj", "pobj"} and any(child.dep_ == "aux" and child.lower_ in HEDGES for child in verb.lefts)


def _that(clause: Token) -> Token | None:
    """Return the "that" with which a clause begins, also where the parser took it for an object of the clause."""
    for part in clause.lefts:
        if part.lower_ == "that" and (part.dep_ == "mark" or _has_own_subject(clause, part)):
            return part
    return None


def _has_own_subject(clause: Token, that: Token) -> bool:
    is_full = that.dep_ == "dobj" and not any(child.dep_ in {"dobj", "attr"} for child in clause.rights)
    return is_full and clause.lemma_ in WITHOUT_OBJECT and any(child.dep_ == "nsubj" for child in clause.lefts)


def noun_content(noun: Token, entry: Cue) -> tuple[int, int] | None:
    makers = [child for prep in noun.rights if prep.lower_ in {"by", "from"} for child in prep.rights]
    for child in [*noun.rights, *(clause for maker in makers for clause in maker.rights)]:
        if entry.takes("clause") and child.dep_ in {"acl", "ccomp", "relcl", "appos"}:
            mark = _that(child)
            if mark is not None:
                return mark.i + 1, child.right_edge.i + 1
        if entry.takes("infinitive") and child.dep_ in {"acl", "xcomp", "relcl"}:
            to = next((part for part in child.lefts if part.dep_ == "aux" and part.lower_ == "to"), None)
            if to is not None:
                return to.i, child.right_edge.i + 1
        if entry.takes("preposition") and child.dep_ == "prep" and child.lower_ in entry.prepositions:
            return child.i + 1, child.right_edge.i + 1
    return _predicate(noun) if entry.takes("clause") else None


def _predicate(noun: Token) -> tuple[int, int] | None:
    """Return the clause a linking verb gives: "Her argument was that ports must stay open"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ != "be":
        return None
    for child in verb.rights:
        if child.dep_ in {"ccomp", "attr", "advcl"}:
            mark = next((part for part in child.lefts if part.dep_ == "mark" and part.lower_ == "that"), None)
            if mark is not None:
                return mark.i + 1, child.right_edge.i + 1
    return None
