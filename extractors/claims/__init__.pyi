from .blocking import blocking_keys
from .comparing.similarity import compare
from .comparing.stems import stems, tokenise
from .events.grouping import group_events
from .events.naming import event_id_of, name_events
from .events.reach import Reach, reach_of
from .events.values import ClaimFacts, Event, EventKey, NamedEvent, Rung
from .relating import relate
from .summary import summarise
from .values import ClaimState, ClaimSummary, Relation, Report, Thesaurus
from .wording import Shown, quoted_parts, shown_words

VERSION: str

__all__ = [
    "VERSION",
    "ClaimFacts",
    "ClaimState",
    "ClaimSummary",
    "Event",
    "EventKey",
    "NamedEvent",
    "Reach",
    "Relation",
    "Report",
    "Rung",
    "Shown",
    "Thesaurus",
    "blocking_keys",
    "compare",
    "event_id_of",
    "group_events",
    "name_events",
    "quoted_parts",
    "reach_of",
    "relate",
    "shown_words",
    "stems",
    "summarise",
    "tokenise",
]
