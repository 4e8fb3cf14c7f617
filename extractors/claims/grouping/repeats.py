"""Which reports and claims repeat an earlier one: the same speaker, another day, other words."""

from collections.abc import Sequence
from datetime import date

from extractors.claims.comparing.occasions import window_of
from extractors.claims.comparing.verdict import Pair
from extractors.claims.grouping.claim_ids import Named
from extractors.claims.values import ClaimState, Merge, Reiteration, Repeat, Report


def find_repeats(
    named: Sequence[Named], candidates: Sequence[ClaimState], pairs: Sequence[Pair], merges: Sequence[Merge]
) -> tuple[Reiteration, ...]:
    """Return, for each claim that now repeats an earlier one and did not before, the nearest earlier claim."""
    claim_of = {report.statement_id: claim.claim_id for claim in candidates for report in claim.reports}
    claim_of |= {item.report.statement_id: group.claim_id for group in named for item in group.members}
    repeating = {claim.claim_id for claim in candidates if claim.reiterates is not None}
    renamed = {merge.absorbed_id: merge.survivor_id for merge in merges}
    best: dict[str, tuple[date, float, str]] = {}
    for pair in pairs:
        earlier, later = _in_time(pair)
        if earlier is None or later is None or not pair.verdict.is_repeat:
            continue
        old, repeat = claim_of[earlier.statement_id], claim_of[later.statement_id]
        old, repeat = renamed.get(old, old), renamed.get(repeat, repeat)
        if old != repeat and repeat not in repeating:
            found = (_day(earlier), pair.verdict.similarity.score, old)
            best[repeat] = max(best.get(repeat, found), found)
    return tuple(Reiteration(repeat, old, score) for repeat, (_, score, old) in sorted(best.items()))


def repeats_of(pairs: Sequence[Pair]) -> tuple[Repeat, ...]:
    """Return which report repeats which, of all that were compared."""
    found = set()
    for pair in pairs:
        earlier, later = _in_time(pair)
        if earlier is not None and later is not None and pair.verdict.is_repeat:
            score = pair.verdict.similarity.score
            found.add((later.statement_id, earlier.statement_id, _day(earlier), score))
    return tuple(Repeat(*one) for one in sorted(found))


def _in_time(pair: Pair) -> tuple[Report | None, Report | None]:
    one, other = pair.one, pair.other
    if one.window is None or other.window is None:
        return None, None
    return (one.report, other.report) if one.window.last < other.window.last else (other.report, one.report)


def _day(report: Report) -> date:
    window = window_of(report)
    return window.last if window else date.min
