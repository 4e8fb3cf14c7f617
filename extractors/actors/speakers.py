"""From the words that name a statement's source to the actor who spoke."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from extractors.actors.folding import find_words, fold
from extractors.actors.gazetteer import Gazetteer, is_held, office_on
from extractors.actors.index import MentionIndex, Sighting
from extractors.actors.naming import gender_of_name
from extractors.actors.salience import KNOWN_GENDER, Discourse, is_person, make_discourse
from extractors.language import ParsedParagraph
from extractors.model import Actor, Attribution, Span, Speaker

GENDERED = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
NEUTER = frozenset({"it", "itself"})
PLURAL = frozenset({"they", "them", "their", "themselves"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
SPEECH_ACT_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "you", "myself", "ourselves"})
# nouns that stand for a body named before, with the kinds of actor they may mean
BODY_NOUNS: dict[str, frozenset[str]] = {
    "ministry": frozenset({"ministry"}),
    "department": frozenset({"ministry", "agency", "organisation"}),
    "embassy": frozenset({"government"}),
    "mission": frozenset({"government"}),
    "office": frozenset({"government", "agency", "international", "organisation"}),
    "agency": frozenset({"agency", "international", "organisation", "media"}),
    "service": frozenset({"agency", "military", "organisation"}),
    "directorate": frozenset({"agency"}),
    "council": frozenset({"agency", "international", "organisation", "legislature", "government"}),
    "commission": frozenset({"agency", "international", "organisation"}),
    "committee": frozenset({"agency", "legislature", "organisation", "international"}),
    "military": frozenset({"military"}),
    "army": frozenset({"military"}),
    "navy": frozenset({"military"}),
    "command": frozenset({"military"}),
    "forces": frozenset({"military"}),
    "parliament": frozenset({"legislature"}),
    "party": frozenset({"party"}),
    "alliance": frozenset({"alliance"}),
    "bloc": frozenset({"alliance", "international"}),
    "union": frozenset({"alliance", "international", "organisation"}),
    "organization": frozenset({"organisation", "international", "alliance", "agency"}),
    "organisation": frozenset({"organisation", "international", "alliance", "agency"}),
    "group": frozenset({"organisation", "party", "military", "alliance", "international"}),
    "movement": frozenset({"organisation", "party"}),
    "institute": frozenset({"organisation"}),
    "institution": frozenset({"organisation", "international"}),
    "center": frozenset({"organisation", "agency"}),
    "centre": frozenset({"organisation", "agency"}),
    "university": frozenset({"organisation"}),
    "watchdog": frozenset({"international", "agency", "organisation"}),
    "tank": frozenset({"organisation"}),
    "company": frozenset({"company", "organisation"}),
    "firm": frozenset({"company", "organisation"}),
    "bank": frozenset({"agency", "company", "international", "organisation"}),
    "court": frozenset({"agency", "international", "organisation"}),
    "newspaper": frozenset({"media", "organisation"}),
    "paper": frozenset({"media", "organisation"}),
    "magazine": frozenset({"media", "organisation"}),
    "broadcaster": frozenset({"media"}),
    "outlet": frozenset({"media"}),
    "network": frozenset({"media", "organisation"}),
    "government": frozenset({"country"}),
    "regime": frozenset({"country"}),
    "country": frozenset({"country"}),
    "nation": frozenset({"country"}),
    "campaign": frozenset({"organisation"}),
}
# offices with one holder at a time, whom the gazetteer can name when the text does not
SOLE = frozenset({"president", "head-of-government", "foreign-minister", "defence-minister", "leader"})
QUALIFIED = frozenset(
    {"deputy", "vice", "former", "ex", "acting", "senior", "assistant", "then", "first", "opposition"}
)


@dataclass(slots=True)
class Resolver:
    """One article being resolved; ``speakers`` fills up in the order of the attributions."""

    paragraphs: Sequence[ParsedParagraph]
    attributions: Sequence[Attribution]
    index: MentionIndex
    gazetteer: Gazetteer
    on: date | None
    discourse: Discourse
    starts: list[int]
    actors: dict[str, Actor]
    speakers: list[Speaker] = field(default_factory=list)

    def speaker(self, number: int) -> Speaker:
        """Return who made the statement: by his own words, or whoever goes on speaking."""
        one = self.attributions[number]
        if one.source is not None:
            return self.from_source(one, one.source)
        if one.carried_from is not None and one.carried_from < len(self.speakers):
            return self.speakers[one.carried_from]
        return Speaker()

    def from_source(self, one: Attribution, source: Span) -> Speaker:
        """Resolve a source span: pronoun, name, body or description."""
        paragraph = self.paragraphs[bisect_right(self.starts, source.start) - 1]
        tokens = paragraph.tokens(source)
        text = paragraph.doc.text[source.start - paragraph.start : source.end - paragraph.start]
        if tokens is None or not len(tokens):
            return Speaker(text, source)
        head = tokens.root
        if head.lower_ in RELATIVE:
            head = antecedent(head)
        actor_id = self.identify(one, source, tokens, head, paragraph)
        return self.finish(actor_id, text, source, tokens, head)

    def identify(
        self, one: Attribution, source: Span, tokens: TokenSpan, head: Token, paragraph: ParsedParagraph
    ) -> str | None:
        """Return the id of the actor behind the source, None where it is generic."""
        word = head.lower_
        if len(tokens) <= 2 and (head.pos_ == "PRON" or word in GENDERED):
            return self.from_pronoun(one, word, source)
        here = paragraph.span(head)
        inside = [s for s in self.index.touching(source)]
        if not inside and not source.covers(here):
            inside = list(self.index.touching(here))
        return self.from_noun(inside, here, tokens, head, source, paragraph)

    def from_pronoun(self, one: Attribution, word: str, source: Span) -> str | None:
        """Return whom a pronoun means."""
        if word in GENDERED:
            found = self.discourse.best(source.start, self.fits_gender(GENDERED[word]), self.gender_bonus)
            if found is not None and self.gender(found) is None:
                self.discourse.genders[found] = GENDERED[word]
            return found
        if word in NEUTER:
            return self.discourse.best(source.start, lambda one: not is_person(self.actors, one), lambda _: 0.0)
        if word in SPEECH_ACT_PERSON and one.reported_by is not None and one.reported_by < len(self.speakers):
            return self.speakers[one.reported_by].actor_id
        if word in PLURAL and self.speakers:
            last = self.speakers[-1].actor_id
            return last if last is not None and not is_person(self.actors, last) else None
        return None

    def fits_gender(self, gender: str):  # type: ignore[no-untyped-def]  # noqa: ANN201
        """Return a test for people who may be of that gender."""
        return lambda one: is_person(self.actors, one) and self.gender(one) in {None, gender}

    def gender_bonus(self, actor_id: str) -> float:
        """Prefer people whose gender is known to agree."""
        return KNOWN_GENDER if self.gender(actor_id) else 0.0

    def gender(self, actor_id: str) -> str | None:
        """Return the gender known from anywhere: gazetteer, titles, given name, earlier pronouns."""
        if actor_id in self.discourse.genders:
            return self.discourse.genders[actor_id]
        actor = self.actors[actor_id]
        title = self.index.titles.get(actor_id)
        known = actor.gender or (title.gender if title else None)
        return known or gender_of_name(fold(actor.name).split(), self.gazetteer.names, actor.country)

    def from_noun(
        self,
        inside: Sequence[Sighting],
        here: Span,
        tokens: TokenSpan,
        head: Token,
        source: Span,
        paragraph: ParsedParagraph,
    ) -> str | None:
        """Return whom a noun phrase means: the name at its head, the person it introduces, or what it describes."""
        named = [s for s in inside if s.sense in {"name", "short", "body"}]
        at_head = [s for s in named if s.span.overlaps(here)]
        if is_joint(head, named, paragraph):
            return None
        if at_head:
            return max(at_head, key=lambda s: (is_person(self.actors, s.actor_id), len_of(s.span))).actor_id
        person = self.introduced_person(named, here, tokens, paragraph)
        if person is not None:
            return person
        return self.described(inside, tokens, head, source)

    def introduced_person(
        self, named: Sequence[Sighting], here: Span, tokens: TokenSpan, paragraph: ParsedParagraph
    ) -> str | None:
        """Return the person whose title is the head: "spokesman John Doe", "the president, Jane Roe"."""
        for sighting in named:
            if not is_person(self.actors, sighting.actor_id) or sighting.span.start < here.end:
                continue
            between = (
                paragraph.tokens(Span(here.end, sighting.span.start)) if sighting.span.start > here.end + 1 else None
            )
            if between is None or not any(token.pos_ in {"ADP", "VERB", "SCONJ", "CCONJ"} for token in between):
                return sighting.actor_id
        return None

    def described(self, inside: Sequence[Sighting], tokens: TokenSpan, head: Token, source: Span) -> str | None:
        """Return whom a description without a name means, None where it is generic."""
        noun = head.lower_
        roles = self.gazetteer.roles
        words = [word.folded for word in find_words(tokens.text)]
        if noun in BODY_NOUNS and head.tag_ not in {"NNS", "NNPS"}:
            return self.body(noun, inside, source, words)
        role_class = roles.head_class(words_to_head(tokens, head))
        if head.tag_ in {"NNS", "NNPS"} or noun in roles.generic or is_indefinite(tokens):
            return self.spoken_for(role_class, inside, tokens, head)
        if role_class is None and "-" not in tokens.text:
            return None
        return self.bearer(role_class, inside, words, source) or self.spoken_for(role_class, inside, tokens, head)

    def body(self, noun: str, inside: Sequence[Sighting], source: Span, words: list[str]) -> str | None:
        """Return the body that "the ministry", "the group", "the alliance" means."""
        country = self.country_of(inside)
        kinds = BODY_NOUNS[noun]

        def fits(actor_id: str) -> bool:
            actor = self.actors[actor_id]
            return actor.kind in kinds and country in {None, actor.country}

        if words[0] in {"a", "an", "another"}:
            return None
        return self.discourse.best(source.start, fits, lambda one: 2.0 if noun in fold(self.actors[one].name) else 0.0)

    def spoken_for(
        self, role_class: str | None, inside: Sequence[Sighting], tokens: TokenSpan, head: Token
    ) -> str | None:
        """Return the institution behind an unnamed spokesperson, or the institute behind "analysts at"; else None."""
        is_plural = head.tag_ in {"NNS", "NNPS"}
        bodies = [s for s in inside if s.sense != "people" and not is_person(self.actors, s.actor_id)]
        if not bodies:
            return None
        if role_class == "spokesperson" and not is_plural:
            return max(bodies, key=lambda s: (s.sense == "body", len_of(s.span))).actor_id
        if role_class == "expert" and is_plural:
            institutes = [s for s in bodies if self.actors[s.actor_id].kind == "organisation"]
            return institutes[-1].actor_id if institutes else None
        return None

    def bearer(self, role_class: str | None, inside: Sequence[Sighting], words: list[str], source: Span) -> str | None:
        """Return the person whom "the lawmaker", "the Turkish president", "the 54-year-old" means."""
        gender = self.gazetteer.roles.gender_of(words)
        country = self.country_of(inside)

        def fits(actor_id: str) -> bool:
            if not is_person(self.actors, actor_id) or (gender and self.gender(actor_id) not in {None, gender}):
                return False
            if country is not None and self.person_country(actor_id) not in {None, country}:
                return False
            return role_class in {None, "citizen", "official", "politician"} or role_class in self.classes(actor_id)

        found = self.discourse.best(source.start, fits, self.gender_bonus)
        if found is None and role_class in SOLE and not QUALIFIED & set(words):
            found = self.office_holder(role_class, country)
        return found

    def office_holder(self, role_class: str, country: str | None) -> str | None:
        """Return who holds a sole office of a country on the day, by the gazetteer."""
        if country is None or self.on is None:
            return None
        for actor in self.gazetteer.actors:
            if actor.country == country and actor.kind == "person":
                office = office_on(actor, self.on)
                if (
                    office
                    and self.gazetteer.roles.class_of(fold(office.role)) == role_class
                    and not QUALIFIED & set(fold(office.role).split())
                ):
                    self.actors.setdefault(actor.actor_id, actor)
                    return actor.actor_id
        return None

    def classes(self, actor_id: str) -> set[str]:
        """Return the classes of a person's roles, by the text and by the offices held on the day."""
        roles = self.gazetteer.roles
        title = self.index.titles.get(actor_id)
        held = (
            roles.class_of(fold(one.role))
            for one in self.actors[actor_id].offices
            if self.on is None or is_held(one, self.on)
        )
        return {one for one in (title.role_class if title else None, *held) if one}

    def person_country(self, actor_id: str) -> str | None:
        """Return the country a person belongs to, as the text has it."""
        title = self.index.titles.get(actor_id)
        return (title.country if title else None) or self.actors[actor_id].country

    def country_of(self, inside: Sequence[Sighting]) -> str | None:
        """Return the one country named in a phrase, None where there are several or none."""
        codes = {self.actors[s.actor_id].country for s in inside if not is_person(self.actors, s.actor_id)} - {None}
        return codes.pop() if len(codes) == 1 else None

    def finish(self, actor_id: str | None, text: str, source: Span, tokens: TokenSpan, head: Token) -> Speaker:
        """Put the speaker together with role and country, and remember who spoke."""
        if actor_id is None:
            inside = self.index.touching(source)
            generic = head.pos_ == "NOUN"
            return Speaker(
                text, source, None, None, head_role(tokens, head) if generic else None, self.country_of(inside)
            )
        actor = self.actors[actor_id]
        self.discourse.spoke, self.discourse.said_at = actor_id, self.discourse.sentence_at(source.start)
        title = self.index.titles.get(actor_id)
        office = office_on(actor, self.on)
        role = (title.text if title else None) or (office.role if office else None)
        country = title.country if title and title.country else (office.country if office else actor.country)
        return Speaker(text, source, actor_id, actor.name, role, country)


def resolve_speakers(
    paragraphs: Sequence[ParsedParagraph],
    attributions: Sequence[Attribution],
    index: MentionIndex,
    gazetteer: Gazetteer,
    *,
    on: date | None,
) -> tuple[Speaker, ...]:
    """Return the speaker of each attribution, in their order."""
    resolver = Resolver(
        paragraphs,
        attributions,
        index,
        gazetteer,
        on,
        make_discourse(paragraphs, attributions, index),
        [one.start for one in paragraphs],
        dict(index.actors),
    )
    for number in range(len(attributions)):
        resolver.speakers.append(resolver.speaker(number))
    return tuple(resolver.speakers)


def antecedent(pronoun: Token) -> Token:
    """Return the noun that a relative pronoun stands for."""
    verb = pronoun.head
    for _ in range(6):
        if verb.dep_ in {"relcl", "acl"}:
            return verb.head
        if verb.head is verb:
            break
        verb = verb.head
    return pronoun


def is_joint(head: Token, named: Sequence[Sighting], paragraph: ParsedParagraph) -> bool:
    """Tell whether two who are named speak together."""
    partners = [child for child in head.conjuncts if child.pos_ in {"PROPN", "NOUN"}]
    spans = [paragraph.span(one) for one in (head, *partners)]
    hit = {s.actor_id for s in named for span in spans if s.span.overlaps(span)}
    return len(hit) > 1


def is_indefinite(tokens: TokenSpan) -> bool:
    """Tell whether the phrase begins with an article or number that introduces somebody unnamed."""
    return tokens[0].lower_ in {"a", "an", "another", "one", "some", "any", "no", "every", "each"}


def words_to_head(tokens: TokenSpan, head: Token) -> list[str]:
    """Return the folded words of the phrase up to its head."""
    return [word.folded for word in find_words(tokens.doc[tokens.start : head.i + 1].text)]


def head_role(tokens: TokenSpan, head: Token) -> str | None:
    """Return the head with its adjectives, as the role of somebody unnamed."""
    kept = [token.text for token in tokens if token.i <= head.i and token.dep_ not in {"det", "poss", "case"}]
    return " ".join(kept) or None


def len_of(span: Span) -> int:
    """Return the length of a span."""
    return span.end - span.start
