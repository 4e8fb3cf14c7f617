"""The country of a speaker whom no list knows: told by his words and office, by his like before, or by the scene."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from extractors.actors.known.folding import Word, find_words, fold
from extractors.actors.known.matching import match_aliases
from extractors.actors.mentions.titles import AFFILIATION, APPOSITION, country_in
from extractors.actors.speakers.facts import STATE, Facts
from extractors.actors.speakers.opposition import opposed
from extractors.actors.speakers.referents import Article
from extractors.model import Actor, Attribution, Span, Speaker

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
HEADS = frozenset({"head"})
# nouns for those who are many or bodies, whose class no list of roles has
GATHERED = frozenset(
    {
        "authorities", "police", "residents", "locals", "villagers", "voters", "witnesses", "eyewitnesses", "lawmakers",
        "prosecutors", "officials", "government", "military", "army", "parliament", "opposition", "protesters",
        "investigators", "troops", "soldiers", "court", "ministry", "department", "press", "newspapers", "outlets",
    }
)  # fmt: skip
# words in the names of bodies that each state has
OFFICES_OF_STATE = frozenset(
    {
        "court", "police", "prosecutor", "prosecutors", "parliament", "senate", "ministry", "electoral", "armed",
        "coastguard", "coast", "navy", "ombudsman", "customs", "election",
    }
)  # fmt: skip
LOCALLY = re.compile(r"\W*(?:the |a )?(?:local|district|provincial|municipal|regional police)\b", re.IGNORECASE)
ARTICLES = frozenset({"a", "an", "one"})
# those who speak from anywhere or for the whole world
ANYWHERE = frozenset(
    {
        "analysts", "experts", "critics", "observers", "watchers", "world", "global", "international", "western",
        "european", "foreign", "regional", "arab", "coalition", "un",
    }
)  # fmt: skip
# branches of a state whose officials are called by them
BRANCHES = frozenset(
    {
        "presidential", "military", "defence", "defense", "intelligence", "security", "interior", "justice", "police",
        "army", "navy", "naval", "parliamentary", "cabinet", "judicial", "customs", "finance", "health", "energy",
    }
)  # fmt: skip
BACKWARD = frozenset({"they", "he", "she", "the two", "both", "others"})
LISTED = re.compile(r", | and ")
SEVERAL = re.compile(
    r"(?:both|all|the (?:two|three|four|five|other two))?\s*(?:the )?"
    r"(?:sides|parties|leaders|presidents|premiers|nations|countries|states|delegations|capitals|neighbou?rs|allies"
    r"|governments|foreign ministers|prime ministers|ministers)\b",
    re.IGNORECASE,
)
# who stays unnamed on purpose may be from anywhere: "a person familiar with the matter"
VEILED = frozenset({"person", "people", "source", "sources", "individual", "individuals"})
# what only a side itself and those who speak for it know of it
MIND = re.compile(
    r"\s(?:also |now |still |currently )?"
    r"(?:believes?|assesses|estimates?|judges?|thinks?|suspects?|fears?|views?|sees|expects?)\b"
)
ARTICLE = 4  # letters of "The " before a name
LONGEST_NATION = 2  # words
LONGEST_OFFICE = 5  # words
LEAD = 2  # paragraphs that tell what the text is about: a country named there counts twice
MAIN = 0.5  # share of all countries named from which on one of them is where the text is set
MENTIONS = 3  # fewer say nothing
REACH = 600  # letters
UNION = "EUE"


def is_of_two(text: str) -> bool:
    """Tell those of several sides who speak as one: "both leaders", "the two presidents", "all parties"."""
    return SEVERAL.match(text) is not None


@dataclass(slots=True)
class Setting:
    """Which countries an article speaks of, and how much."""

    article: Article
    votes: Counter[str] = field(default_factory=Counter)
    named: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        facts = self.article.facts
        for one in facts.index.sightings:
            actor = facts.actors[one.actor_id]
            if actor.kind == "media":
                continue  # who reports it, not where it happens
            weight = 1 if facts.is_person(one.actor_id) else 2
            self.count(actor.country, one.span.start, one.paragraph, weight)
        taken = [one.span for one in facts.index.sightings]
        for number, paragraph in enumerate(self.article.paragraphs):
            words = find_words(self.article.text(paragraph), paragraph.start)
            for match in match_aliases(words, facts.gazetteer.places):
                place = Span(words[match.first].start, words[match.last - 1].end)
                if not any(one.overlaps(place) for one in taken):
                    self.count(match.aliases[0].actor_id, place.start, number, 2)
        self.named.sort()

    def count(self, country: str | None, start: int, paragraph: int, weight: int) -> None:
        """Count one name of a country; alliances are nobody's home."""
        state = self.article.facts.gazetteer.countries.get(country or "")
        if country and state is not None and state.kind == "country":
            self.votes[country] += weight * (2 if paragraph < LEAD else 1)
            if weight > 1 and not self.article.discourse.is_talked_about(Span(start, start + 1)):
                self.named.append((start, country))

    def near(self, position: int) -> str | None:
        """Return the country of the last state, body or place named before the position, not far from it."""
        before = bisect_left(self.named, (position, "")) - 1
        if before < 0 or position - self.named[before][0] > REACH:
            return None
        return self.named[before][1]

    def home(self) -> str | None:
        """Return the country the text is set in, None where it is set in several."""
        if not self.votes:
            return None
        country, count = self.votes.most_common(1)[0]
        return country if count >= max(MENTIONS, MAIN * self.votes.total()) else None

    def other_than(self, against: set[str]) -> str | None:
        """Return the other side of a text about two: the one state it names beside those spoken against."""
        others = [one for one in self.votes if one not in against]
        return others[0] if len(others) == 1 and self.votes[others[0]] > 1 else None

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
    """What is known so far: ``of`` holds the persons' countries, ``likes`` those of unnamed ones by their noun.

    ``against`` are the countries that somebody warns, accuses, condemns or threatens.
    """

    article: Article
    setting: Setting
    speakers: Sequence[Speaker]
    contents: Sequence[Span]
    against: dict[str, set[str]] = field(default_factory=dict)
    of: dict[str, str | None] = field(default_factory=dict)
    likes: dict[str, str] = field(default_factory=dict)
    before: str | None = None
    same: dict[str, set[str]] | None = None

    def __post_init__(self) -> None:
        self.likes.update(self.headlined())

    @property
    def facts(self) -> Facts:
        return self.article.facts

    def country(self, speaker: Speaker, content: Span) -> str | None:
        """Return the country of a speaker who has none yet; ``content`` are the first of his words."""
        if speaker.actor_id is None:
            return self.unnamed(speaker, content)
        if speaker.actor_id not in self.of or self.of[speaker.actor_id] is None:
            is_person = self.facts.is_person(speaker.actor_id)
            self.of[speaker.actor_id] = self.person(speaker) if is_person else self.body(speaker)
        return self.of[speaker.actor_id]

    def person(self, speaker: Speaker) -> str | None:
        """Return the country of a person: by his role, by the words around his name, by where the text is set."""
        actor = self.facts.actors[speaker.actor_id or ""]
        around = (speaker.text or "").replace(actor.name, "")
        against = self.against.get(actor.actor_id, set())
        told = self.told(speaker.role, against) or self.told(around, against)
        is_voice = speaker.span is not None and speaker.span.start < 0  # a document tells of others
        if told is not None or is_voice or actor.is_known or self.is_of_the_world(f"{speaker.role or ''} {around}"):
            return told
        beside = self.beside(actor)
        if beside is not None:
            return beside
        if LOCALLY.match(around) or LOCALLY.match(speaker.role or ""):
            return self.scene(speaker)
        if self.is_elsewhere(actor, f"{speaker.role or ''} {around}"):
            return None
        has_role = bool(self.facts.classes(actor.actor_id))  # who has none may comment from anywhere
        found = self.scene(speaker) if has_role else self.setting.home()
        return None if found in against else found

    def beside(self, actor: Actor) -> str | None:
        """Return the country that words behind a person's name tell, however long: "Roe, a fellow of ... in Lima,"."""
        for one in self.facts.index.sightings:
            if one.actor_id == actor.actor_id:
                paragraph = self.article.paragraphs[one.paragraph]
                text, end = self.article.text(paragraph), one.span.end - paragraph.start
                found = APPOSITION.match(text, end) or AFFILIATION.match(text, end)
                words = find_words(found["words"]) if found else []
                is_noun_phrase = bool(words) and (
                    words[0].folded in ARTICLES or (found is not None and found.re is AFFILIATION)
                )
                country = country_in(found["words"], self.facts.gazetteer) if found and is_noun_phrase else None
                if country is not None:
                    return country
        return None

    def is_elsewhere(self, actor: Actor, words: str) -> bool:
        """Tell who comments from afar, or belongs to a body of no known country."""
        classes = self.facts.classes(actor.actor_id)
        if classes & FOREIGN or (classes & HEADS and self.names_body(words)):
            return True
        return not classes and self.is_of_body(actor)

    def is_of_body(self, actor: Actor) -> bool:
        """Tell whether the text names a body beside the person anywhere: "Roe of Northwest University"."""
        organisation = self.facts.gazetteer.roles.organisation
        for one in self.facts.index.sightings:
            if one.actor_id != actor.actor_id:
                continue
            paragraph = self.article.paragraphs[one.paragraph]
            after = self.article.text(paragraph)[one.span.end - paragraph.start :]
            found = AFFILIATION.match(after)
            words = find_words(found["words"]) if found else []
            if any(each.is_capitalised and each.folded in organisation for each in words):
                return True
        return False

    def names_body(self, role: str) -> bool:
        """Tell whether a role names a body that no list knows: "head of Ostrava Steel", not "Police Director"."""
        roles = self.facts.gazetteer.roles
        return any(
            one.is_capitalised and one.folded not in roles.nouns and one.folded not in roles.modifiers
            for one in find_words(role)
        )

    def body(self, speaker: Speaker) -> str | None:
        """Return the country of a body: by its name or by the words around it."""
        if self.facts.actors[speaker.actor_id or ""].is_known:
            return None
        name = speaker.name or ""
        told = country_in(name, self.facts.gazetteer) or self.told(self.around(speaker))
        is_local = bool(OFFICES_OF_STATE & set(fold(name).split())) and not self.is_of_the_world(name)
        return told or (self.scene(speaker) if is_local else None)

    def around(self, speaker: Speaker) -> str | None:
        """Return the words for a speaker without those that are his name: its letters may be another's too."""
        if speaker.text is None or speaker.span is None:
            return speaker.text
        text, start = speaker.text, speaker.span.start
        for one in reversed(self.facts.index.within(speaker.span)):
            if one.actor_id == speaker.actor_id:
                text = text[: one.span.start - start] + text[one.span.end - start :]
        return text

    def told(self, text: str | None, against: Collection[str] = ()) -> str | None:
        """Return the country that words about somebody tell; an office by itself is none of a state spoken against."""
        if not text:
            return None
        found = country_in(text, self.facts.gazetteer)
        if found is not None or ANYWHERE & set(fold(text).split()):
            return found
        office = self.setting.office(text)
        return None if office in against else office

    def is_of_the_world(self, text: str) -> bool:
        """Tell whether the words name a body that belongs to no country."""
        words = find_words(text)
        actors = (
            self.facts.gazetteer.by_id[one.aliases[0].actor_id]
            for one in match_aliases(words, self.facts.gazetteer.aliases)
        )
        return any(one.kind != "person" and one.country in {None, UNION} for one in actors) or bool(
            ANYWHERE & {word.folded for word in words}
        )

    def headlined(self) -> dict[str, str]:
        """Return the countries of those whom the headline brings on without a name: "Peruvian officials fear"."""
        words = find_words(self.article.title or "")
        found: dict[str, set[str]] = {}
        for at, word in enumerate(words):
            noun = word.folded.removesuffix("s")
            code = self.nation_before(words, at) if word.folded.endswith("s") else None
            if code and noun in self.facts.gazetteer.roles.classes:
                found.setdefault(noun, set()).add(code)
        return {noun: next(iter(codes)) for noun, codes in found.items() if len(codes) == 1}

    def nation_before(self, words: Sequence[Word], at: int) -> str | None:
        """Return the country named right before a word, or before one more: "US officials", "US army officials"."""
        first = at
        while first and at - first < LONGEST_NATION and words[first - 1].end + 1 == words[first].start:
            first -= 1
            code = country_in(" ".join(one.text for one in words[first:at]), self.facts.gazetteer)
            if code is not None:
                return None if self.is_listed(words, first) else code
        return None

    def is_listed(self, words: Sequence[Word], first: int) -> bool:
        """Tell whether another country stands before the word in a list: "US, Israeli officials"."""
        before = first - 1
        if before > 0 and words[before].folded in {"and", "or"}:
            before -= 1
        return before >= 0 and country_in(words[before].text, self.facts.gazetteer) is not None

    def minded(self, content: Span) -> str | None:
        """Return the state whose mind is told first: "Peru believes that ..." is said by those who know it."""
        paragraph = self.article.paragraph_at(content.start)
        text = self.article.text(paragraph)
        first = next(iter(self.facts.index.within(content)), None)
        if (
            first is None
            or first.span.start - content.start > ARTICLE
            or self.facts.actors[first.actor_id].kind not in STATE
        ):
            return None
        return self.facts.country(first.actor_id) if MIND.match(text, first.span.end - paragraph.start) else None

    def unnamed(self, speaker: Speaker, content: Span) -> str | None:
        """Return the country of a source without a name."""
        if speaker.text is None or speaker.span is None or self.is_joint(speaker) or is_of_two(speaker.text):
            return None
        if fold(speaker.text) in BACKWARD:
            return self.before
        told = self.told(speaker.text) or self.owner(speaker.span)
        like = self.like(speaker)
        if told is not None and like is not None:
            self.likes[like] = told
        if told is None and not self.is_of_the_world(speaker.text):
            is_local = self.is_local(speaker)
            minded = self.minded(content) if is_local else None
            if minded is not None and like is not None:
                self.likes[like] = minded
            told = self.kin(speaker) or minded or self.likes.get(like or "") or self.only_like(like)
            told = told or (self.scene(speaker) if is_local else None)
        self.before = told
        return told

    def like(self, speaker: Speaker) -> str | None:
        """Return the noun by which an unnamed source is called again: "officials" for "a senior US official"."""
        words = [one.removesuffix("s") for one in fold(speaker.role or speaker.text or "").split()]
        return next((one for one in reversed(words) if one in self.facts.gazetteer.roles.classes), None)

    def kin(self, speaker: Speaker) -> str | None:
        """Return the country of the body last named whose official this is: "a presidential official" of its office."""
        words = BRANCHES & set(fold(speaker.role or speaker.text or "").split())
        words |= {"defense" for one in words if one == "defence"}
        if not words or speaker.span is None:
            return None
        for one in reversed(self.facts.index.sightings):
            actor = self.facts.actors[one.actor_id]
            is_before = 0 <= one.span.start < speaker.span.start
            if is_before and actor.kind in STATE and actor.country and words & set(fold(actor.name).split()):
                return actor.country
        return None

    def only_like(self, noun: str | None) -> str | None:
        """Return the one country whose bearers of the noun speak without a name anywhere in the text."""
        if self.same is None:
            self.same = {}
            for one in self.speakers:
                like = self.like(one) if one.actor_id is None and one.text else None
                told = (one.country or self.told(one.text)) if like else None
                if like and told:
                    self.same.setdefault(like, set()).add(told)
        found = self.same.get(noun or "", set())
        return next(iter(found)) if len(found) == 1 else None

    def is_joint(self, speaker: Speaker) -> bool:
        """Tell whether several states speak together."""
        inside = self.facts.index.within(speaker.span or Span(0, 0))
        states = {one.actor_id for one in inside if one.actor_id in self.facts.gazetteer.countries}
        return len(states) > 1 and bool(LISTED.search(speaker.text or ""))

    def owner(self, span: Span) -> str | None:
        """Return the country of the person whose spokesman, aides or lawyers speak."""
        inside = (one.actor_id for one in self.facts.index.within(span))
        found = (self.facts.role(one)[1] or self.of.get(one) for one in inside if self.facts.is_person(one))
        return next((one for one in found if one), None)

    def is_local(self, speaker: Speaker) -> bool:
        """Tell those who belong to the country where the text is set, unless it says otherwise."""
        roles = self.facts.gazetteer.roles
        words = fold(speaker.role or speaker.text or "").split()
        role_class = roles.class_of(words) or roles.class_of([one.removesuffix("s") for one in words])
        is_local = role_class in LOCAL or bool(GATHERED & set(words))
        return is_local and not VEILED & set(words)

    def scene(self, speaker: Speaker) -> str | None:
        """Return the country where the text is set, of several the one named last; none that the speaker threatens."""
        found = self.setting.home() or (self.setting.near(speaker.span.start) if speaker.span else None)
        against = self.against.get(speaker.actor_id or "", set())
        return self.setting.other_than(against) if found in against else found


def with_countries(
    speakers: Sequence[Speaker], article: Article, attributions: Sequence[Attribution]
) -> tuple[Speaker, ...]:
    """Return the speakers, each with his country as far as it can be told."""
    contents = [one.spans[0] for one in attributions]
    if all(one.country or (one.actor_id is None and one.text is None) for one in speakers):
        return tuple(speakers)
    against = opposed(speakers, article, attributions)
    nationality = Nationality(article, Setting(article), speakers, contents, against)
    found = [
        one if one.country else replace(one, country=nationality.country(one, content))
        for one, content in zip(speakers, contents, strict=True)
    ]
    return tuple(  # what a later statement tells of a person holds of him before
        one if one.country else replace(one, country=nationality.of.get(one.actor_id or "")) for one in found
    )
