"""Whom a source's words mean: a pronoun, a name, or a description."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.actors.index import Sighting
from extractors.actors.known.folding import fold, slug
from extractors.actors.known.gazetteer import Gazetteer
from extractors.actors.known.name_lexicon import Gender
from extractors.actors.speakers.descriptions import PAPERS, Phrase, describe, words_to_head
from extractors.actors.speakers.facts import Facts
from extractors.actors.speakers.salience import Discourse
from extractors.language import ParsedParagraph
from extractors.model import Actor, ActorKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

HE_OR_SHE: dict[str, Gender] = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
IT = frozenset({"it", "itself", "its"})
THEY = frozenset({"they", "them", "their"})
SPEAKER_SELF = frozenset({"i", "we", "me", "us", "my", "our"})
OWN = frozenset({"his", "her", "its", "their"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
NAMED = frozenset({"name", "short", "body"})
KNOWN_GENDER = 0.4  # somebody known to be of the gender goes before somebody who might be
CLIMB = 6
PRONOUNS = frozenset({*HE_OR_SHE, *IT, *THEY, *SPEAKER_SELF, *RELATIVE})
JUST_NOW = 1  # sentences
SOON = 2  # sentences
CARRIER = -3.0  # an outlet is named for what it carries: "it" is mostly somebody else
LONGEST_TITLE = 40  # letters
LABELS: dict[str, ActorKind] = {"PERSON": "person", "": "person", "ORG": "organisation", "GPE": "government"}


@dataclass(slots=True)
class Article:
    """What resolution works with: the parses, the facts, and the discourse so far."""

    paragraphs: Sequence[ParsedParagraph]
    starts: Sequence[int]
    facts: Facts
    discourse: Discourse
    texts: dict[int, str] = field(default_factory=dict)
    title: str | None = None

    def text(self, paragraph: ParsedParagraph) -> str:
        """Return the paragraph's text; spaCy puts it together anew each time, so it is kept."""
        if paragraph.start not in self.texts:
            self.texts[paragraph.start] = paragraph.doc.text
        return self.texts[paragraph.start]

    def paragraph_at(self, position: int) -> ParsedParagraph:
        """Return the paragraph that holds a place of the article."""
        return self.paragraphs[max(0, bisect_right(self.starts, position) - 1)]


def identify(article: Article, phrase: Phrase, paragraph: ParsedParagraph, outer: str | None) -> str | None:
    """Return the id of the actor behind a source, None where it is generic; ``outer`` is who reports the statement."""
    word = phrase.head.lower_
    if len(phrase.tokens) <= 2 and phrase.head.pos_ in {"PRON", "DET"} and phrase.head in phrase.tokens:
        return outer if word in SPEAKER_SELF else pronoun(article, phrase.head, paragraph, phrase.position)
    here = paragraph.span(phrase.head)
    named = [one for one in phrase.inside if one.sense in NAMED]
    if is_joint(phrase.head, named, paragraph):
        return None
    at_head = [one for one in named if one.span.overlaps(here)]
    if at_head:
        facts = article.facts
        return max(at_head, key=lambda one: (facts.is_person(one.actor_id), one.span.end - one.span.start)).actor_id
    introduced = introduced_person(article, named, here, paragraph) or following_person(article, phrase, paragraph)
    return introduced or describe(phrase, article.facts, article.discourse) or unlisted(article.facts, phrase)


def pronoun(article: Article, token: Token, paragraph: ParsedParagraph, position: int) -> str | None:
    """Return whom a pronoun means; he and she teach the gender of those who had none."""
    facts, discourse, word = article.facts, article.discourse, token.lower_
    if word in HE_OR_SHE:
        return he_or_she(article, token, paragraph, position)
    if word in IT and token.head.lemma_ == "read" and token.dep_ == "nsubj":
        return discourse.spoke if discourse.unnamed_at < discourse.said_at else None  # a paper does
    if word in IT and is_after_paper(discourse, position):
        return None
    if word in IT:
        return discourse.best(
            position,
            lambda one: not facts.is_person(one),
            lambda one: CARRIER if facts.actors[one].kind == "media" else 0.0,
        )
    if word not in THEY or discourse.spoke is None or facts.is_person(discourse.spoke):
        return None
    # "they" are mostly people without a name; a body only where it has just spoken
    here = discourse.sentence_at(position)
    return discourse.spoke if here - discourse.said_at <= 1 and discourse.unnamed_at < discourse.said_at else None


def is_after_paper(discourse: Discourse, position: int) -> bool:
    """Tell whether a paper of nobody's alone has spoken last, just now: "the joint statement said ... It added"."""
    latest = discourse.nameless_before(position, lambda one: one.noun in PAPERS)
    is_last = latest is not None and latest.sentence >= max(discourse.said_at, discourse.unnamed_at)
    return latest is not None and is_last and discourse.sentence_at(position) - latest.sentence <= SOON


def he_or_she(article: Article, token: Token, paragraph: ParsedParagraph, position: int) -> str | None:
    """Return the person of the pronoun's gender, and remember the gender."""
    facts, gender = article.facts, HE_OR_SHE[token.lower_]

    def fits(actor_id: str) -> bool:
        return facts.is_person(actor_id) and facts.gender(actor_id) in {None, gender}

    found = named_later(facts, token, paragraph)
    if found is None or not fits(found):
        found = article.discourse.best(position, fits, lambda one: KNOWN_GENDER if facts.gender(one) else 0.0)
    if found is None:
        found = article.discourse.best(
            position, lambda one: facts.is_person(one) and facts.sure_gender(one) in {None, gender}
        )
    if found is not None and is_after_unnamed(article.discourse, found, position):
        return None
    if found is not None and facts.sure_gender(found) is None:
        facts.genders[found] = gender
    return found


def is_after_unnamed(discourse: Discourse, actor_id: str, position: int) -> bool:
    """Tell whether somebody without a name has spoken just now, after the person was last named ("an aide ... he")."""
    latest = discourse.nameless_before(position, lambda one: one.is_person and not one.is_plural)
    if latest is None or discourse.sentence_at(position) - latest.sentence > JUST_NOW:
        return False
    return latest.sentence >= discourse.last_place(actor_id)


def named_later(facts: Facts, token: Token, paragraph: ParsedParagraph) -> str | None:
    """Return the subject of the main clause that a leading subordinate clause waits for ("As he left, Roe said")."""
    verb = token.head
    for _ in range(CLIMB):
        if verb.dep_ == "advcl" or verb.head is verb:
            break
        verb = verb.head
    main = verb.head
    if verb.dep_ != "advcl" or main.i < verb.i or token.i - verb.sent.start > CLIMB:
        return None
    subject = next((child for child in main.children if child.dep_ == "nsubj" and child.i > verb.i), None)
    if subject is None:
        return None
    here = facts.index.touching(paragraph.span(subject))
    return next((one.actor_id for one in here if one.sense in NAMED and facts.is_person(one.actor_id)), None)


def introduced_person(
    article: Article, named: Sequence[Sighting], here: Span, paragraph: ParsedParagraph
) -> str | None:
    """Return the person whose title is the head: "spokesman John Doe", "the president, Jane Roe"."""
    for one in named:
        if not article.facts.is_person(one.actor_id) or one.span.start < here.end:
            continue
        between = paragraph.tokens(Span(here.end, one.span.start)) if one.span.start > here.end + 1 else None
        if between is None or not any(token.pos_ in {"ADP", "VERB", "SCONJ", "CCONJ"} for token in between):
            return one.actor_id
        text = article.text(paragraph)[here.end - paragraph.start : one.span.start - paragraph.start]
        if any(is_beside(other, one) for other in named) or is_apposed(text, article.facts.gazetteer):
            return one.actor_id
    return None


def following_person(article: Article, phrase: Phrase, paragraph: ParsedParagraph) -> str | None:
    """Return the person whose name, after one more title, follows a source cut short ("naval chief | Admiral Roe")."""
    facts, roles = article.facts, article.facts.gazetteer.roles
    is_body = phrase.head.lower_ in roles.bodies
    is_titled = is_body or roles.head_class(words_to_head(phrase)) is not None
    if phrase.head not in phrase.tokens or not is_titled or phrase.is_plural:
        return None
    end = paragraph.span(phrase.tokens).end
    after = next((one for one in facts.index.touching(Span(end, end + LONGEST_TITLE)) if one.span.start >= end), None)
    if after is None or not (facts.is_person(after.actor_id) or (is_body and after.sense == "name")):
        return None
    between = article.text(paragraph)[end - paragraph.start : after.span.start - paragraph.start]
    if between == " " and (is_body or phrase.head == phrase.tokens[-1]):
        return after.actor_id
    known = roles.nouns | roles.honorifics | roles.modifiers
    is_title = between.startswith(" ") and all(one in known for one in fold(between).split())
    return after.actor_id if is_title and between.replace(".", " ").replace("-", " ").split() else None


def is_beside(body: Sighting, person: Sighting) -> bool:
    """Tell whether a person's name follows a body's with nothing between ("envoy to the United Nations Jane Roe")."""
    return body.sense in {"name", "body"} and body.span.end + 1 == person.span.start


def is_apposed(between: str, gazetteer: Gazetteer) -> bool:
    """Tell whether one comma and at most a title stand before the name: "the author of the book, Dr Jane Roe"."""
    before, comma, after = between.partition(", ")
    titles = fold(after).split()
    known = gazetteer.roles.honorifics | gazetteer.roles.nouns | gazetteer.roles.modifiers
    people = {one for one in titles if any(each.sense == "adjective" for each in gazetteer.aliases.get(one, ()))}
    return bool(comma) and "," not in before + after and all(one in known | people for one in titles)


def is_joint(head: Token, named: Sequence[Sighting], paragraph: ParsedParagraph) -> bool:
    """Tell whether two who are named speak together."""
    partners = [child for child in head.conjuncts if child.pos_ in {"PROPN", "NOUN"}]
    spans = [paragraph.span(one) for one in (head, *partners)]
    return len({one.actor_id for one in named for span in spans if one.span.overlaps(span)}) > 1


def unlisted(facts: Facts, phrase: Phrase) -> str | None:
    """Return a new actor for a proper name that nothing else has explained: "bandleader Moss said"."""
    head = phrase.head
    kind = LABELS.get(head.ent_type_)
    if head.tag_ != "NNP" or kind is None or head not in phrase.tokens:
        return None
    first = head.i
    while first > phrase.tokens.start and head.doc[first - 1].tag_ == "NNP" and head.doc[first - 1].dep_ == "compound":
        first -= 1
    name = head.doc[first : head.i + 1].text
    if not name[:1].isupper() or not name.replace(" ", "").replace("-", "").replace(".", "").isalpha():
        return None
    if facts.gazetteer.roles.head_class(fold(name).split()) is not None:
        return None
    if slug(name) in facts.gazetteer.roles.never_names or (name.isupper() and len(name) > 6):
        return None
    famous = facts.famous(slug(name)) if kind == "person" else None
    if famous is not None:
        return famous
    actor = Actor(f"text:{slug(name)}", name, kind, is_known=False)
    return facts.actors.setdefault(actor.actor_id, actor).actor_id


def antecedent(head: Token) -> Token:
    """Return the noun that a relative pronoun stands for, any other word as it is."""
    if head.lower_ not in RELATIVE:
        return head
    verb = head.head
    for _ in range(CLIMB):
        if verb.dep_ in {"relcl", "acl"}:
            return verb.head
        if verb.head is verb:
            break
        verb = verb.head
    return head


def doer(head: Token) -> Token:
    """Return who "lost his temper, telling": the subject where a source is but the object of what he does."""
    verb = head.head
    is_own = any(child.dep_ == "poss" and child.lower_ in OWN for child in head.children)
    if head.dep_ != "dobj" or head.pos_ != "NOUN" or not is_own:
        return head
    return next((child for child in verb.children if child.dep_ == "nsubj"), head)


def head_role(phrase: Phrase) -> str | None:
    """Return the head with its adjectives, as the role of somebody unnamed."""
    kept = [
        one.text
        for one in phrase.tokens
        if one.i <= phrase.head.i and not one.is_punct and one.dep_ not in {"det", "poss", "case"}
    ]
    return " ".join(kept) or None
