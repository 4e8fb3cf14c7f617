"""The decision: the codebook's questions in its order, from what was found to one label with its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.escalation.grammar.condition import Condition, find_conditions
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.lexicon import Category
from extractors.escalation.rules.adversary import Adversary, read_adversary
from extractors.escalation.rules.arena import Arena, read_arena
from extractors.escalation.rules.codebook import adjust
from extractors.escalation.rules.cued import cue_hits
from extractors.escalation.rules.denials import denial_hits
from extractors.escalation.rules.directives import directive_hits
from extractors.escalation.rules.features import find_feature
from extractors.escalation.rules.hits import Hit, find_hits
from extractors.escalation.rules.reality import is_anothers, is_unreal
from extractors.escalation.rules.severity import Step, weigh
from extractors.escalation.rules.standing import Standing, standing_of
from extractors.model import Escalation, Evidence

FALLBACK = "ASSESSMENT"
THREATENING = frozenset(
    {"THREAT_FORCE", "THREAT_NONFORCE", "THREAT_UNSPEC", "WARN_CONSEQUENCE", "ULTIMATUM", "OPTION_OPEN",
     "RESOLVE", "ARMS_SUPPLY", "DEMAND", "SANCTION", "RELATIONS", "MOBILISE", "CALL_TO_ESCALATE"}
)  # fmt: skip
# among neutral reasons the one that says more
NEUTRAL_ORDER = ("DENIAL", "NO_COMMENT", "HUMANITARIAN", "LEGAL_DOMESTIC", "PROCEDURAL", "ASSESSMENT")
# what goes first where two readings weigh the same: the demand says more than the blame in it
FIRST = frozenset({"ULTIMATUM", "DEMAND"})
# what those do with words alone who will carry nothing out
VOICED = frozenset({"ACCUSE", "CALL_TO_ESCALATE"})
RANK_OF_POLARITY = {"escalatory": 2, "de-escalatory": 1, "neutral": 0}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A hit with its category and severity, ready to be compared."""

    hit: Hit
    category: Category
    severity: int
    steps: tuple[Step, ...]

    @property
    def rank(self) -> tuple[int, int, int, bool, int, int]:
        """Greatest severity first; ties go to the escalatory one, then to the graver and the more exact reason."""
        code = self.category.code
        neutral = len(NEUTRAL_ORDER) - NEUTRAL_ORDER.index(code) if code in NEUTRAL_ORDER else 0
        return (
            self.severity,
            RANK_OF_POLARITY[self.category.polarity],
            self.category.severity,
            code in FIRST,
            neutral,
            len(self.hit.tokens),
        )


@dataclass(frozen=True, slots=True)
class Weighing:
    """All that was found in a statement, before the choice; ``unreal`` is what is only asked, imagined or told."""

    standing: Standing
    found: tuple[Hit, ...]
    conditions: list[Condition]
    adversary: Adversary
    arena: Arena
    hits: tuple[Hit, ...]
    unreal: tuple[Hit, ...] = ()

    @property
    def is_unreal(self) -> bool:
        """Tell whether the statement speaks of deeds, none of which is done, announced or threatened in it."""
        return bool(self.unreal) and not self.hits


def gather(reading: Reading) -> Weighing:
    """Collect every reason for a label and what limits it."""
    standing = standing_of(reading)
    conditions = find_conditions(reading)
    found = list(find_hits(reading, conditions))
    found += cue_hits(reading, found)
    found += directive_hits(reading, found, conditions)
    adversary = read_adversary(reading)
    arena = read_arena(reading, standing, adversary)
    unreal = [hit for hit in found if is_unreal(reading, hit)]
    real = [hit for hit in found if hit not in unreal]
    hits = [] if standing == "outsider" else adjust(reading, real, conditions, standing, adversary)
    if standing != "outsider":
        hits = hits or list(denial_hits(reading))
    hits = [settle(reading, hit, standing, arena) for hit in hits]
    if standing == "legislator":
        hits = [hit for hit in hits if hit.category in VOICED and arena.is_abroad]
    return Weighing(standing, tuple(found), conditions, adversary, arena, tuple(hits), tuple(unreal))


def settle(reading: Reading, hit: Hit, standing: Standing, arena: Arena) -> Hit:
    """Return a hit as what it is where it is said: hostile words of home affairs, firms and sport are everyday."""
    if is_claim_of_force(reading, hit):
        return hit
    if standing == "private" or not (arena.is_dispute or _is_reproach_abroad(reading, hit, arena)):
        return _everyday(reading, hit, arena)
    if not reading.is_bare and not arena.is_named and _is_bare_speech(reading, hit) and not _is_by_name(reading, hit):
        return _everyday(reading, hit, arena)
    return hit


def is_claim_of_force(reading: Reading, hit: Hit) -> bool:
    """Tell whether the speech act itself claims it: "claimed responsibility for the blast", whoever was hit."""
    return hit.category == "USE_OF_FORCE" and hit.tokens == (reading.cue,)


def _is_reproach_abroad(reading: Reading, hit: Hit, arena: Arena) -> bool:
    """Tell whether another country is blamed, by whomever: "it blamed Lima for the unrest"."""
    is_blamed = hit.tokens == (reading.cue,) or (hit.mood is not None and hit.mood.mode == "blame")
    return hit.category == "ACCUSE" and is_blamed and arena.is_foreign


def _is_by_name(reading: Reading, hit: Hit) -> bool:
    """Tell whether somebody is blamed by name: he is the adversary, "condemned Red Dawn's raids"."""
    words, own = reading.words, reading.voice.words
    if hit.category != "ACCUSE" or hit.tokens != (reading.cue,):
        return False
    said = (*reading.addressee, *reading.indices)
    return any(words.pos[one] == "PROPN" and words.lower[one] not in own for one in said)


def _is_bare_speech(reading: Reading, hit: Hit) -> bool:
    """Tell whether nothing speaks for an act but a verb of speaking or an order, that may be about anything."""
    return hit.tokens == (reading.cue,) or hit.rule == "directive" or hit.rule.startswith("cue ")


def conclude(reading: Reading, weighing: Weighing) -> Escalation:
    """Choose the gravest of the reasons."""
    if weighing.standing == "outsider" or (weighing.standing == "legislator" and not weighing.hits):
        return _assessment(reading, weighing.found)
    if not weighing.hits:
        return _nothing(reading, weighing.found)
    weighed = [_weigh(reading, hit) for hit in weighing.hits]
    best = max(weighed, key=lambda one: one.rank)
    return _label(reading, best, weighed, weighing)


def conclude_with(reading: Reading, weighing: Weighing, hit: Hit) -> Escalation:
    """Take ``hit`` for the reason; no opinion makes a deed of what is only asked or imagined."""
    is_act = reading.lexicon.categories[hit.category].polarity != "neutral"
    if is_act and (weighing.is_unreal or is_unreal(reading, hit) or is_anothers(hit)):
        return conclude(reading, weighing)
    best = _weigh(reading, hit)
    others = [_weigh(reading, one) for one in weighing.hits]
    return _label(reading, best, others, weighing)


def _everyday(reading: Reading, hit: Hit, arena: Arena) -> Hit:
    """Return a hit without an adversary in view as what it is in everyday affairs."""
    if reading.lexicon.categories[hit.category].polarity == "neutral":
        return hit
    if hit.category == "APOLOGY" and arena.office == "state":  # to whomever it is made
        return hit
    category = FALLBACK if arena.home is None else "LEGAL_DOMESTIC"
    return replace(hit, category=category, rule=f"{hit.rule}, no adversary in view", severity=None)


def _weigh(reading: Reading, hit: Hit) -> Weighed:
    category = reading.lexicon.categories[hit.category]
    severity, steps = weigh(reading, hit, category)
    return Weighed(hit, category, severity, steps)


def _label(reading: Reading, best: Weighed, weighed: Sequence[Weighed], weighing: Weighing) -> Escalation:
    conditions, adversary = weighing.conditions, weighing.adversary
    conditional = best.category.polarity != "neutral" and _is_conditional(reading, best, conditions)
    evidence = [_evidence(reading, best.hit, "label")]
    evidence += [_at(reading, "negation", (index, index), "negation") for index in _negations(best.hit)]
    evidence += [_step_evidence(reading, step) for step in best.steps]
    if conditional:
        evidence += [_at(reading, "condition", (one.first, one.last), "condition") for one in conditions]
    evidence += [_at(reading, "adversary", (index, index), "adversary") for index in adversary.tokens[:1]]
    others = {one.hit.tokens: one for one in weighed if one.hit is not best.hit and one.category != best.category}
    evidence += [_evidence(reading, one.hit, "considered") for one in others.values()]
    return Escalation(best.category.polarity, best.category.code, best.severity, conditional, tuple(evidence))


def _is_conditional(reading: Reading, best: Weighed, conditions: list[Condition]) -> bool:
    if best.category.code == "CONDITIONAL_OFFER":
        return True
    if best.category.code not in THREATENING:
        return False
    numbers = {reading.words.sentence[index] for index in best.hit.tokens}
    if any(reading.words.sentence[one.first] in numbers for one in conditions):
        return True
    if best.hit.mood is not None and best.hit.mood.modal in {"would", "'d", "’d"}:
        return True
    return best.category.code == "WARN_CONSEQUENCE" and find_feature(reading, "supposed", best.hit) is not None


def _negations(hit: Hit) -> tuple[int, ...]:
    return hit.mood.negators if hit.mood is not None else ()


def _assessment(reading: Reading, found: Sequence[Hit]) -> Escalation:
    reason = Evidence("third party", reading.voice.text or reading.voice.role, None, "speaker")
    considered = [_evidence(reading, hit, "considered") for hit in found]
    return Escalation("neutral", FALLBACK, 0, evidence=(reason, *considered))


def _nothing(reading: Reading, found: Sequence[Hit]) -> Escalation:
    considered = [_evidence(reading, hit, "considered") for hit in found]
    return Escalation("neutral", FALLBACK, 0, evidence=(Evidence("no act found", "", None, "label"), *considered))


def _evidence(reading: Reading, hit: Hit, effect: str) -> Evidence:
    rule = hit.rule if effect == "label" else f"{hit.category}: {hit.rule}"
    return _at(reading, rule, hit.tokens, effect)


def _step_evidence(reading: Reading, step: Step) -> Evidence:
    if step.feature is None:
        return Evidence(step.rule, reading.voice.role or reading.voice.text, None, step.effect)
    return _at(reading, step.rule, step.feature.tokens, step.effect)


def _at(reading: Reading, rule: str, tokens: tuple[int, ...], effect: str) -> Evidence:
    if not tokens:
        return Evidence(rule, "", None, effect)
    first, last = min(tokens), max(tokens)
    return Evidence(rule, reading.words.quote(first, last), reading.words.span(first, last), effect)
