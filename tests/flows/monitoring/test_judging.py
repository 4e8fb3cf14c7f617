"""What counts as late or failing, and what does not."""

from datetime import timedelta

import pytest

from flows.commands import status
from flows.monitoring import KINDS
from flows.monitoring.judging import Bounds, troubles_of
from tests.flows.monitoring.standing import HOUR, RUN, WELL, with_run, with_source, with_waiting
from tests.warehouse.values import NOON
from warehouse.asking import Vitals

BOUNDS = Bounds(timedelta(minutes=45), 1_000_000_000)
ROOM = 2_000_000_000


def kinds(vitals: Vitals, *, free: int = ROOM, after: timedelta = timedelta(0)) -> list[tuple[str, str]]:
    """Return kind and subject of what is wrong some time later."""
    return [(one.kind, one.subject) for one in troubles_of(vitals, free, BOUNDS, NOON + after)]


def test_nothing_is_wrong_with_an_installation_that_does_its_work() -> None:
    assert kinds(WELL) == []
    assert kinds(WELL, after=timedelta(minutes=40)) == []


def test_a_cycle_is_late_when_none_ended_for_some_intervals() -> None:
    assert kinds(WELL, after=timedelta(minutes=44)) == [("run-late", "watch")]


def test_a_cycle_that_never_ends_is_late_too() -> None:
    assert kinds(with_run(status="running", finished_at=None, started_at=NOON - HOUR)) == [("run-late", "watch")]


def test_what_runs_when_somebody_asks_for_it_is_never_late() -> None:
    assert kinds(with_run(flow="replay"), after=100 * HOUR) == []


def test_a_run_that_failed_is_told_with_its_reason() -> None:
    (found,) = troubles_of(with_run(status="failed", error="the disk is full"), ROOM, BOUNDS, NOON)
    assert (found.kind, found.subject, found.words) == ("run-failed", "watch", "the disk is full")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"state": "failing", "n_errors": 4, "reason": "404"}, ["source-failing"]),
        ({"state": "gone", "reason": "410"}, ["source-gone"]),
        ({"next_at": NOON - HOUR}, ["source-late"]),
        ({"next_at": NOON - HOUR / 2}, []),
        ({"state": "disabled", "next_at": NOON - HOUR}, []),
        ({"state": "new", "next_at": None}, []),
    ],
)
def test_sources_that_fail_or_were_passed_over_are_told_of(changes: dict[str, object], expected: list[str]) -> None:
    assert kinds(with_source(**changes)) == [(kind, "pier") for kind in expected]


def test_late_sources_are_counted_from_the_last_cycle_not_from_now() -> None:
    """Where no cycle runs every source is due, and one line says so."""
    assert kinds(with_source(), after=10 * HOUR) == [("run-late", RUN.flow)]


def test_deliveries_are_a_trouble_once_a_channel_failed_or_gave_up() -> None:
    assert kinds(with_waiting("pending", None)) == []
    assert kinds(with_waiting("pending", "503")) == [("channel-failing", "desk")]
    assert kinds(with_waiting("dead", "404")) == [("given-up", "desk")]


def test_a_disk_without_room_is_a_trouble() -> None:
    assert kinds(WELL, free=999_999_999) == [("disk-low", "disk")]


def test_the_command_knows_every_kind() -> None:
    assert status.KINDS == KINDS
