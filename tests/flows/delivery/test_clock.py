"""Deliveries on a clock that was ahead and is right again: they go out, once, and nothing waits for a year."""

from dataclasses import replace
from datetime import timedelta

import pytest

from config.alerts import ChannelSection
from extractors.alerting import QuietHours
from extractors.alerting.silence import Silence, silence_for
from flows.delivery.channels import Sender
from flows.delivery.rendering.messages import AlertView, Message
from flows.delivery.tries import Failed, Sent
from tests.flows.delivery.receivers import Office, OpenOffice
from tests.warehouse.told import Said
from tests.warehouse.values import NOON
from warehouse.alerting.event_views import candidates
from warehouse.alerting.outbox import Taker, take_parcel
from warehouse.alerting.silences import NewSilence, add_silence
from warehouse.connection import open_writer
from warehouse.storing.runs import Counts, Run, finish_run, start_run

pytestmark = pytest.mark.slow

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
AHEAD = [3 * HOUR, timedelta(days=3), YEAR]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Take what goes outside into a list."""
    titles: list[str] = []

    def send(self: Sender, channel: ChannelSection, message: Message, views: list[AlertView]) -> Sent:
        titles.append(message.title)
        return Sent()

    monkeypatch.setattr(Sender, "send", send)
    return titles


def at(desk: Office, off: timedelta) -> Office:
    """Return the office with its clock off."""
    return replace(desk, now=desk.now + off)


@pytest.mark.parametrize("off", AHEAD)
def test_what_rang_while_the_clock_was_ahead_goes_out(office: OpenOffice, sent: list[str], off: timedelta) -> None:
    desk = office("webhook")
    at(desk, off).ring(Said())
    desk.deliver()
    desk.deliver()
    assert len(sent) == 1
    at(desk, off + timedelta(days=1)).deliver()
    assert len(sent) == 1


def test_what_was_held_or_kept_for_a_digest_goes_out(office: OpenOffice, sent: list[str]) -> None:
    desk = office("webhook")
    night = QuietHours((NOON - HOUR).time(), (NOON + HOUR).time())
    at(desk, YEAR).ring(Said(), quiet=night)
    at(desk, YEAR).ring(Said("will march"), severity=5, rest="weekly")
    waiting = "SELECT count(*) FROM deliveries WHERE channel = 'desk' AND status = 'pending'"
    assert desk.rows(waiting) == [(2,)]
    desk.deliver()
    assert len(sent) == 2
    assert desk.rows(waiting) == [(0,)]


def test_quiet_hours_and_digests_of_a_right_clock_still_wait(office: OpenOffice, sent: list[str]) -> None:
    desk = office("webhook")
    desk.ring(Said(), quiet=QuietHours(NOON.time(), (NOON - timedelta(minutes=1)).time()))
    desk.ring(Said("will march"), severity=5, rest="weekly")
    desk.deliver()
    assert sent == []


@pytest.mark.parametrize("off", AHEAD)
def test_a_channel_that_failed_while_the_clock_was_ahead_is_tried(
    office: OpenOffice, monkeypatch: pytest.MonkeyPatch, off: timedelta
) -> None:
    desk = office("webhook")
    answers: list[Sent | Failed] = [Failed("refused", 7200.0), Failed("refused"), Sent()]
    monkeypatch.setattr(Sender, "send", lambda *_: answers.pop(0))
    desk.ring(Said())
    assert at(desk, off).deliver().failed == 1
    assert desk.deliver().failed == 1
    assert desk.deliver().failed == 0
    assert len(answers) == 1
    desk.wait(minutes=5)
    desk.deliver()
    assert desk.rows("SELECT status FROM deliveries WHERE channel = 'desk'") == [("delivered",)]


@pytest.mark.parametrize("off", AHEAD)
def test_a_lease_given_while_the_clock_was_ahead_ends(office: OpenOffice, sent: list[str], off: timedelta) -> None:
    """Not at once, for its holder may be at work, but after the time that a lease lasts."""
    desk = office("webhook")
    desk.ring(Said())
    ahead = desk.now + off
    with open_writer(desk.warehouse) as con:
        assert take_parcel(con, "desk", Taker("elsewhere|x|1|1", ahead, ahead + timedelta(seconds=30), 10))
    desk.deliver()
    assert sent == []
    desk.wait(seconds=31)
    desk.deliver()
    assert len(sent) == 1


@pytest.mark.parametrize("off", [3 * HOUR, YEAR])
def test_a_clock_that_was_ahead_is_told_once(office: OpenOffice, off: timedelta) -> None:
    desk = office("log")
    with open_writer(desk.warehouse) as con:
        start_run(con, Run("run-1", "watch", desk.now + off, "live", "1", "1"))
        finish_run(con, "run-1", Counts(), at=desk.now)
    at(desk, off).deliver()
    assert desk.rows("SELECT count(*) FROM notices") == [(0,)]
    for _ in range(3):
        desk.deliver()
        desk.wait(minutes=15)
    ((kind, text),) = desk.rows("SELECT kind, text FROM notices")
    assert kind == "clock-ahead"
    assert f"a run is dated {NOON + off:%Y-%m-%d %H:%M} UTC" in text
    assert desk.rows("SELECT status FROM deliveries") == [("delivered",)]
    assert desk.rows("SELECT finished_at >= started_at FROM runs") == [(True,)]


def test_a_run_that_was_killed_while_the_clock_was_ahead_ends_after_it_began(office: OpenOffice) -> None:
    desk = office("log")
    with open_writer(desk.warehouse) as con:
        start_run(con, Run("run-1", "watch", desk.now + YEAR, "live", "1", "1"))
        start_run(con, Run("run-2", "watch", desk.now, "live", "1", "1"))
    assert desk.rows("SELECT run_id, status, finished_at >= started_at FROM runs ORDER BY 1") == [
        ("run-1", "failed", True),
        ("run-2", "running", None),
    ]


def test_a_feed_is_not_crowded_out_by_what_a_clock_that_was_ahead_dated(
    office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.delivery.outbox.FEED_LIMIT", 2)
    desk = office("atom")
    at(desk, YEAR).ring(*[Said(words) for words in ("will march", "will fight", "will strike")])
    at(desk, YEAR).deliver()
    for words in ("will sail", "will dig"):
        desk.ring(Said(words))
        desk.deliver()
        desk.wait(hours=1)
    (feed,) = desk.warehouse.parent.glob("*.alerts.xml")
    assert all(words in feed.read_text() for words in ("will sail", "will dig"))


def silence(desk: Office, kind: str, scope: str, made: timedelta, until: timedelta | None) -> Silence:
    """Return a silence of the one claim or its speaker, made and ending at these distances from now."""
    target = Said().claim_id if scope == "claim" else "tamsin-vole"
    ends = desk.now + until if until is not None else None
    return Silence("s", kind, scope, target, ends, desk.now + made)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "scope", "made", "until", "rang", "is_silent"),
    [
        ("mute", "claim", -HOUR, HOUR, None, True),
        ("mute", "claim", YEAR, YEAR + HOUR, None, False),
        ("mute", "claim", YEAR, None, None, True),
        ("ack", "claim", -HOUR, None, -2 * HOUR, True),
        ("ack", "speaker", -HOUR, None, timedelta(), False),
        ("ack", "claim", YEAR, None, -2 * HOUR, True),
        ("ack", "speaker", YEAR, None, -2 * HOUR, False),
        ("ack", "speaker", YEAR, None, YEAR - HOUR, True),
        ("ack", "claim", -HOUR, None, YEAR, True),
        ("ack", "speaker", -HOUR, None, YEAR, False),
        ("ack", "claim", YEAR, None, None, False),
    ],
)
def test_a_silence_by_a_clock_that_was_ahead_hides_nothing_that_it_cannot_mean(
    office: OpenOffice,
    kind: str,
    scope: str,
    made: timedelta,
    until: timedelta | None,
    rang: timedelta | None,
    is_silent: bool,
) -> None:
    desk = office("webhook")
    desk.ring(Said())
    with open_writer(desk.warehouse) as con:
        (one,) = candidates(con, [Said().claim_id])
    rang_at = desk.now + rang if rang is not None else None
    found = silence_for(one.view, "loud", [silence(desk, kind, scope, made, until)], now=desk.now, rang_at=rang_at)
    assert (found is not None) == is_silent


def test_a_mute_takes_back_what_rang_while_the_clock_was_ahead(office: OpenOffice, sent: list[str]) -> None:
    desk = office("webhook")
    at(desk, YEAR).ring(Said())
    with open_writer(desk.warehouse) as con:
        add_silence(con, NewSilence("mute", "claim", Said().claim_id, None, "Ida", desk.now))
    desk.deliver()
    assert sent == []
