"""The known actors: states, what every state has, organisations and people, found by id, name and office."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from extractors.actors.known.folding import find_words, fold
from extractors.actors.known.name_lexicon import NameLexicon, RoleLexicon
from extractors.actors.known.personal_names import short_forms
from extractors.model import Actor, ActorKind, Office

AliasSense: TypeAlias = Literal["name", "adjective", "people", "context"]


@dataclass(frozen=True, slots=True)
class Country:
    """A state's names: ``seats`` are palaces that stand for its government."""

    code: str
    name: str
    names: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    kind: ActorKind = "country"
    short: tuple[str, ...] = ()
    led_by: str = "president"


@dataclass(frozen=True, slots=True)
class Institution:
    """What every state has; ``name`` holds {country} or {adjective}; ``is_country`` speaks for the state itself."""

    key: str
    kind: ActorKind
    name: str
    phrases: tuple[str, ...]
    is_country: bool = False
    fallback: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """One written form of a name: which words must be capitals or capitalised, and what it may mean."""

    words: tuple[str, ...]
    upper: tuple[bool, ...]
    capitalised: tuple[bool, ...]
    actor_id: str
    sense: AliasSense


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Everything known before an article is read; ``stand_ins`` maps (country, institution) to a listed actor.

    ``places`` are cities and regions under their first word: they tell a country and speak for nobody.
    """

    actors: tuple[Actor, ...]
    countries: Mapping[str, Country]
    institutions: Mapping[str, Institution]
    stand_ins: Mapping[tuple[str, str], str]
    roles: RoleLexicon
    names: NameLexicon
    by_id: Mapping[str, Actor]
    aliases: Mapping[str, tuple[Alias, ...]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    by_family: Mapping[str, tuple[str, ...]]
    places: Mapping[str, tuple[Alias, ...]]

    def named(self, name: str) -> tuple[Actor, ...]:
        """Return the actors that bear ``name`` in any spelling."""
        words = tuple(fold(name).split())
        found = (alias.actor_id for alias in self.aliases.get(words[0] if words else "", ()) if alias.words == words)
        return tuple(self.by_id[one] for one in dict.fromkeys(found))

    def institution(self, country: str, key: str) -> Actor:
        """Return a state's institution: the listed one, the state itself, or one named by the pattern."""
        kind, state = self.institutions[key], self.countries[country]
        listed = self.stand_ins.get((country, key)) or self.stand_ins.get((country, kind.fallback or ""))
        if listed is not None:
            return self.by_id[listed]
        if kind.is_country:
            return self.by_id[country]
        adjective = state.adjectives[0] if state.adjectives else state.name
        name = kind.name.format(country=state.name, adjective=adjective)
        return Actor(f"{country.lower()}-{key}", name, kind.kind, country, parent=country)

    def embassy(self, country: str, host: str) -> Actor:
        """Return the embassy of one state in another."""
        state = self.countries[country]
        adjective = state.adjectives[0] if state.adjectives else state.name
        name = f"{adjective} Embassy in {self.countries[host].name}"
        return Actor(f"{country.lower()}-embassy-{host.lower()}", name, "government", country, parent=country)


def office_on(actor: Actor, on: date | None) -> Office | None:
    """Return the office held on a day, the last one begun if several; without a day, or past all, the latest."""
    if not actor.offices:
        return None
    if on is None:
        return actor.offices[-1]
    held = [one for one in actor.offices if is_held(one, on)]
    return max(held, key=lambda one: one.since or date.min) if held else None


def is_held(office: Office, on: date) -> bool:
    """Tell whether the office is held on that day."""
    return (office.since is None or office.since <= on) and (office.until is None or on <= office.until)


def make_gazetteer(
    countries: Iterable[Country],
    institutions: Iterable[Institution],
    actors: Iterable[Actor],
    stand_ins: Mapping[tuple[str, str], str],
    roles: RoleLexicon,
    names: NameLexicon,
    places: Mapping[str, Iterable[str]],
) -> Gazetteer:
    """Index states, institutions and the other actors; states become actors under their code."""
    states = {one.code: one for one in countries}
    kinds = {one.key: one for one in institutions}
    everyone = (*map(state_actor, states.values()), *actors)
    cities = (alias for code, listed in places.items() for one in listed for alias in alias_of(one, code, "name"))
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind in kinds.values():
        for phrase in kind.phrases:
            words = tuple(fold(phrase).split())
            phrases.setdefault(words[0], []).append((words, kind.key))
    return Gazetteer(
        actors=everyone,
        countries=states,
        institutions=kinds,
        stand_ins=stand_ins,
        roles=roles,
        names=names,
        by_id={one.actor_id: one for one in everyone},
        aliases=by_first_word(every_alias(states.values(), everyone)),
        by_family=family_index(everyone, names),
        phrases={key: tuple(sorted(found, key=lambda one: -len(one[0]))) for key, found in phrases.items()},
        places=by_first_word(cities),
    )


def by_first_word(aliases: Iterable[Alias]) -> Mapping[str, tuple[Alias, ...]]:
    """Return the names under their first word, none twice, long ones first."""
    found: dict[str, dict[Alias, None]] = {}
    for alias in aliases:
        found.setdefault(alias.words[0], {})[alias] = None
    return {key: tuple(sorted(ones, key=lambda one: -len(one.words))) for key, ones in found.items()}


def family_index(actors: Iterable[Actor], names: NameLexicon) -> Mapping[str, tuple[str, ...]]:
    """Map each family name to the ids of the people who bear it."""
    found: dict[str, list[str]] = {}
    for actor in actors:
        if actor.kind == "person":
            words = fold(actor.name).split()
            for form in short_forms(words, names, actor.country):
                found.setdefault(form, []).append(actor.actor_id)
    return {key: tuple(ids) for key, ids in found.items()}


def state_actor(state: Country) -> Actor:
    """Return the state as an actor: its names, capital and seats are its aliases."""
    return Actor(state.code, state.name, state.kind, state.code, (*state.names, *state.capitals, *state.seats))


def every_alias(states: Iterable[Country], actors: Iterable[Actor]) -> Iterable[Alias]:
    """Yield all written forms: names first, then adjectives and the people's names of the states."""
    for actor in actors:
        for name in (actor.name, *actor.aliases):
            yield from alias_of(name, actor.actor_id, "name")
    for state in states:
        for name in state.adjectives:
            yield from alias_of(name, state.code, "adjective")
        for name in state.short:
            yield from alias_of(name, state.code, "context")
        for name in state.people or map(plural, state.adjectives):
            yield from alias_of(name, state.code, "people")


def plural(adjective: str) -> str:
    """Return the people's name that an adjective gives: Koreans, Serbs; Chinese and Irish stay as they are."""
    return adjective if adjective.endswith(("ese", "sh", "nch", "ss", "s", ".")) else f"{adjective}s"


def alias_of(name: str, actor_id: str, sense: AliasSense) -> Iterable[Alias]:
    """Yield the alias with its case rules: acronyms keep their capitals, names their capital letters."""
    words = find_words(name)
    if words and words[0].folded == "the" and len(words) > 1 and sense != "context":
        words = words[1:]
    if words:
        yield Alias(
            tuple(word.folded for word in words),
            tuple(is_acronym(word.text) for word in words),
            tuple(word.is_capitalised for word in words),
            actor_id,
            sense,
        )


def is_acronym(text: str) -> bool:
    """Tell whether a word is written in capitals because it is an acronym."""
    letters = text.replace(".", "")
    return 1 < len(letters) <= 8 and letters.isupper()
