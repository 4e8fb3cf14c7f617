"""What is known of an actor at the article's date, the text before the gazetteer."""

from dataclasses import dataclass, field
from datetime import date

from extractors.actors.folding import fold
from extractors.actors.gazetteer import Gazetteer, is_held, office_on
from extractors.actors.index import MentionIndex
from extractors.actors.lexicon import Gender
from extractors.actors.naming import gender_of_name
from extractors.model import Actor

STATE = frozenset({"country", "government", "ministry", "military", "agency", "legislature"})
# words that make an office another one: the deputy minister is not the minister
QUALIFIED = frozenset(
    {"deputy", "vice", "former", "ex", "acting", "senior", "assistant", "then", "first", "opposition"}
)


@dataclass(slots=True)
class Facts:
    """The actors of one article; ``genders`` holds what pronouns have taught so far."""

    index: MentionIndex
    gazetteer: Gazetteer
    on: date | None
    actors: dict[str, Actor]
    genders: dict[str, Gender] = field(default_factory=dict)
    holders: dict[tuple[str, str], str | None] = field(default_factory=dict)

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
        if title and title.country:
            return role, title.country
        return role, office.country if office else actor.country

    def head_of(self, organisation: str, role_classes: frozenset[str]) -> str | None:
        """Return who heads an organisation on the day, by the gazetteer."""
        for actor in self.gazetteer.actors if self.on is not None else ():
            office = office_on(actor, self.on) if actor.offices else None
            if office is None or office.organisation != organisation or QUALIFIED & set(fold(office.role).split()):
                continue
            if self.gazetteer.roles.class_of(fold(office.role)) in role_classes:
                self.actors.setdefault(actor.actor_id, actor)
                return actor.actor_id
        return None

    def envoy(self, country: str, host: str) -> str | None:
        """Return a country's ambassador to another on the day, by the gazetteer."""
        names = {fold(self.gazetteer.by_id[host].name), *map(fold, self.gazetteer.by_id[host].aliases)}
        for actor in self.gazetteer.actors if self.on is not None else ():
            office = office_on(actor, self.on) if actor.country == country else None
            if office is None or self.gazetteer.roles.class_of(fold(office.role)) != "envoy":
                continue
            if any(fold(office.role).endswith(name) for name in names):
                self.actors.setdefault(actor.actor_id, actor)
                return actor.actor_id
        return None

    def holder(self, role_class: str, country: str) -> str | None:
        """Return who holds an office of a country on the day, by the gazetteer; None without a day."""
        if self.on is None:
            return None
        key = (role_class, country)
        if key not in self.holders:
            self.holders[key] = next((one.actor_id for one in self.gazetteer.actors if self.holds(one, *key)), None)
        found = self.holders[key]
        if found is not None:
            self.actors.setdefault(found, self.gazetteer.by_id[found])
        return found

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
