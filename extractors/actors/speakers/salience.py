"""Whom a pronoun or a description means: those named before, weighed by place, grammar and who spoke last."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.actors.index import Sighting
from extractors.language import ParsedParagraph
from extractors.model import Span, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Token

# Weights set on invented passages and the development split: a subject outweighs a sentence of distance, the last
# speaker two; a name inside somebody's words is talked about and seldom talks.
SUBJECT, MAIN_SUBJECT, SAME_SENTENCE, POSSESSIVE = 1.5, 2.5, 1.5, -0.5
LAST_SPEAKER, TALKED_ABOUT, PER_SENTENCE = 2.6, -2.5, -1.0
NAMELESS_REACH = 6  # sentences in which "they" may be who spoke without a name
REACH = 40  # places looked back at most: keeps the cost of a long article linear


@dataclass(frozen=True, slots=True)
class Place:
    """Where an actor was named or meant: its sentence's number and its weight as subject or other part of speech."""

    actor_id: str
    start: int
    sentence: int
    weight: float


@dataclass(frozen=True, slots=True)
class Nameless:
    """Somebody without a name who spoke: as he was described, in which sentence, by which noun, one or many."""

    speaker: Speaker
    sentence: int
    noun: str
    is_plural: bool
    is_person: bool


@dataclass(slots=True)
class Discourse:
    """The article as read so far; ``spoke`` is the last named speaker, ``said_at`` his sentence.

    ``unnamed_at`` is the sentence of the last speaker without a name ("experts"), ``unnamed`` that of each by his noun.
    """

    sentences: Sequence[int]
    contents: Sequence[Span]
    content_starts: Sequence[int]
    places: list[Place] = field(default_factory=list)
    spoke: str | None = None
    said_at: int = 0
    unnamed_at: int = -1
    unnamed: dict[str, int] = field(default_factory=dict)
    nameless: list[Nameless] = field(default_factory=list)

    def sentence_at(self, position: int) -> int:
        """Return the number of the sentence at a place of the article."""
        return bisect_right(self.sentences, position) - 1

    def is_talked_about(self, span: Span) -> bool:
        """Tell whether the span lies inside somebody's words."""
        near = bisect_right(self.content_starts, span.start) - 1
        return near >= 0 and self.contents[near].covers(span)

    def note(self, actor_id: str, span: Span, weight: float) -> None:
        """Record that an actor is named or meant here."""
        if self.is_talked_about(span):
            weight += TALKED_ABOUT
        self.places.append(Place(actor_id, span.start, self.sentence_at(span.start), weight))

    def heard(self, actor_id: str, position: int) -> None:
        """Record who has just spoken."""
        self.spoke, self.said_at = actor_id, self.sentence_at(position)

    def heard_unnamed(self, noun: str, position: int) -> None:
        """Record that somebody without a name has just spoken, by the noun he is called."""
        self.unnamed_at = self.unnamed[noun] = self.sentence_at(position)

    def nameless_before(self, position: int, fits: Callable[[Nameless], bool]) -> Nameless | None:
        """Return the last fitting one without a name who spoke before, not far from the place."""
        here = self.sentence_at(position)
        near = (one for one in reversed(self.nameless) if here - one.sentence <= NAMELESS_REACH)
        return next((one for one in near if fits(one)), None)

    def last_place(self, actor_id: str) -> int:
        """Return the sentence in which the actor was named or meant last outside of what is said."""
        here = (one.sentence for one in reversed(self.places) if one.actor_id == actor_id and one.weight >= POSSESSIVE)
        return max(next(here, -1), self.said_at if self.spoke == actor_id else -1)

    def country(self, position: int, state: Callable[[str], str | None]) -> str | None:
        """Return the country named last before the position."""
        for place in reversed(self.places[-REACH:]):
            if place.start < position and (found := state(place.actor_id)) is not None:
                return found
        return None

    def best(
        self, position: int, fits: Callable[[str], bool], bonus: Callable[[str], float] = lambda _: 0.0
    ) -> str | None:
        """Return the fitting actor of greatest weight before the position, the later one of equals."""
        here = self.sentence_at(position)
        scores: dict[str, float] = {}
        for place in self.places[-REACH:]:
            if place.start < position and fits(place.actor_id):
                same = SAME_SENTENCE if place.sentence == here and place.weight >= SUBJECT else 0.0
                score = place.weight + same + PER_SENTENCE * (here - place.sentence) + bonus(place.actor_id)
                scores[place.actor_id] = max(scores.pop(place.actor_id, score), score)
        if self.spoke is not None and fits(self.spoke):
            score = LAST_SPEAKER + PER_SENTENCE * (here - self.said_at) + bonus(self.spoke)
            scores[self.spoke] = max(scores.get(self.spoke, score), score)
        return max(reversed(list(scores)), key=lambda one: scores[one]) if scores else None


def make_discourse(paragraphs: Sequence[ParsedParagraph], contents: Iterable[Span]) -> Discourse:
    """Return a discourse nobody has been named in yet."""
    sentences = [paragraph.start + one.start_char for paragraph in paragraphs for one in paragraph.doc.sents]
    joined = merged(contents)
    return Discourse(sentences, joined, [span.start for span in joined])


def weight_of(paragraph: ParsedParagraph, sighting: Sighting) -> float:
    """Return how much the name's part in its sentence makes it what the text is about."""
    tokens = paragraph.tokens(sighting.span)
    return 0.0 if tokens is None else weight_of_token(tokens.root)


def weight_of_token(token: Token) -> float:
    """Return the weight of a word by its grammar."""
    while token.dep_ in {"compound", "appos", "nmod"} and token.head is not token:
        token = token.head
    if token.dep_ in {"nsubj", "nsubjpass", "agent"}:
        return MAIN_SUBJECT if token.head.dep_ == "ROOT" else SUBJECT
    return POSSESSIVE if token.dep_ == "poss" else 0.0


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order with overlapping ones joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
