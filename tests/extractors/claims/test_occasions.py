from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from extractors.claims import Report
from extractors.claims.comparing.occasions import Occasion, compare_occasions, window_of

MAY_14 = datetime(2031, 5, 14, tzinfo=UTC)
DAY = Report("s", "a", "words", published_at=MAY_14, said_on=date(2031, 5, 13), said_on_precision="day")
NEXT = replace(DAY, said_on=date(2031, 5, 14))
LATER = replace(DAY, said_on=date(2031, 5, 20), published_at=datetime(2031, 5, 20, tzinfo=UTC))
WEEK = replace(DAY, said_on=date(2031, 5, 12), said_on_precision="week")
UNDATED = replace(LATER, said_on=date(2031, 5, 20), said_on_precision="publication")
UNKNOWN = replace(DAY, said_on=None, said_on_precision=None, published_at=None)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (DAY, DAY, Occasion.SAME),
        (DAY, NEXT, Occasion.ADJACENT),
        (DAY, LATER, Occasion.APART),
        (DAY, WEEK, Occasion.SAME),
        (LATER, WEEK, Occasion.APART),
        (DAY, UNDATED, Occasion.POSSIBLE),
        (DAY, UNKNOWN, Occasion.POSSIBLE),
    ],
)
def test_how_two_reports_stand_in_time(one: Report, other: Report, expected: Occasion) -> None:
    assert compare_occasions(window_of(one), window_of(other)) == expected
    assert compare_occasions(window_of(other), window_of(one)) == expected


def test_a_week_ends_with_the_publication() -> None:
    window = window_of(WEEK)
    assert window is not None
    assert (window.first, window.last) == (date(2031, 5, 12), date(2031, 5, 14))
