"""The finite clause a verb of saying governs: where it begins and ends, also where the parser went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.statements.clauses.asides import is_closed
from extractors.statements.clauses.complements import complementiser_off, is_infinitive, object_child
from extractors.statements.clauses.loose import FINITE, loose_clause
from extractors.statements.coordination import SUBJECTS, is_own_deed
from extractors.statements.cue_lexicon import Cue
from extractors.statements.drafts import cue_range, trim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

REMARKS = frozenset({"which", "who", "where", "whose"})
DAYS = frozenset({"ago", "last", "yesterday", "today", "tonight", "earlier", "late"}) | frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
PLACES = frozenset({"in", "during", "at"})
INDEFINITE = frozenset({"a", "an", "his", "her", "its", "their"})
OCCASIONS = frozenset(
    {"interview", "statement", "speech", "letter", "briefing", "post", "tweet", "email", "conference", "address"}
) | frozenset({"remarks", "broadcast", "message", "call", "memo"})
STOPS = frozenset({".", "?", "!", ";", ","})


def finite_clause(verb: Token, entry: Cue) -> tuple[int, int] | None:
    """Return the finite clause the verb governs: after it as a rule, before it where the verb closes the sentence."""
    if not entry.takes("clause"):
        return None
    ahead = next((child for child in verb.rights if child.dep_ == "ccomp" and not is_infinitive(child)), None)
    if ahead is not None:
        return _after_cue(verb, entry, ahead)
    loose = loose_clause(verb, entry)
    if loose is not None:
        return loose
    behind = next((child for child in verb.lefts if child.dep_ == "ccomp" and not is_infinitive(child)), None)
    return None if behind is None else _before_cue(verb, entry, behind)


def taken_up(verb: Token, entry: Cue, start: int) -> tuple[tuple[int, int], ...]:
    """Return the clause before the cue that goes on after it: "It is no wonder, he said, that they left"."""
    doc = verb.doc
    behind = next((child for child in verb.lefts if child.dep_ == "ccomp"), None)
    comma = start - 2 if doc[start - 1].lower_ == "that" else start - 1
    if behind is None or comma <= verb.i or doc[comma].text != "," or not entry.takes("clause"):
        return ()
    found = _before_cue(verb, entry, behind)
    return () if found is None else (found,)


def _after_cue(verb: Token, entry: Cue, clause: Token) -> tuple[int, int] | None:
    doc = verb.doc
    start = max(clause.left_edge.i, verb.i + 1)
    if not any(child.dep_ in SUBJECTS or child.dep_ == "mark" for child in clause.lefts) and clause.tag_ != "VBG":
        # The parser took the clause's subject for the verb's object: "said his record (...) speaks for itself".
        thing = object_child(verb)
        mistaken = thing is not None and thing.i < start and (not entry.takes("addressee") or _is_subject(thing, start))
        start = thing.left_edge.i if thing is not None and mistaken else start
    if start == cue_range(verb)[1]:
        start = _past_day(doc, start, clause)
    return complementiser_off(doc, _past_citation(doc, start), _before_occasion(clause, _end_of(verb, clause)))


def _is_subject(thing: Token, start: int) -> bool:
    """Tell an object right before a finite verb that is too new to be spoken to: "warned | a collapse would"."""
    return (
        thing.right_edge.i + 1 == start
        and thing.doc[start].tag_ in FINITE
        and thing.left_edge.lower_ in {"a", "an", "any", "such", "this", "more", "no", "another", "further"}
    )


def _past_day(doc: Doc, start: int, clause: Token) -> int:
    """Step over the day of the utterance between cue and clause: "said | two weeks ago | it was likely"."""
    for child in clause.lefts:
        if child.left_edge.i != start or child.dep_ not in {"npadvmod", "advmod", "prep", "tmod"}:
            continue
        end = child.right_edge.i + 1
        words = {token.lower_ for token in doc[start:end]}
        if doc[end].text == "," or not words & DAYS or words & {"next", "before", "until", "since"}:
            return start
        return end
    return start


def _before_occasion(clause: Token, end: int) -> int:
    """Leave out where it was said: ", in an interview with the daily", ", speaking to reporters", " in a memo"."""
    doc = clause.doc
    if (carrier := _carrier(clause, end)) is not None:
        return carrier.i
    for index in range(clause.i + 1, end - 2):
        if doc[index].text != ",":
            continue
        head = doc[index + 1]
        spoke = head.lower_ == "speaking" and head.dep_ == "advcl"
        thing = next((child for child in head.rights if child.dep_ == "pobj"), None) if head.lower_ in PLACES else None
        if (spoke or (thing is not None and thing.lower_ in OCCASIONS)) and head.right_edge.i + 1 >= end:
            return index
    return end


def _carrier(clause: Token, end: int) -> Token | None:
    """Return the phrase that closes a clause and tells where its words stood: "would stay | in a memo to staff"."""
    for child in clause.rights:
        if child.dep_ != "prep" or child.lower_ not in PLACES or child.i >= end - 1:
            continue
        thing = next((part for part in child.rights if part.dep_ == "pobj"), None)
        if thing is None or thing.lower_ not in OCCASIONS or thing.left_edge.lower_ not in INDEFINITE:
            continue
        after = [one for one in clause.rights if child.i < one.i < end]
        if all(one.dep_ in {"prep", "punct", "npadvmod"} for one in after):
            return child
    return None


def _past_citation(doc: Doc, start: int) -> int:
    """Step over whose words are carried: "reported, | citing officials, | that"."""
    at = start
    while at < len(doc) and doc[at].text == ",":
        at += 1
    if at >= len(doc) or doc[at].lower_ not in {"citing", "quoting"}:
        return start
    while at < len(doc) and doc[at].text != ",":
        at += 1
    return at


def _end_of(verb: Token, clause: Token) -> int:
    """Return where the clause ends: before what is coordinated with the cue, after what goes on with "and that"."""
    doc, end = verb.doc, clause.right_edge.i + 1
    for child in clause.rights:
        if child.dep_ == "conj" and is_own_deed(verb, clause, child):
            end = child.left_edge.i
            while end > clause.i + 1 and (doc[end - 1].is_punct or doc[end - 1].dep_ == "cc"):
                end -= 1
            return end
    following = next((child for child in verb.rights if child.dep_ == "ccomp" and child.left_edge.i == end), None)
    end = end if following is None else following.right_edge.i + 1  # "said they would live | with whatever comes"
    end = _before_remark(clause, _past_break(doc, end, verb.sent.end))
    joint = end
    while joint < len(doc) and doc[joint].text == ",":
        joint += 1
    if joint + 1 < len(doc) and doc[joint].lower_ in {"and", "but", "or"} and doc[joint + 1].lower_ == "that":
        joined = next((child for child in doc[joint + 1].ancestors if child.i > joint), None)
        if joined is not None and joined.i > verb.i and joined.left_edge.i >= joint:
            return joined.right_edge.i + 1
    return end


def _before_remark(clause: Token, end: int) -> int:
    """Leave out a relative clause after a comma that closes the sentence: mostly the author's own background."""
    doc = clause.doc
    for index in range(clause.i + 1, end - 1):
        if doc[index].text == "," and doc[index + 1].lower_ in REMARKS:
            relative = next((token for token in doc[index + 1].ancestors if token.dep_ == "relcl"), None)
            if relative is not None and relative.i > index and relative.right_edge.i + 1 >= end:
                return index
    return end


def _past_break(doc: Doc, end: int, limit: int) -> int:
    """Move an end that no mark justifies: the parser broke the clause off in front of its own verb or inside a word."""
    if (
        end >= limit
        or not (doc[end].tag_ in FINITE or not doc[end - 1].whitespace_)
        or doc[end].is_punct
        or doc[end].is_quote
    ):
        return end
    while end < limit and doc[end].text not in STOPS:
        end += 1
    return end


def _before_cue(verb: Token, entry: Cue, clause: Token) -> tuple[int, int] | None:
    """Return a clause that stands before its cue: it ends where the cue's own phrase begins."""
    if any(child.dep_ == "mark" and child.lower_ != "that" for child in clause.lefts):
        return None
    doc, limit = verb.doc, verb.i
    for child in verb.lefts:
        if child.i > clause.i and child.left_edge.i > clause.i:
            limit = min(limit, child.left_edge.i)
    start, end = trim(doc, clause.left_edge.i, min(limit, clause.right_edge.i + 1))
    return (start, end) if end < len(doc) and doc[end].is_punct and is_closed(verb, entry) else None
