"""Acronyms that an article spells out as somebody else's than the one the gazetteer knows by them."""

import re
from collections.abc import Iterable, Iterator

from extractors.actors.known.folding import fold
from extractors.actors.known.gazetteer import Gazetteer

# a name before its acronym: Coastal Defence League (CDL); Coastal Defence League, or CDL
_SPELLED_OUT = re.compile(
    r"(?<![\w’'-])(?P<name>[A-Z][\w’']{1,30}(?:[ -](?:(?:of|for|and|the|on|in) ){0,2}[A-Z][\w’']{1,30}){1,6})"
    r"(?: \(|, or )"
    r"(?P<acronym>[A-Z]{2,6})\b"
)
SAME = 0.5  # share of its words that a name has in common with another one for the same body


def borrowed_acronyms(texts: Iterable[str], gazetteer: Gazetteer) -> frozenset[str]:
    """Return the acronyms, folded, that the texts spell out as a name of none whom the gazetteer knows by them."""
    return frozenset(one for text in texts for one in _borrowed(text, gazetteer))


def _borrowed(text: str, gazetteer: Gazetteer) -> Iterator[str]:
    for match in _SPELLED_OUT.finditer(text):
        acronym = fold(match["acronym"])
        known = [one for one in gazetteer.aliases.get(acronym, ()) if one.words == (acronym,)]
        name = _name_of(match["name"], match["acronym"])
        if known and name and not any(_is_of(name, one.actor_id, gazetteer) for one in known):
            yield acronym


def _name_of(words: str, acronym: str) -> frozenset[str]:
    """Return the words at the end whose first letters are the acronym's; none where they are not."""
    capitals = [one for one in re.split(r"[ -]", words) if one[:1].isupper()]
    last = capitals[-len(acronym) :]
    is_it = "".join(one[0] for one in last) == acronym
    return frozenset(fold(" ".join(last)).split()) if is_it else frozenset()


def _is_of(name: frozenset[str], actor_id: str, gazetteer: Gazetteer) -> bool:
    actor = gazetteer.by_id[actor_id]
    names = (frozenset(fold(one).split()) for one in (actor.name, *actor.aliases))
    return any(len(name & one) > SAME * len(name) for one in names)
