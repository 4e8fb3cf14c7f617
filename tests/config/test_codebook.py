"""The codebook's page says what labels are given by."""

import re
from pathlib import Path

import pytest
from spacy.language import Language

from config.codebook import FEATURES, MORE_EXAMPLES, codebook_markdown
from config.escalation import load_escalation
from extractors.escalation import ClassifyInput, EscalationLexicon, classify_all, severity_steps

PAGE = Path(__file__).parents[2] / "docs" / "codebook.md"


@pytest.fixture(scope="module")
def lexicon() -> EscalationLexicon:
    found, problems = load_escalation(None)
    assert found is not None, problems
    return found


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == codebook_markdown(), "run `python -m config.codebook > docs/codebook.md`"


def test_every_category_is_there_with_its_definition_and_an_example(lexicon: EscalationLexicon) -> None:
    parts = re.split(r"^### ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = {part.split("\n", 1)[0]: part for part in parts}
    assert found.keys() == lexicon.categories.keys()
    assert not [code for code, part in found.items() if lexicon.categories[code].definition not in part]
    assert not [code for code, part in found.items() if "\n> " not in part]


def test_every_feature_that_changes_a_level_is_explained(lexicon: EscalationLexicon) -> None:
    named = {step.feature for one in lexicon.categories.values() for step in severity_steps(one)}
    assert named == FEATURES.keys()


def test_examples_that_stand_beside_no_rule_get_the_label_they_are_for(
    lexicon: EscalationLexicon, language: Language
) -> None:
    inputs = [ClassifyInput(code, text) for code, texts in MORE_EXAMPLES.items() for text in texts]
    assert not [one for one, label in classify_all(inputs, language, lexicon) if label.category != one.id]


def test_a_configuration_of_ones_own_has_a_page_of_its_own(tmp_path: Path) -> None:
    packaged = (PAGE.parents[1] / "config" / "codebook.toml").read_text(encoding="utf-8")
    (tmp_path / "codebook.toml").write_text(packaged.replace("red lines are drawn", "a fence is drawn"), "utf-8")
    assert "a fence is drawn" in codebook_markdown(tmp_path)
