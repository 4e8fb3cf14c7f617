"""The country of a speaker whom no list knows: told by what he is called, by his like before, or by where it happens."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from extractors.actors.facts import Facts
from extractors.actors.folding import find_words, fold
from extractors.actors.matching import match_aliases
from extractors.actors.sources import Article
from extractors.actors.titles import country_in
from extractors.model import Span, Speaker

# whose bearers belong to the country that the text is set in, unless it says otherwise
LOCAL = frozenset(
    {
        "president", "head-of-government", "leader", "foreign-minister", "defence-minister", "finance-minister",
        "interior-minister", "minister", "security-adviser", "spokesperson", "legislator", "speaker", "governor",
        "mayor", "officer", "official", "candidate", "politician", "judge", "lawyer", "royal", "police", "activist",
        "medic", "citizen", "cleric", "head",
    }
)  # fmt: skip
# those of any country: who comments from afar, and bodies of the whole world
FOREIGN = frozenset({"expert", "journalist", "envoy", "diplomat", "business"})
GATHERED = frozenset(
    "authorities police residents locals villagers voters witnesses lawmakers prosecutors officials government military"
    " army parliament opposition protesters investigators troops soldiers court ministry department".split()
)
LONGEST_OFFICE = 5  # words
LEAD = 2  # paragraphs that tell what the text is about: a country named there counts twice
MAIN = 0.5  # share of all countries named from which on one of them is where the text is set
MENTIONS = 3  # fewer say nothing
NEAR = 4  # sentences after which "the official" is no longer the one before


@dataclass(slots=True)
class Setting:
    """Which countries an article speaks of, and how much."""

    article: Article
    votes: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        facts = self.article.facts
        for one in facts.index.sightings:
            actor = facts.actors[one.actor_id]
            self.count(actor.country, one.paragraph, 1 if facts.is_person(one.actor_id) else 2)
        taken = [one.span for one in facts.index.sightings]
        for number, paragraph in enumerate(self.article.paragraphs):
            words = find_words(self.article.text(paragraph), paragraph.start)
            for match in match_aliases(words, facts.gazetteer.places):
                place = Span(words[match.first].start, words[match.last - 1].end)
                if not any(one.overlaps(place) for one in taken):
                    self.count(match.aliases[0].actor_id, number, 2)

    def count(self, country: str | None, paragraph: int, weight: int) -> None:
        """Count one name of a country; alliances are nobody's home."""
        state = self.article.facts.gazetteer.countries.get(country or "")
        if country and state is not None and state.kind == "country":
            self.votes[country] += weight * (2 if paragraph < LEAD else 1)

    def home(self) -> str | None:
        """Return the country the text is set in, None where it is set in several."""
        if not self.votes:
            return None
        country, count = self.votes.most_common(1)[0]
        return country if count >= max(MENTIONS, MAIN * self.votes.total()) else None

    def office(self, text: str) -> str | None:
        """Return the country that has the office, chamber or party of these words, of several the one named most."""
        words = fold(text).split()
        nations = self.article.facts.gazetteer.roles.nations
        for width in range(min(LONGEST_OFFICE, len(words)), 0, -1):
            for start in range(len(words) - width + 1):
                codes = nations.get(" ".join(words[start : start + width]), ())
                found = max(codes, key=lambda one: self.votes[one], default=None)
                if found is not None and self.votes[found]:
                    return found
        return None


@dataclass(slots=True)
class Nationality:
    """What is known so far: ``of`` holds the persons' countries, ``likes`` those of unnamed ones by their noun."""

    article: Article
    setting: Setting
    of: dict[str, str | None] = field(default_factory=dict)
    likes: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def facts(self) -> Facts:
        return self.article.facts

    def country(self, speaker: Speaker) -> str | None:
        """Return the country of a speaker who has none yet."""
        if speaker.actor_id is None:
            return self.unnamed(speaker)
        if speaker.actor_id not in self.of or self.of[speaker.actor_id] is None:
            is_person = self.facts.is_person(speaker.actor_id)
            self.of[speaker.actor_id] = self.person(speaker) if is_person else self.body(speaker)
        return self.of[speaker.actor_id]

    def person(self, speaker: Speaker) -> str | None:
        """Return the country of a person: by his role, by the words around his name, by where the text is set."""
        told = self.told(speaker.role) or self.told(speaker.text)
        if told is not None:
            return told
        classes = self.facts.classes(speaker.actor_id or "")
        return None if classes & FOREIGN else self.setting.home()

    def body(self, speaker: Speaker) -> str | None:
        """Return the country of a body: by its name or by the words around it."""
        if self.facts.actors[speaker.actor_id or ""].is_known:
            return None
        return country_in(speaker.name or "", self.facts.gazetteer) or self.told(speaker.text)

    def told(self, text: str | None) -> str | None:
        """Return the country that words about somebody tell."""
        if not text:
            return None
        return country_in(text, self.facts.gazetteer) or self.setting.office(text)

    def unnamed(self, speaker: Speaker) -> str | None:
        """Return the country of a source without a name."""
        if speaker.text is None or speaker.span is None:
            return None
        return self.told(speaker.text) or self.owner(speaker.span) or self.here(speaker)

    def owner(self, span: Span) -> str | None:
        """Return the country of the person whose spokesman, aides or lawyers speak."""
        inside = (one.actor_id for one in self.facts.index.within(span))
        found = (self.facts.role(one)[1] or self.of.get(one) for one in inside if self.facts.is_person(one))
        return next((one for one in found if one), None)

    def here(self, speaker: Speaker) -> str | None:
        """Return the country where the text is set, for those who belong to it."""
        roles = self.facts.gazetteer.roles
        words = fold(speaker.role or speaker.text or "").split()
        role_class = roles.class_of(words) or roles.class_of([one.removesuffix("s") for one in words])
        is_local = role_class in LOCAL or bool(GATHERED & set(words))
        return self.setting.home() if is_local else None


def with_countries(speakers: Sequence[Speaker], article: Article) -> tuple[Speaker, ...]:
    """Return the speakers, each with his country as far as it can be told."""
    if all(one.country or (one.actor_id is None and one.text is None) for one in speakers):
        return tuple(speakers)
    nationality = Nationality(article, Setting(article))
    return tuple(one if one.country else replace(one, country=nationality.country(one)) for one in speakers)
