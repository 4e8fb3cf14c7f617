"""How far rules and network are trusted: their votes for the categories, weighed against each other.

A log-linear pool (Genest and Zidek 1986): the network's log-probabilities, and a bonus for what the rules say. The
weights are those of a logistic regression on 2,700 invented statements that neither rules nor network had seen.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from math import exp, log

from extractors.escalation.lexicon import Category
from extractors.escalation.network.opinion import Opinion

TRUST = 0.87  # the network is a little too sure of itself
SAME_CATEGORY = 1.2
SAME_POLARITY = {"escalatory": 1.06, "de-escalatory": 0.55, "neutral": 0.28}
UNSURE = 0.4  # below it the rules name the category better (12 of 23 against 6, in the same statements)
UNLIKELY = 1e-5


def elect(opinion: Opinion, told: str | None, categories: Mapping[str, Category], *, rarity: float = 0.0) -> str:
    """Return the likeliest category of the likeliest polarity.

    ``told`` is what the rules say, if anything; ``rarity`` is by how much (in log-odds) acts are rarer among what is
    read than among what the network learned from.
    """
    scores = {code: _score(chance, code, told, categories, rarity) for code, chance in opinion.ranking}
    polarities: dict[str, float] = {}
    for code, score in scores.items():
        polarity = categories[code].polarity
        polarities[polarity] = polarities.get(polarity, 0.0) + score
    winner = max(polarities, key=lambda one: polarities[one])
    if told is not None and categories[told].polarity == winner and opinion.ranking[0][1] < UNSURE:
        return told
    return max((code for code in scores if categories[code].polarity == winner), key=lambda code: scores[code])


def without(opinion: Opinion, codes: AbstractSet[str], instead: str) -> Opinion:
    """Return the opinion with the chances of ``codes`` given to the category ``instead``."""
    freed = sum(chance for code, chance in opinion.ranking if code in codes)
    left = [(code, chance + freed * (code == instead)) for code, chance in opinion.ranking if code not in codes]
    return Opinion(tuple(sorted(left, key=lambda one: -one[1])), opinion.words)


def _score(chance: float, code: str, told: str | None, categories: Mapping[str, Category], rarity: float) -> float:
    polarity = categories[code].polarity
    score = TRUST * log(max(chance, UNLIKELY)) - (rarity if polarity != "neutral" else 0.0)
    if told is not None and categories[told].polarity == polarity:
        score += SAME_POLARITY[polarity]
    return exp(score + (SAME_CATEGORY if code == told else 0.0))
