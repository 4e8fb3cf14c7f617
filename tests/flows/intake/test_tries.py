"""What a failed try comes to: the machine's doing is repeated, the content's is judged, and no item stops another."""

from datetime import UTC, datetime, timedelta

import pytest

from extractors.model import Rejected
from flows.intake import tries
from flows.intake.tries import Patience, Subject, settle, within
from flows.workers import Abandoned
from warehouse.storing.tries import Try

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PATIENCE = Patience(suspect_tries=2, machine_tries=4)


def subject(n_tries: int = 0) -> Subject:
    return Subject("read", "capture", "https://quay.example/1", n_tries)


def test_what_raised_is_judged_at_once() -> None:
    """Also among others: each has a process to itself while it is read."""
    for is_alone in (False, True):
        why = settle(Abandoned("x", "error", "ValueError: odd"), subject(), PATIENCE, is_alone=is_alone, now=NOW)
        assert why == Rejected("error", "ValueError: odd")


@pytest.mark.parametrize("reason", ["timeout", "memory", "crash", "killed", "stalled", "unavailable"])
def test_what_fails_among_others_is_due_at_once_alone(reason: str) -> None:
    """And that is not counted."""
    again = settle(Abandoned("x", reason), subject(1), PATIENCE, is_alone=False, now=NOW)  # type: ignore[arg-type]
    assert again == Try("read", "capture", "https://quay.example/1", 1, reason, NOW, NOW)


def test_a_suspect_is_judged_after_its_tries_alone() -> None:
    """With how often it was tried."""
    first = settle(Abandoned("x", "timeout"), subject(), PATIENCE, is_alone=True, now=NOW)
    assert isinstance(first, Try)
    assert (first.n_tries, first.next_at - NOW) == (1, timedelta(minutes=15))
    last = settle(Abandoned("x", "timeout"), subject(1), PATIENCE, is_alone=True, now=NOW)
    assert last == Rejected("timeout", "tried 2 times alone")


def test_what_the_machine_did_is_tried_longer_and_never_called_the_contents_doing() -> None:
    """With waits that grow; in the end it is given up."""
    waits = []
    for n_tries in range(3):
        again = settle(Abandoned("x", "killed", "SIGKILL"), subject(n_tries), PATIENCE, is_alone=True, now=NOW)
        assert isinstance(again, Try)
        waits.append(again.next_at - NOW)
    assert waits == [timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4)]
    last = settle(Abandoned("x", "killed", "SIGKILL"), subject(3), PATIENCE, is_alone=True, now=NOW)
    assert last == Rejected("gave-up", "killed: SIGKILL; tried 4 times alone")


def test_items_are_taken_while_there_is_time_for_the_worst(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first in any case, so that something is done."""
    clock = iter(range(0, 1000, 10))
    monkeypatch.setattr(tries, "monotonic", lambda: next(clock))
    assert list(within("abcdef", 60, lambda _item: 25)) == ["a", "b", "c", "d"]
    assert list(within("abc", 60, lambda _item: 500)) == ["a"]
