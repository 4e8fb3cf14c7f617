"""Who speaks in a text: those whom cues name, and the voices of its layout."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractors.actors import STATE, Facts, Gazetteer, MentionIndex, leader, resolve
from extractors.documents.others import FIRST_PERSON, SIDES, Said
from extractors.documents.own_words import own_sentences
from extractors.documents.scene import Scene
from extractors.language import ParsedParagraph
from extractors.layout import Layout, plain
from extractors.model import Actor, Attribution, Span, Speaker

# what a state does in saying so; "claims", "says" and "insists" are told of others
PERFORMED = frozenset(
    """condemn call urge demand welcome reaffirm reiterate reject deplore protest denounce support oppose express appeal
    pledge vow affirm regret commend""".split()  # noqa: SIM905
)
_DAY = re.compile(r"\d")  # what stands with a day beside a quote is when and where it was said
SEVERAL = 3  # states that no single body or person bears in his name


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
    title: str | None = None,
) -> Voiced:
    """Resolve the speakers of the statements found by their cues and of all sentences in a document's own voice."""
    own = list(own_sentences(layout, paragraphs, scene))
    staged = [*scene.paragraphs, *paragraphs]
    home = _publisher(layout, scene, Facts(index, gazetteer, on, dict(index.actors)))
    resolution = resolve(staged, [*found, *own], index, gazetteer, on=on, title=title, home=home)
    actors = {one.actor_id: one for one in (*index.actors.values(), *resolution.actors)}
    facts = Facts(index, gazetteer, on, actors)
    spoken = list(zip([*found, *own], resolution.speakers, strict=True))
    cued = [
        Said(one, without_first_person(_quoted(one, speaker, layout, scene, facts)), is_own=False)
        for one, speaker in spoken[: len(found)]
    ]
    publisher = _publisher(layout, scene, facts)
    sides = {
        number: publisher or side_of_acts(number, cued, layout, paragraphs, facts)
        for number in range(len(layout.voices))
    }
    voiced = [
        Said(one, _own_speaker(speaker, _voice(one, scene), one, layout, facts, sides), is_own=True)
        for one, speaker in spoken[len(found) :]
    ]
    return Voiced((*cued, *voiced), resolution.actors)


def _quoted(one: Attribution, speaker: Speaker, layout: Layout, scene: Scene, facts: Facts) -> Speaker:
    """Return the person who leads up to a list of quotes, for a quote that nothing beside it gives to anybody."""
    part = layout.parts[one.paragraph]
    actor = facts.actors.get(speaker.actor_id or "") or facts.gazetteer.by_id.get(speaker.actor_id or "")
    is_person = actor is not None and actor.kind == "person"
    is_nobody = speaker.name is None and (speaker.text is None or one.cue is None)
    is_open = one.cue_lemma is None and not is_person and (is_nobody or bool(_DAY.search(speaker.text or "")))
    if part.kind != "quote" or part.voice is None or not is_open:
        return speaker
    for sighting in facts.index.within(scene.voices[part.voice]):
        if facts.is_person(sighting.actor_id):
            role, country = facts.role(sighting.actor_id)
            return Speaker(None, None, sighting.actor_id, facts.actors[sighting.actor_id].name, role, country)
    return speaker


def without_first_person(speaker: Speaker) -> Speaker:
    """Return nobody for an "I" or "we" that stands for nobody known: a pronoun is no speaker."""
    is_pronoun = speaker.actor_id is None and (speaker.text or "").casefold() in FIRST_PERSON
    return Speaker() if is_pronoun else speaker


def _own_speaker(
    speaker: Speaker, voice: int, one: Attribution, layout: Layout, facts: Facts, sides: Mapping[int, str | None]
) -> Speaker:
    stands_for = layout.voices[voice].stands_for
    if stands_for == "interviewed":
        return _interviewed(one, facts)
    if stands_for != "self":
        return _side(one, speaker, facts, by_leader=stands_for == "leader")
    text = plain(layout.voices[voice].name) or speaker.text  # as the text has it
    if _is_joint(one, facts):
        return Speaker(text)
    publisher = None if _is_of_alliance(one, facts) else sides[voice]
    return _with_country(replace(speaker, text=text, span=None), publisher)


def _interviewed(own: Attribution, facts: Facts) -> Speaker:
    """Return the first person of an introduction who is no journalist."""
    people = (one.actor_id for one in facts.index.within(own.source or Span(0, 0)) if facts.is_person(one.actor_id))
    found = next((one for one in people if "journalist" not in facts.classes(one)), None)
    if found is None:
        return Speaker()
    role, country = facts.role(found)
    return Speaker(None, None, found, facts.actors[found].name, role, country)


def _is_of_alliance(own: Attribution, facts: Facts) -> bool:
    """Tell whether a voice is that of an alliance or world body, whichever state publishes its words."""
    named = (facts.actors[one.actor_id].kind for one in facts.index.within(own.source or Span(0, 0)))
    return any(kind in {"alliance", "international"} for kind in named)


def _is_joint(own: Attribution, facts: Facts) -> bool:
    """Tell whether a voice is that of people of several states who speak together, under no name of their own."""
    named = [facts.actors[one.actor_id] for one in facts.index.within(own.source or Span(0, 0))]
    states = {one.country for one in named if one.kind in {"person", *STATE}} - {None}
    people = {one.actor_id for one in named if one.kind == "person"}
    return not any(one.kind in {"alliance", "international"} for one in named) and (
        (len(states) > 1 and len(people) > 1) or (len(states) >= SEVERAL and not people)
    )


def side_of_acts(
    voice: int, cued: Sequence[Said], layout: Layout, paragraphs: Sequence[ParsedParagraph], facts: Facts
) -> str | None:
    """Return the one state that a voice performs its acts for: "Norland condemns ..."; None where it is not one."""
    found = set()
    for one in cued:
        actor = facts.actors.get(one.speaker.actor_id or "")
        number = one.attribution.paragraph
        is_state = layout.parts[number].voice == voice and actor is not None and actor.kind in SIDES
        if is_state and is_performed(one.attribution, paragraphs[number]):
            found.add(facts.actors[one.speaker.actor_id or ""].country)
    return found.pop() if len(found) == 1 else None


def is_performed(one: Attribution, paragraph: ParsedParagraph) -> bool:
    """Tell whether a cue is an act done in saying it: in the present, of a kind that states do not report of others."""
    if one.cue is None or one.cue_lemma not in PERFORMED:
        return False
    cue = paragraph.tokens(one.cue)
    return cue is not None and any(token.tag_ in {"VBZ", "VBP"} for token in cue)


def _voice(own: Attribution, scene: Scene) -> int:
    return scene.voices.index(own.source or Span(0, 0))


def _side(own: Attribution, speaker: Speaker, facts: Facts, *, by_leader: bool) -> Speaker:
    """Return the state of the first whom the line names, or its leader: all that is known of who publishes."""
    for one in facts.index.within(own.source or Span(0, 0)):
        country = facts.country(one.actor_id)
        if country is not None and country in facts.gazetteer.countries:
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
