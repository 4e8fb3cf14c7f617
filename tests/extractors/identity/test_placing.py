"""Places are ranked by when a text was published at the latest."""

from datetime import UTC, datetime

import pytest

from extractors.identity import published_by, rank_of_place
from extractors.model import Moment, TimePrecision

MORNING = datetime(2031, 3, 4, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "precision", "latest"),
    [
        (MORNING, "second", MORNING),
        (MORNING, "minute", MORNING),
        (datetime(2031, 3, 4, tzinfo=UTC), "day", datetime(2031, 3, 4, 23, 59, 59, 999999, tzinfo=UTC)),
        (datetime(2031, 12, 1, tzinfo=UTC), "month", datetime(2031, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        (datetime(2032, 2, 29, tzinfo=UTC), "year", datetime(2033, 1, 31, 23, 59, 59, 999999, tzinfo=UTC)),
    ],
)
def test_a_coarse_date_allows_its_last_instant(at: datetime, precision: TimePrecision, latest: datetime) -> None:
    assert published_by(Moment(at, precision, "meta")) == latest


def test_a_report_known_by_its_day_comes_after_those_of_the_day_with_a_time_and_before_the_undated() -> None:
    day_only = published_by(Moment(datetime(2031, 3, 4, tzinfo=UTC), "day", "meta"))
    timed = published_by(Moment(MORNING, "minute", "meta"))
    ranks = [rank_of_place(one, "Quay", "a", "s") for one in (timed, day_only, published_by(None))]
    assert ranks == sorted(ranks)
