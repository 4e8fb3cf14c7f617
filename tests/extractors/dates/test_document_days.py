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


@pytest.mark.parametrize("line", ["March 13, 2024", "**13 March 2024**", "Wednesday, March 13, 2024"])
def test_a_line_of_the_head_that_is_a_day_dates_the_document(line: str) -> None:
    """It stands below the title or the issuer."""
    assert document_day("Statement on the Strait", ["Ministry of Ore", line, "We condemn it."], PUBLISHED) == date(
        2024, 3, 13
    )


def test_two_days_in_the_head_date_nothing() -> None:
    """A wrong day is worse than that of publication."""
    assert document_day("Statement", ["March 13, 2024", "March 14, 2024"], PUBLISHED) is None
