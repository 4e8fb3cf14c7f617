"""A statement's content prepared for comparison: done once a report, read by every pair."""

from dataclasses import dataclass
from functools import lru_cache

from extractors.claims.model import Report, Thesaurus
from extractors.claims.words import NEGATIONS, conceptualise, is_content, stem, tokenise, weight


@dataclass(frozen=True, slots=True)
class Content:
    """The weighted terms of a content (stems or concepts), its run of stems in order, numbers and negations."""

    terms: tuple[tuple[str, float], ...]
    vocabulary: frozenset[str]
    run: tuple[str, ...]
    weights: tuple[float, ...]
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
    kept = [word for word in words if is_content(word)]
    run = tuple(stem(word) for word in kept)
    weights = tuple(weight(word) for word in kept)
    terms: dict[str, float] = {}
    at = 0
    for term, size in conceptualise(run, key.thesaurus):
        terms[term] = max(terms.get(term, 0.0), *weights[at : at + size])
        at += size
    return Content(
        terms=tuple(sorted(terms.items(), key=lambda item: (-item[1], item[0]))),
        vocabulary=frozenset(terms),
        run=run,
        weights=weights,
        numbers=frozenset(word for word in kept if word[0].isdigit()),
        is_negated=any(word in NEGATIONS or word.endswith("n't") for word in words),
        mass=sum(terms.values()),
    )
