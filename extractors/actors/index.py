"""Who is mentioned where in one article."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from extractors.actors.mentions.titles import Title
from extractors.model import Actor, Mention, Span

# name: in full · short: by a part of the name · adjective: "Russian" · people: "Russians" · body: a state's institution
Sense = Literal["name", "short", "adjective", "people", "body"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where an actor is named; ``key`` is the institution's where it is one of a state's.

    ``surface`` is the name as written, ``reason`` why it was taken for the actor.
    """

    span: Span
    actor_id: str
    sense: Sense
    paragraph: int
    key: str | None = None
    surface: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MentionIndex:
    """All sightings in order; ``titles`` is what the text says of each person."""

    sightings: tuple[Sighting, ...]
    starts: tuple[int, ...]
    actors: Mapping[str, Actor]
    titles: Mapping[str, Title]

    def within(self, span: Span) -> tuple[Sighting, ...]:
        """Return the sightings that lie inside the span."""
        first = bisect_left(self.starts, span.start)
        last = bisect_left(self.starts, span.end)
        return tuple(one for one in self.sightings[first:last] if one.span.end <= span.end)

    def touching(self, span: Span) -> tuple[Sighting, ...]:
        """Return the sightings that share a letter with the span."""
        first = bisect_left(self.starts, span.start)
        before = self.sightings[max(0, first - 1) : first]
        last = bisect_left(self.starts, span.end)
        return tuple(one for one in (*before, *self.sightings[first:last]) if one.span.overlaps(span))

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Return actor, span, name and reason of every sighting."""
        return tuple(Mention(one.actor_id, one.span, one.surface, one.reason) for one in self.sightings)

    def introduced(self, known: Mapping[str, Actor]) -> tuple[Actor, ...]:
        """Return the mentioned actors that are not among the known ones."""
        return tuple(actor for key, actor in self.actors.items() if key not in known)
