"""From the words that name a statement's source to the actor who spoke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from extractors.actors.index import MentionIndex, Sighting
from extractors.actors.known.gazetteer import Gazetteer
from extractors.actors.speakers.descriptions import PAPERS, Phrase, country_of, describe, words_to_head
from extractors.actors.speakers.facts import Facts
from extractors.actors.speakers.nationality import with_countries
from extractors.actors.speakers.referents import (
    HE_OR_SHE,
    IT,
    PRONOUNS,
    THEY,
    Article,
    antecedent,
    doer,
    head_role,
    identify,
    pronoun,
)
from extractors.actors.speakers.salience import Nameless, make_discourse, weight_of, weight_of_token
from extractors.language import ParsedParagraph
from extractors.model import Actor, Attribution, Span, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Token

NAMED = frozenset({"name", "short", "body"})
CROWDS = frozenset({"others", "many", "some", "several", "police", "people"})  # plural without an ending


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject that points back, through which a person stays what the text is about."""

    paragraph: ParsedParagraph
    token: Token


@dataclass(slots=True)
class Resolver:
    """One article being resolved from its beginning to its end."""

    article: Article
    attributions: Sequence[Attribution]
    speakers: dict[int, Speaker] = field(default_factory=dict)

    def run(self) -> tuple[Speaker, ...]:
        """Go through names, subjects and sources in the order of the text; statements without a source come last."""
        steps: list[tuple[int, int, Sighting | Subject | int]] = [*self.names(), *self.subjects(), *self.sources()]
        for _, _, step in sorted(steps, key=lambda one: one[:2]):
            if isinstance(step, Sighting):
                paragraph = self.article.paragraphs[step.paragraph]
                self.article.discourse.note(step.actor_id, step.span, weight_of(paragraph, step))
            elif isinstance(step, Subject):
                self.follow(step)
            else:
                self.speakers[step] = self.from_source(self.attributions[step])
        for number in range(len(self.attributions)):
            self.speakers.setdefault(number, self.carried(number))
        speakers = [self.speakers[number] for number in range(len(self.attributions))]
        return with_countries(speakers, self.article, self.attributions)

    def names(self) -> Iterator[tuple[int, int, Sighting]]:
        """Yield the names, where they stand."""
        for one in self.article.facts.index.sightings:
            if one.sense in NAMED:
                yield one.span.start, 0, one

    def subjects(self) -> Iterator[tuple[int, int, Subject]]:
        """Yield the subjects "he", "the envoy" outside of what is said."""
        roles = self.article.facts.gazetteer.roles
        for paragraph in self.article.paragraphs:
            for token in paragraph.doc:
                if token.dep_ not in {"nsubj", "nsubjpass"}:
                    continue
                is_noun = token.tag_ == "NN" and token.lemma_ in roles.classes and token.left_edge.lower_ == "the"
                if (is_noun or token.lower_ in {"he", "she"}) and not self.article.discourse.is_talked_about(
                    paragraph.span(token)
                ):
                    yield paragraph.start + token.idx, 1, Subject(paragraph, token)

    def sources(self) -> Iterator[tuple[int, int, int]]:
        """Yield the numbers of the attributions with a source, after the names inside it."""
        for number, one in enumerate(self.attributions):
            if one.source is not None:
                yield one.source.end, 2, number

    def follow(self, subject: Subject) -> None:
        """Record whom the subject means."""
        token, paragraph = subject.token, subject.paragraph
        span = paragraph.span(token)
        if token.lower_ in HE_OR_SHE:
            found = pronoun(self.article, token, paragraph, span.start)
        else:
            tokens = token.doc[token.left_edge.i : token.i + 1]
            inside = self.article.facts.index.touching(paragraph.span(tokens))
            found = describe(Phrase(tokens, token, span.start, inside), self.article.facts, self.article.discourse)
        if found is not None and self.article.facts.is_person(found):
            self.article.discourse.note(found, span, weight_of_token(token))

    def carried(self, number: int) -> Speaker:
        """Return the speaker who goes on speaking, over a chain of such statements."""
        seen: set[int] = set()
        while number not in self.speakers:
            seen.add(number)
            before = self.attributions[number].carried_from
            if before is None or before in seen or not 0 <= before < len(self.attributions):
                return Speaker()
            number = before
        return self.speakers[number]

    def from_source(self, one: Attribution) -> Speaker:
        """Resolve a statement's source and remember who spoke."""
        source = one.source or Span(0, 0)
        paragraph = self.article.paragraph_at(source.start)
        tokens = paragraph.tokens(source)
        text = self.article.text(paragraph)[source.start - paragraph.start : source.end - paragraph.start]
        if tokens is None or not len(tokens):
            return Speaker(text, source)
        head = doer(antecedent(tokens.root))
        inside = self.article.facts.index.touching(source if head in tokens else paragraph.span(head))
        phrase = Phrase(tokens, head, source.start, inside)
        actor_id = identify(self.article, phrase, paragraph, self.outer(one))
        if actor_id is None:
            return self.nameless(phrase, text, source)
        if not self.article.discourse.is_talked_about(source):
            self.article.discourse.heard(actor_id, source.start)
        role, country = self.article.facts.role(actor_id)
        return Speaker(text, source, actor_id, self.article.facts.actors[actor_id].name, role, country)

    def nameless(self, phrase: Phrase, text: str, source: Span) -> Speaker:
        """Return a source without a name; one that only points back is whom it points to ("they", "the officials")."""
        head, discourse = phrase.head, self.article.discourse
        noun = head.lemma_.lower()
        earlier = discourse.nameless_before(source.start, lambda one: is_taken_up(phrase, one))
        discourse.heard_unnamed(noun, source.start)
        if earlier is not None:
            known = replace(earlier, sentence=discourse.sentence_at(source.start))
            discourse.nameless.append(known)
            return known.speaker
        role = head_role(phrase) if head.pos_ == "NOUN" else None
        speaker = Speaker(text, source, role=role, country=country_of(phrase, self.article.facts))
        if noun not in PRONOUNS:
            is_plural = phrase.is_plural or head.lower_ in CROWDS
            is_person = (
                self.article.facts.gazetteer.roles.head_class(words_to_head(phrase)) is not None or noun == "one"
            )
            here = discourse.sentence_at(source.start)
            discourse.nameless.append(Nameless(speaker, here, noun, is_plural, is_person))
        return speaker

    def outer(self, one: Attribution) -> str | None:
        """Return who reports the statement, if somebody inside the text does."""
        known = None if one.reported_by is None else self.speakers.get(one.reported_by)
        return known.actor_id if known else None


def is_taken_up(phrase: Phrase, earlier: Nameless) -> bool:
    """Tell whether a phrase means somebody who spoke without a name before: "they", "she", "the officials"."""
    word = phrase.head.lower_
    if word in IT:
        return earlier.noun in PAPERS and not earlier.is_plural
    if word in THEY:
        return earlier.is_plural
    if word in HE_OR_SHE:
        return earlier.is_person and not earlier.is_plural
    is_short = phrase.is_anaphor and len(phrase.tokens) == 2
    return is_short and phrase.head.lemma_.lower() == earlier.noun and phrase.is_plural == earlier.is_plural


@dataclass(frozen=True, slots=True)
class Resolution:
    """The speaker of each attribution, and every actor of the article that the gazetteer does not list."""

    speakers: tuple[Speaker, ...]
    actors: tuple[Actor, ...]


def resolve(
    paragraphs: Sequence[ParsedParagraph],
    attributions: Sequence[Attribution],
    index: MentionIndex,
    gazetteer: Gazetteer,
    *,
    on: date | None,
    title: str | None = None,
    home: str | None = None,
) -> Resolution:
    """Find out who speaks; offices are those held on the day ``on``, the article's, ``title`` is its headline.

    ``home`` is the state that publishes an official document.
    """
    facts = Facts(index, gazetteer, on, dict(index.actors), home=home)
    discourse = make_discourse(paragraphs, (span for one in attributions for span in one.spans))
    article = Article(paragraphs, [one.start for one in paragraphs], facts, discourse, title=title)
    speakers = Resolver(article, attributions).run()
    new = (actor for key, actor in facts.actors.items() if key not in gazetteer.by_id)
    return Resolution(speakers, tuple(new))


def resolve_speakers(
    paragraphs: Sequence[ParsedParagraph],
    attributions: Sequence[Attribution],
    index: MentionIndex,
    gazetteer: Gazetteer,
    *,
    on: date | None,
) -> tuple[Speaker, ...]:
    """Return the speaker of each attribution, in their order."""
    return resolve(paragraphs, attributions, index, gazetteer, on=on).speakers
