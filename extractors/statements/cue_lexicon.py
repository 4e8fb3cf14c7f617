"""The cue lexicon as the extractor sees it: which words report speech and what may follow them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

Frame: TypeAlias = Literal[
    "clause",
    "quote",
    "infinitive",
    "object",
    "as",
    "name",
    "preposition",
    "gerund",
    "aside",
    "addressee",
    "bare",
    "voiced",
    "mark",
    "pair",
    "attention",
    "silence",
    "deadline",
]


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: its class (``report``, ``demand`` ...), the complements that hold its content, and their prepositions.

    ``clause`` a finite clause, ``quote`` marks alone, ``infinitive`` a *to*-clause, ``object`` a noun phrase, ``as``
    object + *as*-phrase, ``name`` object + predicate ("called it a farce"), ``preposition`` one of ``prepositions``,
    ``gerund`` an *-ing* clause, ``aside`` a parenthesis ("..., she said"). ``addressee`` marks verbs whose object is
    the one spoken to ("told reporters"), ``bare`` those whose clause may look like an object ("said ships sink"),
    ``voiced`` an object only if it is a noun of ``CueLexicon.voiced``, ``mark`` an *as*-phrase in quote marks, ``pair``
    an object with what a preposition sets beside it ("attributed the fire to sabotage"), ``attention`` what somebody's
    attention is drawn to, ``silence`` an infinitive of what was not said ("declined to comment"), ``deadline`` a time
    and what must be done by then ("gave them 72 hours to leave").
    """

    lemma: str
    cue_class: str
    frames: frozenset[Frame]
    prepositions: frozenset[str] = frozenset()
    classes: tuple[tuple[Frame, str], ...] = ()

    def class_of(self, frame: Frame) -> str:
        """Return the class the cue has in a frame: "called for talks" demands, "called it a farce" describes."""
        return next((cue_class for known, cue_class in self.classes if known == frame), self.cue_class)

    def takes(self, frame: Frame) -> bool:
        """Tell whether content may come in this frame."""
        return frame in self.frames


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """All cues by lemma. Two-word verbs ("rule out") stand under both words; ``phrases`` are fixed prepositional cues.

    ``adjectives`` are those of "was adamant that", ``documents`` nouns for what carries words (statement, letter),
    ``voiced`` nouns whose clause or phrase is the content of a light verb ("voiced fears that"), ``issuers`` verbs that
    put out a document, ``realised`` governing words under which an infinitive was carried out ("went on to say"),
    ``withheld`` verbs of what is declined, ``mute`` nouns for what cannot speak, ``laws`` nouns for texts that state
    but do nothing else, ``hosting`` verbs of a meeting's host.
    """

    verbs: Mapping[str, Cue]
    nouns: Mapping[str, Cue]
    phrases: Mapping[str, Cue] = field(default_factory=dict)
    adjectives: Mapping[str, Cue] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()
    voiced: frozenset[str] = frozenset()
    issuers: frozenset[str] = frozenset()
    realised: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()
    mute: frozenset[str] = frozenset()
    laws: frozenset[str] = frozenset()
    hosting: frozenset[str] = frozenset()

    def verb(self, lemma: str, particle: str | None = None) -> Cue | None:
        """Return the verb's entry, that of the verb with its particle first."""
        if particle is not None and (cue := self.verbs.get(f"{lemma} {particle}")) is not None:
            return cue
        return self.verbs.get(lemma)


def by_lemma(cues: Iterable[Cue]) -> dict[str, Cue]:
    """Index cues by lemma; frames of a lemma given twice add up, each with the class it was given first."""
    index: dict[str, Cue] = {}
    for cue in cues:
        known = index.get(cue.lemma)
        index[cue.lemma] = _with_classes(cue) if known is None else _join(known, cue)
    return index


def _with_classes(cue: Cue) -> Cue:
    return replace(cue, classes=tuple((frame, cue.cue_class) for frame in sorted(cue.frames)))


def _join(first: Cue, second: Cue) -> Cue:
    return replace(
        first,
        frames=first.frames | second.frames,
        prepositions=first.prepositions | second.prepositions,
        classes=(*first.classes, *_with_classes(second).classes),
    )
