"""Topics: which entries are worth fetching, which articles are kept, and why.

All terms of all topics are looked for at once (Aho-Corasick), so thousands of them cost what one costs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

import ahocorasick

from extractors.model import Span
from extractors.topics.rules import Rule, can_hold, holds, wanted, without_exclusions
from extractors.topics.words import as_words, folded_line, words_line

MIN_SUMMARY_WORDS = 4  # less than this says nothing either way: the page has to be read
BETWEEN_WORDS = 300  # of a page may stand amid an article and be no part of it: boxes, captions, teasers
MAX_HITS_SHOWN = 5  # places kept for one term in an explanation
SHORT_NAME = 5  # letters; names in capitals up to this length (US, UN, NATO, KCNA) must be in capitals in the text

Where: TypeAlias = Literal["title", "text"]
Decision: TypeAlias = Literal["fetch", "skip", "fetch-to-decide"]


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms of which any one counts: phrases (``weapon*`` for a beginning, ``=US`` for exact letters) and actors."""

    name: str
    phrases: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """What is watched. ``hints`` are the groups whose mention in a headline makes a page worth reading.

    Every distinct term that occurs scores 1, in the title ``title_weight``; a match needs ``min_score`` and
    ``min_hits`` distinct terms besides its rule.
    """

    name: str
    groups: tuple[TermGroup, ...]
    rule: Rule
    description: str = ""
    min_hits: int = 1
    min_score: float = 1
    title_weight: float = 3
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a term of a group stands."""

    group: str
    term: str
    words: str
    where: Where
    span: Span


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """A verdict with its reasons; ``misses`` says what was lacking where ``is_match`` is false."""

    topic: str
    is_match: bool
    score: float
    hits: tuple[Hit, ...]
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryDecision:
    """What to do with an entry, for which topics, and on what grounds."""

    decision: Decision
    topics: tuple[str, ...] = ()
    reason: str = ""
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Term:
    """A term as one topic's group uses it; ``exact`` is set where the letters must stand as written."""

    topic: int
    group: str
    name: str
    exact: str | None


@dataclass(frozen=True, slots=True)
class _Found:
    term: _Term
    where: Where
    first: int
    last: int
    hit: Hit


# By group: in which reading of a page's words and at which word of it a term stands, and the term.
_Places: TypeAlias = dict[str, list[tuple[int, int, str]]]


class TopicMatcher:
    """All topics compiled into one automaton; immutable once built, safe to share."""

    def __init__(self, topics: Sequence[Topic], actor_names: Mapping[str, Sequence[str]]) -> None:
        """Compile the terms of all topics; actors without names match nothing (see ``unknown_actors``)."""
        self.topics = tuple(topics)
        self._terms = ahocorasick.Automaton()
        patterns: dict[str, list[_Term]] = {}
        for pattern, term in _patterns(self.topics, actor_names):
            patterns.setdefault(pattern, []).append(term)
        _fill(self._terms, patterns)
        self._of_pages = tuple(without_exclusions(topic.rule) for topic in self.topics)

    def decide_entry(self, title: str | None, summary: str | None) -> EntryDecision:
        """Decide on title and summary alone whether a page is fetched; in doubt it is fetched to decide."""
        sure, maybe = [], []
        for topic, found, verdict in self._verdicts(title, summary):
            hints = topic.hints or tuple(wanted(topic.rule))
            if verdict.is_match:
                sure.append(verdict)
            elif any(one.term.group in hints for one in found) and can_hold(topic.rule, *_counts(found)):
                maybe.append(verdict)
        if sure:
            return _decision("fetch", sure, "matches on title and summary")
        if maybe:
            return _decision("fetch-to-decide", maybe, "mentions a part of the topic")
        if len(as_words(f"{title or ''} {summary or ''}").spans) < MIN_SUMMARY_WORDS:
            return EntryDecision("fetch-to-decide", reason="title and summary say too little")
        return EntryDecision("skip", reason="mentions no topic")

    def decide_article(self, title: str | None, text: str) -> tuple[TopicMatch, ...]:
        """Return the topics that the full text belongs to, with the words that say so."""
        return tuple(verdict for verdict in self.explain(title, text) if verdict.is_match)

    def explain(self, title: str | None, text: str | None) -> tuple[TopicMatch, ...]:
        """Return a verdict for every topic, matched or not."""
        return tuple(verdict for _, _, verdict in self._verdicts(title, text))

    def may_match(self, titles: Sequence[str], texts: Sequence[str]) -> bool:
        """Tell from all words of a page whether its article can belong to any topic.

        Wrong only in letting too much through: the words of menus and teasers count too. ``texts`` are the page's words
        read in one way or several, ``titles`` the pieces one of which is its title (none: any word may be of it).
        """
        first_title = len(texts) if titles else 0
        return any(
            _can_match(self.topics[topic], self._of_pages[topic], places, first_title)
            for topic, places in self._places_in((*texts, *titles)).items()
        )

    def _places_in(self, texts: Sequence[str]) -> dict[int, _Places]:
        """Return at which words the terms of each topic's groups stand; an exact one need not stand just there."""
        places: dict[int, _Places] = {}
        for reading, text in enumerate(texts if len(self._terms) else ()):
            line, at, n_words = words_line(text), 0, 0
            written: dict[str, tuple[_Term, ...]] = {}
            for end, (pattern, terms) in self._terms.iter(line):
                n_words, at = n_words + line.count(" ", at, end), end
                if pattern not in written:
                    written[pattern] = tuple(one for one in terms if one.exact is None or one.exact in text)
                for term in written[pattern]:
                    places.setdefault(term.topic, {}).setdefault(term.group, []).append((reading, n_words, term.name))
        return places

    def _verdicts(self, title: str | None, text: str | None) -> Iterator[tuple[Topic, list[_Found], TopicMatch]]:
        found: dict[int, list[_Found]] = {}
        for where, part in (("title", title), ("text", text)):
            for one in self._search(part or "", "title" if where == "title" else "text"):
                found.setdefault(one.term.topic, []).append(one)
        for number, topic in enumerate(self.topics):
            yield topic, found.get(number, []), _verdict(topic, found.get(number, []))

    def _search(self, text: str, where: Where) -> Iterator[_Found]:
        if not text or not len(self._terms):
            return
        words = as_words(text)
        for end, (pattern, terms) in self._terms.iter(words.line):
            first = words.index_at(end - len(pattern) + 2)
            last = words.index_at(end - 1 if pattern.endswith(" ") else end)
            span = words.span_of(first, last)
            for term in terms:
                if term.exact is None or span.of(text).startswith(term.exact):
                    yield _Found(term, where, first, last, Hit(term.group, term.name, span.of(text), where, span))


def compile_topics(topics: Sequence[Topic], actor_names: Mapping[str, Sequence[str]]) -> TopicMatcher:
    """Return the matcher for ``topics``; ``actor_names`` gives all names of each actor id."""
    return TopicMatcher(topics, actor_names)


def unknown_actors(topics: Iterable[Topic], actor_names: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the actors that topics name and nobody knows."""
    named = {actor for topic in topics for group in topic.groups for actor in group.actors}
    return tuple(sorted(actor for actor in named if not actor_names.get(actor)))


def _patterns(topics: Sequence[Topic], actor_names: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, _Term]]:
    for number, topic in enumerate(topics):
        for group in topic.groups:
            for phrase in group.phrases:
                yield from _pattern(phrase, _Term(number, group.name, phrase.lstrip("="), None))
            for actor in group.actors:
                for name in actor_names.get(actor, ()):
                    exact = "=" if name.isupper() and len(name) <= SHORT_NAME else ""
                    yield from _pattern(exact + name, _Term(number, group.name, actor, None))


def _pattern(phrase: str, term: _Term) -> Iterator[tuple[str, _Term]]:
    is_exact, is_open = phrase.startswith("="), phrase.endswith("*")
    written = phrase.removeprefix("=").removesuffix("*").strip()
    line = folded_line(written)
    if line:
        exact = written.rstrip(".") if is_exact else None
        yield f" {line}" + ("" if is_open else " "), _Term(term.topic, term.group, term.name, exact)


def _fill(automaton: ahocorasick.Automaton, patterns: Mapping[str, object]) -> None:
    for pattern, value in patterns.items():
        automaton.add_word(pattern, (pattern, tuple(value)) if isinstance(value, list) else value)
    if patterns:
        automaton.make_automaton()


def _verdict(topic: Topic, found: Sequence[_Found]) -> TopicMatch:
    groups = wanted(topic.rule)
    counted = [one for one in found if one.term.group in groups]
    in_title = {one.term.name for one in counted if one.where == "title"}
    distinct = {one.term.name for one in counted}
    score = len(in_title) * topic.title_weight + len(distinct - in_title)
    misses = tuple(_misses(topic, found, len(distinct), score))
    return TopicMatch(topic.name, not misses, score, tuple(_shown(found)), misses)


def _misses(topic: Topic, found: Sequence[_Found], n_hits: int, score: float) -> Iterator[str]:
    n_distinct, is_near = _counts(found)
    if not holds(topic.rule, n_distinct, is_near):
        missing = sorted(group for group in wanted(topic.rule) if not n_distinct(group))
        yield f"nothing of {', '.join(missing)}" if missing else "the rule does not hold"
    if n_hits < topic.min_hits:
        yield f"{n_hits} distinct terms, {topic.min_hits} needed"
    if score < topic.min_score:
        yield f"score {score:g}, {topic.min_score:g} needed"


def _counts(found: Sequence[_Found]) -> tuple[Callable[[str], int], Callable[[str, str, int], bool]]:
    """Return what rules ask of the hits: distinct terms of a group, and whether two groups stand close."""
    terms: dict[str, set[str]] = {}
    for one in found:
        terms.setdefault(one.term.group, set()).add(one.term.name)
    return lambda group: len(terms.get(group, ())), lambda left, right, n: _is_near(found, left, right, n)


def _is_near(found: Sequence[_Found], left: str, right: str, n_words: int) -> bool:
    """Walk all hits of the two groups in order: the nearest pair is always a neighbouring one."""
    hits = sorted((one.where, one.first, one.last, one.term.group) for one in found if one.term.group in {left, right})
    if left == right:
        return any(a[0] == b[0] and b[1] - a[2] <= n_words for a, b in pairwise(hits))
    last: dict[tuple[str, str], int] = {}
    for where, first, end, group in hits:
        other = last.get((where, right if group == left else left))
        if other is not None and first - other <= n_words:
            return True
        last[where, group] = max(end, last.get((where, group), -1))
    return False


def _shown(found: Sequence[_Found]) -> Iterator[Hit]:
    counts: dict[tuple[str, str], int] = {}
    for one in found:
        key = (one.term.group, one.term.name)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= MAX_HITS_SHOWN:
            yield one.hit


def _decision(decision: Decision, verdicts: Sequence[TopicMatch], reason: str) -> EntryDecision:
    hits = tuple(hit for verdict in verdicts for hit in verdict.hits)
    return EntryDecision(decision, tuple(verdict.topic for verdict in verdicts), reason, hits)


def _can_match(topic: Topic, rule: Rule, places: _Places, first_title: int) -> bool:
    """Tell whether a page with these terms can show an article of the topic; titles are the readings from one on."""
    names = {group: {name for *_, name in places.get(group, ())} for group in wanted(topic.rule)}
    n_hits = len(set[str]().union(*names.values()))
    in_title = {name for group in names for reading, _, name in places.get(group, ()) if reading >= first_title}
    score = n_hits + len(in_title) * max(0.0, topic.title_weight - 1)
    return (
        n_hits >= topic.min_hits
        and score >= topic.min_score
        and holds(rule, lambda group: len(names.get(group, ())), lambda a, b, n: _can_be_near(places, a, b, n))
    )


def _can_be_near(places: _Places, left: str, right: str, n_words: int) -> bool:
    """Tell whether terms of the groups can be near in the article: what stands between may be no part of it."""
    numbers = sorted({(reading, at, group) for group in (left, right) for reading, at, _ in places.get(group, ())})
    last: dict[tuple[int, str], int] = {}
    for reading, at, group in numbers:
        other = last.get((reading, right if group == left else left))
        if other is not None and at - other <= n_words + BETWEEN_WORDS:
            return True
        last[reading, group] = at
    return False
