"""Relating in parts: which reports are compared together, away from all others, and what that finds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.claims.blocking import blocking_keys
from extractors.claims.comparing.item import clump, prepare_item
from extractors.claims.comparing.judging import Judge
from extractors.claims.comparing.verdict import Pair
from extractors.claims.comparing.voices import TOGETHER, Rank, Voice, voice_of
from extractors.claims.values import Report, Thesaurus


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing some reports came to: the blocking keys of each, by id, and every pair that was compared."""

    keys: dict[str, tuple[str, ...]]
    pairs: tuple[Pair, ...]


def sides_of(article: Sequence[Report]) -> Iterator[tuple[str, Report]]:
    """Yield each report of one article with every side it may be compared on.

    A side is a state with all who speak for it, or somebody who speaks for none; whose words are nobody's belong to
    all sides of their article.
    """
    voices = [(voice_of(report), report) for report in article]
    present = {side for voice, _ in voices for side in _sides(voice)}
    for voice, report in voices:
        mine = _sides(voice) or present or {""}
        yield from ((side, report) for side in sorted(mine))


def _sides(voice: Voice) -> set[str]:
    if voice.rank is Rank.NOBODY:
        return set()
    if TOGETHER in voice.key:
        return set(voice.speaks_for)
    return {voice.country or (voice.speaks_for[-1] if voice.speaks_for else voice.key)}


def compare_reports(own: Sequence[Report], before: Sequence[Report], thesaurus: Thesaurus) -> Compared:
    """Return what comparing reports with each other and with those before them comes to, as relating would find it."""
    judge = Judge(thesaurus)
    clumps = clump(prepare_item(report, thesaurus) for report in (*before, *own))
    mine = {report.statement_id for report in own}
    heads = [one.head for one in clumps]
    moved = [one.head for one in clumps if any(item.report.statement_id in mine for item in one.members)]
    pairs = {
        (pair.one.report.statement_id, pair.other.report.statement_id): pair for pair in judge.pair_up(moved, heads)
    }
    return Compared({one.statement_id: blocking_keys(one, thesaurus) for one in own}, tuple(pairs.values()))
