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


TWO_SIDES = "Shells from Brazil fell on two villages in Argentina on Monday. Brazil and Brazil's army denied it."


@pytest.mark.parametrize(
    "sentence",
    [
        "“Brazil has had its last warning. We will destroy every depot behind the river,” General Ada Moss said.",
        "“Brazil has had its last warning. We will burn every depot behind the river,” army chief Ada Moss said.",
        "“We will strike every bridge in Brazil within the hour,” Major General Ada Moss said.",
        "Defence Minister Ada Moss said that her forces would bomb the Brazilian depots.",
        "The commander of the northern fleet, Admiral Ada Moss, threatened to sink the ships of Brazil.",
        "“Brazil must withdraw its guns from the river at once,” Defence Minister Ada Moss said.",
    ],
)
def test_who_threatens_one_of_two_states_is_of_the_other(sentence: str, knowledge: Knowledge) -> None:
    """A commander whose country no word gives is not of the state that he threatens, though the text is full of it."""
    article = read_body(f"{TWO_SIDES}\n\n{sentence}\n")
    assert isinstance(article, Article)
    speakers = [one.statement.speaker for one in next(extract([article], knowledge)).statements]
    assert {one.country for one in speakers if one.name == "Ada Moss"} == {"ARG"}


@pytest.mark.parametrize(
    "sentence",
    [
        "“Any attack on Brazil will be answered with fire,” Defence Minister Ada Moss said.",
        "“If they cross the river again, we will defend Brazil,” Defence Minister Ada Moss said.",
        "Defence Minister Ada Moss said that Argentina would strike Brazil.",
    ],
)
def test_who_defends_a_state_may_be_of_it(sentence: str, knowledge: Knowledge) -> None:
    """The state that others hit, or that is defended, is no adversary of who speaks."""
    article = read_body(f"{TWO_SIDES}\n\n{sentence}\n")
    assert isinstance(article, Article)
    speakers = [one.statement.speaker for one in next(extract([article], knowledge)).statements]
    assert [one.country for one in speakers if one.name] == ["BRA"]


def test_a_country_that_a_later_statement_tells_holds_from_the_first(knowledge: Knowledge) -> None:
    """One person is of one country in all of an article."""
    article = read_body(
        "“The raid was theirs,” Ada Moss said on Monday.\n\n“It was not the last,” said Moss, a Peruvian minister.\n"
    )
    assert isinstance(article, Article)
    assert [one.statement.speaker.country for one in next(extract([article], knowledge)).statements] == ["PER", "PER"]
