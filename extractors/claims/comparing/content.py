"""A statement's content prepared for comparison: done once a report, read by every pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extractors.claims.comparing.stems import (
    MIN_WEIGHT,
    NEGATIONS,
    conceptualise,
    is_content,
    stem,
    stems,
    tokenise,
    weight,
)
from extractors.claims.values import Report, Thesaurus

LIGHT = 0.25  # what a light concept weighs beside MIN_WEIGHT to 1 for ordinary words


class Joined:
    """The stems of each two neighbouring words written as one, worked out when they are first asked for.

    Most reports are never compared with one that shares a key and a word, and stemming costs more than all else.
    """

    __slots__ = ("_found", "_words")

    def __init__(self, words: Sequence[str]) -> None:
        """Keep the lower-case words in order."""
        self._words = tuple(words)
        self._found: frozenset[str] | None = None

    @property
    def found(self) -> frozenset[str]:
        """Return the stems."""
        if self._found is None:
            self._found = frozenset(stem(one + other) for one, other in pairwise(self._words))
        return self._found

    def __eq__(self, other: object) -> bool:
        """Tell whether both make the same terms."""
        return isinstance(other, Joined) and (self._words == other._words or self.found == other.found)

    def __hash__(self) -> int:
        """Return the same for all: what else is known of contents tells them apart."""
        return 0


@dataclass(frozen=True, slots=True)
class Content:
    """The weighted terms of a content (stems or concepts), its run of stems in order, numbers and negations."""

    terms: tuple[tuple[str, float], ...]
    vocabulary: frozenset[str]
    run: tuple[str, ...]
    weights: tuple[float, ...]
    joined: Joined
    numbers: frozenset[str]
    is_negated: bool
    mass: float


def prepare(report: Report, thesaurus: Thesaurus) -> Content:
    """Return the report's content as terms; equal wordings are prepared once."""
    return _prepare(report.content, _Key(thesaurus))


class _Key:
    """A thesaurus hashed by identity: mappings are not hashable and there is one a process."""

    __slots__ = ("thesaurus",)

    def __init__(self, thesaurus: Thesaurus) -> None:
        self.thesaurus = thesaurus

    def __hash__(self) -> int:
        return id(self.thesaurus)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.thesaurus is self.thesaurus


@lru_cache(maxsize=20_000)
def _prepare(text: str, key: _Key) -> Content:
    words = [token.lower() for token in tokenise(text)]
    stemmed = stems(words)
    kept = [at for at, word in enumerate(words) if is_content(word)]
    terms: dict[str, float] = {}
    for term, at, size in conceptualise(stemmed, key.thesaurus):
        weights = [weight(words[one]) for one in range(at, at + size) if is_content(words[one])]
        if weights or size > 1:
            terms[term] = max(terms.get(term, 0.0), _weigh(term, weights, key.thesaurus))
    run = tuple(stemmed[at] for at in kept)
    return Content(
        terms=tuple(sorted(terms.items(), key=lambda item: (-item[1], item[0]))),
        vocabulary=frozenset(terms),
        run=run,
        weights=tuple(weight(words[at]) for at in kept),
        joined=Joined(words),
        numbers=frozenset(words[at] for at in kept if words[at][0].isdigit()),
        is_negated=any(stemmed[at] in NEGATIONS or word.endswith("n't") for at, word in enumerate(words)),
        mass=sum(terms.values()),
    )


def _weigh(term: str, weights: Sequence[float], thesaurus: Thesaurus) -> float:
    if term in thesaurus.light:
        return LIGHT
    return MIN_WEIGHT if term in thesaurus.common else max(weights, default=MIN_WEIGHT)
