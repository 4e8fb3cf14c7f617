"""Clauses that follow their cue although the parser hung them elsewhere or took them for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.statements.assertion import has_own_subject
from extractors.statements.clauses.asides import CLOSERS
from extractors.statements.clauses.complements import EMPTY_OBJECTS, object_child
from extractors.statements.coordination import SUBJECTS
from extractors.statements.cue_lexicon import Cue
from extractors.statements.drafts import cue_range

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
ADVERBIALS = frozenset({"npadvmod", "advmod", "prt", "tmod"})
CONDITIONS = frozenset({"if", "should", "unless", "when", "once", "whether", "had", "were", "as", "while", "although"})
REACH_OF_THAT = 14  # tokens
REACH_OF_SUBJECT = 12  # tokens
LONGEST_ADVERBIAL = 5  # tokens of a prepositional phrase between cue and clause
LONG_OBJECT = 7  # tokens; a shorter object of "say" is a phrase such as "a few words"


def loose_clause(verb: Token, entry: Cue) -> tuple[int, int] | None:
    """Find a clause that follows the verb although the parser did not hang it there."""
    doc, at = verb.doc, _skip_adverbials(verb, entry)
    opened = _marked(verb) or _mistaken_object(verb)
    if opened is not None:
        return opened
    if at >= len(doc) or doc[at].sent.start > verb.i:
        return None
    subject = _subject_at(doc, at)
    if subject is None:
        return _unclear_clause(verb, at) if entry.takes("bare") else None
    clause = subject.head
    if clause == verb:
        following = subject.right_edge.i + 1
        finite = following < len(doc) and doc[following].tag_ in {"VBD", "VBZ", "VBP", "MD"}
        return (at, verb.right_edge.i + 1) if finite and doc[following].pos_ in {"VERB", "AUX"} else None
    if clause.i < at or not has_own_subject(verb):
        return None
    end = clause.right_edge.i + 1
    return at, (end if end > at else verb.sent.end)


def _mistaken_object(verb: Token) -> tuple[int, int] | None:
    """Return a clause whose subject the parser took for an object: "warned | a base would be seen as a threat"."""
    thing = object_child(verb)
    if thing is None or thing.left_edge.i != verb.i + 1 or not _is_finite_at(verb.doc, thing.right_edge.i + 1):
        return None
    opening = verb.doc[thing.right_edge.i + 1]
    following = _lexical(opening)
    if opening.tag_ == "VBD" or following.head != verb or following.i < thing.i:
        return None
    return thing.left_edge.i, following.right_edge.i + 1


def _marked(verb: Token) -> tuple[int, int] | None:
    """Return a clause that "that" or a condition opens."""
    that = _that_ahead(verb)
    if that is not None:
        return that.i + 1, max(that.head.right_edge.i, that.i) + 1
    return _mistaken_that(verb) or _after_condition(verb) or _after_comma(verb)


def _after_comma(verb: Token) -> tuple[int, int] | None:
    """Return words set off by a comma where quote marks might stand: "and I said, | look, this will not do"."""
    doc, at = verb.doc, verb.i + 1
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if subject is None or at + 2 >= len(doc) or doc[at].text != "," or doc[at + 1].is_quote:
        return None
    before = doc[subject.left_edge.i - 1] if subject.left_edge.i else None
    if before is not None and before.text in {",", "—", "–", "--", "("}:
        return None  # a parenthesis
    end = verb.sent.end
    opened = any(
        token.dep_ in {"nsubj", "nsubjpass", "expl"} for token in doc[at + 1 : min(end, at + REACH_OF_SUBJECT)]
    )
    return (at + 1, end) if opened and doc[at + 1].tag_ not in {"VBG", "CC"} else None


def _that_ahead(verb: Token) -> Token | None:
    """Return the "that" which opens the content, with at most an addressee and adverbials before it."""
    doc = verb.doc
    for token in doc[verb.i + 1 : verb.i + 1 + REACH_OF_THAT]:
        if token.lower_ == "that" and token.dep_ == "mark" and token.head.i > token.i:
            return token
        inserted = token.dep_ in {"acl", "advcl"} and token.tag_ in {
            "VBN",
            "VBD",
        }  # "a statement | carried by the agency"
        if (token.pos_ in {"VERB", "AUX"} and not inserted) or token.text in CLOSERS or token.is_quote:
            return None
    return None


def _mistaken_that(verb: Token) -> tuple[int, int] | None:
    """Return a clause whose "that" the parser took for a pronoun: "say | that offer, and others, prove"."""
    doc, at = verb.doc, verb.i + 1
    if at >= len(doc) or doc[at].lower_ != "that" or doc[at].tag_ not in {"IN", "DT"} or doc[at].dep_ == "mark":
        return None
    end = verb.sent.end
    finite = any(token.tag_ in FINITE or token.tag_ == "VB" for token in doc[at + 2 : end])
    return (at, end) if finite and end - at >= LONG_OBJECT else None


def _after_condition(verb: Token) -> tuple[int, int] | None:
    """Return a clause that a condition opens: "saying, | if asked, he would come"."""
    doc, at = verb.doc, verb.i + 1
    if at + 1 >= len(doc) or doc[at].text != "," or doc[at + 1].lower_ not in CONDITIONS:
        return None
    end = verb.sent.end
    comma = next((token.i for token in doc[at + 2 : end] if token.text == ","), None)
    main = comma is not None and any(
        token.tag_ in FINITE for token in doc[comma + 1 : min(end, comma + REACH_OF_SUBJECT)]
    )
    return (at + 1, end) if main else None


def _unclear_clause(verb: Token, at: int) -> tuple[int, int] | None:
    """Return what the parser read as a long object or a gerund: "said keeping the fleet there provokes nobody"."""
    for child in verb.rights:
        length = child.right_edge.i - child.left_edge.i + 1
        if child.left_edge.i != at or child.lower_ in EMPTY_OBJECTS:
            continue
        if child.dep_ == "xcomp" and child.tag_ == "VBG" and _is_finite_at(verb.doc, child.right_edge.i + 1):
            return at, _limit_of_clause(verb.doc, child.right_edge.i + 1)
        if length < LONG_OBJECT and not _is_echo(child):
            continue
        if child.dep_ == "dobj" or (child.dep_ == "xcomp" and child.tag_ == "VBG"):
            return at, child.right_edge.i + 1
    return None


def _is_echo(thing: Token) -> bool:
    """Tell what repeats somebody's words about another: "say | the same of the union"."""
    return thing.lower_ in {"same", "opposite", "reverse"} and any(
        child.lower_ in {"of", "about", "for"} for child in thing.rights
    )


def _is_finite_at(doc: Doc, index: int) -> bool:
    return index < len(doc) and doc[index].tag_ in FINITE


def _limit_of_clause(doc: Doc, index: int) -> int:
    """Return the end of the clause whose verb the parser hung elsewhere: "said | shutting the harbour was wrong"."""
    return max(index + 1, max(child.right_edge.i for child in (doc[index], _lexical(doc[index]))) + 1)


def _lexical(verb: Token) -> Token:
    return verb.head if verb.dep_ in {"aux", "auxpass"} else verb


def _skip_adverbials(verb: Token, entry: Cue) -> int:
    at = cue_range(verb)[1]
    for child in verb.rights:
        addressed = child.dep_ in {"dobj", "dative"} and entry.takes("addressee")
        short = child.dep_ == "prep" and child.right_edge.i - child.i <= LONGEST_ADVERBIAL
        if child.left_edge.i == at and (child.dep_ in ADVERBIALS or addressed or short):
            at = child.right_edge.i + 1
    return at


def _subject_at(doc: Doc, at: int) -> Token | None:
    for token in doc[at : at + REACH_OF_SUBJECT]:
        if token.dep_ in SUBJECTS and token.left_edge.i == at and token.head.i > token.i - REACH_OF_SUBJECT:
            return token
        if token.text in {",", ".", ":", ";"} or token.pos_ == "VERB":
            return None
    return None
