"""Every quality figure as one table: ``python -m tests.bench.quality``.

Statements and speakers are measured by the scorers of their corpora, which are not part of this repository: their
predictions come from ``tocsin extract``; docs/quality.md says how. What is measured here are cases of our own.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from config.claims import load_thesaurus
from tests.bench import quality_claims, quality_escalation
from tests.bench.quality_escalation import Result, f1

Row = tuple[str, str, int, str]
HALVES = ("tune", "measure")


def escalation_rows(half: str, results: Sequence[Result]) -> Iterator[Row]:
    """Yield the figures of the classifier, then F1 by category."""
    for name, value in quality_escalation.score(results).items():
        yield f"escalation: {name}", half, len(results), f"{value:.3f}"
    by_category: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in results:
        by_category[one.case["category"]][2] += 1
        by_category[one.got.category][1] += 1
        by_category[one.got.category][0] += one.case["category"] == one.got.category
    for category, (hits, predicted, wanted) in sorted(by_category.items()):
        yield f"escalation: {category} F1", half, wanted, f"{f1(hits, predicted, wanted):.3f}"


def claim_rows(half: str) -> Iterator[Row]:
    """Yield the figures of claims."""
    cases = quality_claims.cases_of(half)
    relation = quality_claims.relate_at_once(cases, load_thesaurus())
    score = quality_claims.score(cases, relation.claims, relation)
    yield "claims: pairwise precision", half, len(cases), f"{score.precision:.3f}"
    yield "claims: pairwise recall", half, len(cases), f"{score.recall:.3f}"
    yield "claims: pairwise F1", half, len(cases), f"{score.f1:.3f}"
    for kind, (wrong, total) in sorted(score.wrong.items()):
        yield f"claims: near misses merged ({kind})", half, total, str(wrong)
    yield "claims: repeats found", half, score.repeats[1], str(score.repeats[0])


def main() -> None:
    """Print the table as Markdown."""
    print("| figure | cases | n | value |\n| --- | --- | --- | --- |")
    for half in HALVES:
        for row in (*escalation_rows(half, quality_escalation.run(half)), *claim_rows(half)):
            print("| " + " | ".join(map(str, row)) + " |", flush=True)


if __name__ == "__main__":
    main()
