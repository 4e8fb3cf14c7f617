"""How alike two contents are, whoever said them and whenever."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from extractors.claims.comparing.content import Content
from extractors.claims.comparing.item import Item, prepare_item
from extractors.claims.comparing.stems import is_content, plain, tokenise
from extractors.claims.values import Report, Similarity, Thesaurus

# Weights of the parts of the score: those of a logistic regression on the claims of real news (the half of news-wire
# and news-dev whose errors may be read), divided by ten and rounded; checked on the half that only decides.
CONTAINMENT, DICE, QUOTE_IN_QUOTE = 0.28, 0.64, 0.28
SHRINK = 1.2
NEAR_WORD, NEAR_LENGTH = 85.0, 5
OTHER_NUMBERS, OTHER_NEGATION, OPPOSED = 0.05, 0.03, 0.08
NEAR_CREDIT = 0.8

Semantic: TypeAlias = Callable[[str, str], float]


def compare(one: Report, other: Report, thesaurus: Thesaurus, *, semantic: Semantic | None = None) -> Similarity:
    """Return how alike the two contents are; ``semantic`` may raise the score of paraphrases the words do not show."""
    return liken(prepare_item(one, thesaurus), prepare_item(other, thesaurus), semantic)


def liken(one: Item, other: Item, semantic: Semantic | None = None) -> Similarity:
    """Return how alike the contents of two prepared reports are."""
    left, right = one.content, other.content
    if left.run == right.run and left.run:
        return Similarity(1.0 - contradiction(one, other), "same words", sum(left.weights))
    if semantic is None and not left.vocabulary & right.vocabulary:
        return Similarity(0.0, "no word in common")
    shared = _shared(left, right)
    small, both = min(left.mass, right.mass), left.mass + right.mass
    verbatim = longest_run(left, right)
    containment = shared / (small + SHRINK)
    dice = 2 * shared / (both + SHRINK)
    score = CONTAINMENT * containment + DICE * dice
    score += QUOTE_IN_QUOTE if _is_quoted_in(one, other) or _is_quoted_in(other, one) else 0
    score -= contradiction(one, other)
    if semantic is not None:
        score = max(score, semantic(one.report.content, other.report.content))
    return Similarity(max(0.0, min(1.0, score)), f"{shared:.1f} of {small:.1f} shared", verbatim)


def _is_quoted_in(one: Item, other: Item) -> bool:
    """Tell whether a quoted part of one stands in the other, spelling and endings aside."""
    whole = plain(other.report.content)
    parts = (plain(part) for part in one.report.quoted)
    return any(
        _says_something(part) and fuzz.partial_ratio(part, whole, score_cutoff=NEAR_WORD) > 0
        for part in parts
        if len(part) <= len(whole)
    )


@lru_cache(maxsize=50_000)
def _says_something(part: str) -> bool:
    """Tell whether a quoted part has two content words: fewer stand in any other text by chance."""
    return sum(is_content(word) for word in tokenise(part)) >= 2


def contradiction(one: Item, other: Item) -> float:
    """Return what speaks against one utterance: other numbers, a negation, a polarity of the other kind.

    Categories are a classifier's and wrong too often on one of two wordings to count.
    """
    left, right = one.content, other.content
    against = OTHER_NUMBERS if left.numbers and right.numbers and not left.numbers & right.numbers else 0.0
    against += OTHER_NEGATION if left.is_negated != right.is_negated else 0.0
    polarities = {one.report.polarity, other.report.polarity}
    return against + (OPPOSED if polarities == {"escalatory", "de-escalatory"} else 0.0)


def _shared(left: Content, right: Content) -> float:
    """Return the weight of the terms the two share, spelling variants and words written apart included."""
    mine, theirs = dict(left.terms), dict(right.terms)
    both = sorted(mine.keys() & theirs.keys())
    total = sum(min(mine[term], theirs[term]) for term in both)
    mine_only = {term: value for term, value in mine.items() if term not in theirs}
    theirs_only = {term: value for term, value in theirs.items() if term not in mine}
    my_joined, their_joined = left.joined.found, right.joined.found
    joined = [value for term, value in mine_only.items() if term in their_joined]
    joined += [value for term, value in theirs_only.items() if term in my_joined]
    return total + sum(joined) + _near(mine_only, theirs_only)


def _near(mine: Mapping[str, float], theirs: Mapping[str, float]) -> float:
    """Return the weight of words that are nearly alike, the nearest pairs first, each word once."""
    long, other = ([term for term in terms if len(term) >= NEAR_LENGTH] for terms in (mine, theirs))
    taken: set[str] = set()
    total = 0.0
    for _, a, b in sorted(_alike(long, other), reverse=True):
        if not {a, b} & taken:
            taken |= {a, b}
            total += NEAR_CREDIT * min(mine[a], theirs[b])
    return total


def _alike(words: Sequence[str], others: Sequence[str]) -> Iterator[tuple[float, str, str]]:
    """Yield how alike words are that are nearly so; all pairs are compared in one call."""
    if words and others:
        for at, by in np.argwhere(cdist(words, others, scorer=fuzz.ratio, score_cutoff=NEAR_WORD)):
            yield fuzz.ratio(words[at], others[by]), words[at], others[by]


def longest_run(left: Content, right: Content) -> float:
    """Return the weight of the longest run of content words the two share."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(right.run):
        places.setdefault(word, []).append(at)
    best = 0.0
    ending: dict[int, float] = {}  # by the place in the right one at which they end
    for word, value in zip(left.run, left.weights, strict=True):
        ending = {at: ending.get(at - 1, 0.0) + value for at in places.get(word, ())}
        best = max(best, *ending.values()) if ending else best
    return best
