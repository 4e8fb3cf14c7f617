from .cue_lexicon import Cue, CueLexicon, Frame, by_lemma
from .find import VERSION, find_attributions

__all__ = ["VERSION", "Cue", "CueLexicon", "Frame", "by_lemma", "find_attributions"]
