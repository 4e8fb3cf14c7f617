"""Short ways to label a text in a test."""

from dataclasses import dataclass
from datetime import date

from spacy.language import Language

from extractors.escalation import ClassifyInput, classify_all
from extractors.escalation.classifier import read_bare
from extractors.escalation.grammar.mood import Mood, read_mood
from extractors.escalation.grammar.parse import Words, read_words
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.lexicon import EscalationLexicon
from extractors.escalation.pooling import judge
from extractors.model import Escalation


@dataclass(frozen=True, slots=True)
class Labeller:
    """Language and lexicon together."""

    language: Language
    lexicon: EscalationLexicon

    def words(self, text: str) -> Words:
        """Return a text's parse as tuples."""
        return read_words(self.language(text))

    def reading(self, text: str, speaker: str | None = "the foreign minister", on: date | None = None) -> Reading:
        """Return a text as the rules see it."""
        return read_bare(ClassifyInput("", text, speaker, on=on), self.language(text), self.lexicon)

    def label(self, text: str, speaker: str | None = "the foreign minister", on: date | None = None) -> Escalation:
        """Return a text's label."""
        return judge(self.reading(text, speaker, on))

    def mood(self, text: str, verb: str, speaker: str | None = "the foreign minister") -> Mood:
        """Return how the first word with this lemma is put."""
        reading = self.reading(text, speaker)
        return read_mood(reading, reading.words.lemma.index(verb))

    def labels(self, inputs: list[ClassifyInput]) -> list[Escalation]:
        """Label a batch."""
        return [label for _, label in classify_all(inputs, self.language, self.lexicon)]
