"""The escalation lexicon as frozen values: categories, acts, phrases, cues and the words the features look for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeAlias

from extractors.escalation.network.opinion import Network
from extractors.escalation.rules.patterns import Pattern, index_by_word
from extractors.model import Polarity

# How an act is put: see acts in escalation.toml for what each means.
Mode: TypeAlias = Literal[
    "will",
    "may",
    "done",
    "told",
    "named",
    "not",
    "undone",
    "halt",
    "ask",
    "stop",
    "blame",
    "keep",
    "theirs",
    "others",
    "warn",
    "deny",
]
CueMode: TypeAlias = Literal[
    "say", "will", "may", "done", "ask", "must", "sure", "stop", "not", "blame", "deny", "warn", "offer", "report"
]
PatternIndex: TypeAlias = Mapping[str, tuple[tuple[Pattern, int], ...]]


@dataclass(frozen=True, slots=True)
class Category:
    """One category of the codebook; ``ceiling`` is the highest severity that steps up may reach."""

    code: str
    polarity: Polarity
    severity: int
    ceiling: int
    definition: str
    plover: str
    cameo: str
    goldstein: str


@dataclass(frozen=True, slots=True)
class Act:
    """A kind of deed (force, sanctions, talks ...): its category depends on who, when and whether it is negated."""

    name: str
    labels: Mapping[Mode, str]
    patterns: tuple[Pattern, ...]
    examples: Mapping[Mode, tuple[str, ...]]
    passive: Literal["victim", "means"] = "victim"

    @property
    def is_hostile(self) -> bool:
        """Tell whether it is done to an adversary: whoever asks others to do it escalates."""
        return self.labels.get("ask") == "CALL_TO_ESCALATE"


@dataclass(frozen=True, slots=True)
class Phrase:
    """An idiom that stands for one category, whatever the grammar around it; ``is_own`` where a user added it."""

    category: str
    patterns: tuple[Pattern, ...]
    examples: tuple[str, ...]
    severity: int | None = None
    negated: str | None = None
    subject: Literal["own", "other", "any"] = "any"
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """Verbs and nouns of speaking or intending: how they set what they govern, and what they say by themselves."""

    words: tuple[str, ...]
    mode: CueMode
    category: str | None = None
    severity: int | None = None
    particle: str | None = None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A war: the two sides as country codes or actor ids, from and (where over) until."""

    name: str
    sides: tuple[frozenset[str], frozenset[str]]
    since: date
    until: date | None = None

    def is_on(self, day: date | None) -> bool:
        """Tell whether it was being fought on ``day``; an unknown day counts as during."""
        if day is None:
            return self.until is None
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class EscalationLexicon:
    """All the classifier knows; ``places`` gives the country code for a lower-case country word or capital.

    ``groups`` are the armed sides that are no states, ``members`` the countries of alliances; ``countries`` gives a
    country's name for its code; without a ``network`` the rules decide alone.
    """

    categories: Mapping[str, Category]
    acts: tuple[Act, ...]
    phrases: tuple[Phrase, ...]
    cues: Mapping[str, tuple[Cue, ...]]
    features: Mapping[str, frozenset[str]]
    feature_patterns: Mapping[str, PatternIndex]
    conflicts: tuple[Conflict, ...] = ()
    groups: frozenset[str] = frozenset()
    members: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    places: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    act_index: PatternIndex = field(default_factory=lambda: MappingProxyType({}))
    phrase_index: PatternIndex = field(default_factory=lambda: MappingProxyType({}))
    countries: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    network: Network | None = None
    version: str = ""

    def cue_for(self, lemma: str, around: Sequence[str] = ()) -> Cue | None:
        """Return the cue of ``lemma``, the last listed; one with a particle needs it among the words ``around``."""
        entries = self.cues.get(lemma, ())
        for cue in reversed(entries):
            if cue.particle is not None and cue.particle in around:
                return cue
        return next((cue for cue in reversed(entries) if cue.particle is None), None)


def build_lexicon(  # noqa: PLR0913 - the parts of a lexicon, by name
    *,
    categories: Sequence[Category],
    acts: Sequence[Act],
    phrases: Sequence[Phrase],
    cues: Sequence[Cue],
    features: Mapping[str, frozenset[str]],
    feature_patterns: Mapping[str, Sequence[Pattern]],
    conflicts: Sequence[Conflict] = (),
    groups: Iterable[str] = (),
    members: Mapping[str, Iterable[str]] | None = None,
    places: Mapping[str, str] | None = None,
    version: str = "",
) -> EscalationLexicon:
    """Put the parts together and index them by the words they begin with."""
    by_word: dict[str, tuple[Cue, ...]] = {}
    for cue in cues:
        for word in cue.words:
            by_word[word] = (*by_word.get(word, ()), cue)
    return EscalationLexicon(
        categories=MappingProxyType({one.code: one for one in categories}),
        acts=tuple(acts),
        phrases=tuple(phrases),
        cues=MappingProxyType(by_word),
        features=features,
        feature_patterns={
            name: index_by_word((pattern, 0) for pattern in patterns) for name, patterns in feature_patterns.items()
        },
        conflicts=tuple(conflicts),
        groups=frozenset(groups),
        members=MappingProxyType({one: frozenset(states) for one, states in (members or {}).items()}),
        places=MappingProxyType(dict(places or {})),
        act_index=index_by_word((pattern, n) for n, act in enumerate(acts) for pattern in act.patterns),
        phrase_index=index_by_word((pattern, n) for n, phrase in enumerate(phrases) for pattern in phrase.patterns),
        countries=MappingProxyType({code: name.title() for name, code in reversed(list((places or {}).items()))}),
        version=version,
    )
