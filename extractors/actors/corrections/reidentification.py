"""Applying corrections to one article: who is mentioned, who speaks and who is aimed at, now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from extractors.actors.corrections.ledger import Ledger, NewFacts, Step
from extractors.actors.known.folding import fold
from extractors.actors.known.gazetteer import office_on
from extractors.actors.known.personal_names import extends
from extractors.model import Actor, Findings, Mention, Span, Speaker, Target

Who: TypeAlias = Callable[[str], Actor | None]


@dataclass(frozen=True, slots=True)
class Utterance:
    """What identity needs of a statement."""

    statement_id: str
    spans: tuple[Span, ...]
    speaker: Speaker
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """Who is who in one article; ``moved_by`` names for each mention the correction that last moved it, if any."""

    article_id: str
    on: date | None
    mentions: tuple[Mention, ...]
    utterances: tuple[Utterance, ...]
    moved_by: tuple[str | None, ...] = ()


def correct_scene(found: Scene, ledger: Ledger, who: Who) -> Scene:
    """Return the scene as corrected; ``found`` is what the extractors found."""
    moving = Moving.start(found)
    for step in ledger.steps:
        if step.sources & moving.actor_ids:
            moving.take(step)
    mentions = (replace(one, actor_id=now) for one, now in zip(found.mentions, moving.mentions, strict=True))
    utterances = tuple(
        _utterance(one, speaker, targets, ledger, who, found.on)
        for one, speaker, targets in zip(found.utterances, moving.speakers, moving.targets, strict=True)
    )
    return replace(found, mentions=tuple(mentions), utterances=utterances, moved_by=tuple(moving.moved_by))


def scene_of(findings: Findings, statement_ids: Sequence[str], on: date | None) -> Scene:
    """Return the scene of fresh findings; ``statement_ids`` in the order of the statements."""
    utterances = tuple(
        Utterance(key, one.statement.attribution.spans, one.statement.speaker, one.statement.targets)
        for key, one in zip(statement_ids, findings.statements, strict=True)
    )
    return Scene(findings.content_hash, on, findings.mentions, utterances, (None,) * len(findings.mentions))


@dataclass(slots=True)
class Moving:
    """Who is who while the steps are taken."""

    found: Scene
    mentions: list[str]
    speakers: list[str | None]
    targets: list[list[str]]
    moved_by: list[str | None]
    order: list[int]

    @classmethod
    def start(cls, found: Scene) -> "Moving":
        """Return who is who as found; mentions are gone through in the order of the text."""
        return cls(
            found,
            [one.actor_id for one in found.mentions],
            [one.speaker.actor_id for one in found.utterances],
            [[target.actor_id for target in one.targets] for one in found.utterances],
            [None] * len(found.mentions),
            sorted(range(len(found.mentions)), key=lambda at: found.mentions[at].span),
        )

    @property
    def actor_ids(self) -> set[str | None]:
        """Return everybody in the scene."""
        return {*self.mentions, *self.speakers, *(one for row in self.targets for one in row)}

    def take(self, step: Step) -> None:
        """Move what the step is about."""
        if step.statement_ids:
            self.take_statements(step)
        elif not step.article_ids or self.found.article_id in step.article_ids:
            if step.names:
                self.take_names(step)
            else:
                self.take_all(step)

    def take_all(self, step: Step) -> None:
        """Move everything."""
        for at, now in enumerate(self.mentions):
            if now in step.sources:
                self.move(at, step)
        self.speakers = [step.to_id if now in step.sources else now for now in self.speakers]
        self.targets = [[step.to_id if now in step.sources else now for now in row] for row in self.targets]

    def take_statements(self, step: Step) -> None:
        """Move who speaks in some statements, with the name by which he is introduced there."""
        for number, one in enumerate(self.found.utterances):
            if one.statement_id in step.statement_ids and self.speakers[number] in step.sources:
                self.speakers[number] = step.to_id
                for at in self.naming(one, step, self.order):
                    self.move(at, step)

    def take_names(self, step: Step) -> None:
        """Move the mentions by some names; shorter names, pronouns and targets go with the mention before them."""
        mine = [at for at in self.order if self.mentions[at] in step.sources]
        taken = split_mentions([self.found.mentions[at] for at in mine], step.names)
        gone = {at for at, is_taken in zip(mine, taken, strict=True) if is_taken}
        for number, one in enumerate(self.found.utterances):
            if self.speakers[number] in step.sources and self.is_taken(one, step, mine, gone):
                self.speakers[number] = step.to_id
            self.targets[number] = [
                step.to_id if now in step.sources and self.is_aimed(one, mine, gone) else now
                for now in self.targets[number]
            ]
        for at in gone:
            self.move(at, step)

    def move(self, at: int, step: Step) -> None:
        """Move one mention."""
        self.mentions[at], self.moved_by[at] = step.to_id, step.correction_id

    def naming(self, one: Utterance, step: Step, among: Sequence[int]) -> list[int]:
        """Return the mentions that name the speaker where the statement is attributed."""
        place = one.speaker.span
        return [
            at
            for at in among
            if place and self.mentions[at] in step.sources and self.found.mentions[at].span.overlaps(place)
        ]

    def is_taken(self, one: Utterance, step: Step, mine: Sequence[int], gone: set[int]) -> bool:
        """Tell whether the speaker goes: by his name there, else with the last mention before."""
        named = self.naming(one, step, mine)
        if named:
            return all(at in gone for at in named)
        if not mine:
            words = fold(one.speaker.text or "").split()
            return any(extends(name, words) for name in step.names)
        place = one.speaker.span or one.spans[0]
        return self.last_before(place.end, mine) in gone

    def is_aimed(self, one: Utterance, mine: Sequence[int], gone: set[int]) -> bool:
        """Tell whether a target goes: by the names inside the statement, else with the last mention before."""
        inside = [at for at in mine if any(span.covers(self.found.mentions[at].span) for span in one.spans)]
        if inside:
            return all(at in gone for at in inside)
        return bool(mine) and self.last_before(one.spans[0].start, mine) in gone

    def last_before(self, place: int, mine: Sequence[int]) -> int:
        """Return the last mention that begins before the place, the first one where there is none."""
        before = [at for at in mine if self.found.mentions[at].span.start < place]
        return before[-1] if before else mine[0]


def split_mentions(mentions: Sequence[Mention], names: frozenset[tuple[str, ...]]) -> list[bool]:
    """Tell for each mention of an actor, in the order of the text, whether it goes with the names.

    A name that is but a part of one of them ("Kim") goes where the fuller name before it went.
    """
    words = [tuple(fold(one.name).split()) for one in mentions]
    is_part = [each not in names and any(extends(each, name) for name in names) and bool(each) for each in words]
    fuller = [each in names for each, part in zip(words, is_part, strict=True) if not part]
    latest = next(iter(fuller), False)
    taken = []
    for each, part in zip(words, is_part, strict=True):
        if not part:
            latest = each in names
        taken.append(latest)
    return taken


def _utterance(
    one: Utterance, speaker_id: str | None, target_ids: Sequence[str], ledger: Ledger, who: Who, on: date | None
) -> Utterance:
    speaker = corrected_speaker(one.speaker, speaker_id, ledger.facts, who, on)
    return replace(one, speaker=speaker, targets=corrected_targets(one, target_ids, speaker, ledger, who))


def corrected_speaker(
    found: Speaker, actor_id: str | None, facts: Mapping[str, NewFacts], who: Who, on: date | None
) -> Speaker:
    """Return the speaker under his new identity: what the article calls him stays, unless a correction says more."""
    new = facts.get(actor_id or "", NewFacts())
    if actor_id is None or (actor_id == found.actor_id and new == NewFacts()):
        return found
    if actor_id == found.actor_id:
        return replace(
            found, name=new.name or found.name, role=new.role or found.role, country=new.country or found.country
        )
    actor = who(actor_id)
    office = office_on(actor, on) if actor else None
    country = office.country if office else actor.country if actor else None
    return replace(
        found,
        actor_id=actor_id,
        name=new.name or (actor.name if actor else found.name),
        role=new.role or found.role or (office.role if office else None),
        country=new.country or country or found.country,
    )


def corrected_targets(
    one: Utterance, actor_ids: Sequence[str], speaker: Speaker, ledger: Ledger, who: Who
) -> tuple[Target, ...]:
    """Return the targets under their new identities; nobody twice, and nobody who turned out to speak himself."""
    pairs = list(zip(one.targets, actor_ids, strict=True))
    is_same = all(target.actor_id == now and now not in ledger.facts for target, now in pairs)
    if is_same and speaker.actor_id == one.speaker.actor_id:
        return one.targets
    kept: dict[str, Target] = {}
    for target, now in pairs:
        if now != speaker.actor_id or target.actor_id == one.speaker.actor_id:
            kept.setdefault(now, _target(target, now, ledger, who))
    return tuple(kept.values())


def _target(found: Target, actor_id: str, ledger: Ledger, who: Who) -> Target:
    actor, new = who(actor_id), ledger.facts.get(actor_id, NewFacts())
    if actor_id == found.actor_id:
        return replace(found, name=new.name or found.name, country=new.country or found.country)
    name = new.name or (actor.name if actor else found.name)
    return Target(actor_id, name, new.country or (actor.country if actor else None) or found.country)
