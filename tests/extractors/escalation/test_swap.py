"""Names decide nothing: the same sentence gets the same label whichever two countries are in it."""

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from config.network import FOLDER, WORDS
from extractors.escalation import ClassifyInput
from extractors.escalation.classifier import read_bare
from extractors.escalation.network.asking import question_of
from extractors.escalation.network.opinion import Question
from extractors.model import Escalation
from tests.extractors.escalation.labelling import Labeller

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "escalation" / "swap.toml").read_text(encoding="utf-8"))
ORDINARY = frozenset((FOLDER / WORDS).read_text(encoding="utf-8").split())
RINGS = 3


def _facts(label: Escalation) -> tuple[str, str, int, bool, str, bool]:
    rings = label.polarity == "escalatory" and label.severity >= RINGS
    return label.polarity, label.category, label.severity, label.conditional, label.method, rings


def test_there_are_enough_pairs_and_templates() -> None:
    """Sixteen pairs of countries, sixty templates."""
    assert len(CASES["pairs"]) >= 16
    assert len(set(CASES["templates"])) >= 60


@pytest.mark.slow
@pytest.mark.parametrize("by", ["judge", "labeller"])
def test_swapping_countries_changes_no_label(by: str, request: pytest.FixtureRequest) -> None:
    """Label, severity and alarm are the same for all pairs, with the network and without."""
    assert not _differing(request.getfixturevalue(by), CASES["templates"])


@pytest.mark.slow
def test_the_network_is_asked_the_same_of_every_pair(labeller: Labeller) -> None:
    """By construction: its question does not differ, so its opinion cannot."""
    asked: dict[str, set[Question]] = defaultdict(set)
    for template in CASES["templates"]:
        for pair in CASES["pairs"]:
            text = template.format(**pair)
            reading = read_bare(ClassifyInput("", text), labeller.language(text), labeller.lexicon)
            asked[template].add(question_of(reading, ORDINARY))
    assert not {template: found for template, found in asked.items() if len(found) > 1}


def _differing(labeller: Labeller, templates: Sequence[str]) -> dict[str, set[object]]:
    labels: dict[str, set[object]] = defaultdict(set)
    inputs = [ClassifyInput(template, template.format(**pair)) for template in templates for pair in CASES["pairs"]]
    for item, label in zip(inputs, labeller.labels(inputs), strict=True):
        labels[item.id].add(_facts(label))
    return {template: found for template, found in labels.items() if len(found) > 1}


def test_an_unrelated_actor_changes_no_label(judge: Labeller) -> None:
    """Whether a person is known to the gazetteer or to nobody, what is said of him weighs the same."""
    frame = "{} told the assembly that the army would shell the camp if the raids went on."
    known, unknown = (judge.label(frame.format(name)) for name in ("Sergei Lavrov", "Obren Quillfeather"))
    assert _facts(known) == _facts(unknown)
