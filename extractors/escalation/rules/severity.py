"""Severity: the category's own level, one step up or down for what the codebook names, never past 1 to 5."""

from dataclasses import dataclass

from extractors.escalation.grammar.mood import Mood
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.lexicon import Category
from extractors.escalation.rules.features import Feature, find_feature
from extractors.escalation.rules.hits import Hit
from extractors.escalation.rules.standing import is_top_rank

THREATS = frozenset({"THREAT_FORCE", "THREAT_NONFORCE", "THREAT_UNSPEC", "WARN_CONSEQUENCE", "ULTIMATUM"})
# threats, demands and announcements: what weighs more from a head of state or a commander
RANKED = THREATS | {"DEMAND", "SANCTION", "RELATIONS", "MOBILISE", "ARMS_SUPPLY"}
# categories whose level already says "may" or "again"
UNHEDGED = frozenset({"OPTION_OPEN"})
# what a deadline makes graver
DATED = (THREATS | {"DEMAND"}) - {"ULTIMATUM"}  # an ultimatum holds its deadline already


@dataclass(frozen=True, slots=True)
class Step:
    """One change of severity: the feature, where its words stand, and what it did."""

    rule: str
    feature: Feature | None
    effect: str


@dataclass(frozen=True, slots=True)
class SeverityStep:
    """What changes the level of a category: a feature that sets another one, or raises or lowers it by one."""

    feature: str
    effect: str


def severity_steps(category: Category) -> tuple[SeverityStep, ...]:
    """Return all that may change the severity of statements of the category, in the order in which it is looked at."""
    if category.polarity != "escalatory":
        return ()
    exact = [SeverityStep(name, f"is level {level}") for code, name, level in EXACT if code == category.code]
    raised = [
        SeverityStep(name, "one up")
        for name, codes in (("top rank", RANKED), ("deadline", DATED))
        if category.code in codes
    ]
    hedge = [] if category.code in UNHEDGED else [SeverityStep("hedge", "one down")]
    return (*exact, *raised, *hedge, SeverityStep("reiteration", "one down"))


def weigh(reading: Reading, hit: Hit, category: Category) -> tuple[int, tuple[Step, ...]]:
    """Return the severity of a hit and the steps that led there."""
    if category.polarity == "neutral":
        return 0, ()
    base, steps = _base(reading, hit, category)
    if category.polarity == "de-escalatory":
        return base, tuple(steps)
    up, down = _raises(reading, hit, category), _lowers(reading, hit, category)
    ceiling = max(category.ceiling, base)
    return max(1, min(ceiling, base + len(up) - len(down))), (*steps, *up, *down)


def _base(reading: Reading, hit: Hit, category: Category) -> tuple[int, list[Step]]:
    """Return the level before steps: a phrase's own, or the category's made more exact by what it speaks of."""
    level = category.severity if hit.severity is None else hit.severity
    for code, name, exact in EXACT:
        if code == category.code and exact != level:
            feature = find_feature(reading, name, hit)
            if feature is not None:
                return exact, [Step(name, feature, "raise" if exact > level else "lower")]
    return level, []


# (category, feature, level): the first that fits wins
EXACT = (
    ("THREAT_FORCE", "all_out", 5),
    ("OPTION_OPEN", "arms_or_force", 3),
    ("DEMAND", "immediate_military", 3),
    ("ARMS_SUPPLY", "troops", 4),
    ("ARMS_SUPPLY", "offensive_arms", 4),
    ("REJECT", "talks_or_ceasefire", 3),
    ("WARN_CONSEQUENCE", "severe", 4),
    ("THREAT_UNSPEC", "severe", 4),
    ("THREAT_NONFORCE", "severe", 4),
)


def raised_by(reading: Reading, level: int) -> frozenset[str]:
    """Return the categories, milder by themselves, that what the content speaks of raises to ``level``."""
    reached = [one for one in EXACT if one[2] >= level > reading.lexicon.categories[one[0]].severity]
    return frozenset(code for code, name, _ in reached if find_feature(reading, name) is not None)


def _raises(reading: Reading, hit: Hit, category: Category) -> list[Step]:
    found = []
    if category.code in RANKED and is_top_rank(reading):
        found.append(Step("top rank", None, "raise"))
    if category.code in DATED and (feature := find_feature(reading, "deadline", hit)):
        found.append(Step("deadline", feature, "raise"))
    return found


def _lowers(reading: Reading, hit: Hit, category: Category) -> list[Step]:
    found = []
    if category.code not in UNHEDGED:
        if hit.mood is not None and hit.mood.modal in {"may", "might", "could"}:
            found.append(Step(f"hedge {hit.mood.modal}", _modal(reading, hit.mood), "lower"))
        elif feature := find_feature(reading, "hedge", hit):
            found.append(Step("hedge", feature, "lower"))
    if feature := find_feature(reading, "reiteration", hit, cue=True):
        found.append(Step("reiteration", feature, "lower"))
    return found


def _modal(reading: Reading, mood: Mood) -> Feature:
    """Return where the "may" of a hedged deed stands."""
    words = reading.words
    tokens = [one for one in words.children[mood.verb] if words.lower[one] == mood.modal]
    return Feature("hedge", tuple(tokens[:1]))
