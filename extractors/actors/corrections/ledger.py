"""What people corrected about who is who, as a ledger: merges, splits and renames in the order they were made.

A ledger is applied to what the extractors found, never to what an earlier ledger made of it: so applying it twice is
applying it once, and taking a correction out of it gives back what was found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from extractors.actors.known.folding import fold
from extractors.model import Actor, ActorKind

CorrectionKind: TypeAlias = Literal["merge", "split", "rename"]


@dataclass(frozen=True, slots=True)
class NewFacts:
    """What a correction says of an actor; None leaves what was found."""

    name: str | None = None
    kind: ActorKind | None = None
    country: str | None = None
    role: str | None = None

    def over(self, older: "NewFacts") -> "NewFacts":
        """Return both, these first."""
        return NewFacts(
            self.name or older.name, self.kind or older.kind, self.country or older.country, self.role or older.role
        )

    def of(self, actor: Actor) -> Actor:
        """Return the actor with these facts."""
        return replace(
            actor, name=self.name or actor.name, kind=self.kind or actor.kind, country=self.country or actor.country
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: all that is found of ``actor_ids`` is ``to_id`` from then on.

    A split takes over only what is named by one of ``names`` or stands in one of ``article_ids`` (both where both are
    given), or who speaks in ``statement_ids``. A rename has the actor himself as ``to_id`` and says ``facts`` of him.
    """

    correction_id: str
    kind: CorrectionKind
    actor_ids: tuple[str, ...]
    to_id: str
    names: tuple[str, ...] = ()
    article_ids: tuple[str, ...] = ()
    statement_ids: tuple[str, ...] = ()
    facts: NewFacts = NewFacts()


@dataclass(frozen=True, slots=True)
class Step:
    """A correction in the light of those before it: ``sources`` and ``to_id`` are actors that stood at the time."""

    correction_id: str
    is_whole: bool
    sources: frozenset[str]
    to_id: str
    names: frozenset[tuple[str, ...]] = frozenset()
    article_ids: frozenset[str] = frozenset()
    statement_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All corrections that stand, ready to be applied."""

    steps: tuple[Step, ...] = ()
    facts: Mapping[str, NewFacts] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether there is anything to correct."""
        return bool(self.steps or self.facts)

    def standing(self, actor_id: str) -> str:
        """Return whom an actor was merged into, over all merges; the actor himself where he stands."""
        return _standing(self.steps, actor_id)

    def bearer(self, actor_id: str, name: str) -> str:
        """Return whose name it is that an actor bears before any article: a name split off goes everywhere."""
        words = tuple(fold(name).split())
        for step in self.steps:
            if actor_id in step.sources and (step.is_whole or (words in step.names and not step.article_ids)):
                actor_id = step.to_id
        return actor_id

    def merged_by(self, actor_id: str) -> str | None:
        """Return the correction by which an actor no longer stands."""
        found = (step.correction_id for step in self.steps if step.is_whole and actor_id in step.sources)
        return next(found, None)

    def describe(self, actor: Actor) -> Actor:
        """Return the actor with what corrections say of him."""
        return self.facts.get(actor.actor_id, NewFacts()).of(actor)


def make_ledger(corrections: Iterable[Correction]) -> Ledger:
    """Return the ledger of corrections given in the order they were made."""
    steps: list[Step] = []
    facts: dict[str, NewFacts] = {}
    for one in corrections:
        to_id = _standing(steps, one.to_id)
        facts[to_id] = one.facts.over(facts.get(to_id, NewFacts()))
        sources = frozenset(_standing(steps, actor_id) for actor_id in one.actor_ids) - {to_id}
        if one.kind != "rename" and sources:
            steps.append(_step(one, sources, to_id))
    return Ledger(tuple(steps), {actor_id: one for actor_id, one in facts.items() if one != NewFacts()})


def linked_actors(corrections: Iterable[Correction], actor_ids: Iterable[str]) -> frozenset[str]:
    """Return these actors and all whom corrections link with them, directly or by a chain."""
    groups = [{*one.actor_ids, one.to_id} for one in corrections]
    reached = set(actor_ids)
    while True:
        wider = reached.union(*(group for group in groups if group & reached))
        if wider == reached:
            return frozenset(reached)
        reached = wider


def _step(one: Correction, sources: frozenset[str], to_id: str) -> Step:
    names = frozenset(words for name in one.names if (words := tuple(fold(name).split())))
    return Step(
        one.correction_id,
        one.kind == "merge",
        sources,
        to_id,
        names,
        frozenset(one.article_ids),
        frozenset(one.statement_ids),
    )


def _standing(steps: Sequence[Step], actor_id: str) -> str:
    for step in steps:
        if step.is_whole and actor_id in step.sources:
            actor_id = step.to_id
    return actor_id
