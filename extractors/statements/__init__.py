"""Statements: what an article says that somebody said."""

from extractors.statements.find import VERSION, find_attributions
from extractors.statements.lexicon import Cue, CueLexicon

__all__ = ["VERSION", "Cue", "CueLexicon", "find_attributions"]
