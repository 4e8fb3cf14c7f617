"""Targets: the actors a statement is aimed at, and the pairs of countries that follow from them."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from extractors.model import Actor, Mention, Span, Statement, Target

NOT_A_TARGET = frozenset({"media", "person"})
ActorLookup = Callable[[str], Actor | None]


class Dyad(NamedTuple):
    """The speaker's country and the country he aims at (alpha-3)."""

    source: str
    target: str


def find_targets(
    statement: Statement,
    mentions: Sequence[Mention],
    find_actor: ActorLookup,
    *,
    text: str = "",  # noqa: ARG001
) -> tuple[Target, ...]:
    """Return whom the statement is aimed at: the cue's addressee first, then other sides' actors in its words."""
    attribution = statement.attribution
    spans = [attribution.addressee] if attribution.addressee else []
    found = _actors_in(spans, mentions, find_actor)
    found += _actors_in(attribution.spans, mentions, find_actor)
    own = {statement.speaker.actor_id, None}
    kept: dict[str, Target] = {}
    for actor in found:
        if actor.actor_id in own or _is_own_side(actor, statement):
            continue
        kept.setdefault(actor.actor_id, Target(actor.actor_id, actor.name, actor.country))
    return tuple(kept.values())


def _actors_in(spans: Iterable[Span], mentions: Sequence[Mention], find_actor: ActorLookup) -> list[Actor]:
    found = []
    for span in spans:
        for mention in mentions:
            actor = find_actor(mention.actor_id) if span.covers(mention.span) else None
            if actor is not None:
                found.append(actor)
    return found


def _is_own_side(actor: Actor, statement: Statement) -> bool:
    return actor.country is not None and actor.country == statement.speaker.country


def dyads(statement: Statement) -> tuple[Dyad, ...]:
    """Return the pairs of countries of a statement, once each."""
    source = statement.speaker.country
    if source is None:
        return ()
    countries = dict.fromkeys(target.country for target in statement.targets)
    return tuple(Dyad(source, one) for one in countries if one is not None and one != source)
