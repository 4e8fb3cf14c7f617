"""Every quality figure as one table: ``python -m tests.bench.quality``.

What is measured here are cases of our own. On articles, statements and speakers are measured by the scorers of their
corpora, which are not part of this repository, from what ``tocsin extract`` prints: docs/quality.md has the figures.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from config.claims import load_thesaurus
from tests.bench import quality_claims, quality_escalation, quality_statements
from tests.bench.quality_escalation import Result, f1

Row = tuple[str, str, int, str]
HALVES = ("tune", "measure")
COUNTED = ("unseen", "field")  # cases of escalation that were never tuned on


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


def statement_rows() -> Iterator[Row]:
    """Yield the figures of statements and speakers."""
    for name, count, value in quality_statements.score():
        yield name, "all", count, f"{value:.3f}"


def rows() -> Iterator[Row]:
    """Yield every figure."""
    yield from statement_rows()
    for half in (*HALVES, *COUNTED):
        yield from escalation_rows(half, quality_escalation.run(half))
    for half in HALVES:
        yield from claim_rows(half)


def main() -> None:
    """Print the table as Markdown."""
    print("| figure | cases | n | value |\n| --- | --- | --- | --- |")
    for row in rows():
        print("| " + " | ".join(map(str, row)) + " |", flush=True)


if __name__ == "__main__":
    main()
