"""Targets: the actors a statement is aimed at, and the pairs of countries that follow from them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from extractors.escalation.lexicon import Conflict
from extractors.escalation.rules.arms import enemies_of
from extractors.model import Actor, Mention, Span, Statement, Target

ActorLookup = Callable[[str], Actor | None]

PRONOUNS = re.compile(r"\b(?:you|your|they|them|their|the (?:authorities|regime))\b", re.IGNORECASE)
# of two countries one is the speaker's, whoever reports it
PAIRS = re.compile(
    r"\b(?:(?:our|both|the)(?: two| both)? (?:countries|nations|peoples|neighbours)|bilateral)\b", re.IGNORECASE
)
# bodies that a demonym before them makes a state's: "the Chilean authorities"
BODIES = re.compile(r"\b(?:authorities|government|regime|side|leadership|administration|army|military|forces|troops)\b")
DEMONYM_WORDS = 3
DEMONYM_REACH = 120  # characters that hold them
# who is helped is not whom the words are aimed at
HELPED = re.compile(
    r"\b(?:aid|arms|assistance|help|support|supply|supplies|weapons?|missiles?|tanks?|ammunition|shells)\s+"
    r"(?:(?:to|for|of)\s+)?(?:the\s+)?$|\b(?:support|help|helping|supporting|aiding|assisting|arming|arm|defend)\s+$",
    re.IGNORECASE,
)
GIVING = re.compile(
    r"\b(?:provid|suppl|equip|furnish|giv|gave|send|sent|sell|sold|offer|hand|lend|lent|grant)\w*\s+(?:the\s+)?$",
    re.IGNORECASE,
)
GIVEN = re.compile(
    r"^\W+(?:with\s+)?(?:[\w“”\"-]+\s+){0,3}[“\"]?(?:aid|arms|assistance|support|weapon|missile|tank|ammunition|shell|jet|drone)",
    re.IGNORECASE,
)
BEFORE = 40  # characters that can hold the words of help before a name


class Dyad(NamedTuple):
    """The speaker's country and the country he aims at (alpha-3)."""

    source: str
    target: str


def find_targets(
    statement: Statement,
    mentions: Sequence[Mention],
    find_actor: ActorLookup,
    *,
    text: str = "",
    conflicts: Sequence[Conflict] = (),
    places: Mapping[str, str] = MappingProxyType({}),
    on: date | None = None,
) -> tuple[Target, ...]:
    """Return whom the statement is aimed at: the cue's addressee, then others' actors in its words.

    Who is helped is none; where nobody else is named, it is his enemy in a war of ``conflicts`` fought ``on`` that day.
    "You", "they" and "our two countries" are the last actor of another side that ``text`` named before, so ``mentions``
    may hold those of the text before the statement too; so is whom an enemy warns of helping the other side.
    ``places`` tells whose "the Chilean authorities" are.
    """
    attribution = statement.attribution
    addressed = _actors_in([attribution.addressee] if attribution.addressee else [], mentions, find_actor)
    named = _actors_in(attribution.spans, mentions, find_actor)
    helped = {actor.actor_id for actor, span in named if _is_helped(text, span)}
    bodies = _bodies_in(attribution.spans, text, find_actor, places)
    aimed = [
        actor for actor in (*(a for a, _ in addressed), *bodies, *(a for a, _ in named)) if actor.actor_id not in helped
    ]
    enemies = _enemies(helped, find_actor, conflicts, on)
    is_enemy = any(_is_own_side(actor, statement) for actor in enemies)
    found = _others(aimed, statement) or ([] if is_enemy else enemies)
    found = found or _meant_before(statement, mentions, find_actor, text, always=is_enemy)
    return tuple(Target(actor.actor_id, actor.name, actor.country) for actor in found)


def _actors_in(spans: Iterable[Span], mentions: Sequence[Mention], find_actor: ActorLookup) -> list[tuple[Actor, Span]]:
    return [
        (actor, mention.span)
        for span in spans
        for mention in mentions
        if span.covers(mention.span) and (actor := find_actor(mention.actor_id)) is not None
    ]


def _others(actors: Iterable[Actor], statement: Statement) -> list[Actor]:
    """Return each actor once, without the speaker and his own side."""
    kept: dict[str, Actor] = {}
    for actor in actors:
        if not _is_own_side(actor, statement):
            kept.setdefault(actor.actor_id, actor)
    return list(kept.values())


def _is_own_side(actor: Actor, statement: Statement) -> bool:
    speaker = statement.speaker
    return actor.actor_id == speaker.actor_id or (actor.country is not None and actor.country == speaker.country)


def _is_helped(text: str, span: Span) -> bool:
    """Tell whether the words around a name say that he is given something: "arms for X", "provide X with tanks"."""
    before = text[max(0, span.start - BEFORE) : span.start]
    if HELPED.search(before):
        return True
    return GIVING.search(before) is not None and GIVEN.search(text[span.end : span.end + BEFORE]) is not None


def _bodies_in(spans: Iterable[Span], text: str, find_actor: ActorLookup, places: Mapping[str, str]) -> list[Actor]:
    """Return the states whose authorities or forces the words name by a demonym."""
    found: dict[str, Actor] = {}
    for span in spans if places else ():
        content = span.of(text)
        for body in BODIES.finditer(content):
            words = content[max(0, body.start() - DEMONYM_REACH) : body.start()].lower().split()[-DEMONYM_WORDS:]
            code = next((places[name] for i in range(len(words)) if (name := " ".join(words[i:])) in places), None)
            if code is not None and (actor := find_actor(code)) is not None:
                found[code] = actor
    return list(found.values())


def _enemies(helped: set[str], find_actor: ActorLookup, conflicts: Sequence[Conflict], on: date | None) -> list[Actor]:
    wars = [conflict for conflict in conflicts if conflict.is_on(on)]
    codes = (enemy for war in wars for one in sorted(helped) for enemy in sorted(enemies_of(war, one)))
    return [actor for code in dict.fromkeys(codes) if (actor := find_actor(code)) is not None]


def _meant_before(
    statement: Statement, mentions: Sequence[Mention], find_actor: ActorLookup, text: str, *, always: bool
) -> list[Actor]:
    """Return the last other side's actor named before a quote that says "you" or "they", or words of two countries."""
    spans = statement.attribution.spans
    is_quoted = statement.attribution.form != "indirect"
    contents = [span.of(text) for span in spans]
    if not always and not any(PAIRS.search(one) or (is_quoted and PRONOUNS.search(one)) for one in contents):
        return []
    before = sorted((one for one in mentions if one.span.end <= spans[0].start), key=lambda one: one.span)
    for mention in reversed(before):
        actor = None if _is_helped(text, mention.span) else find_actor(mention.actor_id)
        if actor is not None and actor.kind not in {"person", "media"} and not _is_own_side(actor, statement):
            return [actor]
    return []


def dyads(statement: Statement) -> tuple[Dyad, ...]:
    """Return the pairs of countries of a statement, once each."""
    source = statement.speaker.country
    if source is None:
        return ()
    countries = dict.fromkeys(target.country for target in statement.targets)
    return tuple(Dyad(source, one) for one in countries if one is not None and one != source)
