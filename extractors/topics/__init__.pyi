from .matching import EntryDecision, Hit, TermGroup, Topic, TopicMatch, TopicMatcher, compile_topics, unknown_actors
from .names import topic_names
from .rules import RuleError, parse_rule
from .words import Words, as_words, folded_line

__all__ = [
    "EntryDecision",
    "Hit",
    "RuleError",
    "TermGroup",
    "Topic",
    "TopicMatch",
    "TopicMatcher",
    "Words",
    "as_words",
    "compile_topics",
    "folded_line",
    "parse_rule",
    "topic_names",
    "unknown_actors",
]
