"""Charts: the time they share, what they draw, what they say in words."""

from datetime import date, timedelta

import pytest

from flows.reporting.charts import Point, axis_of, chart_of

FIRST = date(2031, 3, 3)  # a Monday
NAMES = ("Andorra", "Spain")


def days(*gaps: int) -> list[date]:
    """Return days so many days after the first."""
    return [FIRST + timedelta(days=gap) for gap in gaps]


def test_a_day_far_ahead_empties_no_chart() -> None:
    """A stray years ahead of the others is not drawn, and no date that can be written is too late or too early."""
    known = [date(2024, 1, 1) + timedelta(days=n) for n in range(100)]
    assert axis_of([*known, date(2031, 1, 1)]) == axis_of(known)
    assert axis_of([*known, date.max]) == axis_of(known)
    for one in (date.max, date.min):
        assert axis_of([one]).starts


@pytest.mark.parametrize(
    ("last", "step", "n_steps"),
    [(0, "day", 1), (60, "day", 61), (100, "week", 15), (700, "week", 101), (900, "month", 30)],
)
def test_the_longer_the_time_the_wider_the_steps(last: int, step: str, n_steps: int) -> None:
    axis = axis_of(days(0, last))
    assert (axis.step, len(axis.starts)) == (step, n_steps)
    assert [axis.place(day) for day in days(0, last)] == [0, n_steps - 1]
    assert axis.place(FIRST - timedelta(days=40)) is None


def test_a_stray_event_of_long_ago_does_not_stretch_the_time() -> None:
    axis = axis_of([FIRST - timedelta(days=900), *days(*range(30))])
    assert (axis.starts[0], axis.step) == (FIRST, "day")
    steady = axis_of(days(*range(0, 300, 3)))
    assert steady.starts[0] == FIRST


def test_no_event_makes_no_chart() -> None:
    chart = chart_of([], axis_of([]), NAMES)
    assert (chart.bars, chart.dots, chart.ends, chart.peaks) == ((), (), (), "")


def test_bars_go_up_for_escalation_and_down_for_calming_to_one_scale() -> None:
    points = [
        Point("a", FIRST, "there", 3), Point("b", FIRST, "back", 4), Point("c", FIRST, "calming", 0),
        Point("d", FIRST + timedelta(days=1), "there", 1),
    ]  # fmt: skip
    chart = chart_of(points, axis_of([one.on for one in points]), NAMES)
    assert [(one.kind, one.height, one.y) for one in chart.bars] == [("up", 50, 0), ("down", 25, 50), ("up", 25, 25)]
    assert chart.bars[0].words == "3 Mar 2031: 2 escalating events, highest severity 4"
    assert [(one.n_there, one.n_back, one.n_calming, one.peak) for one in chart.periods] == [(1, 1, 1, 4), (1, 0, 0, 1)]
    assert chart.summary == "3 escalating events and 1 calming event; the highest severity is 4, last on 3 Mar 2031."


def test_the_ladder_has_a_dot_for_each_day_way_and_severity_that_leads_to_an_event() -> None:
    points = [Point("a", FIRST, "there", 5), Point("b", FIRST, "there", 5), Point("c", FIRST, "back", 1)]
    chart = chart_of([*points, Point("d", FIRST, "calming", 0)], axis_of([FIRST]), NAMES)
    found = {one.way: one for one in chart.dots}
    assert (found["there"].event_id, found["there"].size, found["there"].words) == (
        "a", 2, "3 Mar 2031, Andorra: 2 events of severity 5",
    )  # fmt: skip
    assert found["there"].y < found["back"].y < found["calming"].y


def test_the_line_of_highest_severity_breaks_where_nothing_escalates() -> None:
    points = [Point(str(gap), day, "there", 5) for gap, day in enumerate(days(0, 1, 3))]
    chart = chart_of(points, axis_of([one.on for one in points]), NAMES)
    assert chart.peaks == "M0.0 8.33H250.0L250.0 8.33H500.0M750.0 8.33H1000.0"
