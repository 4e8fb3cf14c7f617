"""The cue after a quote: a verb of the lexicon, or any verb that the quote makes one of speaking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.statements.assertion import cue_entry
from extractors.statements.attribution.source_spans import CARRYING
from extractors.statements.coordination import SUBJECTS
from extractors.statements.cue_lexicon import CueLexicon
from extractors.statements.quotes.places import TERMINAL, Placed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PLAIN = frozenset({"said", "says"})
SILENT = frozenset(
    {"be", "have", "do", "come", "go", "mean", "become", "seem", "appear", "want", "need", "make", "take"}
)
REACH = 40  # tokens between a quote and its cue


def cue_after(doc: Doc, placed: Placed, lexicon: CueLexicon) -> Token | None:
    """Return the cue in the rest of the quote's sentence, where that rest is an attribution."""
    body = doc.text[placed.quote.start : placed.quote.end].rstrip()
    if (body.endswith(".") and not body.endswith("...")) or placed.quote.is_open:
        return None
    for token in doc[placed.last : min(placed.after, placed.last + REACH)]:
        if token.text in TERMINAL:
            return None
        if token.lower_ == "according":
            return token
        if token.pos_ not in {"VERB", "AUX"} or token.dep_ in {"aux", "auxpass"}:
            continue
        is_end, cue = _closing(doc, placed, token, lexicon)
        if is_end:
            return cue
    return None


def _closing(doc: Doc, placed: Placed, verb: Token, lexicon: CueLexicon) -> tuple[bool, Token | None]:
    """Tell whether a verb after a quote settles what its cue is, and which that is."""
    if verb.lemma_ in CARRYING and (carried := _carried(verb)) is not None:
        return True, carried
    entry = cue_entry(verb, lexicon)
    if entry is not None and entry.takes("quote"):
        return True, None if _begins_next(verb) else verb
    if verb.dep_ not in {"relcl", "acl"} and verb.tag_ not in {"VBG", "VBN"}:
        return not _told_later(doc, placed, verb), verb if _speaks(doc, placed, verb) else None
    return False, None


def _told_later(doc: Doc, placed: Placed, verb: Token) -> bool:
    """Tell whether plain "said" follows after a comma: "“Never,” Mr Roe, now retired in Galway, | said"."""
    for token in doc[verb.i + 1 : placed.after]:
        if token.text in TERMINAL:
            return False
        if token.lower_ in PLAIN and token.nbor(-1).text == ",":
            return True
    return False


def _carried(verb: Token) -> Token | None:
    """Return the participle of whom an outlet quotes: "the agency quoted him as | saying"."""
    at = next((token.i for token in verb.rights if token.lower_ == "as"), None)
    saying = None if at is None or at + 1 >= len(verb.doc) else verb.doc[at + 1]
    return saying if saying is not None and saying.tag_ == "VBG" else None


def _speaks(doc: Doc, placed: Placed, verb: Token) -> bool:
    """Tell a verb outside the lexicon that a quote makes one of speaking: "“A mistake,” the envoy shot back"."""
    if verb.tag_ not in {"VBD", "VBZ"} or verb.lemma_ in SILENT or placed.quote.is_open:
        return False
    body = doc.text[placed.quote.start : placed.quote.end].rstrip()
    if not (body.endswith((",", "?", "!")) or doc.text[placed.quote.outer_end : placed.quote.outer_end + 1] == ","):
        return False
    if verb.tag_ == "VBD" and _inverted(doc, placed, verb):
        return True
    things = any(child.dep_ in {"dobj", "attr", "acomp", "ccomp", "oprd"} for child in verb.rights)
    subject = next((child for child in verb.children if child.dep_ == "nsubj" and child.i >= placed.last), None)
    return subject is not None and not things and all(not token.is_punct for token in doc[subject.i : verb.i])


def _inverted(doc: Doc, placed: Placed, verb: Token) -> bool:
    """Tell a verb right after the closing mark with a name behind it: "“A mistake,” | barked Haddad"."""
    at = placed.last
    while at < len(doc) and doc[at].is_quote:
        at += 1
    return at == verb.i and at + 1 < len(doc) and doc[at + 1].pos_ == "PROPN"


def _begins_next(verb: Token) -> bool:
    """Tell a participle that reports what follows it, not the quote before: "..., promising to"."""
    alone = not any(child.dep_ in SUBJECTS or child.dep_ == "aux" for child in verb.lefts)
    return verb.tag_ == "VBG" and alone and verb.dep_ != "pcomp"
