"""Rules and network weighed against each other: a probability for each polarity and for an alarm, and a category.

A log-linear pool (Genest and Zidek 1986) whose weights were fitted on real statements new to the network, so that its
probabilities are calibrated: of the labels of confidence 0.8, eight in ten have the right polarity.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import exp, log

from extractors.escalation.lexicon import Category
from extractors.escalation.network.opinion import Opinion
from extractors.escalation.network.trust import RULINGS, Told, Trust
from extractors.model import Polarity

UNLIKELY = 1e-4
ALARMING = 3  # severity from which an escalatory statement rings
POLARITIES: tuple[Polarity, ...] = ("escalatory", "de-escalatory", "neutral")


def facts_of(
    opinion: Opinion, told: Told, categories: Mapping[str, Category], raised: AbstractSet[str] = frozenset()
) -> tuple[float, ...]:
    """Return what is known of a statement as numbers, in the order of ``trust.FACTS``.

    ``raised`` are the milder categories that ring with the words at hand, as a step weighed does that is one of arms.
    """
    shares = [_share(opinion, polarity, categories) for polarity in POLARITIES]
    shares.append(sum(chance for code, chance in opinion.ranking if code in raised or is_alarming(categories[code])))
    flags = [told.ruling == one for one in RULINGS] + [told.is_dispute_named, told.is_state, told.is_home]
    return (*(log(max(UNLIKELY, one)) for one in shares), *map(float, flags))


def is_alarming(category: Category) -> bool:
    """Tell the categories that ring."""
    return category.polarity == "escalatory" and category.severity >= ALARMING


def _share(opinion: Opinion, polarity: Polarity, categories: Mapping[str, Category]) -> float:
    return sum(chance for code, chance in opinion.ranking if categories[code].polarity == polarity)


def pool(facts: Sequence[float], trust: Trust) -> dict[Polarity, float]:
    """Return the probability of each polarity."""
    scores = {polarity: _score(facts, trust.polarity[polarity]) for polarity in POLARITIES}
    most = max(scores.values())
    raised = {polarity: exp(score - most) for polarity, score in scores.items()}
    total = sum(raised.values())
    return {polarity: one / total for polarity, one in raised.items()}


def alarm(facts: Sequence[float], trust: Trust) -> float:
    """Return the probability that the statement escalates and is grave enough to ring."""
    return 1 / (1 + exp(-_score(facts, trust.alarm)))


def _score(facts: Sequence[float], weights: Sequence[float]) -> float:
    return weights[0] + sum(weight * fact for weight, fact in zip(weights[1:], facts, strict=True))


def elect(shares: Mapping[Polarity, float], trust: Trust) -> Polarity:
    """Return the polarity: an act's only where it is likely enough."""
    acts: tuple[Polarity, ...] = ("escalatory", "de-escalatory")
    likeliest = max(acts, key=lambda one: shares[one])
    return likeliest if shares[likeliest] >= trust.act else "neutral"


def name(
    opinion: Opinion,
    polarity: Polarity,
    categories: Mapping[str, Category],
    *,
    rings: bool,
    raised: AbstractSet[str] = frozenset(),
) -> str:
    """Return the likeliest category of a polarity: one that rings where these are likely together, else another."""
    among = [(code, chance) for code, chance in opinion.ranking if categories[code].polarity == polarity]
    if polarity == "escalatory":
        among = [one for one in among if (one[0] in raised or is_alarming(categories[one[0]])) == rings] or among
    return max(among, key=lambda one: one[1])[0]


def without(opinion: Opinion, codes: AbstractSet[str], instead: str) -> Opinion:
    """Return the opinion with the chances of ``codes`` given to the category ``instead``."""
    freed = sum(chance for code, chance in opinion.ranking if code in codes)
    left = [(code, chance + freed * (code == instead)) for code, chance in opinion.ranking if code not in codes]
    return Opinion(tuple(sorted(left, key=lambda one: -one[1])), opinion.words)
