"""Who speaks in a text: those whom cues name, and the voices of its layout."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractors.actors import MentionIndex, resolve
from extractors.actors.descriptions import leader
from extractors.actors.facts import STATE, Facts
from extractors.actors.gazetteer import Gazetteer
from extractors.language import ParsedParagraph
from extractors.layout.model import Layout
from extractors.layout.others import FIRST_PERSON, Said
from extractors.layout.own_words import own_sentences
from extractors.layout.scene import Scene
from extractors.model import Actor, Attribution, Span, Speaker


@dataclass(frozen=True, slots=True)
class Voiced:
    """Every candidate statement with its speaker, and the actors that the gazetteer does not list."""

    said: tuple[Said, ...]
    actors: tuple[Actor, ...]


def give_voices(
    found: Sequence[Attribution],
    layout: Layout,
    scene: Scene,
    paragraphs: Sequence[ParsedParagraph],
    index: MentionIndex,
    gazetteer: Gazetteer,
    *,
    on: date | None,
) -> Voiced:
    """Resolve the speakers of the statements found by their cues and of all sentences in a document's own voice."""
    own = list(own_sentences(layout, paragraphs, scene))
    staged = [*scene.paragraphs, *paragraphs]
    resolution = resolve(staged, [*found, *own], index, gazetteer, on=on)
    actors = {one.actor_id: one for one in (*index.actors.values(), *resolution.actors)}
    facts = Facts(index, gazetteer, on, actors)
    publisher = _publisher(layout, scene, facts)
    said = []
    for number, (one, speaker) in enumerate(zip([*found, *own], resolution.speakers, strict=True)):
        is_own = number >= len(found)
        stands_for = layout.voices[_voice(one, scene)].stands_for if is_own else "self"
        if stands_for != "self":
            speaker = _side(one, speaker, facts, by_leader=stands_for == "leader")
        if is_own:
            speaker = _with_country(replace(speaker, span=None), publisher)
        elif speaker.actor_id is None and (speaker.text or "").casefold() in FIRST_PERSON:
            speaker = Speaker()
        said.append(Said(one, speaker, is_own))
    return Voiced(tuple(said), resolution.actors)


def _voice(own: Attribution, scene: Scene) -> int:
    return scene.voices.index(own.source or Span(0, 0))


def _side(own: Attribution, speaker: Speaker, facts: Facts, *, by_leader: bool) -> Speaker:
    """Return the state of the first whom the line names, or its leader: all that is known of who publishes."""
    for one in facts.index.within(own.source or Span(0, 0)):
        country = facts.country(one.actor_id)
        if country in facts.gazetteer.countries:
            found = leader(country, facts) if by_leader else None
            actor = facts.actors[found] if found else facts.gazetteer.by_id[country]
            role, _ = facts.role(found) if found else (None, None)
            return Speaker(speaker.text, None, actor.actor_id, actor.name, role, country)
    return Speaker(speaker.text)


def _publisher(layout: Layout, scene: Scene, facts: Facts) -> str | None:
    """Return the country of those who publish a document, where all that its head names agree."""
    if not scene.paragraphs or (not layout.has_issuer and layout.body is None):
        return None
    head = Span(scene.paragraphs[0].start, 0)
    named = [one.actor_id for one in facts.index.within(head)]
    countries = {facts.country(one) for one in named if facts.is_person(one) or facts.actors[one].kind in STATE} - {
        None
    }
    return countries.pop() if len(countries) == 1 else None


def _with_country(speaker: Speaker, publisher: str | None) -> Speaker:
    """Return the speaker with the publisher's country where the text gives him none."""
    if speaker.country is not None or speaker.text is None or publisher is None:
        return speaker
    return replace(speaker, country=publisher)
