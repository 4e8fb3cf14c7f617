"""Statements that verbs introduce: each verb of the lexicon with its complement, its speaker and its addressee."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.statements.assertion import UNSAID_CLASSES, cue_entry, is_asserted, is_questioned, is_withheld
from extractors.statements.attribution.animacy import can_say, is_nobody
from extractors.statements.attribution.source_spans import find_source, noun_phrase, object_of
from extractors.statements.clauses.asides import aside, going_on
from extractors.statements.clauses.complements import infinitive, phrase
from extractors.statements.clauses.extents import fitted_end
from extractors.statements.clauses.finite import finite_clause, taken_up
from extractors.statements.cue_lexicon import Cue, CueLexicon, Frame
from extractors.statements.drafts import Draft, Kind, Ranges, characters, cue_range, trim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

DENIED = UNSAID_CLASSES | {"deny", "warn", "accuse"}  # what nobody does is not done
STOPS = frozenset({".", "?", "!"})
KINDS: dict[Frame, Kind] = {"clause": "clause", "aside": "aside"}


def verb_drafts(doc: Doc, lexicon: CueLexicon) -> Iterator[Draft]:
    """Yield what each verb of the lexicon introduces, in order."""
    for token in doc:
        entry = cue_entry(token, lexicon)
        if entry is not None and is_asserted(token, entry, lexicon) and not is_questioned(token, entry):
            draft = _draft(token, entry, lexicon)
            if draft is not None:
                yield draft


def _draft(verb: Token, entry: Cue, lexicon: CueLexicon) -> Draft | None:
    found, frame = _content(verb, entry, lexicon)
    if found is None:
        around = aside(verb, entry) if entry.takes("aside") else ()
        return make(verb, entry, lexicon, around, "aside") if around else None
    start, end = trim(verb.doc, *found)
    if start >= end or start <= verb.i < end or _leaves_parenthesis(verb, start, end):
        return None
    if start > verb.i:
        end = fitted_end(verb, start, end, frame, lexicon)
    ranges = (*taken_up(verb, entry, start), (start, end)) if start > verb.i else ((start, end), *going_on(verb, entry))
    return make(verb, entry, lexicon, ranges, frame)


def _leaves_parenthesis(verb: Token, start: int, end: int) -> bool:
    """Tell a participle in brackets whose content was found outside: "a partner (thus stressing ...), which"."""
    if verb.tag_ != "VBG":
        return False
    doc, low, high = verb.doc, verb.i, verb.i
    while low and doc[low].text not in {"(", ")"} and doc[low].text not in STOPS:
        low -= 1
    while high + 1 < len(doc) and doc[high].text not in {"(", ")"} and doc[high].text not in STOPS:
        high += 1
    enclosed = doc[low].text == "(" and doc[high].text == ")"
    return enclosed and (start < low or end > high + 1)


def _content(verb: Token, entry: Cue, lexicon: CueLexicon) -> tuple[tuple[int, int] | None, Frame]:
    if (clause := finite_clause(verb, entry)) is not None:
        return clause, "clause"
    if (purpose := infinitive(verb, entry)) is not None:
        return purpose, "infinitive"
    return phrase(verb, entry, lexicon) or (None, "object")


def make(verb: Token, entry: Cue, lexicon: CueLexicon, ranges: Ranges, frame: Frame) -> Draft | None:
    """Build the draft of a verb, None where its subject is nobody or cannot speak; ranges count tokens."""
    doc = verb.doc
    source = find_source(verb, lexicon)
    cue_class = "refuse" if is_withheld(verb) else entry.class_of(frame)
    if source is not None and (not can_say(source, cue_class, lexicon) or (is_nobody(source) and cue_class in DENIED)):
        return None
    addressee = _addressee(verb, entry, lexicon, ranges)
    return Draft(
        pieces=tuple(characters(doc, start, end) for start, end in ranges),
        kind=KINDS.get(frame, "phrase"),
        cue=characters(doc, *cue_range(verb)),
        entry=entry,
        source=None if source is None else characters(doc, *noun_phrase(source, verb)),
        addressee=None if addressee is None else _before(characters(doc, *noun_phrase(addressee)), doc, ranges),
        cue_token=verb.i,
        cue_class=cue_class,
    )


def _before(addressee: tuple[int, int], doc: Doc, ranges: Ranges) -> tuple[int, int]:
    """Cut the addressee off where the content begins: "accused Turkey | of violating"."""
    content = doc[ranges[0][0]].idx
    start, end = addressee
    return (start, start + len(doc.text[start:content].rstrip())) if start < content < end else addressee


def _addressee(verb: Token, entry: Cue, lexicon: CueLexicon, ranges: Ranges) -> Token | None:
    for child in verb.children:
        if child.dep_ == "nsubjpass" and child.lemma_.lower() == "attention":
            return next((part for part in child.lefts if part.dep_ == "poss"), None)
        inside = any(start <= child.i < end for start, end in ranges)
        if child.dep_ in {"dobj", "dative"} and not inside:
            if child.pos_ == "ADP":
                return object_of(child)
            named = child.pos_ in {"NOUN", "PROPN", "PRON"} and child.lemma_.lower() not in lexicon.voiced
            return child if named else None
        if child.dep_ == "prep" and child.lower_ in {"to", "on", "upon"} and not inside and child.i == verb.i + 1:
            spoken_to = object_of(child)
            return None if spoken_to is None or spoken_to.ent_type_ in {"DATE", "TIME"} else spoken_to
        if child.dep_ == "nsubjpass" and (entry.takes("addressee") or entry.takes("infinitive")):
            return child
    return None
