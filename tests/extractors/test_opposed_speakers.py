"""A speaker of unknown country is not given that of the state he speaks against, however often it is named."""

import pytest
from spacy.language import Language

from config.load import load_configuration
from extractors.knowledge import Knowledge
from extractors.model import Article
from extractors.pipeline import extract
from extractors.reading.article import read_body

SCENE = "Argentina moved two brigades on Monday, and Argentina closed the ports of Argentina."


@pytest.fixture(scope="module")
def knowledge(language: Language) -> Knowledge:
    """Return the packaged configuration's knowledge."""
    return load_configuration(None).knowledge(language)


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("The Chief of Defence Staff, General Ada Moss, warned Argentina against landing troops.", None),
        ("Defence Minister Ulf Arne condemned Argentina for the landing.", None),
        ("Foreign Minister Ida Brandt accused Argentina of a raid on the island.", None),
        ("Interior Minister Ida Brandt said that the ports were quiet.", "ARG"),
        ("Defence Minister Ulf Arne condemned the landing by strangers.", "ARG"),
    ],
)
def test_who_speaks_against_a_state_is_not_of_it(sentence: str, country: str | None, knowledge: Knowledge) -> None:
    """Those who belong to where the text is set are its own officials, not its adversaries."""
    article = read_body(f"{SCENE}\n\n{sentence}\n")
    assert isinstance(article, Article)
    speakers = [one.statement.speaker for one in next(extract([article], knowledge)).statements]
    assert [one.country for one in speakers if one.name] == [country]
