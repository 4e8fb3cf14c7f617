"""What is known of an actor at the article's date, the text before the gazetteer."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from extractors.actors.index import MentionIndex
from extractors.actors.known.folding import fold
from extractors.actors.known.gazetteer import Gazetteer, is_held, office_on
from extractors.actors.known.name_lexicon import Gender
from extractors.actors.known.personal_names import gender_of_name
from extractors.model import Actor

STATE = frozenset({"country", "government", "ministry", "military", "agency", "legislature"})
# words that make an office another one: the deputy minister is not the minister
QUALIFIED = frozenset(
    {"deputy", "vice", "former", "ex", "acting", "senior", "assistant", "then", "first", "opposition"}
)


@dataclass(slots=True)
class Facts:
    """The actors of one article; ``genders`` holds what pronouns have taught so far.

    ``home`` is the state that publishes an official document: its own holders of offices need no country there.
    """

    index: MentionIndex
    gazetteer: Gazetteer
    on: date | None
    actors: dict[str, Actor]
    genders: dict[str, Gender] = field(default_factory=dict)
    holders: dict[tuple[str, str], str | None] = field(default_factory=dict)
    heads: dict[tuple[str, frozenset[str]], str | None] = field(default_factory=dict)
    envoys: dict[tuple[str, str], str | None] = field(default_factory=dict)
    home: str | None = None

    def is_person(self, actor_id: str) -> bool:
        """Tell whether the actor is a human being."""
        return self.actors[actor_id].kind == "person"

    def gender(self, actor_id: str) -> Gender | None:
        """Return the gender known from pronouns, the gazetteer, titles or the given name."""
        actor, title = self.actors[actor_id], self.index.titles.get(actor_id)
        known = self.genders.get(actor_id) or actor.gender or (title.gender if title else None)
        return known or gender_of_name(fold(actor.name).split(), self.gazetteer.names, actor.country)

    def sure_gender(self, actor_id: str) -> Gender | None:
        """Return the gender known from pronouns, the gazetteer or titles: a given name alone may deceive."""
        actor, title = self.actors[actor_id], self.index.titles.get(actor_id)
        listed = actor.gender if actor.is_known else None
        return self.genders.get(actor_id) or listed or (title.gender if title else None)

    def classes(self, actor_id: str) -> frozenset[str]:
        """Return the classes of a person's roles, by the text and by the offices held on the day."""
        roles, title = self.gazetteer.roles, self.index.titles.get(actor_id)
        offices = self.actors[actor_id].offices
        held = [one for one in offices if self.on is None or is_held(one, self.on)]
        named = (roles.class_of(fold(one.role)) for one in held)
        return frozenset(one for one in (title.role_class if title else None, *named) if one)

    def country(self, actor_id: str) -> str | None:
        """Return the country an actor belongs to, as the text has it."""
        title = self.index.titles.get(actor_id)
        return (title.country if title else None) or self.actors[actor_id].country

    def state(self, actor_id: str) -> str | None:
        """Return the country that an actor other than a person or a world body belongs to."""
        actor = self.actors[actor_id]
        return actor.country if actor.kind in STATE and actor.country in self.gazetteer.countries else None

    def role(self, actor_id: str) -> tuple[str | None, str | None]:
        """Return role and country for a speaker: the text's words, else the office held on the day."""
        actor, title = self.actors[actor_id], self.index.titles.get(actor_id)
        office = office_on(actor, self.on)
        role = (title.text if title else None) or (office.role if office else None)
        if title and title.country and not (actor.is_known and actor.country):
            return role, title.country
        return role, office.country if office else actor.country

    def famous(self, family: str) -> str | None:
        """Return who alone bears a family name and holds an office on the day, where the text names his country."""
        if self.on is None:
            return None
        named = {one.country for one in self.actors.values() if one.kind != "person"}
        bearers = [self.gazetteer.by_id[one] for one in self.gazetteer.by_family.get(family, ())]
        found = [one.actor_id for one in bearers if one.country in named and office_on(one, self.on) is not None]
        return self._met(found[0]) if len(found) == 1 else None

    def head_of(self, organisation: str, role_classes: frozenset[str]) -> str | None:
        """Return who heads an organisation on the day, by the gazetteer."""
        key = (organisation, role_classes)
        if key not in self.heads:
            self.heads[key] = self._found(one for one in self.gazetteer.actors if self._heads(one, *key))
        return self._met(self.heads[key])

    def envoy(self, country: str, host: str) -> str | None:
        """Return a country's ambassador to another on the day, by the gazetteer."""
        key = (country, host)
        if key not in self.envoys:
            names = {fold(self.gazetteer.by_id[host].name), *map(fold, self.gazetteer.by_id[host].aliases)}
            sent = (one for one in self.gazetteer.actors if one.country == country)
            self.envoys[key] = self._found(one for one in sent if self._is_envoy(one, names))
        return self._met(self.envoys[key])

    def _found(self, actors: Iterator[Actor]) -> str | None:
        """Return the first one's id; without a day nobody holds an office."""
        return None if self.on is None else next((one.actor_id for one in actors), None)

    def _met(self, actor_id: str | None) -> str | None:
        if actor_id is not None:
            self.actors.setdefault(actor_id, self.gazetteer.by_id[actor_id])
        return actor_id

    def _heads(self, actor: Actor, organisation: str, role_classes: frozenset[str]) -> bool:
        office = office_on(actor, self.on) if actor.offices else None
        if office is None or office.organisation != organisation or QUALIFIED & set(fold(office.role).split()):
            return False
        return self.gazetteer.roles.class_of(fold(office.role)) in role_classes

    def _is_envoy(self, actor: Actor, hosts: set[str]) -> bool:
        office = office_on(actor, self.on)
        if office is None or self.gazetteer.roles.class_of(fold(office.role)) != "envoy":
            return False
        return any(fold(office.role).endswith(name) for name in hosts)

    def holder(self, role_class: str, country: str) -> str | None:
        """Return who holds an office of a country on the day, by the gazetteer; None without a day."""
        if self.on is None:
            return None
        key = (role_class, country)
        if key not in self.holders:
            self.holders[key] = next((one.actor_id for one in self.gazetteer.actors if self.holds(one, *key)), None)
        return self._met(self.holders[key])

    def holds(self, actor: Actor, role_class: str, country: str) -> bool:
        """Tell whether the actor holds the plain office on the day."""
        if actor.kind != "person" or actor.country != country:
            return False
        office = office_on(actor, self.on)
        if office is None:
            return False
        words = fold(office.role)
        return self.gazetteer.roles.class_of(words) == role_class and not QUALIFIED & set(words.split())


def single_country(codes: set[str | None]) -> str | None:
    """Return the one country of a set, None where there are several or none."""
    known = codes - {None}
    return known.pop() if len(known) == 1 else None
