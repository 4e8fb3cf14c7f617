"""Opponents: whom an article sets a side against, for statements whose own words name nobody they are aimed at."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from extractors.escalation.targets import (
    AIMING,
    PRONOUNS,
    Aim,
    View,
    chosen,
    home_of,
    own_side,
    target_of,
    targets_before,
)
from extractors.model import Actor, Mention, Statement, Target

RETURNED = 0.7  # weight of being aimed at by the other side
AT_WAR = 1.5
NEAR = 2.0  # what a mention near the statement multiplies the weight by
LEAST = 1.0
REMEMBERED = 1500  # characters before a quote in which "they" and "our two countries" find whom they mean
REACH = 600  # characters before a statement in which a name is near
CLEAR = 0.4  # share of all weights that the chosen one must have

FRIENDLY = 1.0  # weight of being stood by
OFTEN = 2.0
CLEAREST = 0.6  # for a speaker of unknown side

Weights: TypeAlias = dict[str, float]


@dataclass(frozen=True, slots=True)
class Opponents:
    """Who is against whom in one article, by sides, with weights; ``aimed`` is whom anybody aims at."""

    weights: dict[str, Weights]
    aimed: Counter[str]
    actors: dict[str, Actor]


def aim_all(
    statements: Sequence[Statement],
    aims: Sequence[Sequence[Aim]],
    acts: Sequence[bool],
    mentions: Sequence[Mention],
    view: View,
) -> list[Statement]:
    """Return the statements with their targets.

    Of several names in the words, the one counts more whom the article sets against the speaker's side; words that name
    nobody are aimed at him where they perform an act. ``aims`` are each statement's candidates, ``acts`` tells which
    statements are no neutral ones, ``mentions`` are all of the article's in order.
    """
    first = [replace(one, targets=chosen(some, view)) for one, some in zip(statements, aims, strict=True)]
    opponents = read_opponents(first, mentions, view, aims)
    starts = [mention.span.start for mention in mentions]
    found: list[Statement] = []
    for one, some, is_act in zip(first, aims, acts, strict=True):
        spans = one.attribution.spans
        low = bisect_left(starts, spans[0].start - REMEMBERED)
        near = mentions[low : bisect_left(starts, spans[-1].end)]
        own = own_side(one, view)
        friends = {view.side_of(each.actor) for each in some if each.is_friend}
        opponent = _opponent(spans[0].start, own, near, opponents, view)
        side = None if opponent is None else view.side_of(opponent)
        if side in friends and not _quarrels(own, side, opponents):
            opponent = side = None
        targets = chosen(some, view, side) or _gone_on(one, found, view)
        targets = targets or targets_before(one, near, view, opponents.weights.get(own or "", {}))
        is_aimed = is_act or one.attribution.cue_class in AIMING - {"deny"} or _quarrels(own, side, opponents)
        if not targets and opponent is not None and is_aimed:
            targets = (target_of(opponent),)
        found.append(replace(one, targets=targets))
    return found


def _gone_on(one: Statement, before: Sequence[Statement], view: View) -> tuple[Target, ...]:
    """Return whom the words aim at that these go on from, where these say "they" or "you" of them."""
    number = one.attribution.carried_from
    if number is None or not 0 <= number < len(before) or before[number].speaker.actor_id != one.speaker.actor_id:
        return ()
    return before[number].targets if PRONOUNS.search(one.attribution.spans[0].of(view.text)) else ()


def _quarrels(own: str | None, side: str | None, opponents: Opponents) -> bool:
    """Tell whether the article is about a quarrel of the two: the speaker's side aims at the other again and again."""
    weights = opponents.weights.get(own or "", {})
    weight = weights.get(side or "", 0.0)
    return weight >= OFTEN and weight >= CLEAREST * sum(max(0.0, one) for one in weights.values())


def read_opponents(
    statements: Sequence[Statement],
    mentions: Iterable[Mention],
    view: View,
    aims: Sequence[Sequence[Aim]],
) -> Opponents:
    """Count who aims at whom and stands by whom, and who is named how often."""
    weights: dict[str, Weights] = defaultdict(lambda: defaultdict(float))
    aimed: Counter[str] = Counter()
    actors: dict[str, Actor] = {}
    for one, some in zip(statements, aims, strict=True):
        own = own_side(one, view)
        if own is not None:
            for friend in {view.side_of(each.actor) for each in some if each.is_friend}:
                weights[own][friend] -= FRIENDLY
        for target in one.targets:
            actor = view.find_actor(target.actor_id)
            if actor is None or view.is_bystander(actor):
                continue
            side = view.side_of(actor)
            aimed[side] += 1
            if own is not None:
                weights[own][side] += 1
                weights[side][own] += RETURNED
    for mention in mentions:
        actor = view.find_actor(mention.actor_id)
        if actor is None or view.is_bystander(actor):
            continue
        side = view.side_of(actor)
        if side not in actors or actor.kind == "country":
            actors[side] = actor
    return Opponents(weights, aimed, actors)


def _opponent(
    start: int, own: str | None, mentions: Sequence[Mention], opponents: Opponents, view: View
) -> Actor | None:
    """Return the side's opponent: the clearest of the article, one named near the statement first."""
    weights = _weights(own, opponents, view)
    if not weights:
        return None
    near = {
        view.side_of(actor)
        for mention in mentions
        if start - REACH <= mention.span.start and (actor := view.find_actor(mention.actor_id)) is not None
    }
    scored = {side: weight * (NEAR if side in near else 1) for side, weight in weights.items()}
    best = max(scored, key=lambda side: scored[side])
    if scored[best] < LEAST or scored[best] < (CLEAR if own else CLEAREST) * sum(scored.values()):
        return None
    return opponents.actors.get(best)


def _weights(own: str | None, opponents: Opponents, view: View) -> Weights:
    """Return how much the article sets each side against ``own``; of an unknown side, whom most aim at."""
    if own is None:
        return {side: float(n) for side, n in opponents.aimed.items() if n > 1}
    weights: Weights = defaultdict(float, opponents.weights.get(own, {}))
    for side in view.enemies(own):
        if side in opponents.actors:
            weights[side] += AT_WAR
    none = {own, home_of(own, view), *view.allies(own), *(side for side, weight in weights.items() if weight < 0)}
    if all(weight <= 0 for weight in weights.values()):
        weights = {side: float(n) for side, n in opponents.aimed.items() if n > 1}
    return {side: weight for side, weight in weights.items() if side not in none and weight > 0}
