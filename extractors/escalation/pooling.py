"""The judgement: the rules' label and the network's opinion, brought together.

The rules know few things for sure, the network most things roughly.
"""

from collections.abc import Sequence

from extractors.escalation.grammar.mood import read_mood
from extractors.escalation.grammar.parse import SUBJECTS
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.network.asking import question_of, tokens_of
from extractors.escalation.network.opinion import Opinion
from extractors.escalation.network.votes import elect, without
from extractors.escalation.rules.arms import is_for_an_enemy
from extractors.escalation.rules.decision import FALLBACK, Weighing, conclude, conclude_with, gather, settle
from extractors.escalation.rules.hits import Hit
from extractors.model import Escalation

# what armies do: told of another country's, it is no act of the speaker's
OWN_DEEDS = frozenset({"MOBILISE", "ARMS_SUPPLY", "USE_OF_FORCE"})
# what the rules found had the right polarity in 96 of 100 statements new to them: the network could only spoil it
SURE = frozenset({"PROTEST_DIPL", "APOLOGY", "REASSURE"})
# in articles about a fifth of the statements perform an act, of those the network learned from more than half: the full
# correction would be 1.6 (Saerens, Latinne and Decaestecker 2002), but the rules' vote and IN_VIEW do part of it
RARITY = 0.7
# the part of an article's statements that must speak of a dispute before the network is heard on those that do not
IN_VIEW = 0.35


def judge(reading: Reading) -> Escalation:
    """Label one statement."""
    return judge_all([reading])[0]


def judge_all(readings: Sequence[Reading]) -> list[Escalation]:
    """Label the statements of one article, or bare ones: all by rules, then by the network, its weights at hand."""
    weighings = [gather(reading) for reading in readings]
    labels = [conclude(*one) for one in zip(readings, weighings, strict=True)]
    network = readings[0].lexicon.network if readings else None
    if network is None:
        return labels
    in_view = readings[0].is_bare or _is_about_a_dispute(weighings)
    numbers = range(len(readings))
    asked = [one for one in numbers if _is_open(weighings[one], labels[one], in_view=in_view)]
    opinions = [network.read(question_of(readings[one])) for one in asked]
    for one, opinion in zip(asked, opinions, strict=True):
        labels[one] = reconsider(readings[one], weighings[one], labels[one], opinion)
    return labels


def _is_about_a_dispute(weighings: Sequence[Weighing]) -> bool:
    """Tell whether an article's statements name other countries, armies and envoys often enough."""
    return sum(one.arena.is_named for one in weighings) >= IN_VIEW * len(weighings)


def _is_open(weighing: Weighing, label: Escalation, *, in_view: bool) -> bool:
    """Tell whether the network may be heard: not on outsiders, what is sure, and small talk far from any dispute."""
    return weighing.standing != "outsider" and label.category not in SURE and (in_view or weighing.arena.is_named)


def reconsider(reading: Reading, weighing: Weighing, label: Escalation, opinion: Opinion) -> Escalation:
    """Return the rules' label, or another where the network's opinion outweighs it."""
    told = label.category if weighing.hits else None
    categories = reading.lexicon.categories
    rarity = 0.0 if reading.is_bare else RARITY
    code = elect(opinion, told, categories, rarity=rarity)
    if code == label.category:
        return label
    hit = next((hit for hit in weighing.hits if hit.category == code), None) or _read(reading, code, opinion)
    possible = _without_the_impossible(reading, hit, opinion)
    if possible is not opinion:
        hit = _read(reading, elect(possible, told, categories, rarity=rarity), possible)
    hit = settle(reading, hit, weighing.standing, weighing.arena)
    return label if hit.category == label.category else conclude_with(reading, weighing, hit)


def _without_the_impossible(reading: Reading, hit: Hit, opinion: Opinion) -> Opinion:
    """Return the opinion without what the speaker cannot be doing: arming his enemy, or moving another's army."""
    if hit.category == "ARMS_SUPPLY" and is_for_an_enemy(reading):
        return without(opinion, {"ARMS_SUPPLY"}, "ACCUSE")
    return without(opinion, OWN_DEEDS, FALLBACK) if _is_anothers(reading, hit) else opinion


def _is_anothers(reading: Reading, hit: Hit) -> bool:
    """Tell whether the deed is told of another country: only the side that would do it threatens or announces it."""
    if hit.category not in OWN_DEEDS or hit.mood is None or not reading.voice.countries:
        return False
    words, places = reading.words, reading.places or {}
    doer = words.child(hit.mood.verb, SUBJECTS)
    if doer is None:
        return False
    named = {places[index] for index in (doer, *words.children[doer]) if index in places}
    return bool(named) and not named & reading.voice.countries


def _read(reading: Reading, code: str, opinion: Opinion) -> Hit:
    """Return the network's opinion as a reason, with the words that speak for it."""
    tokens = tokens_of(reading, opinion.words)
    chance = dict(opinion.ranking)[code]
    mood = read_mood(reading, _head(reading, tokens), frozenset(tokens)) if tokens else None
    return Hit(code, f"network {chance:.0%}", tokens, mood)


def _head(reading: Reading, tokens: Sequence[int]) -> int:
    """Return the word of the content that stands highest in its sentence."""
    tokens = [index for index in tokens if reading.has(index) and index != reading.cue] or tokens
    return min(tokens, key=lambda index: (len(reading.words.ancestors(index)), index))
