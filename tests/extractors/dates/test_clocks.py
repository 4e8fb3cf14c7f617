"""What has happened lies not ahead, and what waits does so no longer than can be meant."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates.clocks import TOLERANCE, is_ahead, is_over

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND, HOUR, YEAR = timedelta(seconds=1), timedelta(hours=1), timedelta(days=365)


@pytest.mark.parametrize(
    ("at", "expected"),
    [(None, False), (NOW, False), (NOW - YEAR, False), (NOW + SECOND, False), (NOW + HOUR, True), (NOW + YEAR, True)],
)
def test_a_few_seconds_ahead_are_no_fault_of_a_clock(at: datetime | None, expected: bool) -> None:
    assert is_ahead(at, NOW) == expected


@pytest.mark.parametrize(
    ("until", "expected"),
    [(None, True), (NOW, True), (NOW + SECOND, False), (NOW + HOUR, False), (NOW + 2 * HOUR, True), (NOW + YEAR, True)],
)
def test_a_wait_is_over_at_its_time_or_where_it_cannot_be_meant(until: datetime | None, expected: bool) -> None:
    assert is_over(until, NOW, longest=HOUR) == expected


@given(st.timedeltas(timedelta(), YEAR), st.timedeltas(-YEAR, YEAR))
def test_nobody_waits_longer_than_the_longest_wait_however_the_clock_was_set(wait: timedelta, off: timedelta) -> None:
    """A wait within bounds that was stored by a clock that was off ends within them by the right clock."""
    longest = max(wait, HOUR)
    until = NOW + off + wait
    assert any(is_over(until, NOW + step * longest / 4, longest=longest + TOLERANCE) for step in range(6))
