"""What is found while an article is read for names."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.actors.index import Sense, Sighting
from extractors.actors.known.gazetteer import Gazetteer
from extractors.actors.mentions.cast import Cast
from extractors.actors.mentions.name_runs import Line
from extractors.actors.mentions.titles import Title
from extractors.model import Actor, Span

ACRONYM = re.compile(r"\s*\((?P<acronym>[A-Z][A-Z&.-]{1,9})\)")


@dataclass(frozen=True, slots=True)
class Short:
    """A part of a name whose bearer is still open."""

    span: Span
    words: list[str]
    title: Title
    paragraph: int
    known: tuple[str, ...]
    surface: str
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """Words ``first`` to before ``last`` of a paragraph."""

    line: Line
    first: int
    last: int
    paragraph: int


@dataclass(slots=True)
class Reading:
    """What was found while the article is read."""

    gazetteer: Gazetteer
    cast: Cast
    sightings: list[Sighting] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    shorts: list[Short] = field(default_factory=list)
    acronyms: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    countries: Counter[str | None] = field(default_factory=Counter)

    def see(self, seen: Seen, actor: Actor, sense: Sense, reason: str, key: str | None = None) -> None:
        """Record that the words seen name an actor, and why."""
        self.actors[actor.actor_id] = actor
        self.countries[actor.country] += 1
        span, surface = seen.line.part(seen.first, seen.last)
        self.sightings.append(Sighting(span, actor.actor_id, sense, seen.paragraph, key, surface, reason))


def note_acronym(reading: Reading, line: Line, last: int, actor: Actor) -> None:
    """Remember an acronym that the text introduces in brackets."""
    found = ACRONYM.match(line.text, line.words[last - 1].end - line.paragraph.start)
    if found:
        reading.acronyms[found["acronym"]] = actor.actor_id


def best(actors: Sequence[Actor], title: Title, reading: Reading) -> Actor:
    """Return the one of several namesakes whose country the text gives or has spoken of most."""
    if len(actors) == 1:
        return actors[0]
    return max(actors, key=lambda one: (one.country == title.country, reading.countries[one.country]))
