"""Cues set off as a parenthesis ("talks, she said, have failed"): the sentence around them is the content."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.statements.attribution.source_spans import mistaken_subject
from extractors.statements.coordination import SUBJECTS
from extractors.statements.cue_lexicon import Cue
from extractors.statements.drafts import cue_range, sentence_around, trim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# What may follow a cue that closes its sentence, the marks that show it is closed, and words that take it up again.
TRAILERS = frozenset({"npadvmod", "advmod", "prep", "dative", "prt", "nsubj", "tmod"})
CLOSERS = frozenset({",", "—", "–", "--", "-", ")", ".", "?", "!", ";", "…"})
SPANS = frozenset({"day", "days", "week", "weeks", "hour", "hours", "month", "months", "minutes", "year", "years"})
REACH_OF_MOMENT = 4  # tokens
# what opens the circumstances in which something was said: "they will be sunk, she said | as the fleet put to sea"
CIRCUMSTANCES = frozenset({"after", "as", "before", "when", "while", "following", "amid"})
ACCOMPANYING = frozenset({"citing", "quoting", "speaking", "referring", "responding", "announcing", "following"})
CONTINUERS = frozenset({"that", "because", "rather", "but", "and", "or", "so", "which", "who", "even", "not"})


def aside(verb: Token, entry: Cue) -> tuple[tuple[int, int], ...]:
    """Return the token ranges around a cue that has no complement of its own and is set off by commas."""
    bounds = _cue_phrase(verb, entry)
    if bounds is None:
        return ()
    doc, (start, end) = verb.doc, bounds
    left, right = sentence_around(doc, start, end)
    before, after = trim(doc, left, start), trim(doc, end, right)
    if _is_moment(doc, *after):
        after = (after[1], after[1])
    if after[0] < after[1] and doc[after[0]].lower_ == "that":
        after = (after[0] + 1, after[1])
    if start == left and doc[start].lower_ == "as" and end < right and doc[end].text == "," and not _has_adjunct(verb):
        return (after,) if after[0] < after[1] and _holds_clause(doc, after) else ()
    opens = start > left and (doc[start - 1].text in CLOSERS or doc[start - 1].text == "(" or doc[start - 1].is_quote)
    closes = end >= right or doc[end].text in CLOSERS
    if not (opens and closes) or before[0] >= before[1] or not _holds_clause(doc, before, after):
        return ()
    return (before, after) if after[0] < after[1] else (before,)


def _is_moment(doc: Doc, start: int, end: int) -> bool:
    """Tell when it was said: ", the premier said, | a day after the raid"."""
    words = [token.lower_ for token in doc[start : min(end, start + REACH_OF_MOMENT)]]
    return any(first in SPANS and second in {"after", "before"} for first, second in pairwise(words))


def _has_adjunct(verb: Token) -> bool:
    return any(child.dep_ in {"prep", "dobj", "npadvmod"} for child in verb.rights)


def _holds_clause(doc: Doc, *ranges: tuple[int, int]) -> bool:
    """Tell whether the words around a parenthesis make a sentence, not just an adverbial."""
    return any(
        token.dep_ in SUBJECTS and token.head.dep_ != "relcl" for start, end in ranges for token in doc[start:end]
    )


def _cue_phrase(verb: Token, entry: Cue) -> tuple[int, int] | None:
    subject = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
    subject = subject or mistaken_subject(verb)
    if subject is None or subject.lower_ in {"that", "all", "it"}:
        return None
    first = min(subject.left_edge.i, cue_range(verb)[0])
    last = verb.i + 1
    for child in verb.lefts:
        if child.dep_ == "mark" and child.lower_ == "as" and child.i == first - 1:
            first = child.i
    for child in verb.rights:
        if not _trails(child, entry) or child.left_edge.i > last + 1:
            break
        last = max(last, child.right_edge.i + 1)
    return first, last


def going_on(verb: Token, entry: Cue) -> tuple[tuple[int, int], ...]:
    """Return what of the clause goes on after a parenthesis: "It is no surprise, she said, that talks failed"."""
    doc, at = verb.doc, _end_of_phrase(verb, entry)
    if at + 1 >= len(doc) or doc[at].text != "," or doc[at + 1].lower_ not in CONTINUERS:
        return ()
    start, end = trim(doc, at + 1, sentence_around(doc, at, at + 1)[1])
    return ((start + (doc[start].lower_ == "that"), end),) if end > start + 1 else ()


def is_closed(verb: Token, entry: Cue) -> bool:
    """Tell whether the cue's phrase is over with its subject, addressee and adverbials: no content follows."""
    doc, at = verb.doc, _end_of_phrase(verb, entry)
    return at >= len(doc) or doc[at].text in CLOSERS or doc[at].is_quote


def _end_of_phrase(verb: Token, entry: Cue) -> int:
    at = verb.i + 1
    for child in verb.rights:
        if child.left_edge.i <= at and _trails(child, entry):
            at = max(at, child.right_edge.i + 1)
    return at


def _trails(child: Token, entry: Cue) -> bool:
    if child.dep_ == "advcl":
        return _is_circumstance(child)
    return child.dep_ in TRAILERS or (child.dep_ == "dobj" and entry.takes("addressee"))


def _is_circumstance(clause: Token) -> bool:
    """Tell a clause of when and at what it was said from one that goes on with what was said."""
    opening = clause.left_edge
    if opening.lower_ in CIRCUMSTANCES and opening.dep_ in {"mark", "advmod"}:
        return any(child.dep_ in SUBJECTS for child in clause.lefts) or clause.tag_ == "VBG"
    return clause.i == opening.i and clause.lower_ in ACCOMPANYING
