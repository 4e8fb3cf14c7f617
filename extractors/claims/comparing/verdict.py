"""Whether two reports are of one utterance: voice first, then occasion, then content."""

from dataclasses import dataclass

from extractors.claims.comparing.item import Item
from extractors.claims.comparing.occasions import Occasion, compare_occasions
from extractors.claims.comparing.similarity import Semantic, liken
from extractors.claims.comparing.voices import Kinship, Rank, Voice, can_be_one, is_same_voice, kinship
from extractors.claims.values import Report, Similarity

# The score two contents need, by how their occasions stand: the weaker the date, the more the words must carry.
# All that follows comes from the regression that the weights of the score come from.
ENOUGH = {Occasion.SAME: 0.24, Occasion.POSSIBLE: 0.24, Occasion.ADJACENT: 0.41}
# Neighbouring days never link strongly: other reports must support that they are one.
ADJACENT_MOST = 0.2
# In a row, a paraphrase and the quote after it are mostly one point, two paraphrases sometimes; a paraphrase after a
# quote is a further one. How often each is so was counted in news-wire (half to read) and in news-more.
QUOTE_AFTER, PARAPHRASES = 0.21, 0.06
# A report of the one kind and one of the other are sooner one utterance than two paraphrases or two quotes.
OTHER_FORM = 0.05
# An article does not print one quote twice: two whole quotes of it are rather two points, however alike, in a row less
# so. But every second one that goes on without a word of saying of its own is of the same point.
TWO_QUOTES, QUOTES_IN_A_ROW, GOES_ON = 0.30, 0.18, 0.24
# Each day between two publications, up to five: outlets report one thing within hours.
LATER, LATEST = 0.05, 5
# Another voice of the same side, one known by his country alone, and one of whom nothing is known.
ANOTHER, SIDE, UNKNOWN = 0.05, 0.30, 0.20
# A rerun of old words needs a run this heavy (about a dozen content words): shorter formulas are repeated for years.
RERUN = 7.0
# What makes a repeat of a position, by the same voice and by another voice of his side: a repeat lowers severity, so a
# doubtful one must not count.
REPEATS, REPEATS_FOR = 0.33, 0.45


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
    similarity = liken(one, other, semantic)
    is_kin = can_be_one(one.voice, other.voice)
    if not (is_kin or (is_unresolved(one.voice, other.voice) and similarity.verbatim >= RERUN)):
        return Verdict(-1.0, is_repeat=False, similarity=Similarity(0.0, "different speakers"))
    occasion = _occasion(one, other)
    is_apart = occasion in (Occasion.APART, Occasion.ADJACENT)
    if not is_kin and occasion is Occasion.APART:
        return Verdict(-1.0, is_repeat=False, similarity=similarity)
    repeats = REPEATS if is_same_voice(one.voice, other.voice) else REPEATS_FOR
    margin = _margin(similarity, occasion)
    if occasion is not Occasion.APART:
        margin += _place(one.report, other.report) - _distance(one, other)
        margin -= _days_between(one.report, other.report) if occasion is not Occasion.SAME else 0.0
    return Verdict(
        margin, is_repeat=is_kin and margin < 0 and is_apart and similarity.score >= repeats, similarity=similarity
    )


def is_unresolved(one: Voice, other: Voice) -> bool:
    """Tell whether the words for one of the speakers could not be resolved to anybody."""
    return Rank.NOBODY in (one.rank, other.rank)


def _occasion(one: Item, other: Item) -> Occasion:
    """Return how the two stand in time: one article that gives two days means two days, whatever the time zone."""
    occasion = compare_occasions(one.window, other.window)
    is_one_article = one.report.article_id == other.report.article_id
    return Occasion.APART if occasion is Occasion.ADJACENT and is_one_article else occasion


def _place(one: Report, other: Report) -> float:
    """Return what form and order in one article say for one utterance."""
    quotes = _is_quote(one), _is_quote(other)
    form = OTHER_FORM if quotes[0] != quotes[1] else 0.0
    if one.article_id != other.article_id:
        return form
    if one.ordinal is None or other.ordinal is None or abs(one.ordinal - other.ordinal) != 1:
        return form - (TWO_QUOTES if all(quotes) else 0.0)
    first, second = (one, other) if one.ordinal < other.ordinal else (other, one)
    return form + _in_a_row(first, second)


def _in_a_row(first: Report, second: Report) -> float:
    """Return what two statements in a row say for one point by their forms."""
    if not _is_quote(second):
        return 0.0 if _is_quote(first) else PARAPHRASES
    if not _is_quote(first):
        return QUOTE_AFTER
    # where neither has a word of saying they are sentences of a document, each with a point of its own
    return GOES_ON if first.has_cue and not second.has_cue else -QUOTES_IN_A_ROW


def _is_quote(report: Report) -> bool:
    return report.quoted == (report.content,)


def _days_between(one: Report, other: Report) -> float:
    """Return what speaks against one utterance in the days between two publications that alone date it."""
    if one.published_at is None or other.published_at is None:
        return 0.0
    return LATER * min(abs((one.published_at - other.published_at).days), LATEST)


def _distance(one: Item, other: Item) -> float:
    """Return what speaks against one utterance in that the voices are not the same one."""
    return {
        Kinship.SAME: 0.0,
        Kinship.FOR: ANOTHER,
        Kinship.SIDE: SIDE,
        Kinship.UNKNOWN: UNKNOWN,
        Kinship.NONE: UNKNOWN,
    }[kinship(one.voice, other.voice)]


def _margin(similarity: Similarity, occasion: Occasion) -> float:
    if occasion is Occasion.APART:
        return similarity.score if similarity.verbatim >= RERUN else similarity.score - 1.0
    margin = similarity.score - ENOUGH[occasion]
    return min(margin, ADJACENT_MOST) if occasion is Occasion.ADJACENT else margin
