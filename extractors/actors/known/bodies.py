"""States' institutions by pattern: "Ukraine's foreign ministry", "Ministry of Defence of the Republic", embassies."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.actors.known.folding import Word
from extractors.actors.known.gazetteer import Gazetteer
from extractors.actors.known.matching import Match
from extractors.model import Actor

# words that may stand between the country and its institution ("Ukraine's main military intelligence service")
BETWEEN = frozenset(
    [
        "own",
        "main",
        "top",
        "national",
        "state",
        "new",
        "interim",
        "caretaker",
        "transitional",
        "powerful",
        "presidential",
        "federal",
        "central",
        "ruling",
        "military",
        "conservative",
        "current",
        "civilian",
        "based",
        "led",
        "elected",
        "'s",
        "s",
        "official",
        "royal",
        "unified",
        "joint",
    ]
)
LINKS = frozenset({"of", "in"})
EMBASSY = frozenset({"embassy", "consulate"})


@dataclass(frozen=True, slots=True)
class Body:
    """An institution of a state at words ``first`` to before ``last``; ``phrase`` is where its own words begin."""

    first: int
    last: int
    phrase: int
    actor: Actor
    key: str


def find_bodies(words: Sequence[Word], matches: Sequence[Match], gazetteer: Gazetteer) -> list[Body]:
    """Return the institutions whose country the words around them name."""
    ends = {match.last: match for match in matches if country_of(match)}
    starts = {match.first: match for match in matches if country_of(match)}
    found: list[Body] = []
    position = 0
    while position < len(words):
        body = body_at(words, position, ends, starts, gazetteer)
        if body is not None:
            found.append(body)
        position = body.last if body else position + 1
    return found


def country_of(match: Match) -> str | None:
    """Return the state that a known name stands for."""
    return next((one.actor_id for one in match.aliases if len(one.actor_id) == 3 and one.actor_id.isupper()), None)


def body_at(
    words: Sequence[Word], position: int, ends: dict[int, Match], starts: dict[int, Match], gazetteer: Gazetteer
) -> Body | None:
    """Return the institution whose phrase begins at the position."""
    if words[position].folded in EMBASSY:
        return embassy_at(words, position, ends, starts, gazetteer)
    found = phrase_at(words, position, gazetteer)
    if found is None:
        return None
    last, key = found
    before = owner_before(words, position, ends)
    if before is not None:
        return Body(before.first, last, position, gazetteer.institution(country_of(before) or "", key), key)
    after = owner_after(words, last, starts)
    if after is not None and key != "government":
        return Body(position, after.last, position, gazetteer.institution(country_of(after) or "", key), key)
    return None


def phrase_at(words: Sequence[Word], position: int, gazetteer: Gazetteer) -> tuple[int, str] | None:
    """Return the end and the key of the longest institution phrase that begins here."""
    for phrase, key in gazetteer.phrases.get(words[position].folded, ()):
        last = position + len(phrase)
        if last <= len(words) and tuple(word.folded for word in words[position:last]) == phrase:
            return last, key
    return None


def owner_before(words: Sequence[Word], position: int, ends: dict[int, Match]) -> Match | None:
    """Return the country just before the phrase, over a possessive and a few adjectives."""
    for back in range(4):
        if position - back in ends:
            return ends[position - back]
        if position - back - 1 < 0 or words[position - back - 1].folded not in BETWEEN:
            return None
    return None


def owner_after(words: Sequence[Word], last: int, starts: dict[int, Match]) -> Match | None:
    """Return the country that follows as "of the Russian Federation" or "in Seoul"."""
    if last >= len(words) or words[last].folded not in LINKS:
        return None
    following = last + 1
    if following < len(words) and words[following].folded == "the":
        following += 1
    match = starts.get(following)
    if match is None or any(one.sense == "adjective" for one in match.aliases):
        return None
    return match


def embassy_at(
    words: Sequence[Word], position: int, ends: dict[int, Match], starts: dict[int, Match], gazetteer: Gazetteer
) -> Body | None:
    """Return "the Russian Embassy in Seoul", "the embassy of Cuba in Peru"; the host may be missing."""
    owner, first, last = owner_before(words, position, ends), position, position + 1
    if owner is None:
        owner = owner_after(words, last, starts)
        if owner is None or words[last].folded != "of":
            return None
        last = owner.last
    else:
        first = owner.first
    host = owner_after(words, last, starts)
    country = country_of(owner) or ""
    if host is not None and words[last].folded == "in":
        return Body(first, host.last, position, gazetteer.embassy(country, country_of(host) or ""), "embassy")
    adjective = (gazetteer.countries[country].adjectives or (gazetteer.countries[country].name,))[0]
    actor = Actor(f"{country.lower()}-embassy", f"{adjective} Embassy", "government", country, parent=country)
    return Body(first, last, position, actor, "embassy")
