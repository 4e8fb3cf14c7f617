"""Demands and talks among those who stand together are none towards an adversary."""

from collections.abc import Iterator
from dataclasses import replace

from extractors.escalation.grammar.parse import Words
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.rules.adversary import Adversary
from extractors.escalation.rules.features import find_feature
from extractors.escalation.rules.hits import Hit

NEEDS_ADVERSARY = frozenset({"MOBILISE", "ACCUSE", "RESOLVE", "DEMAND", "REJECT", "OFFER_TALKS"})
PARTNERS = frozenset({"ally", "partner", "friend", "member", "colleague"})
WORLD = frozenset({"community", "world", "congress", "parliament"})
ALL = frozenset({"other", "all", "every", "more"})
STATES = frozenset({"country", "nation", "state", "government"})


def of_partners(reading: Reading, hit: Hit) -> Hit:
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


def between_partners(hit: Hit, adversary: Adversary) -> Hit:
    """Return what is said at home, or moved among partners, as what it is there."""
    if hit.category not in NEEDS_ADVERSARY:
        return hit
    if adversary.is_domestic and not adversary.countries:
        return replace(hit, category="LEGAL_DOMESTIC", rule=f"{hit.rule}, at home", severity=None)
    if hit.category in {"MOBILISE", "OFFER_TALKS"} and adversary.is_partnership:
        return replace(hit, category="PROCEDURAL", rule=f"{hit.rule}, among partners", severity=None)
    return hit
