"""Claims: which statements report the same utterance. Statements in, groups with reasons out."""

from extractors.claims.blocking import blocking_keys
from extractors.claims.comparing.similarity import compare
from extractors.claims.relating import relate
from extractors.claims.summary import summarise
from extractors.claims.values import (
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
