"""Names of countries change nothing: the same sentence about other countries has the same label and severity."""

import json
from pathlib import Path

from extractors.escalation import ClassifyInput
from extractors.model import Escalation
from tests.extractors.escalation.labelling import Labeller

TEMPLATES = Path(__file__).parents[3] / "cases" / "escalation" / "swaps.jsonl"
PAIRS = (
    ("Pakistan", "India"), ("Peru", "Chile"), ("Norway", "Sweden"), ("Russia", "Ukraine"), ("Israel", "Iran"),
    ("Japan", "China"), ("Kenya", "Somalia"), ("Greece", "Turkey"), ("Egypt", "Sudan"), ("Serbia", "Croatia"),
    ("Brazil", "Bolivia"), ("Vietnam", "Thailand"), ("Morocco", "Algeria"), ("Armenia", "Azerbaijan"),
    ("Colombia", "Venezuela"), ("Poland", "Belarus"),
)  # fmt: skip
LEAST = 60


def templates() -> list[dict[str, str]]:
    return [json.loads(line) for line in TEMPLATES.read_text(encoding="utf-8").splitlines()]


def filled(template: dict[str, str], pair: tuple[str, str]) -> ClassifyInput:
    first, second = pair
    return ClassifyInput("", template["text"].format(a=first, b=second), template["speaker"].format(a=first, b=second))


def told(label: Escalation) -> tuple[str, int]:
    return label.category, label.severity


def test_swapping_the_countries_changes_no_label_and_no_severity_by_the_rules(labeller: Labeller) -> None:
    """Over sixty sentences with sixteen pairs of countries, the rules alone find no difference."""
    listed = templates()
    assert len({one["text"] for one in listed}) >= LEAST
    labels = labeller.labels([filled(one, pair) for one in listed for pair in PAIRS])
    found = {
        one["text"]: {told(label) for label in labels[n * len(PAIRS) : (n + 1) * len(PAIRS)]}
        for n, one in enumerate(listed)
    }
    assert not {text: several for text, several in found.items() if len(several) > 1}
