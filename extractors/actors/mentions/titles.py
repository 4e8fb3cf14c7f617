"""What stands around a name: the title before it, the apposition after it, and the country they give."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.actors.known.bodies import country_of
from extractors.actors.known.folding import Word, find_words, fold
from extractors.actors.known.gazetteer import Gazetteer
from extractors.actors.known.matching import Match, match_aliases
from extractors.actors.known.name_lexicon import Gender
from extractors.actors.mentions.name_runs import Line

TITLE_GLUE = frozenset({" ", "-", ". ", "–"})
INNER = frozenset({"of", "for", "and", "the", "s"})
# an apposition ends at the comma, dash or bracket that closes it; at most so many words
APPOSITION = re.compile(r"\s*,\s+(?P<words>[^,;:()“”\"\n—–]{3,160}?)(?=[,;()“”\"—–\n]|\.(?:\s|$)|$)")
AGE = re.compile(r"\s*,\s+(?:aged )?\d{2}\s*,")
AFFILIATION = re.compile(r"\s+(?:of|from|with|at)\s+(?P<words>[^,;:()“”\"\n—–.]{3,100})")
MAX_TITLE_WORDS = 9
PREPOSITIONS = frozenset({"of", "for", "at", "on", "in", "with", "from", "to"})
WIDEST_FIELD = 5  # words between a country and who studies it
# after a country's name they make it a field of work ("the Turkey Project"), these before an expert's noun alone
FIELDS = frozenset({"project", "program", "programme", "desk", "initiative"})
# after a place's name these are where somebody works: "Harvard University professor", "Lima-based analyst"
SEATS = frozenset({"university", "college", "institute", "academy", "school", "hospital", "based", "bureau"})
SUBJECTS = frozenset(
    {"studies", "affairs", "policy", "politics", "language", "literature", "arms", "history", "military"}
)
# a side that is taken or a sponsor is no home ("pro-Beijing lawmaker", "Iran-backed")
SPONSORED = frozenset({"backed", "aligned", "allied", "sponsored", "linked", "funded", "friendly", "watchers"})
STUDENTS = frozenset({"expert", "envoy", "journalist", "diplomat"})
# what a ministry is for may stand before these in capitals ("Information Minister")
PORTFOLIO = frozenset({"minister", "secretary", "commissioner"})
NO_APPOSITION = frozenset(
    {
        "as",
        "when",
        "while",
        "after",
        "before",
        "where",
        "and",
        "but",
        "or",
        "with",
        "if",
        "because",
        "since",
        "to",
        "in",
    }
)
FORMER = frozenset({"former", "ex", "then", "acting", "late"})
# "an expert on North Korea" is no North Korean
ABOUT = frozenset({"on", "about", "against", "to", "with", "toward", "towards", "between", "versus", "pro", "anti"})


@dataclass(frozen=True, slots=True)
class Title:
    """A role as the text words it, with its class, country and the gender its nouns tell."""

    text: str | None = None
    role_class: str | None = None
    country: str | None = None
    gender: Gender | None = None
    is_courtesy: bool = False

    @property
    def is_evidence(self) -> bool:
        """Tell whether it shows that the name beside it is a person's."""
        return self.role_class is not None or self.is_courtesy


def title_before(line: Line, first: int, last: int, ends: Mapping[int, Match], gazetteer: Gazetteer) -> Title:
    """Return the title that leads up to the name at words ``first`` to before ``last``."""
    roles, words = gazetteer.roles, line.words
    begin = before_comma(line, first, last, ends, gazetteer)
    start = title_start(line, first, begin, ends, gazetteer)
    if owner_of(line, start, ends) is None:
        start = over_nouns(line, start, first, ends)
    owner = owner_of(line, start, ends)
    title = [word.folded for word in words[start:first]]
    role_class = roles.class_of(title)
    return Title(
        worded(line, start, first, owner, gazetteer) if role_class or owner else None,
        role_class,
        owner_country(owner, gazetteer) if owner else None,
        roles.gender_of(title),
        any(word in roles.honorifics for word in title),
    )


def owner_country(owner: Match, gazetteer: Gazetteer) -> str | None:
    """Return the country of the state, body or person whose official somebody is."""
    return country_of(owner) or next((gazetteer.by_id[one.actor_id].country for one in owner.aliases), None)


def before_comma(line: Line, first: int, last: int, ends: Mapping[int, Match], gazetteer: Gazetteer) -> int:
    """Return the place before the title's last word where the name stands in commas: "the governor, Jane Roe, said"."""
    is_closed = last < len(line.words) and line.gap(last).startswith(",")
    if not is_closed or first == 0 or first in ends or line.gap(first) != ", ":
        return first
    return first - 1 if line.words[first - 1].folded in gazetteer.roles.nouns else first


def title_start(line: Line, first: int, start: int, ends: Mapping[int, Match], gazetteer: Gazetteer) -> int:
    """Walk back over the words of a title: role nouns, what modifies them, and the body an envoy is sent to."""
    while start > 0 and first - start < MAX_TITLE_WORDS and line.gap(start) in TITLE_GLUE | {"", "’", "'"}:
        if start in ends:
            sent = before_body(line, ends[start], ends, gazetteer)
            if sent is None:
                break
            start = sent
        elif is_title_part(line, start - 1, gazetteer) or (
            line.words[start - 1].folded in {"of", "for", "and"}
            and start < first
            and continues(line, start - 2, ends, gazetteer)
            and not is_of_another(line, start - 1, gazetteer)
        ):
            start -= 1
        else:
            break
    return start


def is_of_another(line: Line, conjunction: int, gazetteer: Gazetteer) -> bool:
    """Tell whether the title before "and" is somebody else's: "the secretary and Governor Roe"."""
    position = conjunction
    while position > 0 and is_title_part(line, position - 1, gazetteer):
        position -= 1
    return line.words[conjunction].folded == "and" and position > 0 and line.words[position - 1].folded == "the"


def over_nouns(line: Line, start: int, first: int, ends: Mapping[int, Match]) -> int:
    """Walk on over up to three plain nouns and adjectives to a country: "Greek shipping minister", "Dutch jurist"."""
    for position in range(start, max(start - 4, 0), -1):
        if position in ends:
            is_adjective = any(one.sense == "adjective" for one in ends[position].aliases)
            return position if is_adjective or line.gap(position) in {"'", "’"} else start
        if line.words[position - 1].folded == "s" and position - 1 in ends and position < start:
            return position
        token = line.tokens[position - 1]
        if line.gap(position) != " " or token is None:
            return start
        is_portfolio = (
            start < first and line.words[start].folded in PORTFOLIO and token.pos_ in {"NOUN", "PROPN", "ADJ"}
        )
        if not is_portfolio and (token.pos_ not in {"NOUN", "ADJ"} or token.text[:1].isupper()):
            return start
    return start


def is_title_part(line: Line, position: int, gazetteer: Gazetteer) -> bool:
    """Tell whether a word can stand in a title."""
    word, roles = line.words[position].folded, gazetteer.roles
    return word in roles.nouns or word in roles.modifiers or word in roles.honorifics


def before_body(line: Line, match: Match, ends: Mapping[int, Match], gazetteer: Gazetteer) -> int | None:
    """Return where the preposition begins in "ambassador to the United Nations", None where there is no such title."""
    if any(one.sense == "adjective" for one in match.aliases):
        return None
    position = match.first - 1
    if position > 0 and line.words[position].folded == "the":
        position -= 1
    if position < 1 or line.words[position].folded not in {"to", "of", "for"} or position in ends:
        return None
    return position if line.words[position - 1].folded in gazetteer.roles.nouns else None


def worded(line: Line, start: int, first: int, owner: Match | None, gazetteer: Gazetteer) -> str | None:
    """Return the title as the text has it, with the organisation in front of it, without courtesy titles."""
    former = None if owner is None or owner.first == 0 else line.words[owner.first - 1]
    if owner is not None and (country_of(owner) is None or is_seat(line, owner, gazetteer)):
        start = owner.first
    while start < first and line.words[start].folded in gazetteer.roles.honorifics:
        start += 1
    if start == first:
        return None
    while first > start and line.words[first - 1].folded in gazetteer.roles.honorifics:
        first -= 1
    base = line.paragraph.start
    prefix = f"{former.text} " if former is not None and former.folded in FORMER else ""
    text = line.text[line.words[start].start - base : line.words[first].start - base].strip(" \"“'‘,")
    return prefix + text if text else None


def is_seat(line: Line, owner: Match, gazetteer: Gazetteer) -> bool:
    """Tell whether a country is meant by a palace, which then belongs to the title ("Kremlin spokesman")."""
    words = " ".join(word.folded for word in line.words[owner.first : owner.last])
    state = gazetteer.countries.get(country_of(owner) or "")
    return state is not None and any(fold(seat) == words for seat in state.seats)


def continues(line: Line, position: int, ends: Mapping[int, Match], gazetteer: Gazetteer) -> bool:
    """Tell whether the word before a small word still belongs to a title ("Secretary of Defense")."""
    return (
        position >= 0
        and position + 1 not in ends
        and line.gap(position + 1) == " "
        and (
            line.words[position].folded in gazetteer.roles.nouns
            or line.words[position].folded in gazetteer.roles.modifiers
        )
    )


def owner_of(line: Line, start: int, ends: Mapping[int, Match]) -> Match | None:
    """Return the country or organisation just before a title, over a possessive."""
    if start in ends and line.gap(start) in {" ", "-"}:
        return ends[start]
    if start > 0 and line.words[start - 1].folded == "s" and start - 1 in ends:
        return ends[start - 1]
    return None


def title_after(text: str, start: int, gazetteer: Gazetteer) -> Title:
    """Return what an apposition or an affiliation after the name says; ``start`` is where the name ends in ``text``."""
    match = APPOSITION.match(text, start)
    if match is None:
        affiliation = AFFILIATION.match(text, start)
        country = country_in(affiliation["words"], gazetteer) if affiliation else None
        return Title(country=country, is_courtesy=AGE.match(text, start) is not None)
    phrase = match["words"]
    words = find_words(phrase)
    cut = next(
        (index for index, word in enumerate(words) if word.folded in {"who", "which", "whose", "that"}), len(words)
    )
    head = [word.folded for word in words[:cut]]
    stop = next(
        (index for index, word in enumerate(head) if word in {"of", "for", "at", "on", "in", "with", "from", "to"}), cut
    )
    role_class = gazetteer.roles.head_class(head[:stop]) or gazetteer.roles.class_of(head[:stop])
    if role_class is None or not words or head[0] in NO_APPOSITION:
        return Title(is_courtesy=AGE.match(text, start) is not None)
    begin = words[1].start if head[0] in {"a", "an", "the"} and len(words) > 1 else words[0].start
    role = phrase[begin : words[cut - 1].end]
    return Title(role, role_class, country_in(role, gazetteer), gazetteer.roles.gender_of(head[:stop]))


def country_in(text: str, gazetteer: Gazetteer) -> str | None:
    """Return the country that a phrase about a person names: where he is, through a body, or by an adjective."""
    words = find_words(text.replace("-based", " based"))
    places = match_aliases(words, gazetteer.places)
    found = [(1, one.aliases[0].actor_id) for one in places if not is_about(words, one, gazetteer)]
    for match in match_aliases(words, gazetteer.aliases):
        alias = match.aliases[0]
        actor = gazetteer.by_id[alias.actor_id]
        if (
            actor.kind == "person"
            or actor.country is None
            or alias.sense == "context"
            or is_about(words, match, gazetteer)
        ):
            continue
        is_place = is_located(words, match)
        in_title = match.last < len(words) and words[match.last].is_capitalised and match.first > 0
        weight = 3 if is_place else 1 if alias.sense == "adjective" and in_title else 2
        found.append((weight, actor.country))
    return max(found, key=lambda one: one[0])[1] if found else None


def is_located(words: Sequence[Word], match: Match) -> bool:
    """Tell whether "in" or "at" stands before the name."""
    before = [word.folded for word in words[max(0, match.first - 2) : match.first]]
    return before[-1:] in (["in"], ["at"]) or before in (["in", "the"], ["at", "the"])


def is_about(words: Sequence[Word], match: Match, gazetteer: Gazetteer) -> bool:
    """Tell whether the name is what the person deals with, not where he belongs ("an expert on", "Syria analyst")."""
    before = [word.folded for word in words[max(0, match.first - 2) : match.first]]
    if any(word in ABOUT for word in before):
        return True
    after = [word.folded for word in words[match.last : match.last + WIDEST_FIELD]]
    is_body = gazetteer.by_id[match.aliases[0].actor_id].kind != "country"
    if SEATS & set(after[:1]) or (is_body and after[:1] == ["and"]):
        return False
    stop = next((index for index, word in enumerate(after) if word in PREPOSITIONS), len(after))
    if FIELDS & set(after[:stop]) or SPONSORED & set(after[:1]):
        return True
    is_noun = all(one.sense != "adjective" for one in match.aliases)
    is_field = (is_noun and after[:1] != ["s"]) or bool(SUBJECTS & set(after[:stop]))
    return is_field and gazetteer.roles.head_class(after[:stop]) in STUDENTS


def merge(before: Title, after: Title) -> Title:
    """Return the title before the name, completed by the apposition after it."""
    first = before if before.role_class else after
    return Title(
        first.text,
        first.role_class,
        before.country or after.country,
        before.gender or after.gender,
        before.is_courtesy or after.is_courtesy,
    )


def titles_of(line: Line, first: int, last: int, ends: Mapping[int, Match], gazetteer: Gazetteer) -> Title:
    """Return what the words before and after a name say of the person."""
    text = line.text
    after = title_after(text, line.words[last - 1].end - line.paragraph.start, gazetteer)
    return merge(title_before(line, first, last, ends, gazetteer), after)
