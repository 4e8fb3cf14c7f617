"""Whether two reports are of one utterance: voice first, then occasion, then content."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractors.claims.blocking import blocking_keys
from extractors.claims.comparing.item import Item
from extractors.claims.comparing.occasions import Occasion, compare_occasions
from extractors.claims.comparing.similarity import Semantic, liken
from extractors.claims.comparing.voices import Voice, can_be_one, is_same_voice
from extractors.claims.values import Similarity, Thesaurus

# The score two contents need, by how their occasions stand: the weaker the date, the more the words must carry.
# Tuned on the tuning half of tests/cases/claims.
ENOUGH = {Occasion.SAME: 0.34, Occasion.POSSIBLE: 0.37, Occasion.ADJACENT: 0.48}
# Neighbouring days never link strongly: other reports must support that they are one.
ADJACENT_MOST = 0.2
# An article seldom reports one utterance twice: two of its statements are rather two points.
SAME_ARTICLE = 0.08
# A rerun of old words needs a run this heavy (about a dozen content words): shorter formulas are repeated for years.
RERUN = 7.0
# What makes a repeat of a position, by the same voice and by another voice of his side: a repeat lowers severity, so a
# doubtful one must not count.
REPEATS, REPEATS_FOR = 0.40, 0.55


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the two are one utterance and by what margin, whether one repeats the other, and why."""

    margin: float
    is_repeat: bool
    similarity: Similarity

    @property
    def is_one(self) -> bool:
        """Tell whether the two, taken alone, are reports of one utterance."""
        return self.margin >= 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports that were compared, and the outcome."""

    one: Item
    other: Item
    verdict: Verdict


def judge(one: Item, other: Item, semantic: Semantic | None = None) -> Verdict:
    """Return whether the two report one utterance."""
    if not can_be_one(one.voice, other.voice):
        return Verdict(-1.0, is_repeat=False, similarity=Similarity(0.0, "different speakers"))
    similarity = liken(one, other, semantic)
    occasion = _occasion(one, other)
    is_apart = occasion in (Occasion.APART, Occasion.ADJACENT)
    repeats = REPEATS if is_same_voice(one.voice, other.voice) else REPEATS_FOR
    margin = _margin(similarity, occasion) - (SAME_ARTICLE if one.report.article_id == other.report.article_id else 0)
    return Verdict(margin, is_repeat=margin < 0 and is_apart and similarity.score >= repeats, similarity=similarity)


def _occasion(one: Item, other: Item) -> Occasion:
    """Return how the two stand in time: one article that gives two days means two days, whatever the time zone."""
    occasion = compare_occasions(one.window, other.window)
    is_one_article = one.report.article_id == other.report.article_id
    return Occasion.APART if occasion is Occasion.ADJACENT and is_one_article else occasion


def _margin(similarity: Similarity, occasion: Occasion) -> float:
    if occasion is Occasion.APART:
        return similarity.score if similarity.verbatim >= RERUN else similarity.score - 1.0
    margin = similarity.score - ENOUGH[occasion]
    return min(margin, ADJACENT_MOST) if occasion is Occasion.ADJACENT else margin


@dataclass(frozen=True, slots=True)
class Judge:
    """Compares reports of voices that can be one, each pair once.

    Two that share no blocking key are never one, nor a repeat: whether they are compared at all would depend on what
    else came in with them.
    """

    thesaurus: Thesaurus
    semantic: Semantic | None = None
    seen: dict[tuple[str, str], Pair] = field(default_factory=dict)
    keys: dict[str, frozenset[str]] = field(default_factory=dict)

    def pair_up(self, some: Iterable[Item], others: Iterable[Item]) -> Iterator[Pair]:
        """Yield every pair of different reports, one from each side, whose voices can be one."""
        by_voice: dict[Voice, list[Item]] = {}
        for item in others:
            by_voice.setdefault(item.voice, []).append(item)
        fitting: dict[Voice, list[Item]] = {}
        for item in some:
            if item.voice not in fitting:
                fitting[item.voice] = [x for v, xs in by_voice.items() if can_be_one(item.voice, v) for x in xs]
            yield from (self._judge(item, other) for other in fitting[item.voice] if other is not item)

    def _judge(self, one: Item, other: Item) -> Pair:
        low, high = sorted((one, other), key=lambda item: item.report.statement_id)
        key = low.report.statement_id, high.report.statement_id
        if key not in self.seen:
            verdict = judge(low, high, self.semantic)
            if (verdict.is_one or verdict.is_repeat) and self._keys(low).isdisjoint(self._keys(high)):
                verdict = Verdict(-1.0, is_repeat=False, similarity=verdict.similarity)
            self.seen[key] = Pair(low, high, verdict)
        return self.seen[key]

    def _keys(self, item: Item) -> frozenset[str]:
        statement_id = item.report.statement_id
        if statement_id not in self.keys:
            self.keys[statement_id] = frozenset(blocking_keys(item.report, self.thesaurus))
        return self.keys[statement_id]
