"""Invented news: articles of the dispute, near misses that mention one side or both, and everything else."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.newsroom.cast import SIDES, Official, Side
from tests.newsroom.grammar import Grammar, read_words

UNRELATED = ("sport", "business", "weather", "culture", "science", "town_hall")
NEAR_MISSES = ("one_side", "friendly")
DISPUTE = "dispute"
# How an article of the dispute goes on after its lead.
COURSE = ("threat", "accuse", "deny", "soften", "weigh", "fact", "fact")
BACKGROUND_SHARE = 0.6
SPEECH_SHARE = 0.2  # of articles that carry one of the long quotations that everybody carries


@dataclass(frozen=True, slots=True)
class Story:
    """What was written, before any outlet dresses it."""

    kind: str
    title: str
    summary: str
    paragraphs: tuple[str, ...]
    author: str

    @property
    def is_match(self) -> bool:
        """Tell whether the story is about the dispute."""
        return self.kind == DISPUTE

    @property
    def text(self) -> str:
        """Return the paragraphs with blank lines between them."""
        return "\n\n".join(self.paragraphs)


@cache
def grammar_of(kind: str) -> Grammar:
    """Return the words of a kind of story."""
    common = read_words("common")
    if kind == DISPUTE:
        return Grammar(common, read_words(DISPUTE))
    ordinals: dict[str, Any] = {"ordinal": read_words(DISPUTE)["ordinal"]}
    return Grammar(common, ordinals, read_words("templates"), read_words("domains")[kind])


def write_story(chance: random.Random, kind: str) -> Story:
    """Return a new story of a kind."""
    return _dispute(chance) if kind == DISPUTE else _ordinary(chance, kind)


def comment(chance: random.Random) -> str:
    """Return what a reader wrote below an article."""
    return grammar_of("sport").pick(chance, "comment")


def local_paragraph(chance: random.Random) -> str:
    """Return a paragraph that an outlet adds to a wire report of the dispute."""
    words = grammar_of(DISPUTE)
    context = _sides(chance)
    expert = words.pick(chance, "weigh", context)
    return f"{expert} {words.pick(chance, 'fact', context)}"


def new_lead(chance: random.Random) -> str:
    """Return a lead for a report of the dispute."""
    return next(_paragraphs(chance, _Telling(chance)))


def new_title(chance: random.Random) -> str:
    """Return another headline for a report of the dispute."""
    return grammar_of(DISPUTE).pick(chance, "title", _sides(chance))


def _dispute(chance: random.Random) -> Story:
    telling = _Telling(chance)
    paragraphs = list(_paragraphs(chance, telling))
    words = grammar_of(DISPUTE)
    if chance.random() < SPEECH_SHARE:
        official = chance.choice(telling.cast)
        speech = words.pick(chance, "speech")
        paragraphs.insert(chance.randint(2, 4), f"{speech} {telling.naming(official)} said.")
    if chance.random() < BACKGROUND_SHARE:
        paragraphs.append(words.pick(chance, "background"))
    title = words.pick(chance, "title", _sides(chance))
    return Story(DISPUTE, title, paragraphs[0], tuple(paragraphs), words.pick(chance, "person"))


def _paragraphs(chance: random.Random, telling: "_Telling") -> Iterator[str]:
    yield telling.say("lead")
    for _ in range(chance.randint(5, 11)):
        sentences = [telling.say(chance.choice(COURSE))]
        while chance.random() < 0.45 and len(sentences) < 3:
            sentences.append(telling.say(chance.choice(COURSE)))
        yield " ".join(sentences)


class _Telling:
    """Who speaks in one article: introduced in full once, by the last name from then on."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._introduced: set[str] = set()
        self.cast: tuple[Official, ...] = tuple(
            official for side in SIDES for official in chance.sample(side.officials, 2)
        )

    def naming(self, official: Official) -> str:
        """Return how the official is called when named next."""
        if official.name in self._introduced:
            return official.last_name
        return f"{official.side.adjective} {official.role} {official.name}"

    def say(self, key: str) -> str:
        """Return a sentence in which somebody of the cast may speak, seen from his side of the strait."""
        official = self._chance.choice(self.cast)
        other = next(side for side in SIDES if side is not official.side)
        name, is_known = self.naming(official), official.name in self._introduced
        roles = {"speaker": name, "last": name, "short_role": official.short_role if is_known else name}
        roles = roles if is_known else roles | {"short_role": f"{official.side.adjective} {official.short_role}"}
        said = grammar_of(DISPUTE).pick(self._chance, key, _both(official.side, other) | roles)
        self._introduced |= {official.name} if official.name in said else set()
        return said


def _sides(chance: random.Random) -> dict[str, str]:
    one, other = chance.sample(SIDES, 2)
    return _both(one, other)


def _both(one: Side, other: Side) -> dict[str, str]:
    names = {"a": one.name, "a_adj": one.adjective, "a_cap": one.capital}
    return names | {"b": other.name, "b_adj": other.adjective, "b_cap": other.capital}


def _ordinary(chance: random.Random, kind: str) -> Story:
    words, context = grammar_of(kind), _sides(chance)
    paragraphs = []
    for _ in range(chance.randint(5, 10)):
        keys = [chance.choice(("sentence", "sentence", "quote")) for _ in range(chance.randint(1, 3))]
        paragraphs.append(" ".join(words.pick(chance, key, context) for key in keys))
    summary = words.pick(chance, "summary", context)
    title = words.pick(chance, "title", context)
    return Story(kind, title, summary, (summary, *paragraphs), words.pick(chance, "person"))
