"""Reading cues.toml: the words that report speech, and what may follow each of them."""

from pathlib import Path

from pydantic import Field

from config.files import Problem, Section, read_file
from extractors.statements import Cue, CueLexicon, Frame, by_lemma

FILE = "cues.toml"


class CueGroup(Section):
    """Lemmas that share a class and their frames."""

    cue_class: str = Field(alias="class", min_length=1)
    frames: frozenset[Frame] = frozenset()
    prepositions: frozenset[str] = frozenset()
    lemmas: tuple[str, ...] = Field(min_length=1)

    def cues(self) -> tuple[Cue, ...]:
        """Return one cue for each lemma."""
        return tuple(Cue(lemma, self.cue_class, self.frames, self.prepositions) for lemma in self.lemmas)


class CueFile(Section):
    """The whole file."""

    verb: tuple[CueGroup, ...] = Field(min_length=1)
    noun: tuple[CueGroup, ...] = ()
    adjective: tuple[CueGroup, ...] = ()
    phrase: tuple[CueGroup, ...] = ()
    documents: frozenset[str] = frozenset()
    voiced: frozenset[str] = frozenset()
    issuers: frozenset[str] = frozenset()
    realised: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()
    mute: frozenset[str] = frozenset()
    laws: frozenset[str] = frozenset()
    hosting: frozenset[str] = frozenset()

    def lexicon(self) -> CueLexicon:
        """Return the lexicon the extractor works with."""
        return CueLexicon(
            verbs=by_lemma(cue for group in self.verb for cue in group.cues()),
            nouns=by_lemma(cue for group in self.noun for cue in group.cues()),
            adjectives=by_lemma(cue for group in self.adjective for cue in group.cues()),
            phrases=by_lemma(cue for group in self.phrase for cue in group.cues()),
            documents=self.documents,
            voiced=self.voiced,
            issuers=self.issuers,
            realised=self.realised,
            withheld=self.withheld,
            mute=self.mute,
            laws=self.laws,
            hosting=self.hosting,
        )


def load_cues(folder: Path | None) -> tuple[CueLexicon | None, list[Problem]]:
    """Read the cue lexicon: the user's file if there is one, the packaged one else."""
    file, problems = read_file(folder, FILE, CueFile)
    return (None if file is None else file.lexicon()), problems
