from .cue_lexicon import Cue, CueLexicon, Frame, by_lemma
from .find import find_attributions

VERSION: str

__all__ = ["VERSION", "Cue", "CueLexicon", "Frame", "by_lemma", "find_attributions"]
