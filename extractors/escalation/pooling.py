"""The judgement: the rules' label and the network's opinion, brought together.

The rules know few things for sure, the network most things roughly. A statement's label depends on nothing but itself:
its sentence, its speaker, the sides it names and its day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.escalation.grammar.history import is_history
from extractors.escalation.grammar.mood import Mood, is_anothers_word, read_mood
from extractors.escalation.grammar.negation import NEGATORS
from extractors.escalation.grammar.parse import SUBJECTS
from extractors.escalation.grammar.sides import FIRST_PERSON
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.network.asking import question_of, tokens_of
from extractors.escalation.network.opinion import Network, Opinion
from extractors.escalation.network.trust import Ruling, Told
from extractors.escalation.network.votes import ALARMING, alarm, elect, facts_of, name, pool, without
from extractors.escalation.rules.arms import is_for_an_enemy
from extractors.escalation.rules.decision import (
    FALLBACK,
    Weighing,
    conclude,
    conclude_with,
    gather,
    is_claim_of_force,
    settle,
)
from extractors.escalation.rules.hits import Hit
from extractors.escalation.rules.severity import raised_by
from extractors.model import Escalation, Evidence, Method, Polarity

# what armies do: told of another country's, it is no act of the speaker's
OWN_DEEDS = frozenset({"MOBILISE", "ARMS_SUPPLY", "USE_OF_FORCE"})
# what is done to another: negated, it is ruled out ("we will not strike", never "we will not tolerate")
DEEDS = OWN_DEEDS | {"THREAT_FORCE", "THREAT_NONFORCE", "SANCTION", "RELATIONS", "ULTIMATUM"}
# what is given up: asked of another, it is a demand
YIELDED = frozenset({"EASE", "CEASEFIRE_WITHDRAW", "STAND_DOWN"})
HIGHEST_ALONE = 3  # severity beyond which nothing goes on the network's word alone
# how often the rules alone have the polarity right, by what they say, on the texts the network learned from
ALONE: Mapping[Ruling, float] = {
    "grave": 0.72,
    "escalatory": 0.73,
    "de-escalatory": 0.36,
    "neutral": 0.75,
    "none": 0.62,
}
OUTSIDER = 0.91


def judge(reading: Reading) -> Escalation:
    """Label one statement."""
    weighing = gather(reading)
    label = conclude(reading, weighing)
    told = told_of(weighing, label)
    network = reading.lexicon.network
    if weighing.standing == "outsider":  # a list of professions is surer there
        return replace(label, method="rule", confidence=OUTSIDER)
    if weighing.standing == "legislator":
        return replace(label, method="rule", confidence=ALONE[told.ruling])
    if any(is_claim_of_force(reading, hit) for hit in weighing.hits):
        return replace(label, method="rule", confidence=ALONE["grave"])
    if network is None or any(hit.is_own for hit in weighing.hits):  # what a user says of his dispute it never learned
        return replace(label, method="rule", confidence=ALONE[told.ruling])
    opinion = _possible(reading, weighing, network.read(question_of(reading, network.ordinary)), network)
    if _found(reading, weighing, "escalatory") is None:
        opinion = _performed(reading, weighing, opinion, network)
    return _Pooling(reading, weighing, label, opinion, network).label(told)


def judge_all(readings: Sequence[Reading]) -> list[Escalation]:
    """Label statements, each by itself."""
    return [judge(reading) for reading in readings]


def told_of(weighing: Weighing, label: Escalation) -> Told:
    """Return what the rules and the words tell beside the network's opinion."""
    arena = weighing.arena
    return Told(_ruling(weighing, label), arena.is_named, arena.office == "state", arena.home is not None)


def _ruling(weighing: Weighing, label: Escalation) -> Ruling:
    """Return what the rules say of a statement's polarity, and whether it would ring."""
    if not weighing.hits:
        return "none"
    if label.polarity == "escalatory":
        return "grave" if label.severity >= ALARMING else "escalatory"
    return label.polarity


@dataclass(frozen=True, slots=True)
class _Pooling:
    """A statement with all that is said of it: the rules' label, and the network's opinion."""

    reading: Reading
    weighing: Weighing
    ruled: Escalation
    opinion: Opinion
    network: Network

    def label(self, told: Told) -> Escalation:
        """Return the rules' label, or another where the network's opinion outweighs it.

        Within a polarity the network renames nothing that a rule hit exactly, and it makes no threat of a denial.
        """
        trust, categories = self.network.trust, self.reading.lexicon.categories
        raised = raised_by(self.reading, ALARMING)
        facts = facts_of(self.opinion, told, categories, raised)
        shares = pool(facts, trust)
        rings = alarm(facts, trust) >= trust.ring
        polarity = elect(shares, trust)
        if polarity == "neutral" and self._is_reproach(told):
            return replace(self.ruled, method="rule", confidence=ALONE["escalatory"])
        hit = _found(self.reading, self.weighing, polarity)
        if hit is None and polarity == "escalatory" and self.ruled.category == "DENIAL":
            return replace(self.ruled, method="rule", confidence=shares[self.ruled.polarity])
        if hit is None:
            found, method = self._named(name(self.opinion, polarity, categories, rings=rings, raised=raised), polarity)
        else:
            found, method = self._ruled(hit, polarity), "both"
        quiet = found if rings else _quieted(found)
        return replace(quiet, method=method, confidence=shares[quiet.polarity])

    def _is_reproach(self, told: Told) -> bool:
        """Tell whether words of blame name another side: its deed may be told calmly, blame is blame."""
        hit = _found(self.reading, self.weighing, "escalatory")
        is_said = hit is not None and hit.act is None and hit.category == self.ruled.category == "ACCUSE"
        return is_said and told.is_dispute_named

    def _ruled(self, hit: Hit, polarity: Polarity) -> Escalation:
        return self.ruled if polarity == self.ruled.polarity else conclude_with(self.reading, self.weighing, hit)

    def _named(self, code: str, polarity: Polarity) -> tuple[Escalation, Method]:
        """Return the label with a category of the network's, where such an act can be performed here at all."""
        agreed: Method = "both" if polarity == self.ruled.polarity else "network"
        if code == self.ruled.category:
            return self.ruled, agreed
        hit = _read(self.reading, code, self.opinion, self.network)
        hit = settle(self.reading, hit, self.weighing.standing, self.weighing.arena)
        if hit.category == self.ruled.category:
            return self.ruled, "rule"
        return _bounded(conclude_with(self.reading, self.weighing, hit)), agreed


def _found(reading: Reading, weighing: Weighing, polarity: Polarity) -> Hit | None:
    """Return a reason of that polarity that the rules found."""
    categories = reading.lexicon.categories
    return next((one for one in weighing.hits if categories[one.category].polarity == polarity), None)


def _quieted(label: Escalation) -> Escalation:
    """Return a label below the bar for alarms: the rules' act is one, and nothing else speaks for an alarm."""
    if label.polarity != "escalatory" or label.severity < ALARMING:
        return label
    why = Evidence("alarm unlikely", "", None, "lower")
    return replace(label, severity=ALARMING - 1, evidence=(*label.evidence, why))


def _bounded(label: Escalation) -> Escalation:
    """Return a label of the network's, no graver than its word alone may be."""
    if label.severity <= HIGHEST_ALONE or label.polarity != "escalatory":
        return label
    why = Evidence("network alone", "", None, "lower")
    return replace(label, severity=HIGHEST_ALONE, evidence=(*label.evidence, why))


def _possible(reading: Reading, weighing: Weighing, opinion: Opinion, network: Network) -> Opinion:
    """Return the opinion without what the speaker cannot be doing: arming his enemy, or moving another's army.

    What armies do is an act only of the side that says it of itself; where no rule knows the words, it must be named.
    """
    if is_for_an_enemy(reading):
        opinion = without(opinion, {"ARMS_SUPPLY"}, "ACCUSE")
    if any(_is_asked(hit) for hit in weighing.hits):  # "the siege has to be lifted"
        opinion = without(opinion, YIELDED, "DEMAND")
    if opinion.ranking[0][0] not in OWN_DEEDS:
        return opinion
    is_told = _found(reading, weighing, "escalatory") is None and not _is_own(reading, opinion, network)
    return without(opinion, OWN_DEEDS, FALLBACK) if is_told or _is_anothers(reading, opinion, network) else opinion


def _performed(  # noqa: PLR0911 - an answer a line
    reading: Reading, weighing: Weighing, opinion: Opinion, network: Network
) -> Opinion:
    """Return the opinion without acts that are negated, and without blame for what is history."""
    if any(_is_refused(hit) for hit in weighing.hits):
        return without(opinion, DEEDS | {"THREAT_UNSPEC", "REJECT"}, "RULE_OUT")
    waived = next((hit.category for hit in weighing.hits if _is_waived(reading, hit)), None)
    if waived is not None:
        return without(opinion, _escalatory(reading), waived)
    tokens = tokens_of(reading, opinion.words, network.ordinary)
    if not tokens:
        return opinion
    code, mood = opinion.ranking[0][0], read_mood(reading, _head(reading, tokens))
    if is_history(reading, mood.verb):
        return without(opinion, _escalatory(reading), FALLBACK)
    if reading.words.lemma[mood.verb] in reading.feature("forbearing"):  # "will not rest until" threatens still
        return opinion
    if code in DEEDS and _is_refusal(mood):
        return without(opinion, DEEDS, "RULE_OUT")
    if code == "WARN_CONSEQUENCE" and len(mood.negators) % 2:
        return without(opinion, {code}, "REASSURE")
    return opinion


def _escalatory(reading: Reading) -> frozenset[str]:
    categories = reading.lexicon.categories
    return frozenset(one for one in categories if categories[one].polarity == "escalatory")


def _is_waived(reading: Reading, hit: Hit) -> bool:
    """Tell what takes a threat or demand back: "no red line for us", "we do not demand it", "we will answer calmly"."""
    if hit.rule.endswith("negated"):
        return reading.lexicon.categories[hit.category].polarity != "escalatory"
    if hit.act is not None or hit.category not in {"REASSURE", "RULE_OUT"}:
        return False
    words, answers = reading.words, reading.feature("answers")
    return any(words.lower[one] in NEGATORS or words.lemma[one] in answers for one in hit.tokens)


def _is_asked(hit: Hit) -> bool:
    """Tell what another is to give up."""
    return hit.category == "DEMAND" and hit.act is not None and hit.mood is not None and hit.mood.mode == "ask"


def _is_refused(hit: Hit) -> bool:
    return hit.mood is not None and _is_refusal(hit.mood)


def _is_refusal(mood: Mood) -> bool:
    """Tell what one's own side will not do."""
    return mood.mode == "not" and mood.side != "other" and not mood.is_question


def _is_own(reading: Reading, opinion: Opinion, network: Network) -> bool:
    """Tell whether the deed is told of the speaker's own side, or asked for by it."""
    hit = _read(reading, opinion.ranking[0][0], opinion, network)
    own = {index for index, code in (reading.places or {}).items() if code in reading.voice.countries}
    ours = any(index in own or reading.words.lower[index] in FIRST_PERSON for index in reading.indices)
    return ours or (hit.mood is not None and hit.mood.side == "own")


def _is_anothers(reading: Reading, opinion: Opinion, network: Network) -> bool:
    """Tell whether the deed is told of another country: only the side that would do it threatens or announces it."""
    hit = _read(reading, opinion.ranking[0][0], opinion, network)
    if hit.mood is None or not reading.voice.countries:
        return False
    words, places = reading.words, reading.places or {}
    doer = words.child(hit.mood.verb, SUBJECTS)
    if doer is None:
        return False
    named = {places[index] for index in (doer, *words.children[doer]) if index in places}
    return bool(named) and not named & reading.voice.countries


def _read(reading: Reading, code: str, opinion: Opinion, network: Network) -> Hit:
    """Return the network's opinion as a reason, with the words that speak for it."""
    tokens = tokens_of(reading, opinion.words, network.ordinary)
    chance = dict(opinion.ranking)[code]
    mood = read_mood(reading, _head(reading, tokens), frozenset(tokens)) if tokens else None
    if mood is not None and is_anothers_word(reading, mood.verb):  # "they told us to leave": the telling is theirs
        mood = replace(mood, is_quoted=True)
    return Hit(code, f"network {chance:.0%}", tokens, mood)


def _head(reading: Reading, tokens: Sequence[int]) -> int:
    """Return the word of the content that stands highest in its sentence."""
    tokens = [index for index in tokens if reading.has(index) and index != reading.cue] or tokens
    return min(tokens, key=lambda index: (len(reading.words.ancestors(index)), index))
