"""Whether an act is a step taken, one announced, or one that is threatened: by tense, condition and what is decided."""

from dataclasses import replace

from extractors.escalation.grammar.condition import Condition
from extractors.escalation.grammar.forms import is_past
from extractors.escalation.grammar.parse import SUBJECTS
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.rules.directives import BOTH
from extractors.escalation.rules.features import find_feature
from extractors.escalation.rules.hits import Hit

OFFERS = frozenset({"OFFER_TALKS", "EASE", "CEASEFIRE_WITHDRAW", "STAND_DOWN", "RULE_OUT", "REASSURE"})
# what is told in the present ("the crossing closes unless ...") lies ahead where it hangs on a condition
AHEAD = {"SANCTION": "THREAT_NONFORCE", "RELATIONS": "THREAT_NONFORCE", "USE_OF_FORCE": "THREAT_FORCE"}
# what is announced as decided is no threat any more
DECIDED = {"sanctions": "SANCTION", "relations": "RELATIONS"}
FIRM = frozenset({"will", "'ll", "’ll", "shall"})
DECIDING = frozenset({"announce", "decide", "order", "declare", "confirm", "sign", "approve"})


def decided(reading: Reading, hit: Hit, conditions: list[Condition]) -> Hit:
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


def imposed(reading: Reading, hit: Hit) -> Hit:
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


LEFT_OFF = frozenset({"avoid", "refrain", "stop", "cease", "desist", "de-escalate", "deescalate"})
AT_ONCE = frozenset({"immediately", "immediate", "forthwith", "instantly", "cease"})


def ahead(reading: Reading, hit: Hit, conditions: list[Condition]) -> Hit:
    """Return a step that hangs on a condition, or on "or else", as a threat of it."""
    if hit.category not in AHEAD or hit.mood is None or is_past(reading, hit.mood.verb):
        return hit
    number = reading.words.sentence[hit.tokens[0]]
    if any(reading.words.sentence[one.first] == number and one.protasis for one in conditions):
        return replace(hit, category=AHEAD[hit.category], rule=f"{hit.rule}, on a condition")
    subject = reading.words.child(hit.mood.verb, SUBJECTS)
    if subject and reading.words.lower[subject - 1] == "or":  # "clear the bridge or we open fire"
        return replace(hit, category=AHEAD[hit.category], rule=f"{hit.rule}, or else")
    return hit


def conditioned(reading: Reading, hit: Hit, conditions: list[Condition]) -> Hit:
    """Return an offer that hangs on what the other side does as an offer on a condition."""
    if hit.category not in OFFERS or not hit.tokens:
        return hit
    number = reading.words.sentence[hit.tokens[0]]
    if any(reading.words.sentence[one.first] == number and one.protasis for one in conditions):
        return replace(hit, category="CONDITIONAL_OFFER", rule=f"{hit.rule}, on a condition", severity=None)
    return hit


def modal_force(hit: Hit) -> Hit:
    """Return "we may strike" as a hedged threat; weighing a strike leaves an option open."""
    mood = hit.mood
    if hit.category != "OPTION_OPEN" or hit.act not in {"force", "response"} or mood is None or mood.modal is None:
        return hit
    if mood.side != "own" or "may" in mood.cue_modes or "not" in mood.cue_modes or mood.negators:
        return hit
    return replace(hit, category="THREAT_FORCE" if hit.act == "force" else "THREAT_UNSPEC")
