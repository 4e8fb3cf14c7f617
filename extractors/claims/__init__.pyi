from .blocking import blocking_keys
from .comparing.similarity import compare
from .comparing.stems import stems, tokenise
from .relating import relate
from .summary import summarise
from .values import ClaimState, ClaimSummary, Relation, Report, Thesaurus
from .wording import quoted_parts

VERSION: str

__all__ = [
    "VERSION",
    "ClaimState",
    "ClaimSummary",
    "Relation",
    "Report",
    "Thesaurus",
    "blocking_keys",
    "compare",
    "quoted_parts",
    "relate",
    "stems",
    "summarise",
    "tokenise",
]
