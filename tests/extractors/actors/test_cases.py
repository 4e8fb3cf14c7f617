"""Every passage of tests/cases/actors gives the speakers and dates it states."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from extractors.actors import Gazetteer, find_mentions, resolve_speakers
from extractors.dates.utterances import date_statements
from extractors.language.parsing import parse_paragraphs
from tests.extractors.actors.marked import attributions, moment, paragraph_spans, unmark

FOLDER = Path(__file__).parents[2] / "cases" / "actors"
CASES = [
    pytest.param(case, id=f"{path.stem}-{case['name']}")
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES)
def test_passage_gives_its_speakers_and_dates(case: dict[str, Any], language: Language, gazetteer: Gazetteer) -> None:
    """Name, role, country and date of each marked statement are as stated."""
    expected = {int(key): value for key, value in case.items() if key.isdigit()}
    text, parts = unmark(case["text"].strip())
    lines = paragraph_spans(text)
    published = moment(case["published"])
    carried = {number: one["carried"] for number, one in expected.items() if "carried" in one}
    found = attributions(parts, lines, carried)
    paragraphs = list(parse_paragraphs(language, text, lines))
    on = published.at.date()
    index = find_mentions(paragraphs, gazetteer, on)
    speakers = resolve_speakers(paragraphs, found, index, gazetteer, on=on)
    dates = date_statements(paragraphs, found, speakers, published)
    actual = {}
    for number, speaker, said in zip(sorted(parts), speakers, dates, strict=True):
        if number in expected:
            all_of_it = {
                "name": speaker.name or "",
                "role": speaker.role or "",
                "country": speaker.country or "",
                "on": said.on.isoformat() if said else "",
                "precision": said.precision if said else "",
            }
            actual[number] = {key: all_of_it[key] for key in expected[number] if key != "carried"}
    assert actual == {
        number: {key: value for key, value in one.items() if key != "carried"} for number, one in expected.items()
    }


def test_cases_are_many_and_of_many_disputes() -> None:
    """At least eighty passages over at least ten disputes."""
    disputes = {case.values[0]["dispute"] for case in CASES}  # type: ignore[index]
    assert len(CASES) >= 80
    assert len(disputes) >= 10
