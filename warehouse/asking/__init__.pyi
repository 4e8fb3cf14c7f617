from .actor_views import (
    ActorQuery,
    ActorView,
    Chosen,
    directory,
    find_actor,
    find_articles,
    find_statements,
    known_ids,
    names_of,
    open_directory,
    show_actor,
)
from .compare import compare_warehouses
from .desk import (
    Carrier,
    OutletLine,
    PairLine,
    ReportedEvent,
    ReportFacts,
    SourceLine,
    SpeakerLine,
    Wording,
    report_facts,
)
from .explanations import Claim, Explanation, Reason, Report, explain_statement, find_statement
from .export import export_parquet
from .fulltext import KINDS, Match, SearchQuery, search, to_terms
from .polled_sources import open_sources, source_health
from .queries import run_query
from .reports import EscalationRow, Health, alert_log, alerts_of, escalation_rows, health, rejection_rows
from .saved import wrong_queries

__all__ = [
    "KINDS",
    "ActorQuery",
    "ActorView",
    "Carrier",
    "Chosen",
    "Claim",
    "EscalationRow",
    "Explanation",
    "Health",
    "Match",
    "OutletLine",
    "PairLine",
    "Reason",
    "Report",
    "ReportFacts",
    "ReportedEvent",
    "SearchQuery",
    "SourceLine",
    "SpeakerLine",
    "Wording",
    "alert_log",
    "alerts_of",
    "compare_warehouses",
    "directory",
    "escalation_rows",
    "explain_statement",
    "export_parquet",
    "find_actor",
    "find_articles",
    "find_statement",
    "find_statements",
    "health",
    "known_ids",
    "names_of",
    "open_directory",
    "open_sources",
    "rejection_rows",
    "report_facts",
    "run_query",
    "search",
    "show_actor",
    "source_health",
    "to_terms",
    "wrong_queries",
]
