"""The labelled cases: every category is there, and the classifier reaches its targets on those it was not tuned on."""

from collections import Counter

import pytest

from extractors.escalation import ClassifyInput
from tests.bench.quality_escalation import Result, load_cases, score
from tests.extractors.escalation.labelling import Labeller

TARGETS = {"polarity macro-F1": 0.85, "category accuracy": 0.70, "THREAT_* F1": 0.85, "denials not escalatory": 1.0}
AT_LEAST = 300


def results(labeller: Labeller, name: str) -> tuple[Result, ...]:
    cases = load_cases(name)
    labels = labeller.labels([ClassifyInput(one["id"], one["text"], one["speaker"]) for one in cases])
    return tuple(Result(case, label) for case, label in zip(cases, labels, strict=True))


def test_there_are_enough_cases_over_all_categories(labeller: Labeller) -> None:
    cases = load_cases("tune") + load_cases("measure")
    assert len(cases) >= AT_LEAST
    assert len({one["text"] for one in cases}) == len(cases)
    for name in ("tune", "measure"):
        counts = Counter(one["category"] for one in load_cases(name))
        assert set(counts) == set(labeller.lexicon.categories)
        assert min(counts.values()) >= 4


def test_cases_follow_the_codebook(labeller: Labeller) -> None:
    for one in load_cases("tune") + load_cases("measure"):
        category = labeller.lexicon.categories[one["category"]]
        assert one["polarity"] == category.polarity, one
        assert (one["severity"] == 0) == (category.polarity == "neutral"), one


@pytest.mark.parametrize("name", ["tune", "measure"])
def test_the_targets_are_met(labeller: Labeller, name: str) -> None:
    figures = score(results(labeller, name))
    missed = {figure: figures[figure] for figure, least in TARGETS.items() if figures[figure] < least}
    assert not missed
