"""Quotes have the day that stands beside them or above them, read in the order that the whole list bears out."""

from datetime import UTC, date, datetime

import pytest
from spacy.language import Language

from extractors.dates.utterances import date_statements
from extractors.language.parsing import parse_paragraphs
from extractors.model import Attribution, Moment, SaidOn, Span, Speaker

PUBLISHED = Moment(datetime(2025, 9, 20, tzinfo=UTC), "day", "test")
FALLBACK = SaidOn(date(2025, 9, 20), "publication")


def days(language: Language, lines: list[str], quotes: list[str]) -> list[SaidOn | None]:
    """Return the dates of quotes without cues in a text of these paragraphs."""
    text, spans = "", []
    for line in lines:
        spans.append(Span(len(text), len(text) + len(line)))
        text += line + "\n\n"
    paragraphs = list(parse_paragraphs(language, text, spans))
    found = []
    for quote in quotes:
        start = text.index(quote)
        number = next(at for at, span in enumerate(spans) if span.start <= start < span.end)
        found.append(Attribution(number, (Span(start, start + len(quote)),), "direct", None, None, None, None))
    return list(date_statements(paragraphs, found, [Speaker("Roe")] * len(found), PUBLISHED))


@pytest.mark.parametrize(
    ("line", "on"),
    [
        ("“The strait is ours.” (9/17/25)", date(2025, 9, 17)),
        ("“The strait is ours” (July 4, 2024)", date(2024, 7, 4)),
        ("“The strait is ours.” — 4 July 2024", date(2024, 7, 4)),
        ("“The strait is ours.” [Lima, 4 July 2024]", date(2024, 7, 4)),
        ("- July 4, 2024: “The strait is ours.”", date(2024, 7, 4)),
        ("**2024-07-04** – “The strait is ours.”", date(2024, 7, 4)),
    ],
)
def test_the_day_beside_a_quote_is_its_day(language: Language, line: str, on: date) -> None:
    """In brackets or after a dash behind it, or before it."""
    assert days(language, [line], ["The strait is ours"]) == [SaidOn(on, "day")]


@pytest.mark.parametrize(
    ("tags", "on"),
    [
        (("3/4/25", "9/17/25"), [date(2025, 3, 4), date(2025, 9, 17)]),
        (("3/4/25", "17/9/25"), [date(2025, 4, 3), date(2025, 9, 17)]),
        (("3.11.2024", "4.12.2025"), [date(2024, 3, 11), date(2025, 4, 12)]),
    ],
)
def test_figures_are_read_in_the_order_that_fits_them_all(
    language: Language, tags: tuple[str, str], on: list[date]
) -> None:
    """No month is a thirteenth one, and nobody spoke after the day of publication."""
    lines = [f"“The strait is ours.” ({tags[0]})", f"“The pier is theirs.” ({tags[1]})"]
    assert days(language, lines, ["The strait is ours.", "The pier is theirs."]) == [SaidOn(one, "day") for one in on]


def test_figures_that_fit_either_order_date_nothing(language: Language) -> None:
    """A wrong day is worse than that of publication."""
    assert days(language, ["“The strait is ours.” (3/4/25)"], ["The strait is ours."]) == [FALLBACK]


def test_a_dated_heading_dates_the_quotes_below_it(language: Language) -> None:
    """Until the next one."""
    lines = ["September 17, 2025", "“The strait is ours.”", "“The pier too.”", "4 July 2024:", "“They were warned.”"]
    found = days(language, lines, ["The strait is ours.", "The pier too.", "They were warned."])
    assert found == [SaidOn(one, "day") for one in (date(2025, 9, 17), date(2025, 9, 17), date(2024, 7, 4))]


def test_one_date_line_alone_is_no_heading(language: Language) -> None:
    """It is the day of publication."""
    assert days(language, ["September 17, 2025", "“The strait is ours.”"], ["The strait is ours."]) == [FALLBACK]


@pytest.mark.parametrize("tail", ["(12 ships)", "(9/31/25)", "(May 4, 2031)", "(founded May 4, 2021, in Lima)"])
def test_what_is_no_day_of_speech_dates_nothing(language: Language, tail: str) -> None:
    """Numbers, days that never were or are to come, and remarks on something else."""
    assert days(language, [f"“The strait is ours.” {tail}"], ["The strait is ours."]) == [FALLBACK]


def test_figures_that_fit_either_order_are_read_so_that_the_list_runs_one_way(language: Language) -> None:
    """Lists of quotes go back in time or forward, not to and fro."""
    said = {"The strait is ours.": "6/5/25", "The pier is theirs.": "5/8/25", "They were warned.": "4/6/25"}
    lines = [f"“{words}” ({tag})" for words, tag in said.items()]
    assert days(language, lines, list(said)) == [
        SaidOn(one, "day") for one in (date(2025, 6, 5), date(2025, 5, 8), date(2025, 4, 6))
    ]


def test_a_day_before_the_place_dates_the_quote_behind_both(language: Language) -> None:
    """ "On May 4, 2024, Morning Talk: “...” "."""
    lines = ["On May 4, 2024, Morning Talk: “The strait is ours.”"]
    assert days(language, lines, ["The strait is ours."]) == [SaidOn(date(2024, 5, 4), "day")]
