"""Statements that verbs introduce: each verb of the lexicon with its complement, its speaker and its addressee."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from extractors.statements.asides import aside, going_on
from extractors.statements.assertion import cue_entry, is_asserted, is_questioned
from extractors.statements.clauses import finite_clause
from extractors.statements.complements import infinitive, phrase
from extractors.statements.drafts import Draft, Kind, Ranges, characters, cue_range, trim
from extractors.statements.lexicon import Cue, CueLexicon
from extractors.statements.sources import find_source, noun_phrase


def verb_drafts(doc: Doc, lexicon: CueLexicon) -> Iterator[Draft]:
    """Yield what each verb of the lexicon introduces, in order."""
    for token in doc:
        entry = cue_entry(token, lexicon)
        if entry is not None and is_asserted(token, entry, lexicon) and not is_questioned(token, entry):
            draft = _draft(token, entry, lexicon)
            if draft is not None:
                yield draft


def _draft(verb: Token, entry: Cue, lexicon: CueLexicon) -> Draft | None:
    found = finite_clause(verb, entry) or infinitive(verb, entry) or phrase(verb, entry, lexicon)
    if found is None:
        around = aside(verb, entry) if entry.takes("aside") else ()
        return make(verb, entry, lexicon, around, "aside") if around else None
    start, end = trim(verb.doc, *found)
    if start >= end or start <= verb.i < end:
        return None
    ranges = ((start, end),) if start > verb.i else ((start, end), *going_on(verb, entry))
    return make(verb, entry, lexicon, ranges, "clause" if entry.takes("clause") else "phrase")


def make(verb: Token, entry: Cue, lexicon: CueLexicon, ranges: Ranges, kind: Kind) -> Draft:
    """Build the draft of a verb: content ranges in tokens, its speaker and whom it addresses."""
    doc = verb.doc
    source = find_source(verb, lexicon)
    addressee = _addressee(verb, ranges)
    return Draft(
        pieces=tuple(characters(doc, start, end) for start, end in ranges),
        kind=kind,
        cue=characters(doc, *cue_range(verb)),
        entry=entry,
        source=None if source is None else characters(doc, *noun_phrase(source)),
        addressee=None if addressee is None else characters(doc, *noun_phrase(addressee)),
        cue_token=verb.i,
    )


def _addressee(verb: Token, ranges: Ranges) -> Token | None:
    for child in verb.children:
        inside = any(start <= child.i < end for start, end in ranges)
        if child.dep_ in {"dobj", "dative"} and not inside:
            if child.pos_ == "ADP":
                return next((leaf for leaf in child.children if leaf.dep_ == "pobj"), None)
            return child if child.pos_ in {"NOUN", "PROPN", "PRON"} else None
        if child.dep_ == "prep" and child.lower_ == "to" and not inside:
            return next((leaf for leaf in child.children if leaf.dep_ == "pobj"), None)
        if child.dep_ == "nsubjpass":
            return child
    return None
