"""What is left out: scraps, repeats of one content under two cues, and frames around somebody else's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.statements.assertion import UNSAID_CLASSES
from extractors.statements.clauses.loose import FINITE
from extractors.statements.drafts import Draft
from extractors.statements.quotes.places import Placed

if TYPE_CHECKING:
    from spacy.tokens import Doc

SLACK = 2  # code points: a comma and a blank
OUTLETS = frozenset(
    {"agency", "broadcaster", "daily", "media", "medium", "newspaper", "outlet", "paper", "radio", "television"}
)
COUNTS = frozenset(
    {"poll", "survey", "polling", "census", "tally", "count", "data", "figure", "statistic", "result", "finding"}
)
OPENING = 3  # code points: "to" and a blank
OCCASIONS = frozenset({"summon", "respond", "reply"})  # cues that name the occasion, not the act
SHORTEST_CONTENT = 2  # words
REPORTING = frozenset({"report"})
LONGEST_NAME = 4  # words
# What is taken or refused by one word: "claimed responsibility", "denied involvement".
TAKEN = frozenset({"responsibility", "involvement", "blame", "guilt", "complicity"})
# Acts whose object weighs something even as one word: "warned of reprisals".
WEIGHTY_CLASSES = frozenset({"warn", "threat", "demand", "refuse", "promise"})
SHORTEST_REPORT = 4  # words of what somebody "said"; shorter complements are phrases such as "said the same"


def says_enough(draft: Draft, doc: Doc, placed: Sequence[Placed]) -> bool:
    """Tell content from a scrap: a single word, a bare name, or two words after a verb of plain report."""
    if draft.cue_class == "describe" and _is_only_named(draft, doc, placed):
        return False
    if _is_verdict(draft, doc, placed) or (draft.entry is not None and draft.entry.takes("pair")):
        return True
    words = [
        token
        for start, end in draft.pieces
        for token in doc.char_span(start, end, alignment_mode="expand") or ()
        if token.is_alpha
    ]
    if len(words) < SHORTEST_CONTENT:
        is_weighty = draft.cue_class in WEIGHTY_CLASSES and any(token.pos_ == "NOUN" for token in words)
        return is_weighty or any(token.lower_ in TAKEN for token in words)
    if len(words) < SHORTEST_REPORT - (draft.kind == "clause" and any(token.tag_ in FINITE for token in words)):
        speech_act = draft.cue_class is not None and draft.cue_class not in UNSAID_CLASSES
        return speech_act and any(token.pos_ not in {"PROPN", "PRON", "DET", "CCONJ"} for token in words)
    return True


def _is_verdict(draft: Draft, doc: Doc, placed: Sequence[Placed]) -> bool:
    """Tell a short description that is somebody's own: quoted, or an adjective ("called it reckless")."""
    if draft.cue_class != "describe":
        return False
    start, end = draft.pieces[-1]
    if any(_is_worded(one, start, end, doc) for one in placed):
        return True
    words = [token for token in doc.char_span(start, end, alignment_mode="expand") or () if token.is_alpha]
    return bool(words) and words[-1].tag_ == "JJ" and words[-1].dep_ in {"oprd", "acomp", "ccomp"}


def _is_only_named(draft: Draft, doc: Doc, placed: Sequence[Placed]) -> bool:
    """Tell what something bears for a name, in quote marks: "call the strait the “Black Ditch”"."""
    start, end = draft.pieces[-1]
    last = next((one for one in placed if start < one.quote.start and 0 <= one.quote.outer_end - end <= SLACK), None)
    if last is None or draft.entry is None or not draft.entry.takes("name"):
        return False
    words = doc.text[last.quote.start : last.quote.end].split()
    return len(words) <= LONGEST_NAME and all(word[:1].isupper() for word in words)


def _is_worded(one: Placed, start: int, end: int, doc: Doc) -> bool:
    """Tell whether a quote gives the description's own words, in it or around it; a name in quotes does not."""
    if one.quote.start <= start and end <= one.quote.outer_end:
        return True
    return start < one.quote.end and one.quote.start < end and doc.text[one.quote.start].islower()


def without_repeats(drafts: list[Draft]) -> list[Draft]:
    """Drop a description that another statement has taken in, and what an outer cue only passes on."""
    passed = {id(draft): [other for other in drafts if _is_passed_on(draft, other)] for draft in drafts}
    drafts = list({(draft.pieces, draft.cue): draft for draft in drafts}.values())
    hosts = {id(inner): outer for outer in drafts for inner in passed[id(outer)]}
    drafts = [_addressed_by(draft, hosts.get(id(draft))) for draft in drafts if not passed[id(draft)]]
    return [
        draft
        for draft in drafts
        if not (
            draft.cue_class == "describe"
            and any(
                other is not draft
                and other.kind == "phrase"
                and other.start < (draft.cue or (0, 0))[0]
                and draft.end <= other.end <= draft.end + SLACK
                for other in drafts
            )
        )
    ]


def without_places(drafts: list[Draft], doc: Doc) -> list[Draft]:
    """Drop a place before a colon that only says where it was written: "Geneva: The envoy said"."""
    first = next((draft for draft in drafts if draft.entry is not None and draft.source is not None), None)
    return [
        draft
        for draft in drafts
        if draft.entry is not None
        or draft.kind != "aside"
        or first is None
        or draft.source is None
        or any(token.ent_type_ != "GPE" for token in doc.char_span(*draft.source, alignment_mode="expand") or ())
    ]


def _is_passed_on(outer: Draft, inner: Draft) -> bool:
    """Tell whether an inner cue reports what the outer one does: "replied by assuring them that", "rang to demand"."""
    if outer is inner or outer.cue is None or inner.cue is None or outer.cue_token == inner.cue_token:
        return False
    if outer.source != inner.source or outer.cue[0] > inner.cue[0]:
        return False
    if outer.pieces == inner.pieces and outer.cue != inner.cue:
        return True
    opens = outer.kind == "phrase" and outer.start <= inner.cue[0] <= outer.start + OPENING
    return opens and outer.entry is not None and outer.entry.lemma in OCCASIONS and abs(inner.end - outer.end) <= SLACK


def _addressed_by(inner: Draft, outer: Draft | None) -> Draft:
    return inner if outer is None or inner.addressee is not None else replace(inner, addressee=outer.addressee)


def without_carriers(drafts: list[Draft], doc: Doc) -> list[Draft]:
    """Drop what says no more than a statement inside it: "A said X, according to B" is A's."""
    kept = []
    for draft in drafts:
        if draft.kind != "aside" and not _reports_for_others(draft, doc):
            kept.append(draft)
            continue
        own = tuple(piece for piece in draft.pieces if not any(_is_main(other, draft, piece, doc) for other in drafts))
        if len(own) == len(draft.pieces):
            kept.append(draft)
        elif own and says_enough(replace(draft, pieces=own), doc, ()):
            kept.append(replace(draft, pieces=own))
        elif not own and not _carries(draft, doc):
            kept.append(draft)
    return kept


def _reports_for_others(draft: Draft, doc: Doc) -> bool:
    """Tell an outlet's report, which mostly holds somebody else's words: "the daily reported that the envoy said"."""
    if draft.kind != "clause" or draft.entry is None or draft.entry.lemma not in REPORTING:
        return False
    return _carries(draft, doc)


def _carries(draft: Draft, doc: Doc) -> bool:
    """Tell whether the outer source only passes words on: after "according to", or an agency, a paper, a body."""
    source = None if draft.source is None else doc.char_span(*draft.source, alignment_mode="expand")
    if source is None or source.root.lemma_.lower() in COUNTS:
        return False
    if draft.entry is not None and " " in draft.entry.lemma:
        return True
    return (source.root.pos_ == "PROPN" and source.root.ent_type_ != "PERSON") or source.root.lemma_ in OUTLETS


def _is_main(inner: Draft, outer: Draft, piece: tuple[int, int], doc: Doc) -> bool:
    """Tell whether the inner statement's cue is the main verb of a piece of the outer one's content."""
    if inner is outer or inner.cue is None or inner.cue_token is None:
        return False
    start, end = piece
    cue = doc[inner.cue_token]
    dependent = cue.dep_ in {"relcl", "acl", "advcl", "csubj", "pcomp"} or cue.pos_ == "NOUN"
    if not start <= inner.cue[0] < end or dependent:
        return False
    is_head = cue.dep_ == "ROOT" or (outer.cue_token is not None and doc[outer.cue_token] in {cue.head, *cue.children})
    return abs(inner.end - end) <= SLACK or (is_head and inner.end <= end + SLACK)
