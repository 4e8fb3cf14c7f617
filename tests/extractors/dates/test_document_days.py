"""Official documents bear the day they give themselves, where that is not long before they were published."""

from datetime import date

import pytest

from extractors.dates import document_day

PUBLISHED = date(2024, 3, 15)


@pytest.mark.parametrize(
    "title",
    [
        "Press Briefing by Ada Roe, March 13, 2024",
        "Department Press Briefing – March 13, 2024",
        "Briefing of the Foreign Ministry (13 March 2024)",
        "Regular Press Conference | Wednesday, March 13, 2024, 14:00",
        "Press Release of 13 March 2024",
    ],
)
def test_a_title_that_ends_with_a_day_dates_the_document(title: str) -> None:
    """Transcripts come out a day or two after the briefing."""
    assert document_day(title, ["Good afternoon."], PUBLISHED) == date(2024, 3, 13)


@pytest.mark.parametrize(
    "title",
    [
        "Statement on the Raid of March 13, 2024",
        "Outcomes of the Talks, March 11-13, 2024",
        "Remarks on the Treaty, May 3, 1991",
        "Programme of the Summit, March 20, 2024",
        "Statement on the Strait",
    ],
)
def test_what_a_title_is_about_does_not_date_the_document(title: str) -> None:
    """Events, anniversaries, several days and what is still to come are no day of the document."""
    assert document_day(title, ["We condemn the raid."], PUBLISHED) is None


@pytest.mark.parametrize(
    "line",
    [
        "March 13, 2024",
        "**13 March 2024**",
        "Wednesday, March 13, 2024",
        "Osten, 13 March 2024",
        "PORT ORE, D.C., March 13, 2024",
        "PORT ORE, March 13 (Ore News) -- The ministry condemns the raid.",
        "Date: 13 March 2024",
        "(As delivered on March 13, 2024)",
        "The following statement was issued by the Foreign Ministers of Ore and Holm on March 13, 2024.",
    ],
)
def test_a_line_of_the_head_that_is_a_day_dates_the_document(line: str) -> None:
    """It stands below the title or the issuer."""
    assert document_day("Statement on the Strait", ["Ministry of Ore", line, "We condemn it."], PUBLISHED) == date(
        2024, 3, 13
    )


@pytest.mark.parametrize("line", ["Done at Osten, 13 March 2024", "Osten, March 13, 2024"])
def test_a_document_is_dated_where_it_is_signed(line: str) -> None:
    """Declarations name the place and the day below the text."""
    assert document_day("Declaration", ["We condemn it."] * 6 + ["Ada Roe", line], PUBLISHED) == date(2024, 3, 13)


@pytest.mark.parametrize(
    "line",
    [
        "On March 10, 2024, Holm raided the port.",
        "In Osten, March 10 was a black day.",
        "March 10 – a black day for us.",
    ],
)
def test_a_day_in_a_sentence_does_not_date_the_document(line: str) -> None:
    """What happened on it is told."""
    assert document_day("Statement on the Strait", [line, "We condemn it."], PUBLISHED) is None


def test_two_days_in_the_head_date_nothing() -> None:
    """A wrong day is worse than that of publication."""
    assert document_day("Statement", ["March 13, 2024", "March 14, 2024"], PUBLISHED) is None
