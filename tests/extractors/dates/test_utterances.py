"""Expressions of time come to the day they mean, and never to a day ahead."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from extractors.dates.time_expressions import expressions
from extractors.dates.utterances import date_statements, said_on
from extractors.language.parsing import parse_paragraphs
from extractors.model import Attribution, Moment, SaidOn, Span, Speaker

BASE = date(2024, 3, 7)  # a Thursday


@pytest.mark.parametrize(
    ("text", "on", "precision"),
    [
        ("on Thursday", date(2024, 3, 7), "day"),
        ("on Friday", date(2024, 3, 1), "day"),
        ("last Thursday", date(2024, 2, 29), "day"),
        ("on Feb. 29", date(2024, 2, 29), "day"),
        ("on 3 March", date(2024, 3, 3), "day"),
        ("on December 24", date(2023, 12, 24), "day"),
        ("on July 4th, 2021", date(2021, 7, 4), "day"),
        ("on 2024-01-31", date(2024, 1, 31), "day"),
        ("yesterday", date(2024, 3, 6), "day"),
        ("last night", date(2024, 3, 6), "day"),
        ("hours earlier", date(2024, 3, 7), "day"),
        ("two days ago", date(2024, 3, 5), "day"),
        ("three weeks ago", date(2024, 2, 12), "week"),
        ("a month ago", date(2024, 2, 1), "month"),
        ("five years ago", date(2019, 1, 1), "year"),
        ("earlier this week", date(2024, 3, 4), "week"),
        ("last week", date(2024, 2, 26), "week"),
        ("over the weekend", date(2024, 2, 26), "week"),
        ("earlier this month", date(2024, 3, 1), "month"),
        ("last month", date(2024, 2, 1), "month"),
        ("last year", date(2023, 1, 1), "year"),
        ("in January", date(2024, 1, 1), "month"),
        ("in June 2022", date(2022, 6, 1), "month"),
        ("in 2016", date(2016, 1, 1), "year"),
    ],
)
def test_expression_comes_to_its_day(text: str, on: date, precision: str) -> None:
    """Looking back from a Thursday in March."""
    (found,) = expressions(f"She spoke {text}.", 0, BASE, None)
    assert (found.said.on, found.said.precision) == (on, precision)


@pytest.mark.parametrize("text", ["next Monday", "since Monday", "by Friday", "on March 9, 2024", "the Sunday Times"])
def test_what_bounds_or_lies_ahead_is_no_date_of_speech(text: str) -> None:
    """Nothing is found."""
    assert list(expressions(f"She spoke {text}.", 0, BASE, None)) == []


@given(
    st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.sampled_from(["on Monday", "on May 31", "last month", "in June"])
)
def test_no_expression_lies_ahead(base: date, text: str) -> None:
    """Whatever the day of publication."""
    assert all(one.said.on <= base for one in expressions(f"She spoke {text}.", 0, base, None))


def test_without_publication_there_is_no_date(language: Language) -> None:
    """Never a guess."""
    text = "On Monday Oslo said it would wait."
    (paragraph,) = parse_paragraphs(language, text, [Span(0, len(text))])
    one = Attribution(0, (Span(20, 33),), "indirect", Span(15, 19), "say", "report", Span(10, 14))
    assert said_on(paragraph, one, None) is None
    assert date_statements([paragraph], [one], [Speaker("Oslo")], None) == (None,)


def test_statement_without_a_cue_has_the_day_of_publication(language: Language) -> None:
    """A quote nobody's cue stands by falls back."""
    text = "“The ice is thin.”"
    (paragraph,) = parse_paragraphs(language, text, [Span(0, len(text))])
    one = Attribution(0, (Span(1, 17),), "direct", None, None, None, None)
    published = Moment(datetime(2024, 3, 7, 9, 30, tzinfo=UTC), "minute", "test")
    assert date_statements([paragraph], [one], [Speaker()], published) == (SaidOn(BASE, "publication"),)


def dated(
    language: Language, text: str, cue: str, content: str, published: date, precision: str = "day"
) -> SaidOn | None:
    """Return the day that the sentence of ``cue`` gives its ``content``."""
    (paragraph,) = parse_paragraphs(language, text, [Span(0, len(text))])
    start, at = text.index(content), text.index(cue)
    one = Attribution(
        0, (Span(start, start + len(content)),), "indirect", Span(at, at + len(cue)), "say", "report", None
    )
    day = datetime(published.year, published.month, published.day, tzinfo=UTC)
    return said_on(paragraph, one, Moment(day, precision, "test"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The strait is shut, the envoy said following a talk at the pier on Tuesday.", "said", "The strait is shut"),
        ("The strait is shut, the navy said in a notice issued late on Tuesday.", "said", "The strait is shut"),
        ("Speaking in Oslo on Tuesday, the envoy said the strait is shut.", "said", "the strait is shut"),
        ("Addressing them on Tuesday, he said last week's storm is over.", "said", "last week's storm is over"),
        ("The envoy said on Tuesday that all is calm, adding the pier is shut.", "adding", "the pier is shut"),
    ],
)  # fmt: skip
def test_what_went_with_the_utterance_dates_it(language: Language, text: str, cue: str, content: str) -> None:
    """A speech or notice that bears a date gives it to what was said there; one in the content does not."""
    assert dated(language, text, cue, content, BASE) == SaidOn(date(2024, 3, 5), "day")


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        (
            "The truce will hardly last, traders said on Tuesday, as the navy threatens a raid on the pier.",
            "threatens",
            "a raid on the pier",
        ),
        (
            "Harvests look worse each year, growers said Tuesday, while Quito warns of a ban on exports.",
            "warns",
            "of a ban on exports",
        ),
    ],
)
def test_the_day_on_which_others_spoke_dates_no_clause_beside_it(
    language: Language, text: str, cue: str, content: str
) -> None:
    """The navy made its threat some other day."""
    assert dated(language, text, cue, content, BASE) is None


@pytest.mark.parametrize(("precision", "on"), [("day", date(2024, 3, 8)), ("minute", date(2024, 3, 1))])
def test_the_weekday_after_a_publication_day_is_that_next_day(language: Language, precision: str, on: date) -> None:
    """In another time zone it is tomorrow; with an hour of publication it was last week."""
    text = "The envoy said on Friday that the strait was shut."
    assert dated(language, text, "said", "the strait was shut", BASE, precision) == SaidOn(on, "day")


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("in February last year", date(2023, 2, 1)),
        ("in May of last year", date(2023, 5, 1)),
        ("during March this year", date(2024, 3, 1)),
    ],
)
def test_a_month_of_a_year_told_from_now(text: str, on: date) -> None:
    """The month, not the year alone."""
    (found,) = expressions(f"She spoke {text}.", 0, BASE, None)
    assert found.said == SaidOn(on, "month")


@pytest.mark.parametrize("text", ["last week's talks failed", "Tuesday's raid failed", "last month’s raid failed"])
def test_a_date_that_owns_an_event_dates_nothing_else(text: str) -> None:
    """The event has it, not the report."""
    assert list(expressions(text, 0, BASE, None)) == []


@pytest.mark.parametrize(
    ("before", "quote", "name"),
    [
        ("Ola Lund, speaking with reporters on Monday, turned to the raid.", "“It was ours,” Lund said.", "Ola Lund"),
        ("Talking to miners on Monday, Ada Roe turned to the raid.", "“It was ours,” Roe said.", "Ada Roe"),
        ("Ida Holm addressed the chamber on Monday.", "“It was ours,” Holm said.", "Ida Holm"),
    ],
)
def test_an_occasion_told_in_the_paragraph_before_dates_the_quote(
    language: Language, before: str, quote: str, name: str
) -> None:
    """The last sentence says when the same speaker spoke."""
    assert setting_of(language, before, quote, name) == SaidOn(date(2024, 3, 4), "day")


@pytest.mark.parametrize(
    "before", ["Ola Lund fired the envoy on Monday.", "Ada Roe spoke to reporters on Monday.", "Monday came."]
)
def test_another_deed_or_another_speaker_dates_no_quote(language: Language, before: str) -> None:
    """Only his own speaking does."""
    assert setting_of(language, before, "“It was ours,” Lund said.", "Ola Lund") == SaidOn(BASE, "publication")


def setting_of(language: Language, before: str, quote: str, name: str) -> SaidOn | None:
    """Return the date of a quote that a paragraph leads up to."""
    text, start = f"{before}\n\n{quote}", len(before) + 2
    spans = [Span(0, len(before)), Span(start, len(text))]
    paragraphs = list(parse_paragraphs(language, text, spans))
    cue = text.index("said", start)
    one = Attribution(
        1, (Span(start + 1, text.index("”")),), "direct", Span(cue, cue + 4), "say", "report", Span(cue - 5, cue - 1)
    )
    speaker = Speaker(name, None, "text:roe", name)
    return date_statements(paragraphs, [one], [speaker], Moment(datetime(2024, 3, 7, tzinfo=UTC), "day", "test"))[0]


def test_those_who_met_spoke_when_they_met(language: Language) -> None:
    """ "Both sides" are those whose meeting the sentence before dates."""
    text = "Envoys from the two sides gathered on Monday in Lima. Both sides stressed a commitment to peace."
    (paragraph,) = parse_paragraphs(language, text, [Span(0, len(text))])
    cue, content = text.index("stressed"), text.index("a commitment")
    one = Attribution(
        0, (Span(content, len(text) - 1),), "indirect", Span(cue, cue + 8), "stress", "report", Span(cue - 11, cue - 1)
    )
    found = date_statements(
        [paragraph], [one], [Speaker("Both sides")], Moment(datetime(2024, 3, 7, tzinfo=UTC), "day", "t")
    )
    assert found == (SaidOn(date(2024, 3, 4), "day"),)


@pytest.mark.parametrize(
    ("state", "said"), [("PER", SaidOn(date(2024, 3, 4), "day")), ("ECU", SaidOn(BASE, "publication"))]
)
def test_a_state_that_goes_on_for_its_official_spoke_on_his_day(language: Language, state: str, said: SaidOn) -> None:
    """ "Lima" in the sentence after is the ministry that received the envoy; another state is not."""
    text = "On Monday Deputy Minister Ana Roe warned of a raid. The capital called for calm."
    (paragraph,) = parse_paragraphs(language, text, [Span(0, len(text))])
    first, second = text.index("warned"), text.index("called")
    both = [
        Attribution(0, (Span(first + 7, first + 16),), "indirect", Span(first, first + 6), "warn", "warn", None),
        Attribution(0, (Span(second + 11, len(text) - 1),), "indirect", Span(second, second + 6), "call", "urge", None),
    ]
    speakers = [
        Speaker("Ana Roe", None, "text:ana-roe", "Ana Roe", None, "PER"),
        Speaker("x", None, state, "x", None, state),
    ]
    found = date_statements([paragraph], both, speakers, Moment(datetime(2024, 3, 7, tzinfo=UTC), "day", "t"))
    assert found == (SaidOn(date(2024, 3, 4), "day"), said)
