"""Forty escalatory sentences said in twelve ways: done, suffered, negated, hedged, asked, denied, long past ..."""

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractors.escalation import ClassifyInput
from tests.extractors.escalation.labelling import Labeller

CASES = Path(__file__).parents[3] / "cases" / "escalation" / "counterfactual.jsonl"
KINDS = (
    "active", "passive", "negated", "hedged", "asked", "denied", "historical", "hypothetical", "adversary", "expert",
    "sport", "business",
)  # fmt: skip
MOST_WRONG = 2  # of forty


@cache
def cases() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines())


def wrong(labeller: Labeller) -> dict[str, list[str]]:
    """Return the ids of the cases by kind whose category and polarity are none of those the codebook allows."""
    found: dict[str, list[str]] = defaultdict(list)
    labels = labeller.labels([ClassifyInput(one["id"], one["text"], one["speaker"]) for one in cases()])
    for one, label in zip(cases(), labels, strict=True):
        if label.category not in one["labels"] and label.polarity not in one["labels"]:
            found[one["kind"]].append(f"{one['id']} {label.category}")
    return found


def test_every_sentence_is_said_in_every_way() -> None:
    """Forty sentences, twelve kinds each."""
    counts = {kind: sum(one["kind"] == kind for one in cases()) for kind in KINDS}
    assert counts == dict.fromkeys(KINDS, 40)


@pytest.mark.slow
@pytest.mark.parametrize("by", ["labeller", "judge"])
def test_the_way_it_is_said_decides_the_label(by: str, request: pytest.FixtureRequest) -> None:
    """By rules alone, and by rules and network: at most two of forty wrong in a kind."""
    found = wrong(request.getfixturevalue(by))
    assert not {kind: ids for kind, ids in found.items() if len(ids) > MOST_WRONG}
