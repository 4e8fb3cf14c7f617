"""What stands around a name: the title before it, the apposition after it, and the country they give."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.actors.bodies import country_of
from extractors.actors.folding import Word, find_words
from extractors.actors.gazetteer import Gazetteer
from extractors.actors.lexicon import Gender
from extractors.actors.matching import Match, match_aliases
from extractors.actors.runs import Line

TITLE_GLUE = frozenset({" ", "-", ". ", "–"})
INNER = frozenset({"of", "for", "and", "the", "s"})
# an apposition ends at the comma, dash or bracket that closes it; at most so many words
APPOSITION = re.compile(r"\s*,\s+(?P<words>[^,;:()“”\"\n—–]{3,160}?)(?=[,;()“”\"—–\n]|\.(?:\s|$)|$)")
AGE = re.compile(r"\s*,\s+(?:aged )?\d{2}\s*,")
AFFILIATION = re.compile(r"\s+(?:of|from|with|at)\s+(?P<words>[^,;:()“”\"\n—–.]{3,100})")
MAX_TITLE_WORDS = 9
# "an expert on North Korea" is no North Korean
ABOUT = frozenset({"on", "about", "against", "to", "with", "toward", "towards", "between", "versus"})


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


def title_before(line: Line, first: int, ends: Mapping[int, Match], gazetteer: Gazetteer) -> Title:
    """Return the title that leads up to the name at word ``first``."""
    roles, words = gazetteer.roles, line.words
    start = first
    while start > 0 and first - start < MAX_TITLE_WORDS and line.gap(start) in TITLE_GLUE | {"", "’", "'"}:
        word = words[start - 1].folded
        if start in ends or not (word in roles.nouns or word in roles.modifiers or word in roles.honorifics):
            if word not in {"of", "for", "and"} or start == first or not continues(line, start - 2, ends, gazetteer):
                break
        start -= 1
    owner = owner_of(line, start, ends)
    title = [word.folded for word in words[start:first]]
    text = " ".join(word.text for word in words[start:first]).replace(" s ", "'s ")
    if owner is not None and country_of(owner) is None and title:
        text = f"{' '.join(word.text for word in words[owner.first : owner.last])} {text}"
    role_class = roles.class_of(title)
    kept = " ".join(one for one in text.split() if one.lower().rstrip(".") not in roles.honorifics)
    return Title(
        kept or None if role_class else None,
        role_class,
        country_of(owner) if owner else None,
        roles.gender_of(title),
        any(word in roles.honorifics for word in title),
    )


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
        return Title(country=country_in(affiliation["words"], gazetteer)) if affiliation else Title()
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
    if role_class is None or not words:
        return Title(is_courtesy=AGE.match(text, start) is not None)
    begin = words[1].start if head[0] in {"a", "an", "the"} and len(words) > 1 else words[0].start
    role = phrase[begin : words[cut - 1].end]
    return Title(role, role_class, country_in(role, gazetteer), gazetteer.roles.gender_of(head[:stop]))


def country_in(text: str, gazetteer: Gazetteer) -> str | None:
    """Return the country that a phrase about a person names, itself or through an organisation."""
    words = find_words(text)
    for match in match_aliases(words, gazetteer.aliases):
        if not is_about(words, match):
            for alias in match.aliases:
                actor = gazetteer.by_id[alias.actor_id]
                if actor.kind != "person" and actor.country:
                    return actor.country
    return None


def is_about(words: Sequence[Word], match: Match) -> bool:
    """Tell whether the name is what the person deals with, not where he belongs."""
    before = [word.folded for word in words[max(0, match.first - 2) : match.first]]
    return any(word in ABOUT for word in before)


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
