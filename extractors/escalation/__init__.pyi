from .classifier import ClassifyInput, classify, classify_all
from .grammar.statement import Reading
from .labelling import Cache, label, read_statement
from .lexicon import Act, Category, Conflict, Cue, CueMode, EscalationLexicon, Mode, Phrase, build_lexicon
from .network.opinion import Network
from .network.trust import Trust
from .opponents import REMEMBERED, aim_all
from .pooling import judge_all
from .rules.patterns import Pattern, PatternError, parse_pattern
from .rules.severity import SeverityStep, severity_steps
from .targets import Aim, Dyad, View, aims_of, dyads, find_targets

VERSION: str

__all__ = [
    "REMEMBERED",
    "VERSION",
    "Act",
    "Aim",
    "Cache",
    "Category",
    "ClassifyInput",
    "Conflict",
    "Cue",
    "CueMode",
    "Dyad",
    "EscalationLexicon",
    "Mode",
    "Network",
    "Pattern",
    "PatternError",
    "Phrase",
    "Reading",
    "SeverityStep",
    "Trust",
    "View",
    "aim_all",
    "aims_of",
    "build_lexicon",
    "classify",
    "classify_all",
    "dyads",
    "find_targets",
    "judge_all",
    "label",
    "parse_pattern",
    "read_statement",
    "severity_steps",
]
