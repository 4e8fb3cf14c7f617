"""What the cue says by itself, and the codebook's corrections to what was found: denial, condition, arms, adversary."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.escalation.grammar.condition import Condition, subtree
from extractors.escalation.grammar.mood import cue_at, is_past
from extractors.escalation.grammar.negation import NEGATORS, negators_of
from extractors.escalation.grammar.parse import SUBJECTS, Words
from extractors.escalation.grammar.sides import side_of_verb
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.lexicon import Cue
from extractors.escalation.rules.adversary import Adversary
from extractors.escalation.rules.arms import is_for_a_party, is_for_an_enemy
from extractors.escalation.rules.directives import BOTH
from extractors.escalation.rules.features import find_feature
from extractors.escalation.rules.hits import Hit
from extractors.escalation.rules.prospect import in_prospect
from extractors.escalation.rules.reproach import without_its_substance
from extractors.escalation.rules.standing import Standing

FRIENDLY = frozenset({"talks", "truce", "withdrawal", "easing", "standing down"})
NEAR = 6  # how far behind its words an accusation names the accused
OFFERS = frozenset({"OFFER_TALKS", "EASE", "CEASEFIRE_WITHDRAW", "STAND_DOWN", "RULE_OUT", "REASSURE"})
NEEDS_ADVERSARY = frozenset({"MOBILISE", "ACCUSE", "RESOLVE", "DEMAND", "REJECT", "OFFER_TALKS"})
WILLING = frozenset({"will", "would", "wo"})
KEPT_BACK = frozenset({"whether", "if", "what", "when", "where", "which", "who", "why", "how", "more"})
DIRECTIVES = frozenset({"DEMAND", "CALL_RESTRAINT", "CALL_TO_ESCALATE", "ULTIMATUM"})


def cue_hits(reading: Reading, found: list[Hit]) -> list[Hit]:
    """Return what the speech act itself does: the statement's cue, and verbs of speaking inside the content."""
    hits = []
    if reading.cue is not None and reading.cue_entry is not None:
        hits += _one_cue(reading, reading.cue, reading.cue_entry, found)
    for index in reading.indices:
        cue = cue_at(reading, index)
        if cue is not None and cue.category is not None and _is_performed(reading, index):
            hits += _one_cue(reading, index, cue, found)
    return hits


def _is_performed(reading: Reading, index: int) -> bool:
    """Tell whether the speaker's side does it now ("we demand"); others' demands are told, not made."""
    words = reading.words
    if not words.is_verbal(index):
        return False
    if (cue := cue_at(reading, index)) is not None and cue.mode == "sure":
        return bool(negators_of(words, index)) and side_of_verb(reading, index) != "other"
    if cue is not None and cue.category == "RULE_OUT" and negators_of(words, index):
        return side_of_verb(reading, index) != "other"
    if cue is not None and cue.category == "DEMAND" and negators_of(words, index):
        return side_of_verb(reading, index) == "own"
    return side_of_verb(reading, index) == "own" and not negators_of(words, index) and not _is_governed(reading, index)


def _is_governed(reading: Reading, index: int) -> bool:
    return reading.words.dep[index] in {"advcl", "relcl", "acl", "xcomp"}


def _one_cue(reading: Reading, index: int, cue: Cue, found: list[Hit]) -> list[Hit]:  # noqa: PLR0911 - an answer a line
    is_negated = len(_all_negators(reading, index)) % 2
    if cue.mode == "not" and not is_negated and _is_silence(reading, index):
        return [Hit("NO_COMMENT", f"cue {cue.words[0]} to speak", (index,))]
    if is_negated and cue.mode == "say" and _is_kept_back(reading, index):
        return [Hit("NO_COMMENT", f"cue {cue.words[0]} negated", (index,))]
    if cue.category is None:
        return []
    if cue.mode == "sure":  # "will not hesitate" threatens, unless the content says with what
        below = subtree(reading.words, index)  # what it stands for is said there, not in the clause before
        said = any(_explains(hit) and not below.isdisjoint(hit.tokens) for hit in found)
        return [] if said else [Hit(cue.category, "not hesitate", (index,))]
    if is_negated:
        return _negated_cue(reading, index, cue, found)
    if cue.mode in {"ask", "stop"}:
        return _directive(reading, index, cue, found)
    if cue.mode == "warn" and _is_forecast(reading):
        return []
    if cue.mode in {"not", "may", "will", "done", "offer", "warn"} and any(_explains(hit) for hit in found):
        return []
    return [Hit(cue.category, f"cue {cue.words[0]}", (index,), None, cue.severity, is_denied=cue.mode == "deny")]


def _all_negators(reading: Reading, index: int) -> list[int]:
    """Return what negates the word, and the saying it stands under: "never said that troops were excluded"."""
    found = negators_of(reading.words, index)
    for above in reading.words.ancestors(index):
        said = cue_at(reading, above)
        if above == reading.cue or said is None or said.mode not in {"say", "report"}:
            break
        found += negators_of(reading.words, above)
    return found


def _negated_cue(reading: Reading, index: int, cue: Cue, found: list[Hit]) -> list[Hit]:
    """Return what a negated speech act says: not denying is none, not excluding arms leaves them open."""
    rule = f"cue {cue.words[0]} negated"
    if cue.mode == "deny" or cue.category == "DEMAND":  # what is not demanded is no act
        return [Hit("ASSESSMENT", rule, (index,))]
    if cue.category == "RULE_OUT" and not any(hit.category in {"OPTION_OPEN", "OFFER_TALKS"} for hit in found):
        hit = Hit("OPTION_OPEN", rule, (index,))
        return [hit] if find_feature(reading, "hostile", hit) is not None else []
    return []


def _is_silence(reading: Reading, index: int) -> bool:
    """Tell whether what is refused is to speak: "refused to say whether"."""
    words = reading.words
    clause = words.child(index, frozenset({"xcomp", "ccomp"}))
    if clause is None or not words.is_verbal(clause):
        return False
    said = cue_at(reading, clause)
    return said is not None and said.mode in {"say", "report"}


def _is_kept_back(reading: Reading, index: int) -> bool:
    """Tell whether somebody will not say it: "would not say", "will not say whether"; not "would not say no"."""
    words = reading.words
    modals = {words.lower[one] for one in words.children[index] if words.dep[one] == "aux"}
    after = words.lower[index + 1] if index + 1 < len(words) else "."
    return bool(modals & WILLING) and (after in KEPT_BACK or not after[0].isalpha())


def _is_forecast(reading: Reading) -> bool:
    """Tell whether others are said to be able to do something, to nobody in particular: an estimate."""
    words = reading.words
    if reading.addressee or reading.is_direct:
        return False
    for index in reading.indices:
        if words.is_verbal(index) and words.child(index, SUBJECTS) is not None and index != reading.cue:
            modals = {words.lower[one] for one in words.children[index] if words.dep[one] == "aux"}
            return bool(modals & {"could", "may", "might"}) and side_of_verb(reading, index) == "other"
    return False


def _explains(hit: Hit) -> bool:
    return hit.category not in {"ACCUSE", "PROCEDURAL", "ASSESSMENT", "LEGAL_DOMESTIC", "HUMANITARIAN"}


def _directive(reading: Reading, index: int, cue: Cue, found: list[Hit]) -> list[Hit]:
    if any(hit.category in DIRECTIVES for hit in found):
        return []
    if cue.particle == "for" and not any(code != reading.voice.country for code in (reading.places or {}).values()):
        return []
    return [Hit(cue.category or "DEMAND", f"cue {cue.words[0]}", (index,), None, cue.severity)]


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
    hits = [_modal_force(hit) for hit in hits]
    hits = [_ahead(reading, hit, conditions) for hit in hits]
    hits = [_conditioned(reading, hit, conditions) for hit in hits]
    hits = [_armed(reading, hit) for hit in hits]
    hits = [_by_neutral(hit) if standing == "neutral" else hit for hit in hits]
    hits = _soften(reading, hits)
    hits = [_imposed(reading, hit) if standing == "official" else hit for hit in hits]
    hits = [_decided(reading, hit, conditions) for hit in hits]
    hits = [_of_partners(reading, hit) for hit in hits]
    hits = [_between_partners(hit, adversary) for hit in hits]
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


# what is told in the present ("the crossing closes unless ...") lies ahead where it hangs on a condition
AHEAD = {"SANCTION": "THREAT_NONFORCE", "RELATIONS": "THREAT_NONFORCE", "USE_OF_FORCE": "THREAT_FORCE"}


# what is announced as decided is no threat any more
DECIDED = {"sanctions": "SANCTION", "relations": "RELATIONS"}
FIRM = frozenset({"will", "'ll", "’ll", "shall"})
DECIDING = frozenset({"announce", "decide", "order", "declare", "confirm", "sign", "approve"})


def _decided(reading: Reading, hit: Hit, conditions: list[Condition]) -> Hit:
    """Return a measure that will come on a day named, or is announced, as decided: it hangs on nothing any more."""
    mood = hit.mood
    if hit.category != "THREAT_NONFORCE" or hit.act not in DECIDED or mood is None or mood.mode != "will":
        return hit
    number = reading.words.sentence[hit.tokens[0]]
    is_open = any(reading.words.sentence[one.first] == number for one in conditions)
    if is_open or (mood.modal in {"would", "'d", "’d"} and not mood.governors and not _is_put_back(reading)):
        return hit
    if "threaten" in {reading.words.lemma[one] for one in mood.governors}:
        return hit
    if hit.act == "relations" and _is_announced(reading, hit):
        return replace(hit, category=DECIDED[hit.act], rule=f"{hit.rule}, announced")
    governors = {reading.words.lemma[one] for one in (*mood.governors, *([reading.cue] if reading.cue else []))}
    if governors & DECIDING or find_feature(reading, "dated", hit) is not None:
        return replace(hit, category=DECIDED[hit.act], rule=f"{hit.rule}, decided")
    return hit


def _is_put_back(reading: Reading) -> bool:
    """Tell whether "would" is the "will" of what is announced: "confirmed that it would close the consulate"."""
    return reading.cue is not None and not reading.is_direct and reading.words.lemma[reading.cue] in DECIDING


def _is_announced(reading: Reading, hit: Hit) -> bool:
    """Tell whether a step will be taken, plainly said: not vowed, planned or threatened."""
    if hit.mood is None or (reading.cue_entry is not None and reading.cue_entry.mode != "say"):
        return False
    governors = {reading.words.lemma[one] for one in hit.mood.governors if one != reading.cue}
    return governors <= {"go"} and (hit.mood.modal in FIRM or bool(governors))


def _imposed(reading: Reading, hit: Hit) -> Hit:
    """Return restraint that a party demands of one side, or at once, as the demand it is."""
    words, mood = reading.words, hit.mood
    if hit.category != "CALL_RESTRAINT" or hit.act != "restraint" or mood is None or mood.mode not in {"ask", "stop"}:
        return hit
    sentence = {words.lower[one] for one in reading.indices if words.sentence[one] == words.sentence[hit.tokens[0]]}
    governors = {words.lemma[one] for one in mood.governors}
    is_strict = mood.modal in {"must", "should"} or "demand" in governors or bool(sentence & AT_ONCE)
    own, places = reading.voice.countries, reading.places or {}
    asked = {places[one] for one in (*reading.indices, *reading.addressee) if one in places} - own
    is_strict = is_strict or (len(asked) == 1 and any(words.lemma[one] in LEFT_OFF for one in hit.tokens))
    if not is_strict or not asked or BOTH & sentence:
        return hit
    return replace(hit, category="DEMAND", rule=f"{hit.rule}, of one side")


PARTNERS = frozenset({"ally", "partner", "friend", "member", "colleague"})
WORLD = frozenset({"community", "world", "congress", "parliament"})
ALL = frozenset({"other", "all", "every", "more"})
STATES = frozenset({"country", "nation", "state", "government"})


def _of_partners(reading: Reading, hit: Hit) -> Hit:
    """Return what is asked of partners or of the world as no demand: an appeal against somebody, or everyday."""
    words = reading.words
    if hit.category != "DEMAND" or not hit.tokens:
        return hit
    asked = [*_asked(words, hit), *reading.addressee]
    is_world = any(_is_world(words, one) for one in asked)
    if not is_world and not any(words.lemma[one] in PARTNERS for one in asked):
        return hit
    others = {code for one, code in (reading.places or {}).items() if reading.has(one)} - reading.voice.countries
    is_hostile = find_feature(reading, "hostile", hit) is not None or (is_world and bool(others))
    category = "CALL_TO_ESCALATE" if is_hostile else "PROCEDURAL"
    return replace(hit, category=category, rule=f"{hit.rule}, of partners", severity=None)


def _asked(words: Words, hit: Hit) -> Iterator[int]:
    """Yield the nouns for those who are asked: "urged the allies", "called on the allies"."""
    for verb in (hit.tokens[0], *(hit.mood.governors if hit.mood is not None else ())):
        for one in words.children[verb]:
            if words.dep[one] in {"dobj", "dative", "nsubj"}:
                yield one
            elif words.lower[one] in {"on", "upon"}:
                yield from words.children[one]


def _is_world(words: Words, noun: int) -> bool:
    if words.lemma[noun] in STATES:
        return any(words.lower[one] in ALL for one in words.children[noun])
    return words.lemma[noun] in WORLD


LEFT_OFF = frozenset({"avoid", "refrain", "stop", "cease", "desist", "de-escalate", "deescalate"})
AT_ONCE = frozenset({"immediately", "immediate", "forthwith", "instantly", "cease"})


def _ahead(reading: Reading, hit: Hit, conditions: list[Condition]) -> Hit:
    if hit.category not in AHEAD or hit.mood is None or is_past(reading, hit.mood.verb):
        return hit
    number = reading.words.sentence[hit.tokens[0]]
    if any(reading.words.sentence[one.first] == number and one.protasis for one in conditions):
        return replace(hit, category=AHEAD[hit.category], rule=f"{hit.rule}, on a condition")
    subject = reading.words.child(hit.mood.verb, SUBJECTS)
    if subject and reading.words.lower[subject - 1] == "or":  # "clear the bridge or we open fire"
        return replace(hit, category=AHEAD[hit.category], rule=f"{hit.rule}, or else")
    return hit


def _conditioned(reading: Reading, hit: Hit, conditions: list[Condition]) -> Hit:
    if hit.category not in OFFERS or not hit.tokens:
        return hit
    number = reading.words.sentence[hit.tokens[0]]
    if any(reading.words.sentence[one.first] == number and one.protasis for one in conditions):
        return replace(hit, category="CONDITIONAL_OFFER", rule=f"{hit.rule}, on a condition", severity=None)
    return hit


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


def _is_a_move(reading: Reading, hit: Hit) -> bool:
    """Tell whether one's own arms go somewhere, to nobody: "our tanks will be sent into the valley"."""
    words = reading.words
    owned = any(words.lower[below] == "our" for one in hit.tokens for below in words.children[one])
    verbs = (one for one in hit.tokens if words.is_verbal(one))
    return owned and any(words.lower[below] in WHITHER for one in verbs for below in words.children[one])


WHITHER = frozenset({"into", "across", "over", "onto", "towards", "toward", "through"})


def _modal_force(hit: Hit) -> Hit:
    """Return "we may strike" as a hedged threat; weighing a strike leaves an option open."""
    mood = hit.mood
    if hit.category != "OPTION_OPEN" or hit.act not in {"force", "response"} or mood is None or mood.modal is None:
        return hit
    if mood.side != "own" or "may" in mood.cue_modes or "not" in mood.cue_modes or mood.negators:
        return hit
    return replace(hit, category="THREAT_FORCE" if hit.act == "force" else "THREAT_UNSPEC")


def _by_neutral(hit: Hit) -> Hit:
    if hit.category == "DEMAND":
        return replace(hit, category="CALL_RESTRAINT", rule=f"{hit.rule}, by a neutral", severity=None)
    return hit


def _between_partners(hit: Hit, adversary: Adversary) -> Hit:
    if hit.category not in NEEDS_ADVERSARY:
        return hit
    if adversary.is_domestic and not adversary.countries:
        return replace(hit, category="LEGAL_DOMESTIC", rule=f"{hit.rule}, at home", severity=None)
    if hit.category in {"MOBILISE", "OFFER_TALKS"} and adversary.is_partnership:
        return replace(hit, category="PROCEDURAL", rule=f"{hit.rule}, among partners", severity=None)
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
