"""Where a cue's content ends when the parser joined to it what the speaker did next, or parted from it what he said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.statements.assertion import cue_entry
from extractors.statements.coordination import SUBJECTS
from extractors.statements.cue_lexicon import CueLexicon, Frame

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

JOINTS = frozenset({"and", "but", "or"})
ASIDES = frozenset({"a", "an", "one"})
OCCASIONS = frozenset({"before", "after"})
PARTING = JOINTS | OCCASIONS
CONTRASTS = frozenset({"while", "whereas", "although", "though"})
GOVERNED = SUBJECTS | {"conj", "dobj", "pobj"}
# Participles with which an author comments on what was said: ", putting him at odds with the cabinet".
COMMENTS = frozenset(
    {
        "putting",
        "making",
        "highlighting",
        "referring",
        "alluding",
        "echoing",
        "prompting",
        "sparking",
        "drawing",
        "underscoring",
    }
) | frozenset({"underlining", "contradicting", "signalling", "signaling", "dashing", "stoking", "fuelling", "fueling"})
ALLUSIONS = frozenset({"reference", "allusion", "nod", "swipe", "jab", "dig", "rebuke", "response", "reply"})
REACH_OF_ALLUSION = 5  # tokens
BASES = frozenset({"based", "citing", "quoting"})
PRESENT = frozenset({"VBZ", "VBP"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
STOPS = frozenset({".", "?", "!", ";", ":"})
SHORTEST = 2  # tokens of content before a joint
REACH = 3  # tokens of adverbs between a joint and its verb
REACH_OF_SUBJECT = 10  # tokens between a joint and the verb of another speaker


def fitted_end(verb: Token, start: int, end: int, frame: Frame, lexicon: CueLexicon) -> int:
    """Return where the content that begins after its cue really ends."""
    if frame == "clause":
        end = _extended(verb, start, end)
    for at in _joints(verb.doc, start, end):
        if _leaves(verb, start, at, end, frame, lexicon):
            return _before(verb.doc, at, start)
    return _before(verb.doc, end, start) if end > start and verb.doc[end - 1].lower_ in JOINTS else end


def _joints(doc: Doc, start: int, end: int) -> Iterator[int]:
    """Yield the tokens before which the content could end: outside quotes, after a comma or a conjunction."""
    quoted = False
    for index in range(start, end):
        token = doc[index]
        if token.is_quote:
            quoted = not quoted
        elif not quoted and index >= start + SHORTEST and (token.lower_ in PARTING or _mark_before(doc, index)):
            yield index


def _mark_before(doc: Doc, index: int) -> bool:
    before = index - 1
    while before > 0 and doc[before].is_quote:
        before -= 1
    return doc[before].text in {",", ";", "–", "—", "--"}


def _before(doc: Doc, at: int, start: int) -> int:
    """Return the end of the content before a joint."""
    while at > start + 1 and (doc[at - 1].text in {",", ";", "–", "—", "-", "--"} or doc[at - 1].lower_ in JOINTS):
        at -= 1
    return at


def _leaves(verb: Token, start: int, at: int, end: int, frame: Frame, lexicon: CueLexicon) -> bool:
    """Tell whether what begins at a joint is no longer content."""
    token = verb.doc[at]
    if token.lower_ in JOINTS and (following := _verb_after(verb.doc, at)) is not None:
        return _is_deed(verb, start, at, following, frame, lexicon)
    if token.lower_ in BASES or _is_comment(token, end):
        return True
    if token.tag_ == "VBG" and cue_entry(token, lexicon) is not None:
        return verb.tag_ != "VBG"
    return frame == "clause" and _ends_clause(verb, start, at, end, lexicon)


def _is_comment(token: Token, end: int) -> bool:
    """Tell the author's comment after a comma: ", highlighting a rift", ", in an apparent reference to Seoul"."""
    if token.lower_ in COMMENTS and token.tag_ == "VBG":
        return True
    return token.lower_ == "in" and any(
        one.lower_ in ALLUSIONS for one in token.doc[token.i : min(end, token.i + REACH_OF_ALLUSION)]
    )


def _ends_clause(verb: Token, start: int, at: int, end: int, lexicon: CueLexicon) -> bool:
    """Tell whether a finite clause ends before a joint that opens somebody else's words or an afterthought."""
    token = verb.doc[at]
    if token.lower_ in JOINTS:
        return _is_complete(verb, start, at, lexicon) and _is_other_speaker(verb, at, end, lexicon)
    if token.lower_ in OCCASIONS:
        return at + 1 < end and _is_next_act(verb.doc[at + 1], lexicon)
    if token.lower_ in CONTRASTS or verb.doc[at - 1].text == ";":
        return _is_other_speaker(verb, at if token.lower_ in CONTRASTS else at - 1, end, lexicon, any_tense=True)
    latest = token.lower_ == "the" and at + 1 < end and token.nbor(1).lower_ == "latest"
    return (token.lower_ in ASIDES or latest) and _is_afterthought(token, end)


def _is_next_act(token: Token, lexicon: CueLexicon) -> bool:
    """Tell what the speaker went on to say: "told the crowd that ... before | warning of"."""
    return token.tag_ == "VBG" and cue_entry(token, lexicon) is not None


def _is_complete(verb: Token, start: int, at: int, lexicon: CueLexicon) -> bool:
    """Tell whether the content has its verb before a joint, and reports nobody else up to there."""
    verbs = [one for one in verb.doc[start:at] if one.tag_ in FINITE]
    return bool(verbs) and not any(cue_entry(one, lexicon) is not None for one in verbs)


def _verb_after(doc: Doc, at: int) -> Token | None:
    """Return the verb right after a joint, or the auxiliary that opens it."""
    for token in doc[at + 1 : at + 1 + REACH]:
        if token.tag_ in FINITE | {"VBN", "VBG", "VB"} and token.pos_ in {"VERB", "AUX"}:
            return token
        if token.pos_ not in {"ADV", "PART"} and token.dep_ not in {"advmod", "neg"} and not token.is_quote:
            return None
    return None


def _lexical(verb: Token) -> Token:
    """Return the verb an auxiliary belongs to."""
    return verb.head if verb.dep_ in {"aux", "auxpass"} else verb


def _is_deed(verb: Token, start: int, at: int, following: Token, frame: Frame, lexicon: CueLexicon) -> bool:
    """Tell whether a verb after a conjunction is what the speaker does next, by its form."""
    doc, head = verb.doc, _lexical(following)
    if any(child.dep_ in SUBJECTS for child in head.lefts):
        return False
    before = [token for token in doc[start:at] if token.pos_ in {"VERB", "AUX"}]
    tags = {token.tag_ for token in before}
    if verb.tag_ == "VBG":
        return frame == "clause" and following.tag_ == "VBG" and "VBG" not in tags
    if frame != "clause":
        return following.tag_ in {"VBD", "VBZ", "VBP"} and not tags & FINITE
    if not tags & FINITE:
        return following.tag_ in {"VBD", "VBN"} and verb.tag_ in {"VBD", "VBN"}
    if following.tag_ == verb.tag_ and cue_entry(head, lexicon) is not None:
        return not any(cue_entry(one, lexicon) is not None for one in before)
    return False


def _is_other_speaker(verb: Token, at: int, end: int, lexicon: CueLexicon, *, any_tense: bool = False) -> bool:
    """Tell whether a joint opens a clause in which somebody else is reported."""
    subject: Token | None = None
    for token in verb.doc[at + 1 : min(end, at + 1 + REACH_OF_SUBJECT)]:
        if token.pos_ in {"NOUN", "PROPN", "NUM"}:
            subject = token
        if token.tag_ == "TO" or token.text in STOPS or token.lower_ in JOINTS:
            return False
        if token.pos_ in {"VERB", "AUX"} and token.tag_ in FINITE | {"VBN"} and token.dep_ not in {"relcl", "acl"}:
            entry = cue_entry(token, lexicon)
            return subject is not None and entry is not None and (any_tense or _finite(token) == verb.tag_)
    return False


def _finite(verb: Token) -> str:
    """Return the verb's tag, that of the past for a participle that has no auxiliary."""
    alone = verb.tag_ == "VBN" and not any(child.dep_ in {"aux", "auxpass"} for child in verb.lefts)
    return "VBD" if alone else verb.tag_


def _is_afterthought(token: Token, end: int) -> bool:
    """Tell an apposition after the last comma, mostly the author's own: ", a move that Seoul condemned"."""
    noun = token if token.lower_ == "one" and token.dep_ != "nummod" else token.head
    if (
        noun.i < token.i
        or noun.pos_ not in {"NOUN", "PROPN", "NUM", "PRON"}
        or noun.dep_ in SUBJECTS | {"conj", "dobj", "pobj"}
    ):
        return False
    return noun.right_edge.i + 1 >= end and not any(child.dep_ == "conj" for child in noun.rights)


def _extended(verb: Token, start: int, end: int) -> int:
    """Return an end moved past what can only go on with the content, by the form of its verb."""
    doc, limit = verb.doc, _limit(verb.doc, end)
    at = end
    while at < limit and (doc[at].text == "," or doc[at].is_quote):
        at += 1
    if at >= limit or at == start:
        return end
    if doc[at].lower_ in JOINTS:
        following = _verb_after(doc, at)
        if following is not None and following.i < limit and _agrees(verb, start, end, following):
            return max(end, min(limit, _lexical(following).right_edge.i + 1))
    return end


def _limit(doc: Doc, end: int) -> int:
    while end < len(doc) and doc[end].text not in STOPS:
        end += 1
    return end


def _agrees(verb: Token, start: int, end: int, following: Token) -> bool:
    """Tell whether a verb after a conjunction has the form of the content's verbs and not of the cue."""
    head = _lexical(following)
    if any(child.dep_ in SUBJECTS for child in head.lefts):
        return False
    tags = {token.tag_ for token in verb.doc[start:end] if token.pos_ in {"VERB", "AUX"}}
    if following.tag_ == "VB":
        return bool(tags & {"MD", "VB"}) and verb.tag_ != "VB"
    return following.tag_ in PRESENT and verb.tag_ == "VBD"
