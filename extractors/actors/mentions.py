"""All mentions of known and new actors in an article."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from extractors.actors.bodies import Body, country_of, find_bodies
from extractors.actors.cast import Cast
from extractors.actors.folding import find_words
from extractors.actors.gazetteer import Gazetteer
from extractors.actors.index import MentionIndex, Sense, Sighting
from extractors.actors.matching import Match, match_aliases
from extractors.actors.naming import EAST_ASIAN, is_family_first
from extractors.actors.runs import Line, is_tail, joins, make_line, may_be_name, organisation_end, run_end
from extractors.actors.titles import Title, merge, title_after, title_before
from extractors.language import ParsedParagraph
from extractors.model import Actor, Span

ACRONYM = re.compile(r"\s*\((?P<acronym>[A-Z][A-Z&.-]{1,9})\)")
# bodies that bear a city's name without being the state's
NAMED_AFTER = frozenset({"university", "times", "post", "college", "herald", "institute", "school", "group", "club"})
SPEECH = frozenset(
    [
        "say",
        "tell",
        "add",
        "note",
        "state",
        "warn",
        "claim",
        "argue",
        "write",
        "explain",
        "stress",
        "insist",
        "announce",
        "reply",
        "tweet",
    ]
)


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

    def see(
        self, line: Line, first: int, last: int, actor: Actor, sense: Sense, number: int, key: str | None = None
    ) -> None:
        """Record a sighting of words ``first`` to before ``last``."""
        self.actors[actor.actor_id] = actor
        span = Span(line.words[first].start, line.words[last - 1].end)
        self.sightings.append(Sighting(span, actor.actor_id, sense, number, key))


def find_mentions(paragraphs: Sequence[ParsedParagraph], gazetteer: Gazetteer, on: date | None) -> MentionIndex:
    """Find every mention: full names in order first, then whom the shorter ones mean."""
    reading = Reading(gazetteer, Cast(gazetteer, on))
    for number, paragraph in enumerate(paragraphs):
        words = find_words(paragraph.doc.text, paragraph.start)
        read_paragraph(reading, make_line(paragraph, words), number)
    settle_shorts(reading)
    reading.actors.update({key: one for key, one in reading.cast.settle().items() if key in reading.actors})
    ordered = sorted(reading.sightings, key=lambda one: (one.span.start, -one.span.end))
    return MentionIndex(
        tuple(ordered),
        tuple(one.span.start for one in ordered),
        reading.actors,
        {key: person.title for key, person in reading.cast.people.items()},
    )


def read_paragraph(reading: Reading, line: Line, number: int) -> None:
    """Record the paragraph's known names, institutions and new names."""
    gazetteer = reading.gazetteer
    every = match_aliases(line.words, gazetteer.aliases)
    edges = [*(one.first for one in every), *(one.last for one in every)]
    matches = [one for one in every if not is_inside_name(line, one, set(others(edges, one)), gazetteer)]
    bodies = find_bodies(line.words, matches, gazetteer)
    taken = [False] * len(line.words)
    for body in bodies:
        reading.see(line, body.first, body.last, body.actor, "body", number, body.key)
        note_acronym(reading, line, body.last, body.actor)
        mark(taken, body.phrase, body.last)
    open_matches = [one for one in matches if not hidden(one, bodies)]
    for match in open_matches:
        mark(taken, match.first, match.last)
    ends = {match.last: match for match in matches}
    # a lone "Jordan" comes last: it may be the family name of somebody this paragraph introduces
    later = [one for one in open_matches if one.is_short and one.aliases[0].sense == "name"]
    for match in open_matches:
        if match not in later:
            read_match(reading, line, match, number, ends)
    read_names(reading, line, number, taken, ends)
    for match in later:
        read_match(reading, line, match, number, ends)


def others(edges: Sequence[int], match: Match) -> list[int]:
    """Return the edges of the other matches."""
    left = list(edges)
    left.remove(match.first)
    left.remove(match.last)
    return left


def mark(taken: list[bool], first: int, last: int) -> None:
    """Mark the words as explained."""
    taken[first:last] = [True] * (last - first)


def hidden(match: Match, bodies: Sequence[Body]) -> bool:
    """Tell whether an institution's name contains the match, other than as its country in front."""
    return any(body.phrase <= match.first and match.last <= body.last for body in bodies)


def is_inside_name(line: Line, match: Match, edges: set[int], gazetteer: Gazetteer) -> bool:
    """Tell whether a one-word name is but a part of a longer unknown one ("Jim Jordan", "Georgetown University").

    ``edges`` are the words that other known names begin or end at.
    """
    if not match.is_short or all(one.sense in {"adjective", "people"} for one in match.aliases):
        return False
    return ends_name(line, match, edges, gazetteer) or begins_name(line, match, edges, gazetteer)


def is_human(match: Match, gazetteer: Gazetteer) -> bool:
    """Tell whether the name is a person's."""
    return gazetteer.by_id[match.aliases[0].actor_id].kind == "person"


def ends_name(line: Line, match: Match, edges: set[int], gazetteer: Gazetteer) -> bool:
    """Tell whether an unknown word before belongs to the name."""
    before = match.first - 1
    if before < 0 or match.first in edges or not adjoins(line, before, match.first, gazetteer):
        return False
    word = line.words[before].folded
    return word in gazetteer.names.given or (is_human(match, gazetteer) and not is_title_word(line, before, gazetteer))


def begins_name(line: Line, match: Match, edges: set[int], gazetteer: Gazetteer) -> bool:
    """Tell whether an unknown word after belongs to the name."""
    after = match.last
    if after >= len(line.words) or after in edges or line.gap(after) not in {" ", "-"}:
        return False
    following = line.words[after]
    if is_tail(line, after, gazetteer) and not following.is_capitalised:
        return is_human(match, gazetteer)
    if not adjoins(line, match.first, after, gazetteer):
        return False
    if following.folded in gazetteer.roles.organisation:
        return country_of(match) is None or following.folded in NAMED_AFTER
    is_given = line.words[match.first].folded in gazetteer.names.given
    return is_given or (is_human(match, gazetteer) and following.folded not in gazetteer.roles.nouns)


def adjoins(line: Line, first: int, second: int, gazetteer: Gazetteer) -> bool:
    """Tell whether two neighbouring words are capitalised parts of one row."""
    if line.gap(second) in {"’", "'"} or not joins(line, second, gazetteer):
        return False
    return all(line.words[one].is_capitalised and may_be_name(line, one, gazetteer) for one in (first, second))


def read_match(reading: Reading, line: Line, match: Match, number: int, ends: Mapping[int, Match]) -> None:
    """Record a known name: people as introduced in full or in short, the rest as they are."""
    gazetteer = reading.gazetteer
    actors = [gazetteer.by_id[one.actor_id] for one in match.aliases]
    if actors[0].kind == "person":
        title = titles_of(line, match.first, match.last, ends, gazetteer)
        if match.is_short:
            span, surface = line.part(match.first, match.last)
            ids = tuple(one.actor_id for one in actors)
            reading.shorts.append(Short(span, [line.words[match.first].folded], title, number, ids, surface))
            return
        person = reading.cast.introduce_known(best(actors, title, reading), title, line.words[match.first].start)
        reading.see(line, match.first, match.last, person.actor, "name", number)
        return
    namesake = reading.cast.bearer(line.words[match.first]) if match.is_short else None
    if namesake is not None and match.aliases[0].sense == "name":
        reading.see(line, match.first, match.last, namesake.actor, "short", number)
        return
    sense = match.aliases[0].sense
    actor = best(actors, Title(), reading)
    reading.see(line, match.first, match.last, actor, sense, number)
    note_acronym(reading, line, match.last, actor)
    if sense == "name" and actor.kind != "country":
        reading.bodies |= {word.folded: actor.actor_id for word in line.words[match.first : match.last]}


def best(actors: Sequence[Actor], title: Title, reading: Reading) -> Actor:
    """Return the one of several namesakes whose country the text gives or has spoken of most."""
    if len(actors) == 1:
        return actors[0]
    seen = Counter(reading.actors[one.actor_id].country for one in reading.sightings)
    return max(actors, key=lambda one: (one.country == title.country, seen[one.country]))


def titles_of(line: Line, first: int, last: int, ends: Mapping[int, Match], gazetteer: Gazetteer) -> Title:
    """Return what the words before and after a name say of the person."""
    text = line.paragraph.doc.text
    after = title_after(text, line.words[last - 1].end - line.paragraph.start, gazetteer)
    return merge(title_before(line, first, ends, gazetteer), after)


def note_acronym(reading: Reading, line: Line, last: int, actor: Actor) -> None:
    """Remember an acronym that the text introduces in brackets."""
    found = ACRONYM.match(line.paragraph.doc.text, line.words[last - 1].end - line.paragraph.start)
    if found:
        reading.acronyms[found["acronym"]] = actor.actor_id


def read_names(reading: Reading, line: Line, number: int, taken: list[bool], ends: Mapping[int, Match]) -> None:
    """Record what is written like a name and is not known."""
    gazetteer, position = reading.gazetteer, 0
    while position < len(line.words):
        if taken[position] or not may_be_name(line, position, gazetteer):
            position += 1
            continue
        last = cut_at_title(line, position, run_end(line, position, gazetteer, taken), gazetteer)
        if is_title_word(line, position, gazetteer) and not is_body_run(line, position, last, gazetteer):
            position += 1
            continue
        position = read_name(reading, line, position, last, number, ends)


def is_title_word(line: Line, position: int, gazetteer: Gazetteer) -> bool:
    """Tell whether a capitalised word is a title that leads up to a name, or stands alone."""
    roles, word = gazetteer.roles, line.words[position].folded
    if word not in roles.nouns and word not in roles.modifiers and word not in roles.honorifics:
        return False
    after = position + 1
    return not (word in gazetteer.names.given and after < len(line.words) and line.words[after].is_capitalised)


def is_body_run(line: Line, first: int, last: int, gazetteer: Gazetteer) -> bool:
    """Tell whether the words are the name of a body, though its first could be part of a title."""
    words = [word.folded for word in line.words[first:last]]
    return (
        len(words) > 1 and words[-1] in gazetteer.roles.organisation and not set(words) & set(gazetteer.roles.classes)
    )


def cut_at_title(line: Line, first: int, last: int, gazetteer: Gazetteer) -> int:
    """End a run before a title inside it ("Ohio Governor Mike ...")."""
    roles = gazetteer.roles
    for position in range(first + 1, last - 1):
        word = line.words[position].folded
        if word in roles.classes and word not in gazetteer.names.given:
            return position
    return last


def read_name(reading: Reading, line: Line, first: int, last: int, number: int, ends: Mapping[int, Match]) -> int:
    """Record one unknown name as an organisation, a person or a part of a person's name; return where it ends."""
    gazetteer = reading.gazetteer
    words = [word.folded for word in line.words[first:last]]
    tokens = [one for one in line.tokens[first:last] if one is not None]
    is_labelled = any(one.ent_type_ == "PERSON" for one in tokens)
    if any(word in gazetteer.roles.organisation for word in words) and not (
        is_labelled and words[0] in gazetteer.names.given
    ):
        return read_body(reading, line, first, last, number)
    if last - first == 1 and line.words[first].text in reading.acronyms:
        actor = reading.actors[reading.acronyms[line.words[first].text]]
        reading.see(line, first, last, actor, "short", number)
        return last
    title = titles_of(line, first, last, ends, gazetteer)
    span, surface = line.part(first, last)
    is_full = len(words) > 1 and not all(len(word) == 1 for word in words[:-1]) and not reading.cast.has_longer(words)
    if is_full and (is_person(line, first, last, title, gazetteer) or reading.cast.same(words)):
        person = reading.cast.introduce(line.words[first:last], surface, title, span.start)
        reading.see(line, first, last, person.actor, "name", number)
    else:
        is_given = is_labelled and words[0] in gazetteer.names.given
        reading.shorts.append(Short(span, words, title, number, (), surface, is_given))
    return last


def read_body(reading: Reading, line: Line, first: int, last: int, number: int) -> int:
    """Record an organisation that only this text names, or the one before that a single word of its name means."""
    last = organisation_end(line, last, reading.gazetteer)
    if last - first > 1:
        _, surface = line.part(first, last)
        words = [word.folded for word in line.words[first:last]]
        actor = Actor(f"text:{'-'.join(words)}", surface, "organisation", is_known=False)
        actor = reading.actors.get(actor.actor_id, actor)
        reading.see(line, first, last, actor, "name", number)
        note_acronym(reading, line, last, actor)
        for word in words:
            reading.bodies[word] = actor.actor_id
    elif line.words[first].folded in reading.bodies:
        reading.see(line, first, last, reading.actors[reading.bodies[line.words[first].folded]], "short", number)
    return last


def is_person(line: Line, first: int, last: int, title: Title, gazetteer: Gazetteer) -> bool:
    """Tell whether an unknown name of two words or more is a person's."""
    names = gazetteer.names
    words = [word.folded for word in line.words[first:last]]
    if title.is_evidence or words[0] in names.given:
        return True
    tokens = [token for token in line.tokens[first:last] if token is not None]
    labels = {token.ent_type_ for token in tokens if token.ent_type_}
    is_hyphened = any(line.gap(position) == "-" for position in range(first + 1, last))
    is_eastern = title.country in EAST_ASIAN and is_family_first(words, names, title.country)
    if "PERSON" in labels or is_eastern or (names.may_be_family(words[0]) and is_hyphened):
        return True
    speaks = any(token.dep_ == "nsubj" and token.head.lemma_ in SPEECH for token in tokens)
    if speaks and title.text:
        return True
    return speaks and not labels & {"GPE", "ORG", "NORP", "FAC", "LOC", "EVENT"}


def settle_shorts(reading: Reading) -> None:
    """Resolve the parts of names in order; those that fit nobody are left out."""
    cast, gazetteer = reading.cast, reading.gazetteer
    countries = [
        code
        for code, _ in Counter(reading.actors[one.actor_id].country for one in reading.sightings).most_common(3)
        if code
    ]
    for short in reading.shorts:
        person = cast.recall(short.words, short.title, short.span.start)
        actor = person.actor if person else None
        if actor is None and short.known:
            actor = best([gazetteer.by_id[one] for one in short.known], short.title, reading)
        if actor is None and short.title.role_class:
            actor = cast.by_title(short.words, short.title, countries)
        if actor is None and len(short.words) == 1 and (short.title.is_evidence or short.is_person):
            actor = cast.new(short.words, short.surface, short.title)
        if actor is None:
            continue
        reading.actors[actor.actor_id] = actor
        if actor.kind == "person" and person is None:
            person = cast.people.get(actor.actor_id) or cast.add(actor, short.words)
        if person is not None:
            cast.record_title(person, short.title)
        reading.sightings.append(Sighting(short.span, actor.actor_id, "short", short.paragraph))
