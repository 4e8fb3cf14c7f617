"""Quality of claims on the invented disputes: ``python -m tests.bench.quality_claims`` prints the table.

Pairs of reports are counted over a whole half at once; a near miss is wrong when any of its reports shares a claim
with the utterance it is near to (for ``again``: or when it is not found to repeat it).
"""

import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from config.claims import load_thesaurus
from extractors.claims import ClaimState, Relation, Report, Thesaurus, blocking_keys, relate
from tests.extractors.claims.cases import Case, read_half


@dataclass(frozen=True, slots=True)
class Score:
    """Pairwise precision and recall, near misses by kind as (wrong, all), repeats found as (found, all)."""

    precision: float
    recall: float
    wrong: dict[str, tuple[int, int]]
    repeats: tuple[int, int]
    mistakes: tuple[str, ...]

    @property
    def f1(self) -> float:
        """Return the harmonic mean."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def score(cases: Sequence[Case], claims: Sequence[ClaimState], relation: Relation | None = None) -> Score:
    """Compare the claims with the utterances the cases name."""
    claim_of = {report.statement_id: claim.claim_id for claim in claims for report in claim.reports}
    pairs = [
        (one, other, claim_of[one.report.statement_id] == claim_of[other.report.statement_id])
        for one, other in combinations(cases, 2)
    ]
    same = [(one, other, found, one.utterance == other.utterance) for one, other, found in pairs]
    right = sum(found and true for *_, found, true in same)
    mistakes = tuple(
        f"{'merged' if found else 'parted'}: {one.report.content}\n        {other.report.content}"
        for one, other, found, true in same
        if found != true
    )
    return Score(
        right / max(sum(found for *_, found, _ in same), 1),
        right / max(sum(true for *_, true in same), 1),
        _near_misses(cases, claim_of),
        _repeats(cases, claim_of, relation),
        mistakes,
    )


def _near_misses(cases: Sequence[Case], claim_of: dict[str, str]) -> dict[str, tuple[int, int]]:
    claims: dict[str, set[str]] = {}
    for case in cases:
        claims.setdefault(case.utterance, set()).add(claim_of[case.report.statement_id])
    wrong: dict[str, tuple[int, int]] = {}
    for utterance, (near, of) in {case.utterance: (case.near, case.of) for case in cases}.items():
        if near and of:
            bad, all_ = wrong.get(near, (0, 0))
            wrong[near] = bad + bool(claims[utterance] & claims[of]), all_ + 1
    return wrong


def _repeats(cases: Sequence[Case], claim_of: dict[str, str], relation: Relation | None) -> tuple[int, int]:
    again = {case.utterance for case in cases if case.near == "again"}
    if relation is None:
        return 0, len(again)
    repeating = {one.claim_id for one in relation.reiterations}
    return len(
        {case.utterance for case in cases if case.near == "again" and claim_of[case.report.statement_id] in repeating}
    ), len(again)


def cases_of(half: str) -> list[Case]:
    """Return all cases of a half, utterances named within their dispute."""
    return [
        replace(case, utterance=f"{dispute}/{case.utterance}", of=case.of and f"{dispute}/{case.of}")
        for dispute, cases in read_half(half).items()
        for case in cases
    ]


def relate_at_once(cases: Sequence[Case], thesaurus: Thesaurus) -> Relation:
    """Relate everything in one batch."""
    return relate([case.report for case in cases], [], thesaurus)


def relate_one_by_one(cases: Sequence[Case], thesaurus: Thesaurus) -> list[ClaimState]:
    """Relate report by report in the order given, candidates found by blocking keys alone."""
    claims: dict[str, ClaimState] = {}
    index: dict[str, set[str]] = {}
    where: dict[str, str] = {}
    for case in cases:
        keys = blocking_keys(case.report, thesaurus)
        found = {where[statement] for key in keys for statement in index.get(key, ())}
        relation = relate([case.report], [claims[one] for one in sorted(found)], thesaurus)
        for merge in relation.merges:
            claims.pop(merge.absorbed_id)
        claims.update((claim.claim_id, claim) for claim in relation.claims)
        where.update((report.statement_id, claim.claim_id) for claim in relation.claims for report in claim.reports)
        for key in keys:
            index.setdefault(key, set()).add(case.report.statement_id)
    return list(claims.values())


def _mislabelled(report: Report) -> Report:
    """Return the report with a wrong label in three cases of ten, always the same ones."""
    if zlib.crc32(report.statement_id.encode()) % 10 >= 3:
        return report
    return replace(report, category="ASSESSMENT" if report.polarity != "neutral" else "ACCUSE", polarity="neutral")


def main() -> None:
    """Print the table; with ``--mistakes`` every pair of the tuning half that went wrong as well."""
    thesaurus = load_thesaurus()
    print(f"{'half':<34}{'groups':>7}{'reports':>8}{'P':>7}{'R':>7}{'F1':>7}  near misses merged{'':>22}repeats")
    for half in ("tune", "measure"):
        cases = cases_of(half)
        bare = [
            replace(case, report=replace(case.report, category="", polarity="neutral", targets=())) for case in cases
        ]
        noisy = [replace(case, report=_mislabelled(case.report)) for case in cases]
        ordered = sorted(cases, key=lambda case: (case.report.published_at, case.report.statement_id))
        whole = relate_at_once(cases, thesaurus)
        rows = [
            (half, score(cases, whole.claims, whole)),
            (f"{half}, without labels", score(bare, relate_at_once(bare, thesaurus).claims)),
            (f"{half}, 3 labels in 10 wrong", score(noisy, relate_at_once(noisy, thesaurus).claims)),
            (f"{half}, without word sets", score(cases, relate_at_once(cases, Thesaurus()).claims)),
            (f"{half}, one by one", score(cases, relate_one_by_one(ordered, thesaurus))),
        ]
        groups = len({case.utterance for case in cases})
        for name, one in rows:
            near = ", ".join(f"{kind} {bad}/{all_}" for kind, (bad, all_) in sorted(one.wrong.items()))
            repeats = f"{one.repeats[0]}/{one.repeats[1]}" if one.repeats[0] else ""
            figures = f"{one.precision:>7.3f}{one.recall:>7.3f}{one.f1:>7.3f}"
            print(f"{name:<34}{groups:>7}{len(cases):>8}{figures}  {near:<40}{repeats}")
        if half == "tune" and "--mistakes" in sys.argv:
            print(*rows[0][1].mistakes, sep="\n")


if __name__ == "__main__":
    main()
