"""Targets: the actors a statement is aimed at, and the pairs of countries that follow from them."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from extractors.escalation.arms import enemies_of
from extractors.escalation.lexicon import Conflict
from extractors.model import Actor, Mention, Span, Statement, Target

ActorLookup = Callable[[str], Actor | None]

PRONOUNS = re.compile(r"\b(?:you|your|they|them|their)\b", re.IGNORECASE)
# who is helped is not whom the words are aimed at
HELPED = re.compile(
    r"\b(?:aid|arms|assistance|help|support|supply|supplies|weapons?|missiles?|tanks?|ammunition|shells)\s+"
    r"(?:(?:to|for|of)\s+)?(?:the\s+)?$|\b(?:support|help|helping|supporting|aiding|assisting|arming|arm|defend)\s+$",
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
) -> tuple[Target, ...]:
    """Return whom the statement is aimed at: the cue's addressee, then others' actors in its words.

    Who is helped is none; where nobody else is named, it is his enemy in a war of ``conflicts``. "You" and "they" are
    the last actor of another side that ``text`` named before.
    """
    attribution = statement.attribution
    addressed = _actors_in([attribution.addressee] if attribution.addressee else [], mentions, find_actor)
    named = _actors_in(attribution.spans, mentions, find_actor)
    helped = {actor.actor_id for actor, span in named if HELPED.search(text[max(0, span.start - BEFORE) : span.start])}
    aimed = [actor for actor, _ in (*addressed, *named) if actor.actor_id not in helped]
    found = _others(aimed, statement) or _enemies(helped, find_actor, conflicts)
    found = found or _meant_by_pronoun(statement, mentions, find_actor, text)
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


def _enemies(helped: set[str], find_actor: ActorLookup, conflicts: Sequence[Conflict]) -> list[Actor]:
    codes = (enemy for conflict in conflicts for one in sorted(helped) for enemy in sorted(enemies_of(conflict, one)))
    return [actor for code in dict.fromkeys(codes) if (actor := find_actor(code)) is not None]


def _meant_by_pronoun(
    statement: Statement, mentions: Sequence[Mention], find_actor: ActorLookup, text: str
) -> list[Actor]:
    """Return the last other side's actor named before a quote that says "you" or "they"."""
    spans = statement.attribution.spans
    if statement.attribution.form == "indirect" or not any(PRONOUNS.search(span.of(text)) for span in spans):
        return []
    before = sorted((one for one in mentions if one.span.end <= spans[0].start), key=lambda one: one.span)
    for mention in reversed(before):
        actor = find_actor(mention.actor_id)
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
