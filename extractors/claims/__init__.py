"""Claims: which statements report the same utterance. Statements in, groups with reasons out."""

from extractors.claims.keys import blocking_keys
from extractors.claims.model import (
    Assignment,
    ClaimState,
    ClaimSummary,
    Merge,
    Reiteration,
    Relation,
    Repeat,
    Report,
    Similarity,
    Thesaurus,
    Wording,
)
from extractors.claims.relate import relate
from extractors.claims.similarity import compare
from extractors.claims.summary import summarise

VERSION = "1"

__all__ = [
    "VERSION",
    "Assignment",
    "ClaimState",
    "ClaimSummary",
    "Merge",
    "Reiteration",
    "Relation",
    "Repeat",
    "Report",
    "Similarity",
    "Thesaurus",
    "Wording",
    "blocking_keys",
    "compare",
    "relate",
    "summarise",
]
