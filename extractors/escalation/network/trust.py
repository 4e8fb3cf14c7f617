"""How far rules and network are trusted: the weights of a logistic regression on real statements new to both."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from extractors.model import Polarity

# What the rules say: an act that would ring, one that would not, something neutral, or nothing.
Ruling: TypeAlias = Literal["grave", "escalatory", "de-escalatory", "neutral", "none"]

RULINGS: tuple[Ruling, ...] = ("grave", "escalatory", "de-escalatory", "neutral")
# what is known of a statement, in the order of the weights; the network's shares are logarithms
FACTS = (
    "escalatory",
    "de-escalatory",
    "neutral",
    "alarming",
    *(f"rules: {one}" for one in RULINGS),
    "dispute named",
    "state speaks",
    "home affairs",
)


@dataclass(frozen=True, slots=True)
class Trust:
    """The fitted weights: a constant, then one for each of ``FACTS``.

    ``act`` and ``ring`` are the probabilities from which a statement is an act, and an alarm.
    """

    polarity: Mapping[Polarity, tuple[float, ...]]
    alarm: tuple[float, ...]
    act: float
    ring: float


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules and the words tell beside the network's opinion."""

    ruling: Ruling
    is_dispute_named: bool = False
    is_state: bool = False
    is_home: bool = False
