"""The outbox: grouping, floods, leases, replays; with the sending replaced by a list."""

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from config.alerts import ChannelSection
from flows.delivery.channels import Sender
from flows.delivery.owner import is_gone, this_process
from flows.delivery.rendering.messages import AlertView, Message
from flows.delivery.tries import Failed, Patience, Sent, is_given_up, next_try, outcome_of
from flows.delivery.wire import Answer
from tests.flows.delivery.receivers import OpenOffice
from tests.warehouse.told import Said
from tests.warehouse.values import NOON
from warehouse.alerting.notices import raise_notices
from warehouse.alerting.outbox import Taker, settle_sent, take_parcel
from warehouse.alerting.silences import NewSilence, add_silence
from warehouse.connection import open_writer, transaction
from warehouse.storing.runs import Counts, Run, finish_run, start_run

pytestmark = pytest.mark.slow


@dataclass
class Postbox:
    """What was sent."""

    messages: list[Message] = field(default_factory=list)
    views: list[list[AlertView]] = field(default_factory=list)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Postbox:
    """Take what goes outside into a list."""
    box = Postbox()

    def send(self: Sender, channel: ChannelSection, message: Message, views: list[AlertView]) -> Sent:
        box.messages.append(message)
        box.views.append(list(views))
        return Sent()

    monkeypatch.setattr(Sender, "send", send)
    return box


def test_several_claims_are_one_message_in_full_the_worst_first(office: OpenOffice, sent: Postbox) -> None:
    desk = office("webhook")
    desk.ring(Said(), Said("will fight", severity=5))
    desk.deliver()
    (message,) = sent.messages
    assert message.title.startswith("2 events, the worst: Andorra -> Spain")
    assert message.text.index("will fight") < message.text.index("will answer in kind")
    assert message.text.count("Why: ") == 2


def test_five_hundred_claims_of_one_run_are_one_digest(office: OpenOffice, sent: Postbox) -> None:
    desk = office("webhook")
    desk.ring(*[Said(f"will answer number {n}", severity=3 + n % 3) for n in range(500)])
    assert desk.deliver().sent == 1
    (message,) = sent.messages
    assert message.title.startswith("500 events, the worst:")
    assert "and 450 more: tocsin alerts" in message.text
    assert [view.severity for view in sent.views[0]] == sorted((3 + n % 3 for n in range(500)), reverse=True)
    assert desk.deliver().sent == 0


def test_nothing_new_is_no_message(office: OpenOffice, sent: Postbox) -> None:
    desk = office("webhook")
    desk.ring(Said(severity=2))
    assert desk.deliver() == desk.deliver()
    assert sent.messages == []


def test_one_alert_told_by_two_rules_on_one_channel_is_in_one_message(office: OpenOffice, sent: Postbox) -> None:
    desk = office("webhook")
    desk.ring(Said())
    desk.ring(Said(), polarity="any")
    desk.deliver()
    assert len(sent.messages) == 1


def test_a_follow_up_that_finds_its_alert_unsent_adds_no_line(office: OpenOffice) -> None:
    from extractors.alerting import Step

    desk = office("log")
    desk.ring(Said(), steps=(Step(outlets=2),))
    desk.ring(Said(outlets=["A", "B"]), steps=(Step(outlets=2),))
    desk.deliver()
    lines = desk.warehouse.with_name("w.alerts.jsonl").read_text().splitlines()
    assert [json.loads(line)["step"] for line in lines] == [0]


def test_digests_wait_for_their_time_and_come_as_one(office: OpenOffice, sent: Postbox) -> None:
    desk = office("webhook")
    desk.ring(Said(), Said("will march"), severity=4, rest="daily")
    desk.wait(hours=1)
    desk.deliver()
    assert sent.messages == []
    desk.wait(hours=24)
    desk.deliver()
    assert [len(views) for views in sent.views] == [2]


def test_a_replay_sends_nothing_outside_unless_told_and_marks_it_then(office: OpenOffice, sent: Postbox) -> None:
    desk = replace(office("webhook"), is_replay=True)
    desk.ring(Said(), channels=("desk", "ops"))
    desk.deliver()
    assert sent.messages == []
    before = desk.rows("FROM deliveries WHERE channel = 'ops'")
    assert before[0][3] == "delivered"
    assert all(NOON in (cell, NOON) for cell in before[0] if hasattr(cell, "tzinfo") and cell is not None)
    live = replace(desk, is_replay=False)
    live.deliver()
    assert sent.messages == []
    told = replace(desk, is_sending=True)
    told.deliver()
    told.deliver()
    assert [message.title for message in sent.messages] == ["[replay] Andorra -> Spain: threat (3)"]
    assert desk.rows("FROM deliveries WHERE channel = 'ops'") == before


def test_a_replayed_log_has_no_wall_clock_in_its_rows(office: OpenOffice) -> None:
    desk = replace(office("log"), is_replay=True)
    desk.ring(Said())
    desk.deliver()
    rows = desk.rows("SELECT due_at, delivered_at, leased_until, lease_owner FROM deliveries WHERE channel = 'desk'")
    assert rows == [(NOON, NOON, None, None)]


def test_two_at_once_never_hold_the_same_message_and_a_lease_ends(office: OpenOffice) -> None:
    desk = office("webhook")
    desk.ring(Said())
    one = Taker("one", desk.now, desk.now + timedelta(seconds=30), 10)
    two = replace(one, owner="two")
    with open_writer(desk.warehouse) as con:
        first = take_parcel(con, "desk", one)
        assert first is not None
        assert take_parcel(con, "desk", two) is None
        late = replace(two, now=desk.now + timedelta(seconds=31), until=desk.now + timedelta(seconds=90))
        again = take_parcel(con, "desk", late)
        assert again is not None
        assert again.message_id == first.message_id
        settle_sent(con, first, owner="one", now=desk.now)  # too late: it is no longer its to settle
        assert con.execute("SELECT status FROM deliveries WHERE channel = 'desk'").fetchone() == ("pending",)


def test_what_rings_while_a_message_is_under_way_is_another_message(office: OpenOffice) -> None:
    desk = office("webhook")
    desk.ring(Said())
    taker = Taker("one", desk.now, desk.now + timedelta(seconds=30), 10)
    with open_writer(desk.warehouse) as con:
        first = take_parcel(con, "desk", taker)
    desk.ring(Said("will march"))
    with open_writer(desk.warehouse) as con:
        second = take_parcel(con, "desk", replace(taker, until=desk.now + timedelta(minutes=1)))
        late = replace(taker, now=desk.now + timedelta(seconds=31))
        again = take_parcel(con, "desk", late)
    assert first is not None
    assert second is not None
    assert again is not None
    assert first.message_id != second.message_id
    assert again.about == first.about


def test_a_mute_takes_back_what_waits(office: OpenOffice, sent: Postbox) -> None:
    desk = office("webhook")
    desk.ring(Said())
    with open_writer(desk.warehouse) as con:
        add_silence(con, NewSilence("mute", "claim", Said().claim_id, None, "Ida", desk.now))
    desk.deliver()
    assert sent.messages == []
    assert desk.rows("SELECT count(*) FROM alerts") == [(1,)]


def test_failed_and_killed_runs_are_told_once(office: OpenOffice) -> None:
    desk = office("log")
    with open_writer(desk.warehouse) as con:
        for name, error in (("a", "disk full"), ("b", None)):
            start_run(con, Run(name, "watch", NOON, "live", "1", "1"))
            finish_run(con, name, Counts(), at=NOON, error=error)
        start_run(con, Run("old", "watch", NOON - timedelta(days=9), "live", "1", "1"))
        finish_run(con, "old", Counts(), at=NOON - timedelta(days=9), error="long ago")
        start_run(con, Run("c", "watch", NOON, "live", "1", "1"))
        start_run(con, Run("d", "watch", NOON, "live", "1", "1"))  # c was killed
    desk.deliver()
    desk.deliver()
    lines = desk.warehouse.with_name("w.alerts.jsonl").read_text()
    assert lines.count("\n") == 1
    assert "disk full" in lines
    assert "the process ended without finishing" in lines
    assert "long ago" not in lines


def test_a_source_that_fell_silent_is_told_once_a_silence(office: OpenOffice) -> None:
    desk = office("log")
    with open_writer(desk.warehouse) as con, transaction(con):
        con.execute(
            """
            INSERT INTO sources BY NAME SELECT 'bay' AS source_id, 'feed' AS kind,
                'https://bay.example/rss' AS location, 'Bay Times' AS outlet, 'config' AS origin, true AS is_enabled
            """
        )
        con.execute(
            """
            INSERT INTO source_states BY NAME SELECT 'bay' AS source_id, 'https://bay.example/rss' AS url,
                $now::TIMESTAMPTZ AS polled_at, $now AS succeeded_at, $then::TIMESTAMPTZ AS new_at, 3600 AS gap_seconds,
                0 AS n_errors, 0 AS n_unchanged, 0 AS n_not_modified, [] AS moved_from
            """,
            {"now": NOON, "then": NOON - timedelta(days=5)},
        )
        assert len(raise_notices(con, ["ops"], NOON)) == 1
        assert raise_notices(con, ["ops"], NOON + timedelta(days=1)) == []
    desk.deliver()
    (line,) = desk.warehouse.with_name("w.alerts.jsonl").read_text().splitlines()
    assert "source-silent: bay" in json.loads(line)["title"]
    assert "nothing new for 120 hours" in json.loads(line)["text"]


def test_a_log_cut_by_a_crash_goes_on_with_a_line_of_its_own(office: OpenOffice) -> None:
    desk = office("log")
    path = desk.warehouse.with_name("w.alerts.jsonl")
    desk.ring(Said())
    desk.deliver()
    path.write_bytes(path.read_bytes() + b'{"alert_id": "cut')
    desk.ring(Said("will march"))
    desk.deliver()
    lines = path.read_text().splitlines()
    assert len(lines) == 3
    assert json.loads(lines[2])["quote"] == "will march"


def test_a_file_that_cannot_be_written_is_a_failure_like_others(office: OpenOffice, tmp_path: Path) -> None:
    desk = office("log")
    desk.warehouse.with_name("w.alerts.jsonl").mkdir()
    desk.ring(Said())
    assert desk.deliver().failed == 1
    desk.warehouse.with_name("w.alerts.jsonl").rmdir()
    desk.wait(minutes=2)
    assert desk.deliver().sent == 1


PATIENCE = Patience(max_tries=5, first=30, longest=600)


@pytest.mark.parametrize(
    ("n_failures", "jitter", "seconds"), [(1, 1, 30), (2, 1, 60), (3, 0, 60), (9, 1, 600), (999, 0.5, 450)]
)
def test_waits_double_up_to_the_longest(n_failures: int, jitter: float, seconds: float) -> None:
    found = next_try(Failed("x"), PATIENCE, n_failures=n_failures, now=NOON, jitter=jitter)
    assert found == NOON + timedelta(seconds=seconds)


def test_a_channel_that_asks_for_longer_gets_it() -> None:
    failed = outcome_of(Answer("not accepted", 429, (("retry-after", "3600"),)), NOON)
    assert failed == Failed("not accepted (HTTP 429)", 3600.0)
    assert next_try(failed, PATIENCE, n_failures=1, now=NOON, jitter=0) == NOON + timedelta(hours=1)
    dated = outcome_of(Answer("not accepted", 503, (("retry-after", "Tue, 04 Mar 2031 12:05:00 GMT"),)), NOON)
    assert isinstance(dated, Failed)
    assert dated.retry_after == 300


def test_a_message_is_given_up_after_its_tries_or_at_once_where_hopeless() -> None:
    assert not is_given_up(Failed("x"), PATIENCE, 4)
    assert is_given_up(Failed("x"), PATIENCE, 5)
    hopeless = outcome_of(Answer("not accepted", 413), NOON)
    assert isinstance(hopeless, Failed)
    assert is_given_up(hopeless, PATIENCE, 1)


def test_a_process_knows_whether_another_is_gone() -> None:
    mine = this_process()
    assert not is_gone(mine)
    host, space, pid, started = mine.split("|")
    assert is_gone(f"{host}|{space}|4194301|{started}")
    assert is_gone(f"{host}|{space}|{pid}|1")
    assert not is_gone(f"elsewhere|{space}|4194301|{started}")
    assert not is_gone("nonsense")
