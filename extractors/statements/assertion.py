"""Whether a verb of the lexicon reports that something was said, or only that it could be, was not, or is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.statements.coordination import SUBJECTS
from extractors.statements.cue_lexicon import Cue, CueLexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

CONDITIONS = frozenset({"if", "unless", "whether"})
HEDGES = frozenset({"could", "may", "might", "should", "must", "would", "can", "ca"})
UNWILLING = frozenset({"would", "will", "wo", "'d", "’d"})
QUESTIONS = frozenset({"if", "whether", "who", "what", "when", "where", "why", "how", "which"})
FUTURE = frozenset({"will", "wo", "'ll", "’ll"})
SUMMONING = frozenset({"summon", "recall"})
# What is not excluded stays open, and saying so says it: "would not rule out", "declined to exclude".
EXCLUDING = frozenset({"rule out", "exclude", "preclude"})
UNWILLING_TO = frozenset({"decline", "refuse"})
# Negated cues of these classes leave nothing said; "did not rule out" and "did not condemn" do.
UNSAID_CLASSES = frozenset({"report", "assert", "admit", "voice", "promise", "describe", "ask"})
# What is not denied is not said either.
UNDENIED = frozenset({"deny"})


def cue_entry(token: Token, lexicon: CueLexicon) -> Cue | None:
    """Return the verb's lexicon entry, with its particle or preposition where the lexicon knows the pair."""
    if token.pos_ not in {"VERB", "AUX"}:
        return None
    lemma = token.lemma_.lower()
    particle = next((child.lower_ for child in token.rights if _is_particle(child, token)), None)
    return lexicon.verb(lemma, particle)


def is_withheld(verb: Token) -> bool:
    """Tell who was asked and kept it to himself: "would not say whether", as one who declined to."""
    if verb.lemma_ != "say" or not any(child.dep_ == "neg" for child in verb.lefts):
        return False
    unwilling = any(child.lower_ in UNWILLING for child in verb.lefts)
    return unwilling and any(
        child.dep_ == "ccomp" and child.left_edge.lower_ in QUESTIONS and child.i > verb.i for child in verb.rights
    )


def _is_particle(word: Token, verb: Token) -> bool:
    """Tell a word that may make one cue with the verb: "rule out", "brush aside", "call on"."""
    return word.i <= verb.i + 2 and (word.dep_ in {"prt", "prep"} or (word.dep_ == "advmod" and word.i == verb.i + 1))


def is_asserted(verb: Token, entry: Cue, lexicon: CueLexicon) -> bool:
    """Tell whether the article says that it was said: no condition, no "could", no "did not say", no "plans to say"."""
    return is_withheld(verb) or (not _is_unsaid(verb, entry) and _is_told(verb, entry, lexicon))


def _is_unsaid(verb: Token, entry: Cue) -> bool:
    """Tell a condition, a possibility or a denial: "if he says", "could say", "did not say"."""
    is_open = entry.lemma in EXCLUDING and any(child.dep_ == "neg" for child in verb.lefts)
    for child in verb.lefts:
        if child.dep_ == "mark" and child.lower_ in CONDITIONS:
            return True
        if child.dep_ == "aux" and child.lower_ in HEDGES and not is_open and not _is_surname(child, verb):
            return True
        if child.dep_ == "neg" and entry.cue_class in UNSAID_CLASSES | UNDENIED:
            return True
    return False


def _is_told(verb: Token, entry: Cue, lexicon: CueLexicon) -> bool:
    """Tell whether the verb's form lets it report: no idiom, no participle as an adjective, no mere intention."""
    if _is_idiom(verb) or _is_owned(verb) or _is_answer_wanted(verb, entry):
        return False
    if (verb.dep_ == "amod" and not is_misread(verb)) or (verb.dep_ == "acl" and verb.tag_ != "VBG"):
        return False
    return verb.tag_ != "VB" or _is_left_open(verb, entry) or _is_realised(verb, lexicon)


def _is_left_open(verb: Token, entry: Cue) -> bool:
    """Tell who keeps a choice open: "would not rule out", "declined to rule out"."""
    if entry.lemma not in EXCLUDING:
        return False
    if verb.dep_ == "xcomp" and verb.head.lemma_ in UNWILLING_TO:
        return True
    return any(child.dep_ == "neg" for child in verb.lefts) and any(child.dep_ in SUBJECTS for child in verb.lefts)


def _is_owned(verb: Token) -> bool:
    """Tell a participle after a possessive: "Seoul's | reported | deployment"."""
    return verb.i > 0 and verb.nbor(-1).tag_ == "POS" and verb.tag_ in {"VBN", "VBD"}


def _is_surname(auxiliary: Token, verb: Token) -> bool:
    """Tell "May said" from "may say"."""
    return auxiliary.text == "May" and auxiliary.i + 1 == verb.i and verb.tag_ in {"VBD", "VBN", "VBZ"}


def _is_answer_wanted(verb: Token, entry: Cue) -> bool:
    """Tell what another is to say: "summoned the envoy to explain"; to demand is what the host does himself."""
    summoned = verb.tag_ == "VB" and verb.dep_ in {"xcomp", "advcl"} and verb.head.lemma_ in SUMMONING
    return summoned and entry.cue_class in UNSAID_CLASSES - {"voice"}


def _is_idiom(verb: Token) -> bool:
    """Tell "That said," and "All told,": they report nothing."""
    doc, at = verb.doc, verb.i
    return at > 0 and at + 1 < len(doc) and doc[at - 1].text in {"That", "All"} and doc[at + 1].text == ","


def is_misread(verb: Token) -> bool:
    """Tell a verb the parser hung on its own object: "the envoy threatened retaliation", ", rejecting claims"."""
    if verb.dep_ != "amod" or verb.head.i < verb.i:
        return False
    if any(child.dep_ in SUBJECTS and child.pos_ != "NUM" for child in verb.lefts):
        return True
    return verb.tag_ == "VBG" and verb.i > 0 and (verb.nbor(-1).is_punct or verb.nbor(-1).is_quote)


def _is_realised(verb: Token, lexicon: CueLexicon) -> bool:
    """Tell whether an infinitive was carried out: "went on to say", "flew in to demand", but not "plans to say"."""
    auxiliaries = {child.lower_ for child in verb.lefts if child.dep_ == "aux"}
    if auxiliaries & {"did", "do", "does"}:
        return True
    if auxiliaries & FUTURE or verb.dep_ in {"acl", "relcl"}:
        return False
    if verb.dep_ == "xcomp":
        return verb.head.lemma_ in lexicon.realised or verb.head.lemma_ in SUMMONING
    if verb.dep_ == "conj" and verb.head.tag_ == "VB" and not any(child.dep_ in SUBJECTS for child in verb.lefts):
        return _is_realised(verb.head, lexicon)
    if verb.dep_ == "ccomp" and not auxiliaries:
        return False  # "heard him say"
    return verb.dep_ in {"advcl", "conj"} or any(child.dep_ in SUBJECTS for child in verb.lefts)


def is_questioned(verb: Token, entry: Cue) -> bool:
    """Tell whether somebody only was asked: an interviewer's question is no statement."""
    if entry.cue_class != "ask":
        return False
    passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.lefts)
    return passive or (verb.tag_ in {"VBN", "VBD"} and verb.dep_ != "conj" and not has_own_subject(verb))


def has_own_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.lefts) or verb.tag_ in {"VBG", "VB"} or verb.dep_ == "conj"
