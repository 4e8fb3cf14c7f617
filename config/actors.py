"""Reading actors.toml, roles.toml and names.toml: who is known, and the words for people and bodies."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from config.files import Problem, Section, read_file
from config.places import locate
from extractors.actors import (
    Country,
    Gazetteer,
    Institution,
    NameLexicon,
    RoleLexicon,
    fold,
    folded,
    make_gazetteer,
    nations_of_offices,
    role_lexicon,
)
from extractors.model import Actor, ActorKind, Office

FILE, ROLES, NAMES = "actors.toml", "roles.toml", "names.toml"
CODE = r"^[A-Z]{3}$"
DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class CountryRow(Section):
    """A state."""

    name: str = Field(min_length=1)
    names: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    led_by: str = "president"
    kind: ActorKind = "country"

    def country(self, code: str) -> Country:
        """Return the state under its code."""
        return Country(
            code,
            self.name,
            self.names,
            self.capitals,
            self.adjectives,
            self.people,
            self.seats,
            self.kind,
            self.short,
            self.led_by,
        )


class InstitutionRow(Section):
    """What every state has."""

    name: str = Field(min_length=1)
    kind: ActorKind
    phrases: tuple[str, ...] = Field(min_length=1)
    is_country: bool = False
    fallback: str | None = Field(None, alias="or")


class OrganisationRow(Section):
    """A listed body; ``institution`` makes it stand in for the pattern in its country."""

    name: str = Field(min_length=1)
    kind: ActorKind
    country: str | None = Field(None, pattern=CODE)
    aliases: tuple[str, ...] = ()
    institution: str | None = None
    parent: str | None = None


class PersonRow(Section):
    """A known person; each office is "role | since | until | organisation"."""

    name: str = Field(min_length=1)
    country: str | None = Field(None, pattern=CODE)
    gender: Literal["f", "m"] | None = None
    aliases: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()

    @field_validator("offices")
    @classmethod
    def offices_are_well_formed(cls, rows: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse an office without a role, with an impossible date or an end before its beginning."""
        for row in rows:
            parse_office(row, None)
        return rows


class ActorFile(Section):
    """The whole of actors.toml."""

    countries: dict[str, CountryRow]
    institutions: dict[str, InstitutionRow]
    places: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    organisations: dict[str, OrganisationRow] = Field(default_factory=dict)
    persons: dict[str, PersonRow] = Field(default_factory=dict)


class RoleWords(Section):
    """Words that stand around role nouns, and nouns for the nameless."""

    modifiers: tuple[str, ...] = ()
    honorifics: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    never_names: tuple[str, ...] = ()


class RoleFile(Section):
    """The whole of roles.toml."""

    classes: dict[str, tuple[str, ...]]
    gender: dict[Literal["f", "m"], tuple[str, ...]]
    words: RoleWords
    bodies: dict[str, tuple[ActorKind, ...]]
    nations: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    def lexicon(self) -> RoleLexicon:
        """Return the lexicon the extractor works with."""
        lexicon = role_lexicon(self.classes, self.gender, bodies=self.bodies, **self.words.model_dump())
        return replace(lexicon, nations=nations_of_offices(self.nations))


class NameFile(Section):
    """The whole of names.toml: names stand in strings, parted by white space."""

    given: dict[Literal["f", "m"], str]
    family_first: dict[str, str]
    words: dict[Literal["particles", "suffixes", "hyphen_tails"], str]

    def lexicon(self) -> NameLexicon:
        """Return the lexicon the extractor works with; a given name of both genders tells none."""
        f, m = (folded(self.given.get(one, "").split()) for one in ("f", "m"))
        return NameLexicon(
            {name: ("f" if name in f else "m") for name in f ^ m},
            {code: folded(names.split()) for code, names in self.family_first.items()},
            folded(self.words.get("particles", "").split()),
            folded(self.words.get("suffixes", "").split()),
            folded(self.words.get("hyphen_tails", "").split()),
        )


def load_gazetteer(folder: Path | None) -> tuple[Gazetteer | None, list[Problem]]:
    """Read the known actors and the words about them: the user's files where there are any, the packaged ones else."""
    actors, problems = read_file(folder, FILE, ActorFile)
    roles, role_problems = read_file(folder, ROLES, RoleFile)
    names, name_problems = read_file(folder, NAMES, NameFile)
    problems = [*problems, *role_problems, *name_problems]
    if actors is not None:
        path = str(locate(folder, FILE))
        problems += [Problem(path, key, message) for key, message in check(actors)]
    if actors is None or roles is None or names is None or problems:
        return None, problems
    return gazetteer(actors, roles.lexicon(), names.lexicon()), []


def gazetteer(file: ActorFile, roles: RoleLexicon, names: NameLexicon) -> Gazetteer:
    """Turn checked rows into the extractor's values."""
    organisations = [
        Actor(key, row.name, row.kind, row.country, row.aliases, parent=row.parent)
        for key, row in file.organisations.items()
    ]
    persons = [
        Actor(key, row.name, "person", row.country, row.aliases, offices_of(row), row.gender)
        for key, row in file.persons.items()
    ]
    return make_gazetteer(
        [row.country(code) for code, row in file.countries.items()],
        [
            Institution(key, row.kind, row.name, row.phrases, row.is_country, row.fallback)
            for key, row in file.institutions.items()
        ],
        [*organisations, *persons],
        {
            (row.country, row.institution): key
            for key, row in file.organisations.items()
            if row.country and row.institution
        },
        roles,
        names,
        file.places,
    )


def offices_of(row: PersonRow) -> tuple[Office, ...]:
    """Return the offices in the order listed."""
    return tuple(parse_office(one, row.country) for one in row.offices)


def parse_office(row: str, country: str | None) -> Office:
    """Read "role | since | until | organisation"; raises ``ValueError`` with what is wrong."""
    role, since, until, organisation = ([part.strip() for part in row.split("|")] + [""] * 3)[:4]
    if not role or row.count("|") > 3:
        raise ValueError(f"an office is 'role | since | until | organisation': {row!r}")
    # who speaks for an alliance or a world body does not speak for the country he comes from
    state = None if organisation else country
    office = Office(role, state, organisation or None, parse_day(since), parse_day(until))
    if office.since and office.until and office.since > office.until:
        raise ValueError(f"ends before it begins: {row!r}")
    return office


def parse_day(text: str) -> date | None:
    """Read a year, a month or a day; a missing part is the first."""
    if not text:
        return None
    match = DAY.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no date such as 2024, 2024-05 or 2024-05-20")
    return date(*(int(part or 1) for part in match.groups()))


def check(file: ActorFile) -> Iterator[tuple[str, str]]:
    """Yield (key, message) for what no single row can tell."""
    yield from check_references(file)
    yield from check_people(file)
    yield from check_ids(file)
    yield from check_aliases(file)


def check_references(file: ActorFile) -> Iterator[tuple[str, str]]:
    """Find countries, institutions and parents that are referred to and do not exist."""
    for code in file.countries:
        if re.fullmatch(CODE, code) is None:
            yield f"countries.{code}", "is no ISO 3166 alpha-3 code"
    for code in file.places:
        if code not in file.countries:
            yield f"places.{code}", "unknown country code"
    for key, row in file.organisations.items():
        if row.country and row.country not in file.countries:
            yield f"organisations.{key}.country", f"unknown country code {row.country!r}"
        if row.institution and row.institution not in file.institutions:
            yield f"organisations.{key}.institution", f"unknown institution {row.institution!r}"
        if row.parent and row.parent not in {**file.organisations, **file.countries}:
            yield f"organisations.{key}.parent", f"unknown actor {row.parent!r}"


def check_people(file: ActorFile) -> Iterator[tuple[str, str]]:
    """Find people of unknown countries and offices of unknown organisations."""
    for key, person in file.persons.items():
        if person.country and person.country not in file.countries:
            yield f"persons.{key}.country", f"unknown country code {person.country!r}"
        for number, office in enumerate(offices_of(person)):
            if office.organisation and office.organisation not in {**file.organisations, **file.countries}:
                yield f"persons.{key}.offices.{number}", f"unknown organisation {office.organisation!r}"


def check_ids(file: ActorFile) -> Iterator[tuple[str, str]]:
    """Find ids used twice, and institutions that two organisations of a country stand in for."""
    seen: dict[str, str] = {}
    for section in ("countries", "organisations", "persons"):
        for key in getattr(file, section):
            if key.lower() in seen:
                yield f"{section}.{key}", f"the id is already used in {seen[key.lower()]}"
            seen[key.lower()] = section
    stands: dict[tuple[str, str], str] = {}
    for key, row in file.organisations.items():
        if row.country and row.institution:
            first = stands.setdefault((row.country, row.institution), key)
            if first != key:
                yield f"organisations.{key}.institution", f"{first!r} already stands for it in {row.country}"


def check_aliases(file: ActorFile) -> Iterator[tuple[str, str]]:
    """Find names that two actors of a country share; a surname alone may be shared, context decides."""
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    sections: tuple[tuple[str, dict[str, OrganisationRow] | dict[str, PersonRow]], ...] = (
        ("organisations", file.organisations),
        ("persons", file.persons),
    )
    for section, rows in sections:
        for key, row in rows.items():
            for name in dict.fromkeys(fold(one) for one in (row.name, *row.aliases)):
                owners[row.country or "", name].append(f"{section}.{key}")
    for (country, name), keys in owners.items():
        if len(keys) > 1 and not (" " not in name and all(key.startswith("persons.") for key in keys)):
            yield keys[1], f"the name {name!r} is already taken by {keys[0]} in {country or 'no country'}"
