"""All mentions of known and new actors in an article."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from extractors.actors import reasons
from extractors.actors.index import MentionIndex, Sense, Sighting
from extractors.actors.known.bodies import Body, find_bodies
from extractors.actors.known.folding import fold
from extractors.actors.known.gazetteer import Gazetteer
from extractors.actors.known.matching import Match, match_aliases
from extractors.actors.mentions.acronyms import borrowed_acronyms
from extractors.actors.mentions.cast import Cast, Person
from extractors.actors.mentions.enclosed import is_inside_name
from extractors.actors.mentions.findings import Reading, Seen, Short, best, note_acronym
from extractors.actors.mentions.name_runs import Line, make_line
from extractors.actors.mentions.newcomers import read_names
from extractors.actors.mentions.titles import Title, titles_of
from extractors.language import ParsedParagraph
from extractors.model import Actor


def find_mentions(paragraphs: Sequence[ParsedParagraph], gazetteer: Gazetteer, on: date | None) -> MentionIndex:
    """Find every mention: full names in order first, then whom the shorter ones mean."""
    reading = Reading(gazetteer, Cast(gazetteer, on))
    lines = [make_line(paragraph) for paragraph in paragraphs]
    borrowed = borrowed_acronyms((one.doc.text for one in paragraphs), gazetteer)
    for number, line in enumerate(lines):
        read_paragraph(reading, line, number, borrowed)
    settle_shorts(reading)
    reading.actors.update({key: one for key, one in reading.cast.settle().items() if key in reading.actors})
    ordered = sorted(reading.sightings, key=lambda one: (one.span.start, -one.span.end))
    return MentionIndex(
        tuple(ordered),
        tuple(one.span.start for one in ordered),
        reading.actors,
        {key: person.title for key, person in reading.cast.people.items()},
    )


def read_paragraph(reading: Reading, line: Line, number: int, borrowed: frozenset[str] = frozenset()) -> None:
    """Record the paragraph's known names, institutions and new names; ``borrowed`` acronyms are none of the known."""
    gazetteer = reading.gazetteer
    every = [one for one in match_aliases(line.words, gazetteer.aliases) if is_ready(reading, line, one)]
    every = [one for one in every if not (one.is_short and line.words[one.first].folded in borrowed)]
    edges = Counter(edge for one in every for edge in (one.first, one.last))
    matches = [one for one in every if not is_inside_name(line, one, others(edges, one), gazetteer)]
    bodies = find_bodies(line.words, matches, gazetteer)
    taken = [False] * len(line.words)
    for body in bodies:
        seen = Seen(line, body.first, body.last, number)
        reading.see(seen, body.actor, "body", reasons.INSTITUTION, body.key)
        note_acronym(reading, line, body.last, body.actor)
        mark(taken, body.phrase, body.last)
    starts = [body.phrase for body in bodies]
    open_matches = [one for one in matches if not hidden(one, bodies, starts)]
    for match in open_matches:
        mark(taken, match.first, match.last)
    ends = {match.last: match for match in matches}
    # a lone "Jordan" comes last: it may be the family name of somebody this paragraph introduces
    later = [one for one in open_matches if one.is_short and one.aliases[0].sense == "name"]
    waiting = {one.first for one in later}
    for match in open_matches:
        if match.first not in waiting:
            read_match(reading, line, match, number, ends)
    read_names(reading, line, number, taken, ends)
    for match in later:
        read_match(reading, line, match, number, ends)


def is_ready(reading: Reading, line: Line, match: Match) -> bool:
    """Tell whether a name that counts only in context does: "the North" after North Korea, not "the North Sea"."""
    alias = match.aliases[0]
    if alias.sense != "context":
        return True
    follows = match.last < len(line.words) and line.gap(match.last) == " " and line.words[match.last].is_capitalised
    return not follows and reading.countries[alias.actor_id] > 0


def others(edges: Mapping[int, int], match: Match) -> set[int]:
    """Return which of the match's own edges are edges of other matches too: the only ones it is asked for."""
    return {edge for edge in (match.first, match.last) if edges[edge] > 1}


def mark(taken: list[bool], first: int, last: int) -> None:
    """Mark the words as explained."""
    taken[first:last] = [True] * (last - first)


def hidden(match: Match, bodies: Sequence[Body], starts: Sequence[int]) -> bool:
    """Tell whether an institution's name contains the match, other than as its country in front."""
    before = bisect_right(starts, match.first) - 1
    return before >= 0 and match.last <= bodies[before].last


def read_match(reading: Reading, line: Line, match: Match, number: int, ends: Mapping[int, Match]) -> None:
    """Record a known name: people as introduced in full or in short, the rest as they are."""
    gazetteer, seen = reading.gazetteer, Seen(line, match.first, match.last, number)
    actors = [gazetteer.by_id[one.actor_id] for one in match.aliases]
    if actors[0].kind == "person":
        title = titles_of(line, match.first, match.last, ends, gazetteer)
        if match.is_short:
            span, surface = line.part(match.first, match.last)
            ids = tuple(one.actor_id for one in actors)
            reading.shorts.append(Short(span, [line.words[match.first].folded], title, number, ids, surface))
            return
        person = reading.cast.introduce_known(best(actors, title, reading), title, line.words[match.first].start)
        reading.see(seen, person.actor, "name", reasons.of_alias(match.aliases[0], person.actor))
        return
    namesake = reading.cast.bearer(line.words[match.first]) if match.is_short else None
    if namesake is not None and match.aliases[0].sense == "name":
        reading.see(seen, namesake.actor, "short", reasons.SURNAME)
        return
    sense: Sense = "name" if match.aliases[0].sense == "context" else match.aliases[0].sense
    actor = best(actors, Title(), reading)
    reading.see(seen, actor, sense, reasons.of_alias(match.aliases[0], actor))
    note_acronym(reading, line, match.last, actor)
    if sense == "name" and actor.kind != "country":
        reading.bodies |= {word.folded: actor.actor_id for word in line.words[match.first : match.last]}


def settle_shorts(reading: Reading) -> None:
    """Resolve the parts of names in order; those that fit nobody are left out."""
    countries = [code for code, _ in reading.countries.most_common(3) if code]
    for short in reading.shorts:
        actor, reason = bearer(reading, short, countries)
        if actor is not None:
            reading.actors[actor.actor_id] = actor
            if actor.kind == "person":
                words = fold(actor.name).split()
                person = reading.cast.people.get(actor.actor_id) or reading.cast.add(actor, words)
                reading.cast.record_title(person, short.title)
            reading.sightings.append(
                Sighting(short.span, actor.actor_id, "short", short.paragraph, None, short.surface, reason)
            )


def bearer(reading: Reading, short: Short, countries: Sequence[str]) -> tuple[Actor | None, str]:
    """Return whom a part of a name means, and why: one introduced, a famous bearer, an office-holder, a new one."""
    cast, place = reading.cast, short.span.start
    person = cast.recall(short.words, short.title, place, strict=True)
    if person is not None:
        return person.actor, why_part(reading, short, person)
    held = cast.by_title(short.words, short.title, countries) if short.title.role_class else None
    person = None if held else cast.recall(short.words, short.title, place)
    if person is not None:
        return person.actor, why_part(reading, short, person)
    if held is None and short.known:
        return best([reading.gazetteer.by_id[one] for one in short.known], short.title, reading), reasons.LISTED_ALIAS
    if held is None and len(short.words) == 1 and (short.title.is_evidence or short.is_person):
        return reading.cast.new(short.words, short.surface, short.title), reasons.TITLED
    return held, reasons.OFFICE


def why_part(reading: Reading, short: Short, person: Person) -> str:
    """Return why a part of a name means the person: named in full, else known by his office or his surname alone."""
    if person.places:
        country = person.actor.country or person.title.country
        return reasons.of_part(short.words, person.words, reading.gazetteer.names, country)
    if not person.actor.is_known:
        return reasons.TITLED
    return reasons.LISTED_ALIAS if short.known else reasons.OFFICE
