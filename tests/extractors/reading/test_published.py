import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model import Article, Entry, Moment
from extractors.reading.completion import with_entry
from extractors.reading.published import date_in_url, find_line_date, first_known, is_date_line, read_stamp

CASES = json.loads((Path(__file__).parents[2] / "cases" / "articles" / "date_lines.json").read_text(encoding="utf-8"))
DAY = Moment(datetime(2023, 3, 4, tzinfo=UTC), "day", "json-ld")


def shown(moment: Moment | None) -> str | None:
    """Return a moment as the cases write it."""
    return f"{moment.at:%Y-%m-%dT%H:%M} {moment.precision}" if moment else None


@pytest.mark.parametrize("case", CASES["lines"], ids=lambda case: case[0])
def test_date_lines(case: list[str | bool | None]) -> None:
    """A line is a date line or not, and names a moment or not."""
    line = str(case[0])
    assert [is_date_line(line), shown(find_line_date(line))] == case[1:]


@pytest.mark.parametrize("case", CASES["addresses"], ids=lambda case: case[0])
def test_dates_in_addresses(case: list[str | None]) -> None:
    """A path names a day, a month or nothing."""
    assert shown(date_in_url(str(case[0]))) == case[1]


@given(st.text(max_size=200))
def test_any_line_can_be_asked_for_its_date(line: str) -> None:
    """No line raises; what is found has an aware time in UTC."""
    is_date_line(line)
    for moment in (find_line_date(line), read_stamp(line, "meta"), date_in_url(line)):
        assert moment is None or moment.at.tzinfo is UTC


@given(st.datetimes(timezones=st.just(UTC)))
def test_no_date_after_now_is_believed(at: datetime) -> None:
    """Whatever a page claims, its date is not after the moment it was read."""
    now = datetime(2023, 3, 6, 12, tzinfo=UTC)
    moment = read_stamp(at.isoformat(), "json-ld", now=now)
    assert moment is None or moment.at <= now


def test_a_time_that_agrees_with_the_day_is_taken() -> None:
    """A day is sharpened by the time another place gives for it, and by none that disagrees."""
    same = Moment(datetime(2023, 3, 4, 9, 15, tzinfo=UTC), "minute", "meta")
    other = Moment(datetime(2023, 3, 9, 9, 15, tzinfo=UTC), "minute", "meta")
    assert first_known([None, DAY, other, same]) == same
    assert first_known([DAY, other]) == DAY
    assert first_known([None]) is None


def test_a_time_without_zone_gives_way_to_one_with_it() -> None:
    """The same hour read without its zone is replaced by the moment that knows it."""
    guessed = Moment(datetime(2023, 3, 4, 10, 15, tzinfo=UTC), "minute", "json-ld", is_inferred=True)
    known = Moment(datetime(2023, 3, 4, 9, 15, tzinfo=UTC), "minute", "meta")
    assert first_known([guessed, known]) == known


def test_a_feed_fills_what_the_page_leaves_open() -> None:
    """The feed's date goes before a guess, sharpens a day, and yields to the page's own word."""
    feed = Moment(datetime(2023, 3, 4, 9, 15, tzinfo=UTC), "second", "feed")
    entry = Entry("g", "https://a.example/x", "Feed title", None, feed, author="Ann Lee")
    article = Article("h", "text", ())
    assert with_entry(article, entry).published == feed
    assert with_entry(article, entry).title == "Feed title"
    guess = Moment(datetime(2023, 3, 1, tzinfo=UTC), "day", "page", is_inferred=True)
    assert with_entry(Article("h", "t", (), title="Own", published=guess), entry).published == feed
    assert with_entry(Article("h", "t", (), title="Own", published=DAY), entry).published == feed
    own = Moment(datetime(2023, 2, 4, 9, 15, tzinfo=UTC), "second", "json-ld")
    filled = with_entry(Article("h", "t", (), title="Own", published=own), entry)
    assert (filled.published, filled.title, filled.author) == (own, "Own", "Ann Lee")
