"""Each construction with the statements it holds: tests/cases/statements, one file a kind."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractors.model import Attribution

from .conftest import Finder

FOLDER = Path(__file__).parents[2] / "cases" / "statements"
CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in sorted(FOLDER.glob("*.toml"))
    for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], start=1)
]


def as_expected(found: Attribution, text: str) -> dict[str, Any]:
    """Return an attribution in the shape of the case files: words instead of offsets, nothing that is None."""
    told = {
        "content": [span.of(text) for span in found.spans],
        "form": found.form,
        "cue": found.cue and found.cue.of(text),
        "class": found.cue_class,
        "source": found.source and found.source.of(text),
        "addressee": found.addressee and found.addressee.of(text),
        "carried_from": found.carried_from,
        "reported_by": found.reported_by,
    }
    return {key: value for key, value in told.items() if value is not None}


@pytest.mark.parametrize("case", CASES)
def test_a_passage_gives_its_statements(case: dict[str, Any], find: Finder) -> None:
    """A passage gives exactly the statements its case names: content, form, cue, class and speaker."""
    text = case["text"]
    assert [as_expected(found, text) for found in find(text)] == case.get("statement", [])


def test_the_cases_are_many_and_from_all_over_the_world() -> None:
    """At least 120 passages from at least 12 disputes."""
    cases = [param.values[0] for param in CASES]
    assert len(cases) >= 120
    assert len({case["dispute"] for case in cases if isinstance(case, dict)}) >= 12
