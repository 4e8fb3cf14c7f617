"""Statements: what an article says that somebody said."""

from extractors.statements.cue_lexicon import Cue, CueLexicon
from extractors.statements.find import VERSION, find_attributions

__all__ = ["VERSION", "Cue", "CueLexicon", "find_attributions"]
