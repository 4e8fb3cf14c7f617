"""Names that nobody knows yet: new people, new bodies, and parts of names to be settled later."""

from collections.abc import Mapping

from extractors.actors import reasons
from extractors.actors.known.bodies import country_of
from extractors.actors.known.gazetteer import Gazetteer
from extractors.actors.known.matching import Match
from extractors.actors.known.personal_names import EAST_ASIAN, is_family_first
from extractors.actors.mentions.findings import Reading, Seen, Short, note_acronym
from extractors.actors.mentions.name_runs import Line, is_title_word, may_be_name, organisation_end, run_end
from extractors.actors.mentions.titles import Title, titles_of
from extractors.model import Actor

# whose subject is a person or a body
SPEECH = frozenset(
    {"say", "tell", "add", "note", "state", "warn", "claim", "argue", "write", "explain", "stress", "insist", "reply"}
)


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
        return read_body(reading, line, first, last, number, ends)
    if last - first == 1 and line.words[first].text in reading.acronyms:
        actor = reading.actors[reading.acronyms[line.words[first].text]]
        reading.see(Seen(line, first, last, number), actor, "short", reasons.ACRONYM)
        return last
    title = titles_of(line, first, last, ends, gazetteer)
    known = known_end(reading, words, title)
    last, words = first + known, words[:known]
    span, surface = line.part(first, last)
    is_full = len(words) > 1 and not all(len(word) == 1 for word in words[:-1]) and not reading.cast.has_longer(words)
    if is_full and (is_person(line, first, last, title, gazetteer) or reading.cast.same(words)):
        person = reading.cast.introduce(line.words[first:last], surface, title, span.start)
        reason = reasons.of_full_name(words, person.actor, gazetteer.names)
        reading.see(Seen(line, first, last, number), person.actor, "name", reason)
    else:
        if is_place(line, first, last, gazetteer):
            title = Title()
        is_given = is_labelled and words[0] in gazetteer.names.given
        reading.shorts.append(Short(span, words, title, number, (), surface, is_given))
    return last


def known_end(reading: Reading, words: list[str], title: Title) -> int:
    """Return how many words are the name: a known person's full one ends it, as in headlines ("Jane Roe Visits")."""
    widths = range(len(words), 1, -1)
    return next((width for width in widths if reading.cast.is_known(words[:width], title)), len(words))


def is_place(line: Line, first: int, last: int, gazetteer: Gazetteer) -> bool:
    """Tell whether the parse takes the name for a place and no title stands before it."""
    if first and line.words[first - 1].folded in gazetteer.roles.nouns | gazetteer.roles.honorifics:
        return False
    return any(one is not None and one.ent_type_ in {"GPE", "LOC", "FAC"} for one in line.tokens[first:last])


def read_body(reading: Reading, line: Line, first: int, last: int, number: int, ends: Mapping[int, Match]) -> int:
    """Record an organisation that only this text names, or the one before that a single word of its name means."""
    last = organisation_end(line, last, reading.gazetteer)
    owner = ends.get(first)
    if owner is not None and line.gap(first) == " " and owner.aliases[0].sense == "adjective":
        first = owner.first
    if last - first > 1:
        _, surface = line.part(first, last)
        words = [word.folded for word in line.words[first:last]]
        actor = Actor(
            f"text:{'-'.join(words)}", surface, "organisation", country_of(owner) if owner else None, is_known=False
        )
        actor = reading.actors.get(actor.actor_id, actor)
        reading.see(Seen(line, first, last, number), actor, "name", reasons.FULL_NAME)
        note_acronym(reading, line, last, actor)
        for word in words:
            reading.bodies[word] = actor.actor_id
    elif line.words[first].folded in reading.bodies:
        actor = reading.actors[reading.bodies[line.words[first].folded]]
        reading.see(Seen(line, first, last, number), actor, "short", reasons.PART)
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
    if is_hyphened and set(words[:2]) & set(names.given) and not labels & {"GPE", "LOC", "FAC"}:
        return True
    is_eastern = title.country in EAST_ASIAN and is_family_first(words, names, title.country)
    if "PERSON" in labels or is_eastern or (names.may_be_family(words[0]) and is_hyphened):
        return True
    speaks = any(token.dep_ == "nsubj" and token.head.lemma_ in SPEECH for token in tokens)
    if speaks and title.text:
        return True
    return speaks and not labels & {"GPE", "ORG", "NORP", "FAC", "LOC", "EVENT"}
