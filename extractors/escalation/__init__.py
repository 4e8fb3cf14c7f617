"""Escalation: a statement's polarity, category and severity by the codebook, with the words that led to it."""

from extractors.escalation.classify import ClassifyInput, classify, classify_all
from extractors.escalation.label import label
from extractors.escalation.lexicon import EscalationLexicon
from extractors.escalation.targets import Dyad, dyads, find_targets

VERSION = "escalation/4"

__all__ = [
    "VERSION",
    "ClassifyInput",
    "Dyad",
    "EscalationLexicon",
    "classify",
    "classify_all",
    "dyads",
    "find_targets",
    "label",
]
