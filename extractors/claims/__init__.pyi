from .blocking import blocking_keys
from .comparing.judging import NOTHING_KNOWN, Known, digest_of, keys_of
from .comparing.similarity import compare
from .comparing.stems import stems, tokenise
from .comparing.verdict import Verdict
from .events.grouping import group_events
from .events.naming import event_id_of, name_events
from .events.reach import Reach, reach_of
from .events.values import ClaimFacts, Event, EventKey, NamedEvent, Rung
from .parting import Compared, compare_reports, sides_of
from .relating import relate
from .summary import summarise
from .values import ClaimState, ClaimSummary, Relation, Report, Similarity, Thesaurus
from .wording import Shown, quoted_parts, shown_words

VERSION: str

__all__ = [
    "NOTHING_KNOWN",
    "VERSION",
    "ClaimFacts",
    "ClaimState",
    "ClaimSummary",
    "Compared",
    "Event",
    "EventKey",
    "Known",
    "NamedEvent",
    "Reach",
    "Relation",
    "Report",
    "Rung",
    "Shown",
    "Similarity",
    "Thesaurus",
    "Verdict",
    "blocking_keys",
    "compare",
    "compare_reports",
    "digest_of",
    "event_id_of",
    "group_events",
    "keys_of",
    "name_events",
    "quoted_parts",
    "reach_of",
    "relate",
    "shown_words",
    "sides_of",
    "stems",
    "summarise",
    "tokenise",
]
