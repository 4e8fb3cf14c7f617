"""Whom a pronoun or a description means: those named before, weighed by place, grammar and who spoke last."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.actors.index import MentionIndex, Sighting
from extractors.language import ParsedParagraph
from extractors.model import Actor, Attribution, Span

# Weights set on invented passages and the development split: a subject outweighs one sentence of distance, the last
# speaker two; a name inside somebody's words is talked about and seldom talks.
SUBJECT, MAIN_SUBJECT, POSSESSIVE = 1.5, 2.5, -0.5
LAST_SPEAKER, TALKED_ABOUT, PER_SENTENCE, KNOWN_GENDER = 2.6, -2.5, -1.0, 0.4
REACH = 40  # sightings looked back at most: keeps the cost of a long article linear


@dataclass(frozen=True, slots=True)
class Place:
    """A sighting's standing: its sentence's number in the article and its weight as subject or other part of speech."""

    sighting: Sighting
    sentence: int
    weight: float


@dataclass(slots=True)
class Discourse:
    """The article so far; ``spoke`` is the actor of the last statement with a named speaker, ``said_at`` its sentence."""

    places: Sequence[Place]
    starts: Sequence[int]
    sentence_starts: Sequence[int]
    spoke: str | None = None
    said_at: int = 0
    genders: dict[str, str] = field(default_factory=dict)

    def sentence_at(self, position: int) -> int:
        """Return the number of the sentence at a place of the article."""
        return bisect_right(self.sentence_starts, position) - 1

    def before(self, position: int) -> Iterator[Place]:
        """Yield the sightings before a position, the nearest first, as far as they are looked at."""
        last = bisect_right(self.starts, position - 1)
        yield from reversed(self.places[max(0, last - REACH) : last])

    def after(self, position: int) -> Iterator[Place]:
        """Yield the sightings that follow."""
        first = bisect_right(self.starts, position)
        yield from self.places[first : first + REACH]

    def best(self, position: int, fits: Callable[[str], bool], bonus: Callable[[str], float]) -> str | None:
        """Return the fitting actor of greatest weight before the position."""
        here = self.sentence_at(position)
        scores: dict[str, float] = {}
        for place in self.before(position):
            one = place.sighting.actor_id
            if place.sighting.sense in {"adjective", "people"} or not fits(one):
                continue
            score = place.weight + PER_SENTENCE * (here - place.sentence) + bonus(one)
            scores[one] = max(scores.get(one, score), score)
        if self.spoke is not None and fits(self.spoke):
            score = LAST_SPEAKER + PER_SENTENCE * max(0, here - self.said_at - 1) + bonus(self.spoke)
            scores[self.spoke] = max(scores.get(self.spoke, score), score + 0.1)
        return max(scores, key=lambda one: scores[one]) if scores else None


def make_discourse(
    paragraphs: Sequence[ParsedParagraph], attributions: Sequence[Attribution], index: MentionIndex
) -> Discourse:
    """Weigh every sighting once."""
    sentence_starts = [
        paragraph.start + sentence.start_char for paragraph in paragraphs for sentence in paragraph.doc.sents
    ]
    contents = merged(span for one in attributions for span in one.spans)
    content_starts = [span.start for span in contents]
    places = []
    for sighting in index.sightings:
        weight = weight_of(paragraphs[sighting.paragraph], sighting)
        near = bisect_right(content_starts, sighting.span.start) - 1
        if near >= 0 and contents[near].covers(sighting.span):
            weight += TALKED_ABOUT
        places.append(Place(sighting, bisect_right(sentence_starts, sighting.span.start) - 1, weight))
    return Discourse(places, index.starts, sentence_starts)


def weight_of(paragraph: ParsedParagraph, sighting: Sighting) -> float:
    """Return how much the name's part in its sentence makes it what the text is about."""
    tokens = paragraph.tokens(sighting.span)
    if tokens is None:
        return 0.0
    root = tokens.root
    while root.dep_ in {"compound", "appos", "nmod"} and root.head is not root:
        root = root.head
    if root.dep_ in {"nsubj", "nsubjpass", "agent"}:
        return MAIN_SUBJECT if root.head.dep_ == "ROOT" else SUBJECT
    return POSSESSIVE if root.dep_ == "poss" else 0.0


def merged(spans: Iterator[Span]) -> list[Span]:
    """Return the spans in order with overlapping ones joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def is_person(actors: Mapping[str, Actor], actor_id: str) -> bool:
    """Tell whether the actor is a human being."""
    return actor_id in actors and actors[actor_id].kind == "person"
