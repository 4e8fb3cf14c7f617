"""The day of what is said in news without one of its own: that of the lead, of what it adds to, of what came after."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from spacy.language import Language

from config.load import load_configuration
from extractors.knowledge import Knowledge
from extractors.model import Article, Moment
from extractors.pipeline import extract
from extractors.reading.article import read_body

PUBLISHED = Moment(datetime(2024, 3, 7, tzinfo=UTC), "day", "page")  # a Thursday
TUESDAY, WEDNESDAY, THURSDAY = (date(2024, 3, day) for day in (5, 6, 7))


@pytest.fixture(scope="module")
def knowledge(language: Language) -> Knowledge:
    """Return the packaged configuration's knowledge."""
    return load_configuration(None).knowledge(language)


def days(text: str, knowledge: Knowledge) -> list[date | None]:
    """Return the days of the statements of a news text, in order."""
    article = read_body(text)
    assert isinstance(article, Article)
    (found,) = extract([replace(article, published=PUBLISHED)], knowledge)
    return [one.statement.said_on.on if one.statement.said_on else None for one in found.statements]


def test_what_bears_no_date_was_said_on_the_day_of_the_lead(knowledge: Knowledge) -> None:
    """A paper of Thursday tells of Tuesday's news."""
    text = (
        "Oslo said on Tuesday that it would close the strait to the fleet of Denmark.\n\n"
        "“We have waited long enough,” Defence Minister Ulf Arne said.\n\n"
        "The envoy of Denmark called the plan reckless.\n"
    )
    assert set(days(text, knowledge)) == {TUESDAY}


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "Oslo said on Tuesday that it would close the strait.\n\nDenmark said on Thursday that it would not.\n\n",
            THURSDAY,
        ),
        (
            "Oslo said on February 2 that it would close the strait.\n\n",
            THURSDAY,
        ),
    ],
)
def test_a_lead_of_long_ago_or_news_of_the_day_itself_dates_nothing_else(
    text: str, last: date, knowledge: Knowledge
) -> None:
    """Then it was said on the day of publication, as far as anybody knows."""
    said = "“We have waited long enough,” Defence Minister Ulf Arne said.\n"
    assert days(f"{text}{said}", knowledge)[-1] == last


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister added that the fleet would stay.",
        "The minister also accused Copenhagen of spying.",
        "“The fleet stays,” Arne continued.",
    ],
)
def test_what_somebody_adds_was_said_with_what_he_adds_to(sentence: str, knowledge: Knowledge) -> None:
    """Also where other news of the text is of the day of publication."""
    text = (
        "Copenhagen said on Thursday that the ships were on their way.\n\n"
        "Defence Minister Ulf Arne of Norway said on Wednesday that Norway would close the strait. "
        f"{sentence}\n"
    )
    found = days(text, knowledge)
    assert found[0] == THURSDAY
    assert set(found[1:]) == {WEDNESDAY}


@pytest.mark.parametrize(
    ("clause", "day"),
    [
        ("two days after Oslo warned that it would close the strait", TUESDAY),
        ("a day after Oslo warned that it would close the strait", WEDNESDAY),
        ("hours after Oslo warned that it would close the strait", THURSDAY),
    ],
)
def test_a_warning_lies_as_long_before_the_deed_as_is_told(clause: str, day: date, knowledge: Knowledge) -> None:
    """Counted back from the day of the main clause."""
    assert days(f"Three ships were stopped off the coast {clause}.\n", knowledge) == [day]
