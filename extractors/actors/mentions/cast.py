"""The people of one article: who was introduced where, and whom a family name means at a given place."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from extractors.actors.known.folding import Word, fold
from extractors.actors.known.gazetteer import Gazetteer, is_held, office_on
from extractors.actors.known.name_lexicon import Gender
from extractors.actors.known.personal_names import (
    core,
    extends,
    family_name,
    gender_of_name,
    is_same_person,
    short_forms,
)
from extractors.actors.mentions.titles import Title
from extractors.model import Actor

ARTICLES = frozenset({"al", "el"})  # part of an Arabic family name, which may stand in the middle of the full one
MOST_NAMESAKES = 40  # people of one text that a name is compared with, the last ones; lists of delegates have ten


@dataclass(slots=True)
class Person:
    """Somebody in this article; ``title`` is what the text says of him, ``places`` where he was named in full."""

    actor: Actor
    words: list[str]
    title: Title
    places: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Cast:
    """Everybody named so far; ``by_word`` leads from any word of a name to those who bear it."""

    gazetteer: Gazetteer
    on: date | None
    people: dict[str, Person] = field(default_factory=dict)
    by_word: dict[str, list[str]] = field(default_factory=dict)

    def introduce(self, name: Sequence[Word], surface: str, title: Title, place: int) -> Person:
        """Record somebody named in full: the same person as before, a known one in another spelling, or a new one."""
        words = [word.folded for word in name]
        person = self.same(words) or self.add(
            self.known(words, title) or self.in_office(words, title) or self.new(words, surface, title), words
        )
        self.record(person, title, place)
        return person

    def introduce_known(self, actor: Actor, title: Title, place: int) -> Person:
        """Record a known person named in full."""
        person = self.people.get(actor.actor_id) or self.add(actor, fold(actor.name).split())
        self.record(person, title, place)
        return person

    def record(self, person: Person, title: Title, place: int) -> None:
        """Keep where the person was named and what was said of him there."""
        insort(person.places, place)
        self.record_title(person, title)

    def record_title(self, person: Person, title: Title) -> None:
        """Complete what is known of the person's role; the first words on it stay."""
        known = person.title
        person.title = Title(
            known.text or title.text,
            known.role_class or title.role_class,
            known.country or title.country,
            known.gender or title.gender,
            known.is_courtesy or title.is_courtesy,
        )

    def add(self, actor: Actor, words: list[str]) -> Person:
        """Enter a person under each word of the name."""
        person = Person(actor, words, Title())
        self.people[actor.actor_id] = person
        for word in dict.fromkeys([*core(words, self.gazetteer.names), words[-1]]):
            self.by_word.setdefault(word, []).append(actor.actor_id)
        return person

    def named(self, word: str) -> Sequence[str]:
        """Return the ids of the last ones whose names have the word."""
        return self.by_word.get(word, [])[-MOST_NAMESAKES:]

    def same(self, words: list[str]) -> Person | None:
        """Return the person of this article whose full name this is."""
        names = self.gazetteer.names
        for word in core(words, names):
            for actor_id in self.named(word):
                if is_same_person(words, self.people[actor_id].words, names):
                    return self.people[actor_id]
        return None

    def known(self, words: list[str], title: Title) -> Actor | None:
        """Return the known person whose name this spells another way; the text must not give another country."""
        kept = core(words, self.gazetteer.names)
        for word in (kept[-1], kept[0]):
            for actor_id in self.gazetteer.by_family.get(word, ()):
                actor = self.gazetteer.by_id[actor_id]
                if title.country in {None, actor.country} and is_same_person(
                    words, fold(actor.name).split(), self.gazetteer.names
                ):
                    return actor
        return None

    def is_known(self, words: list[str], title: Title) -> bool:
        """Tell whether the words are the full name of a known person who holds an office of the title's kind."""
        return len(core(words, self.gazetteer.names)) > 1 and self.in_office(words, title) is not None

    def in_office(self, words: list[str], title: Title) -> Actor | None:
        """Return who holds the office of the title on the day and is called so in full: "President Jo R. Roe Jr."."""
        kept = core(words, self.gazetteer.names)
        found = self.by_title(kept, title, [title.country] if title.country else self.countries(kept[-1]))
        given = fold(found.name).split()[0] if found is not None else ""
        return found if given[:1] == kept[0][0] and len(kept) > 1 else None

    def countries(self, family: str) -> list[str]:
        """Return the countries of those known by a family name, where it is one."""
        found = {self.gazetteer.by_id[one].country for one in self.gazetteer.by_family.get(family, ())} - {None}
        return [one for one in found if one] if len(found) == 1 else []

    def new(self, words: list[str], surface: str, title: Title) -> Actor:
        """Return a new actor known by this text alone; his id comes from his folded name."""
        gender: Gender | None = title.gender or gender_of_name(words, self.gazetteer.names, title.country)
        return Actor(f"text:{'-'.join(words)}", surface, "person", title.country, gender=gender, is_known=False)

    def bearer(self, word: Word) -> Person | None:
        """Return the person named in full before whose family name the word is."""
        people = (self.people[one] for one in self.named(word.folded))
        found = [one for one in people if one.places and self.is_short_for([word.folded], one)]
        return found[-1] if found else None

    def has_longer(self, words: list[str]) -> bool:
        """Tell whether the words are the end of a longer name introduced before."""
        people = (self.people[one] for one in self.named(words[-1]))
        longer = [one.words for one in people if one.places and len(one.words) > len(words)]
        return any(one[-len(words) :] == words or (words[0] in ARTICLES and extends(words, one)) for one in longer)

    def recall(self, words: list[str], title: Title, place: int, *, strict: bool = False) -> Person | None:
        """Return whom a part of a name means: the last one introduced in full who fits.

        ``strict`` leaves out those whom the text has given another office than the title names.
        """
        candidates = [self.people[one] for one in self.named(words[0])]
        fitting = [one for one in candidates if self.is_short_for(words, one)] or [
            one for one in candidates if extends(words, one.words) and len(words) == 1
        ]
        fitting = self.by_office(fitting, title, strict=strict)
        earlier = [one for one in fitting if one.places and one.places[0] < place]
        if earlier:
            return max(earlier, key=lambda one: one.places[bisect_left(one.places, place) - 1])
        return min(fitting, key=lambda one: one.places[:1] or [place]) if fitting else None

    def is_short_for(self, words: list[str], person: Person) -> bool:
        """Tell whether the words are the family name of the person, or end or begin with it."""
        if not extends(words, person.words):
            return False
        if len(words) > 1 and words[0] in ARTICLES:
            return True
        forms = short_forms(person.words, self.gazetteer.names, person.actor.country or person.title.country)
        return words[-1] in forms or words[0] in forms

    def by_office(self, people: list[Person], title: Title, *, strict: bool) -> list[Person]:
        """Keep those whose gender and office agree with the title, all when no office does."""
        people = [one for one in people if not (title.gender and self.gender(one) and title.gender != self.gender(one))]
        if title.role_class is None:
            return people
        holders = [one for one in people if title.role_class in self.classes(one)]
        return holders or [one for one in people if not strict or not self.classes(one)]

    def classes(self, person: Person) -> set[str]:
        """Return the classes of the roles he has by the text and by the offices held on the day."""
        roles = self.gazetteer.roles
        held = {
            roles.class_of(fold(one.role)) for one in person.actor.offices if self.on is None or is_held(one, self.on)
        }
        return {one for one in (person.title.role_class, *held) if one}

    def gender(self, person: Person) -> Gender | None:
        """Return his gender by the gazetteer, his titles or his given name."""
        return person.actor.gender or person.title.gender

    def by_title(self, words: list[str], title: Title, countries: Sequence[str]) -> Actor | None:
        """Return the known office-holder behind "President Lee" or "Foreign Minister Wang" without introduction."""
        for actor_id in self.gazetteer.by_family.get(words[-1], ()):
            actor = self.gazetteer.by_id[actor_id]
            office = office_on(actor, self.on)
            if office is None or title.role_class != self.gazetteer.roles.class_of(fold(office.role)):
                continue
            if actor.country == title.country or (title.country is None and actor.country in countries):
                return actor
        return None

    def settle(self) -> dict[str, Actor]:
        """Return the actors, the new ones completed by what the rest of the text said of them."""
        return {key: self.completed(person) for key, person in self.people.items()}

    def completed(self, person: Person) -> Actor:
        """Return the person's actor with country and gender as far as the text gives them."""
        actor = person.actor
        if actor.is_known:
            return actor
        country = actor.country or person.title.country
        gender = actor.gender or person.title.gender or gender_of_name(person.words, self.gazetteer.names, country)
        return replace(actor, country=country, gender=gender)


def surname(person: Person, gazetteer: Gazetteer) -> str:
    """Return the word by which the person is called."""
    return family_name(person.words, gazetteer.names, person.actor.country)
