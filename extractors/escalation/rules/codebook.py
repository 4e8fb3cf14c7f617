"""The codebook's corrections to what was found: denial, refusal, condition, arms, adversary."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.escalation.grammar.condition import Condition, subtree
from extractors.escalation.grammar.negation import NEGATORS
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.rules.adversary import Adversary
from extractors.escalation.rules.arms import is_for_a_party, is_for_an_enemy
from extractors.escalation.rules.features import find_feature
from extractors.escalation.rules.hits import Hit
from extractors.escalation.rules.partners import between_partners, of_partners
from extractors.escalation.rules.prospect import in_prospect
from extractors.escalation.rules.reproach import without_its_substance
from extractors.escalation.rules.standing import Standing
from extractors.escalation.rules.taken import ahead, conditioned, decided, imposed, modal_force

FRIENDLY = frozenset({"talks", "truce", "withdrawal", "easing", "standing down"})
NEAR = 6  # how far behind its words an accusation names the accused


def adjust(
    reading: Reading, found: list[Hit], conditions: list[Condition], standing: Standing, adversary: Adversary
) -> list[Hit]:
    """Return the hits that stand after the codebook's corrections, with the categories they turn into."""
    hits = [_not_yet(reading, hit) for hit in in_prospect(reading, found)]
    hits = _within_longer(hits)
    hits = without_its_substance(reading, hits)
    hits = _deny(reading, hits)
    hits = _apologise(hits)
    hits = _without_parts(hits)
    hits = _without_protested(hits)
    hits = _of_treaties(reading, hits)
    hits = _refuse(reading, hits)
    hits = [modal_force(hit) for hit in hits]
    hits = [ahead(reading, hit, conditions) for hit in hits]
    hits = [conditioned(reading, hit, conditions) for hit in hits]
    hits = [_armed(reading, hit) for hit in hits]
    hits = [_by_neutral(hit) if standing == "neutral" else hit for hit in hits]
    hits = _soften(reading, hits)
    hits = [imposed(reading, hit) if standing == "official" else hit for hit in hits]
    hits = [decided(reading, hit, conditions) for hit in hits]
    hits = [of_partners(reading, hit) for hit in hits]
    hits = [between_partners(hit, adversary) for hit in hits]
    return _ultimatum(reading, hits, standing)


def _deny(reading: Reading, hits: list[Hit]) -> list[Hit]:
    """Return what a denial leaves: itself, and what stands in a sentence or clause of its own."""
    hits = _without_undecided(hits)
    denials = [hit for hit in hits if hit.category == "DENIAL"]
    if not denials:
        return hits
    sentences = {reading.words.sentence[index] for hit in denials for index in hit.tokens}
    if any(hit.tokens == (reading.cue,) for hit in denials):
        sentences |= {reading.words.sentence[part.start] for part in reading.content if len(part)}
    return [
        hit
        for hit in hits
        if hit in denials
        or not _shares_sentence(reading, hit, sentences)
        or _is_counter(reading, hit, denials)
        or _is_further(reading, hit, denials)
    ]


def _without_undecided(hits: list[Hit]) -> list[Hit]:
    """Drop denials beside an idiom of leaving open: "has not made up its mind about recalling" denies nothing."""
    opened = {index for hit in hits if hit.category == "OPTION_OPEN" and hit.act is None for index in hit.tokens}
    if not opened:
        return hits
    return [hit for hit in hits if hit.category != "DENIAL" or (hit.act is None and not opened & set(hit.tokens))]


def _is_counter(reading: Reading, hit: Hit, denials: list[Hit]) -> bool:
    """Tell whether the denial goes on to accuse somebody by name, outside of what is denied."""
    if hit.category != "ACCUSE" or not hit.tokens or not reading.places:
        return False
    words = reading.words
    owners = {below for one in hit.tokens for below in words.children[one] if below in reading.places}
    if any(reading.places[one] != reading.voice.country for one in owners):  # "this Peruvian lie is nonsense"
        return True
    last = max(hit.tokens)
    named = [one for one in range(last + 1, min(last + 1 + NEAR, len(words))) if one in reading.places]
    if not any(reading.places[one] != reading.voice.country for one in named):
        return False
    denied = {below for one in denials for index in one.tokens for below in subtree(words, words.head[index])}
    return not denied & set(hit.tokens)


def _is_further(reading: Reading, hit: Hit, denials: list[Hit]) -> bool:
    """Tell whether the denial goes on to what its speaker will do: "had no part in it and will respond"."""
    mood, words = hit.mood, reading.words
    if mood is None or mood.side != "own" or mood.modal not in {"will", "shall", "'ll", "’ll"} or mood.mode != "will":
        return False
    denied = [max(one.tokens) for one in denials if one.tokens and one.tokens != (reading.cue,)]
    return bool(denied) and words.dep[mood.verb] == "conj" and mood.verb > max(denied)


# what a phrase of refusal, ruling out, silence or appeal says of its own sentence rules out other readings of it
OVERRULED: dict[str, frozenset[str]] = {
    "REJECT": frozenset({"OFFER_TALKS", "CEASEFIRE_WITHDRAW", "EASE", "STAND_DOWN", "REASSURE"}),
    "RULE_OUT": frozenset(
        {"THREAT_FORCE", "THREAT_UNSPEC", "ARMS_SUPPLY", "MOBILISE", "USE_OF_FORCE", "SANCTION", "CALL_TO_ESCALATE"}
        | {"DENIAL", "THREAT_NONFORCE", "OPTION_OPEN"}
    ),
    "NO_COMMENT": frozenset(
        {"USE_OF_FORCE", "ARMS_SUPPLY", "MOBILISE", "SANCTION", "REJECT", "RULE_OUT", "ACCUSE", "DENIAL"}
    ),
    "CALL_RESTRAINT": frozenset({"OFFER_TALKS", "REASSURE"}),
    "REASSURE": frozenset({"RULE_OUT", "DENIAL"}),
    "CALL_TO_ESCALATE": frozenset({"RULE_OUT"}),  # "the sanctions are not enough"
}
BREAKS = frozenset({"but", "yet", "however", ";", "instead", "while"})


def _refuse(reading: Reading, hits: list[Hit]) -> list[Hit]:
    """Drop what a sentence cannot mean beside its refusal: who refuses talks offers none."""
    words = reading.words
    kept = []
    for hit in hits:
        rulers = [
            other for other in hits if other is not hit and hit.category in OVERRULED.get(other.category, frozenset())
        ]
        rulers = [other for other in rulers if other.act is None]
        rulers += [other for other in hits if _is_friendly_turn(hit, other)]
        if not any(_same_breath(words.lower, words.sentence, hit, other) for other in rulers):
            kept.append(hit)
    return kept


def _is_friendly_turn(hit: Hit, other: Hit) -> bool:
    """Tell whether the other reading takes the edge off: "not rule out talks", "no plans to withdraw"."""
    if hit.act is not None or other.act not in FRIENDLY or other.mood is None:
        return False
    return (hit.category, other.mood.mode) in {("OPTION_OPEN", "may"), ("RULE_OUT", "not")}


def _same_breath(lower: Sequence[str], sentence: Sequence[int], one: Hit, other: Hit) -> bool:
    if not one.tokens or not other.tokens or sentence[one.tokens[0]] != sentence[other.tokens[0]]:
        return False
    first, last = sorted((one.tokens[0], other.tokens[0]))
    return not BREAKS & set(lower[first:last])


def _within_longer(hits: list[Hit]) -> list[Hit]:
    """Drop a reading whose words are all part of a longer idiom: "saw no basis for talks" denies nothing."""
    idioms = [frozenset(hit.tokens) for hit in hits if hit.act is None and hit.rule.startswith("phrase")]
    return [hit for hit in hits if not any(set(hit.tokens) < idiom for idiom in idioms)]


def _without_parts(hits: list[Hit]) -> list[Hit]:
    """Drop a shorter reading of the same words."""
    longer = [other for other in hits if other.act is not None or other.category == "PROCEDURAL"]
    return [hit for hit in hits if not any(set(hit.tokens) < set(other.tokens) for other in longer)]


def _without_protested(hits: list[Hit]) -> list[Hit]:
    """Drop the reproach in what is protested against: "protested the seizure of a ship" is the protest."""
    protests = {index for hit in hits if hit.category == "PROTEST_DIPL" and hit.mood is None for index in hit.tokens}
    return [
        hit for hit in hits if hit.category != "ACCUSE" or hit.mood is None or protests.isdisjoint(hit.mood.governors)
    ]


def _of_treaties(reading: Reading, hits: list[Hit]) -> list[Hit]:
    """Tell leaving a treaty, which takes no soldier home, from taking soldiers home under one."""
    left = {one for hit in hits if hit.act == "relations" for one in hit.tokens if _is_left(reading, one)}
    home = {one for hit in hits if hit.act == "withdrawal" for one in hit.tokens} - left
    taken = {one for one in home if reading.words.lemma[one] in {"withdraw", "pull"}}
    others = {"withdrawal": left, "relations": taken}
    return [hit for hit in hits if others.get(hit.act or "", set()).isdisjoint(hit.tokens)]


def _is_left(reading: Reading, verb: int) -> bool:
    """Tell whether what is withdrawn from is an agreement."""
    words, pacts = reading.words, reading.feature("pacts")
    sources = (one for one in words.children[verb] if words.lower[one] in {"from", "of"})
    return any(words.lemma[below] in pacts for one in sources for below in words.children[one])


def _soften(reading: Reading, hits: list[Hit]) -> list[Hit]:
    """Who urges talks or restraint in the same breath demands nothing, unless he says that he demands."""
    calls = [hit for hit in hits if hit.category == "CALL_RESTRAINT"]
    words = reading.words
    return [
        hit
        for hit in hits
        if hit.category != "DEMAND"
        or any(words.lemma[one] == "demand" for one in (*hit.tokens, *(hit.mood.governors if hit.mood else ())))
        or not any(_same_breath(words.lower, words.sentence, hit, call) for call in calls)
    ]


def _not_yet(reading: Reading, hit: Hit) -> Hit:
    """Return a denial of what lies ahead ("we will not take part") as ruling it out."""
    mood = hit.mood
    if hit.category != "DENIAL" or not hit.rule.startswith("phrase") or mood is None or mood.mode == "deny":
        return hit
    if mood.verb not in hit.tokens and not NEGATORS.intersection(reading.words.lower[one] for one in hit.tokens):
        return hit  # "fake": what is denied lies ahead, the denial does not
    return (
        replace(hit, category="RULE_OUT", severity=None)
        if mood.modal in {"will", "shall", "would", "wo", "'ll", "’ll"}
        else hit
    )


REGRETTED = frozenset({"WARN_CONSEQUENCE", "ACCUSE", "THREAT_UNSPEC", "USE_OF_FORCE", "MOBILISE", "EASE"})


def _apologise(hits: list[Hit]) -> list[Hit]:
    """Who apologises calls his own act a mistake: that is no warning to others, and telling of it claims nothing."""
    if not any(hit.category == "APOLOGY" for hit in hits):
        return hits
    return [hit for hit in hits if hit.category not in REGRETTED]


def _shares_sentence(reading: Reading, hit: Hit, sentences: set[int]) -> bool:
    return any(reading.words.sentence[index] in sentences for index in hit.tokens)


def _armed(reading: Reading, hit: Hit) -> Hit:
    if hit.category == "ARMS_SUPPLY" and _is_a_move(reading, hit):
        return replace(hit, category="MOBILISE", rule=f"{hit.rule}, one's own", severity=None)
    if hit.category == "ARMS_SUPPLY" and _is_for_oneself(reading, hit):
        return replace(hit, category="CALL_TO_ESCALATE", rule=f"{hit.rule}, for oneself", severity=None)
    if hit.category == "ARMS_SUPPLY" and not is_for_a_party(reading):
        return replace(hit, category="PROCEDURAL", rule=f"{hit.rule}, to no party at war", severity=None)
    return hit


def _is_for_oneself(reading: Reading, hit: Hit) -> bool:
    """Tell whether nobody of one's own gives the arms, and one's own country has them: they are asked for."""
    if hit.mood is None or hit.mood.side == "own" or hit.mood.mode not in {"will", "may"}:
        return False
    named = {code for one, code in (reading.places or {}).items() if reading.has(one)}
    return bool(named & reading.voice.countries) and not is_for_an_enemy(reading)


WHITHER = frozenset({"into", "across", "over", "onto", "towards", "toward", "through"})


def _is_a_move(reading: Reading, hit: Hit) -> bool:
    """Tell whether one's own arms go somewhere, to nobody: "our tanks will be sent into the valley"."""
    words = reading.words
    owned = any(words.lower[below] == "our" for one in hit.tokens for below in words.children[one])
    verbs = (one for one in hit.tokens if words.is_verbal(one))
    return owned and any(words.lower[below] in WHITHER for one in verbs for below in words.children[one])


def _by_neutral(hit: Hit) -> Hit:
    if hit.category == "DEMAND":
        return replace(hit, category="CALL_RESTRAINT", rule=f"{hit.rule}, by a neutral", severity=None)
    return hit


def _ultimatum(reading: Reading, hits: list[Hit], standing: Standing) -> list[Hit]:
    """Add an ultimatum for a demand with a deadline or an "or else"."""
    demand = next((hit for hit in hits if hit.category == "DEMAND"), None)
    appeal = next((hit for hit in hits if hit.category == "CALL_RESTRAINT"), None)
    feature = find_feature(reading, "ultimatum", demand) if demand else None
    if demand is None and appeal is not None and standing == "official":  # "come to the table or face the consequences"
        demand, feature = appeal, find_feature(reading, "or_else", appeal)
    if demand is None or feature is None:
        return hits
    return [*hits, Hit("ULTIMATUM", f"{demand.rule}, with a deadline or or-else", feature.tokens, demand.mood)]
