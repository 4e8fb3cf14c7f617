"""A clock that is set back is noticed, one that is set forward or only drifts is not."""

from datetime import timedelta

import pytest

from flows.clock import Watch


@pytest.mark.parametrize(
    ("walls", "expected"),
    [
        ((0.0, 1.0, 2.0), (False, False)),
        ((0.0, 3600.0, 3601.0), (False, False)),
        ((0.0, -200.0, -400.0), (False, True)),
        ((0.0, 3600.0, 2.0), (False, True)),
        ((0.0, -301.0, -299.0), (True, False)),
    ],
)
def test_a_clock_that_is_set_back_is_noticed(walls: tuple[float, ...], expected: tuple[bool, ...]) -> None:
    """By more than the tolerance, since it was furthest ahead."""
    wall = iter(walls)
    watch = Watch(timedelta(minutes=5), wall=lambda: next(wall), steady=lambda: 0.0)
    assert tuple(watch.was_turned_back() for _ in expected) == expected
