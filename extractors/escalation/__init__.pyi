from .classifier import ClassifyInput, classify, classify_all
from .grammar.statement import Reading
from .labelling import Cache, label, read_statement
from .lexicon import Act, Category, Conflict, Cue, CueMode, EscalationLexicon, Mode, Phrase, build_lexicon
from .network.opinion import Network
from .pooling import judge_all
from .rules.patterns import Pattern, PatternError, parse_pattern
from .targets import Dyad, dyads, find_targets

VERSION: str

__all__ = [
    "VERSION",
    "Act",
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
    "build_lexicon",
    "classify",
    "classify_all",
    "dyads",
    "find_targets",
    "judge_all",
    "label",
    "parse_pattern",
    "read_statement",
]
