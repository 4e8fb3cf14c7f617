"""Whom a phrase without a name means: "the lawmaker", "the ministry", "analysts at the institute"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.actors.index import Sighting
from extractors.actors.known.folding import find_words, fold
from extractors.actors.speakers.facts import QUALIFIED, Facts, single_country
from extractors.actors.speakers.salience import Discourse
from extractors.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

AGED = re.compile(r"\d{2}-year-old\b")
INDEFINITE = frozenset({"a", "an", "another", "one", "some", "any", "no", "every", "each"})
# papers that speak for whom they come from, and offices that are called by who sits in them
PAPERS = frozenset(
    {
        "statement", "communique", "communiqué", "readout", "release", "report", "document", "letter", "tweet", "post",
        "message", "editorial", "memo", "memorandum", "resolution", "decree", "bulletin", "dispatch", "note", "video",
        "leaflet", "order", "declaration", "article", "commentary", "filing", "complaint", "speech", "remark",
        "announcement", "brief", "paper", "ruling", "indictment",
    }
)  # fmt: skip
WRITERS = frozenset({"by", "from", "of"})
# what those do whose paper it is: "responded with a statement", "released a letter"
ISSUES = frozenset(
    {"issue", "publish", "release", "respond", "reply", "answer", "react", "write", "send", "post", "circulate"}
)
SAME_MATTER = 4  # sentences after which "the statement" is no longer that of the speaker before
OFFICES = {"president": "presidential-office", "head-of-government": "prime-minister-office"}
STATE_NOUNS = frozenset({"state", "states", "country", "republic", "government", "kingdom", "nation", "staff"})
OFFICIAL = frozenset(
    {"country", "government", "ministry", "military", "agency", "legislature", "alliance", "international"}
)
LEADERS = frozenset({"leader", "president", "head-of-government", "royal"})
HEADS = frozenset({"head", "leader", "president"})
SPELLINGS = {"center": "centre", "centre": "center", "organization": "organisation", "organisation": "organization"}
# bodies whose heads are no heads of a state
MONARCHIES = frozenset({"kingdom", "republic", "emirate", "sultanate"})  # part of the state's full name
IRREGULAR = frozenset({"group", "movement", "militia", "organization", "organisation"})  # no state's forces
CLUBS = frozenset({"federation", "association", "club", "union", "company", "university", "league", "society", "bank"})
SELVES = frozenset({"name", "short", "body"})
OWN = frozenset({"its", "his", "her", "their"})
NEXT_TO = 30  # letters between "from" and who it is from
NAMED_SO = 2.0  # a body whose name has the noun in it goes before one that is nearer by two sentences
# offices with one holder at a time, whom the gazetteer can name where the text does not
SOLE = frozenset({"president", "head-of-government", "foreign-minister", "defence-minister", "leader"})
# what a person may be called besides his office: such a noun excludes nobody
SOFT = frozenset(
    {"official", "politician", "business", "citizen", "candidate", "journalist", "activist", "leader", "medic"}
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase with its head and the actors named inside it."""

    tokens: TokenSpan
    head: Token
    position: int
    inside: Sequence[Sighting]

    @property
    def words(self) -> list[str]:
        """Return the folded words of the phrase."""
        return [word.folded for word in find_words(self.tokens.text)]

    @property
    def is_plural(self) -> bool:
        """Tell whether it means several."""
        return self.head.tag_ in {"NNS", "NNPS"}

    @property
    def is_indefinite(self) -> bool:
        """Tell whether it introduces somebody unnamed."""
        return self.tokens[0].lower_ in INDEFINITE

    @property
    def is_anaphor(self) -> bool:
        """Tell whether it points back: "the envoy", "this official"."""
        return self.tokens[0].lower_ in {"the", "this", "that"} and self.tokens[0].head == self.head


def describe(phrase: Phrase, facts: Facts, discourse: Discourse) -> str | None:
    """Return the id of the actor that a description means, None where it is generic."""
    roles = facts.gazetteer.roles
    owner = issuer(phrase, facts)
    if owner is not None or phrase.head.lemma_.lower() in PAPERS:
        return owner or writer(phrase, facts, discourse)
    key = institution_key(phrase, facts)
    if key is not None:
        return None if phrase.is_indefinite else institution(key, phrase, facts, discourse)
    if phrase.head.lower_ in roles.bodies and not phrase.is_plural:
        return None if phrase.is_indefinite else body(phrase, facts, discourse)
    role_class = roles.head_class(words_to_head(phrase))
    if phrase.is_plural or phrase.is_indefinite or phrase.head.lower_ in roles.generic:
        return spoken_for(role_class, phrase, facts)
    if role_class is None and AGED.search(phrase.tokens.text) is None:
        return None
    own = at_home(role_class, phrase, facts)
    return own or bearer(role_class, phrase, facts, discourse) or spoken_for(role_class, phrase, facts)


def issuer(phrase: Phrase, facts: Facts) -> str | None:
    """Return whose paper or whose office it is: "a Kremlin statement", "the premier's office"."""
    owners = [one for one in phrase.inside if one.span.start < phrase.position + phrase.head.idx - phrase.tokens[0].idx]
    owners = [one for one in owners if one.sense not in {"adjective", "people"} or is_adjacent(one, phrase)]
    if not owners or (phrase.is_plural and phrase.head.lemma_.lower() not in PAPERS):
        return None
    owner = owners[-1].actor_id
    if phrase.head.lemma_.lower() in PAPERS:
        return owner if is_adjacent(owners[-1], phrase) and facts.actors[owner].kind != "media" else None
    if phrase.head.lower_ != "office" or not facts.is_person(owner):
        return None
    key = next((OFFICES[one] for one in facts.classes(owner) if one in OFFICES), None)
    country = facts.actors[owner].country
    if key is None or country is None:
        return None
    actor = facts.gazetteer.institution(country, key)
    return facts.actors.setdefault(actor.actor_id, actor).actor_id


def is_adjacent(owner: Sighting, phrase: Phrase) -> bool:
    """Tell whether the owner stands right before the paper, but for a possessive and adjectives."""
    base = phrase.position - phrase.tokens[0].idx
    between = [one for one in phrase.tokens if owner.span.end <= one.idx + base and one.i < phrase.head.i]
    return all(one.pos_ in {"PART", "ADJ", "NOUN", "PUNCT"} for one in between)


def writer(phrase: Phrase, facts: Facts, discourse: Discourse) -> str | None:
    """Return whose paper it is that no name stands before: "a letter from X", or "the statement" of who just spoke."""
    base = phrase.position - phrase.tokens[0].idx
    for prep in phrase.head.children:
        if prep.lower_ in WRITERS and prep.i > phrase.head.i:
            after = [one for one in phrase.inside if one.span.start > prep.idx + base and one.sense in SELVES]
            return after[0].actor_id if after and after[0].span.start - base - prep.idx < NEXT_TO else None
    owner = next((one for one in phrase.head.children if one.dep_ == "poss"), None)
    if owner is not None and owner.lower_ not in OWN:
        whole = phrase.tokens.doc[owner.left_edge.i : owner.i + 1]
        inside = [one for one in phrase.inside if one.span.start < owner.idx + base + len(owner)]
        return describe(Phrase(whole, owner, whole[0].idx + base, inside), facts, discourse)
    if "joint" in phrase.words:
        return None  # of several, whoever spoke before
    maker = maker_of(phrase, facts, discourse)
    if maker is not None:
        return maker
    is_recent = discourse.sentence_at(phrase.position) - discourse.said_at <= SAME_MATTER
    is_it = phrase.is_anaphor or (phrase.head.lower_ in {"statement", "release"} and not phrase.is_indefinite)
    if not is_it or discourse.spoke is None or not is_recent or discourse.unnamed_at > discourse.said_at:
        return None
    return discourse.spoke


def maker_of(phrase: Phrase, facts: Facts, discourse: Discourse) -> str | None:
    """Return who issues the paper in the same clause: "the navy responded with a statement, which said"."""
    verb = phrase.head.head
    verb = verb.head if phrase.head.dep_ == "pobj" and verb.lower_ == "with" else verb
    subject = next((one for one in verb.children if one.dep_ == "nsubj"), None)
    if verb.lemma_ not in ISSUES or subject is None or subject.i > phrase.head.i or subject.pos_ == "PRON":
        return None
    base = phrase.position - phrase.tokens[0].idx
    whole = phrase.tokens.doc[subject.left_edge.i : subject.i + 1]
    place = Span(base + whole.start_char, base + whole.end_char)
    inside = facts.index.touching(place)
    at_head = [one for one in inside if one.sense in SELVES and one.span.end >= place.end]
    if at_head:
        return at_head[-1].actor_id
    return describe(Phrase(whole, subject, place.start, inside), facts, discourse)


def words_to_head(phrase: Phrase) -> list[str]:
    """Return the folded words of the phrase up to its head, the head in the singular."""
    head = phrase.head
    before = find_words(phrase.tokens.doc[phrase.tokens.start : head.i].text)
    return [*(word.folded for word in before), *fold(head.lemma_ if head.pos_ == "NOUN" else head.text).split()]


def country_of(phrase: Phrase, facts: Facts) -> str | None:
    """Return the one country that the phrase names."""
    return single_country(
        {facts.actors[one.actor_id].country for one in phrase.inside if not facts.is_person(one.actor_id)}
    )


def institution_key(phrase: Phrase, facts: Facts) -> str | None:
    """Return which of a state's institutions the phrase ends in, by two words or more ("the foreign ministry")."""
    words = [word.folded for word in find_words(phrase.tokens.doc[phrase.tokens.start : phrase.head.i + 1].text)]
    for start in range(len(words) - 1):
        for known, key in facts.gazetteer.phrases.get(words[start], ()):
            if len(known) > 1 and tuple(words[start:]) == known:
                return key
    return None


def institution(key: str, phrase: Phrase, facts: Facts, discourse: Discourse) -> str | None:
    """Return the institution of a kind: the one named before, else that of the country the text is at."""
    country = country_of(phrase, facts)

    def fits(actor_id: str) -> bool:
        owner = facts.actors[actor_id].country
        is_it = owner is not None and facts.gazetteer.institution(owner, key).actor_id == actor_id
        return is_it and country in {None, owner}

    found = discourse.best(phrase.position, fits)
    if found is None:
        nearest = country or discourse.country(phrase.position, facts.state)
        if nearest is None:
            return None
        actor = facts.gazetteer.institution(nearest, key)
        facts.actors.setdefault(actor.actor_id, actor)
        found = actor.actor_id
    return found


def body(phrase: Phrase, facts: Facts, discourse: Discourse) -> str | None:
    """Return the body that "the ministry", "the group", "the alliance" means: one of its kind named before."""
    noun, country = phrase.head.lower_, country_of(phrase, facts)
    kinds = facts.gazetteer.roles.bodies[noun]
    named = [one.actor_id for one in phrase.inside if facts.actors[one.actor_id].kind in kinds]
    if named:
        return named[-1]

    def fits(actor_id: str) -> bool:
        actor = facts.actors[actor_id]
        if noun in IRREGULAR and actor.kind == "military" and actor.country is not None:
            return False
        if noun in MONARCHIES and not any(noun in fold(one).split() for one in actor.aliases):
            return False
        return actor.kind in kinds and country in {None, actor.country}

    spellings = {noun, SPELLINGS.get(noun, noun)}

    def bonus(actor_id: str) -> float:
        return NAMED_SO if spellings & set(fold(facts.actors[actor_id].name).split()) else 0.0

    return discourse.best(phrase.position, fits, bonus)


def spoken_for(role_class: str | None, phrase: Phrase, facts: Facts) -> str | None:
    """Return the body behind an unnamed spokesperson, or the institute behind "analysts at"; else None."""
    bodies = [one for one in phrase.inside if one.sense != "people" and not facts.is_person(one.actor_id)]
    if role_class == "spokesperson" and not phrase.is_plural and bodies:
        return max(bodies, key=lambda one: (one.sense == "body", one.span.end - one.span.start)).actor_id
    if role_class == "expert" and phrase.is_plural:
        institutes = [one.actor_id for one in bodies if facts.actors[one.actor_id].kind == "organisation"]
        return institutes[-1] if institutes else None
    return None


def bearer(role_class: str | None, phrase: Phrase, facts: Facts, discourse: Discourse) -> str | None:
    """Return the person whom "the lawmaker", "the Turkish president", "the 54-year-old" means."""
    words = phrase.words
    gender, country = facts.gazetteer.roles.gender_of(words), country_of(phrase, facts)
    if role_class == "citizen" and gender is None and not phrase.is_anaphor:
        return None

    def agrees(actor_id: str) -> bool:
        if not facts.is_person(actor_id) or (gender and facts.gender(actor_id) not in {None, gender}):
            return False
        return country is None or facts.country(actor_id) in {None, country}

    def fits(actor_id: str) -> bool:
        classes = facts.classes(actor_id)
        is_leader = role_class == "leader" and bool(LEADERS & classes)
        return agrees(actor_id) and (role_class is None or role_class in classes or is_leader)

    def may_fit(actor_id: str) -> bool:
        is_of = country is None or facts.country(actor_id) == country
        is_open = not facts.classes(actor_id) and not is_called_else(actor_id, phrase, facts)
        return is_of and agrees(actor_id) and (role_class in SOFT or is_open)

    if is_unnamed_before(phrase, facts, discourse):
        return None
    if has_other_body(phrase, facts):
        return discourse.best(phrase.position, lambda one: facts.is_person(one) and is_titled(one, phrase, facts))
    found = called_so(phrase, agrees, facts, discourse)
    found = found or (None if QUALIFIED & set(words) else sole_holder(role_class, country, phrase, facts))
    found = found or discourse.best(phrase.position, fits)
    if found is None and role_class in SOLE and country is not None and not QUALIFIED & set(words):
        found = leader(country, facts) if role_class == "leader" else facts.holder(role_class or "", country)
    if found is None and phrase.is_anaphor:
        found = discourse.best(phrase.position, may_fit)
    return found


def at_home(role_class: str | None, phrase: Phrase, facts: Facts) -> str | None:
    """Return whom "the President" means in a document of his own state that says no more of him."""
    is_bare = phrase.is_anaphor and len(phrase.words) == 2 and phrase.head.text[0].isupper()
    if facts.home is None or not is_bare or role_class not in SOLE:
        return None
    return facts.holder(role_class, facts.home)


def is_called_else(actor_id: str, phrase: Phrase, facts: Facts) -> bool:
    """Tell whether the text gives the person a title that shares no word with the phrase."""
    known = facts.index.titles.get(actor_id)
    words = set(fold(known.text).split()) if known and known.text else set()
    return bool(words) and not words & set(phrase.words)


def called_so(phrase: Phrase, agrees: Callable[[str], bool], facts: Facts, discourse: Discourse) -> str | None:
    """Return who bears the words for a title: "the deputy secretary" after "Deputy Secretary of State Jane Roe"."""
    title = words_to_head(phrase)[1:] if phrase.is_anaphor else []
    if len(title) < 2:
        return None
    return discourse.best(phrase.position, lambda one: agrees(one) and is_called(one, title, facts))


def is_called(actor_id: str, title: Sequence[str], facts: Facts) -> bool:
    """Tell whether the text has given the person a title that begins with these words."""
    known = facts.index.titles.get(actor_id)
    words = fold(known.text).split() if known and known.text else []
    return words[: len(title)] == list(title)


def is_unnamed_before(phrase: Phrase, facts: Facts, discourse: Discourse) -> bool:
    """Tell whether "the official" is the one who spoke before without a name."""
    noun = phrase.head.lemma_.lower()
    latest = discourse.unnamed.get(noun)
    role_class = facts.gazetteer.roles.head_class(words_to_head(phrase))
    is_named = role_class in SOLE and bool(phrase.inside)
    return latest is not None and not is_named and (phrase.is_anaphor or phrase.is_plural)


def bodies_headed(phrase: Phrase) -> list[Token]:
    """Return what the head is head of: the nouns after "of" and the common nouns before it ("union president")."""
    after = [child for prep in phrase.head.children if prep.lower_ in {"of", "at"} for child in prep.children]
    before = [one for one in phrase.head.children if one.dep_ == "compound" and one.lemma_.lower() in CLUBS]
    return [*before, *(one for one in after if one.dep_ == "pobj" and one.pos_ in {"NOUN", "PROPN"})]


def has_other_body(phrase: Phrase, facts: Facts) -> bool:
    """Tell whether the office is not of a state or a world body but of something else ("president of the club")."""
    base = phrase.position - phrase.tokens[0].idx
    for one in bodies_headed(phrase):
        here = base + one.idx
        known = [each for each in phrase.inside if each.span.start <= here < each.span.end]
        is_state = one.lemma_.lower() in STATE_NOUNS or any(
            facts.actors[each.actor_id].kind in OFFICIAL and each.sense != "adjective" for each in known
        )
        if not is_state:
            return True
    return False


def is_titled(actor_id: str, phrase: Phrase, facts: Facts) -> bool:
    """Tell whether the text calls the person head of what the phrase names."""
    title = facts.index.titles.get(actor_id)
    words = set(fold(title.text).split()) if title and title.text else set()
    return any(fold(one.text) in words for one in bodies_headed(phrase))


def sole_holder(role_class: str | None, country: str | None, phrase: Phrase, facts: Facts) -> str | None:
    """Return the head of the alliance or world body that the phrase names, or the ambassador it names with his host."""
    actors = [facts.actors[one.actor_id] for one in phrase.inside if not facts.is_person(one.actor_id)]
    for actor in actors:
        if actor.kind in {"alliance", "international", "organisation"}:
            found = facts.head_of(actor.actor_id, HEADS if role_class in HEADS else frozenset({role_class or ""}))
            if found is not None:
                return found
    countries = list(dict.fromkeys(one.country for one in actors if one.kind == "country" and one.country))
    return facts.envoy(*countries) if role_class == "envoy" and country is None and len(countries) == 2 else None


def leader(country: str, facts: Facts) -> str | None:
    """Return whom "the leader" of a country means: its ruler, its president, or the head of its government."""
    state = facts.gazetteer.countries.get(country)
    order = ["leader", state.led_by if state else "president", "president", "head-of-government", "royal"]
    return next((found for one in order if (found := facts.holder(one, country)) is not None), None)
