"""Whatever an article says: a mail keeps its headers and recipients, every other message its shape."""

import json
import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_string, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.delivery import AlertView, Renderer
from flows.delivery.channels import mail_headers, webhook_event
from flows.delivery.files import append_alerts
from flows.delivery.grouping import to_message, to_notice
from flows.delivery.wire import notify
from tests.flows.delivery.views import ATTACKS, PLAIN, hostile
from warehouse.alerting.outbox import NoticeRow

RENDERER = Renderer()
URL = "mailto://127.0.0.1:1?from=tocsin@example.org&to=desk@example.org"
each = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


class Outgoing:
    """Stands for the SMTP connection: keeps what would go over the wire."""

    sent: list[tuple[str, list[str], str]]

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def sendmail(self, sender: str, recipients: list[str], body: str) -> None:
        type(self).sent.append((sender, list(recipients), body))

    def quit(self) -> None:
        pass


@pytest.fixture
def outgoing(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Outgoing]]:
    monkeypatch.setattr(smtplib, "SMTP", Outgoing)
    Outgoing.sent = []
    yield Outgoing
    Outgoing.sent = []


def posted(outgoing: type[Outgoing], form: str, views: list[AlertView]) -> EmailMessage:
    """Return the mail as it would go over the wire."""
    outgoing.sent = []
    message = to_message(views, RENDERER, key="k3y", thread=None, flood=2)
    answer = notify(URL, message.title, (message.text, message.html), form, mail_headers(message), 2.0)
    assert answer.error == ""
    ((sender, recipients, raw),) = outgoing.sent
    assert (sender, recipients) == ("tocsin@example.org", ["desk@example.org"])
    mail = message_from_string(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


@pytest.mark.slow
@pytest.mark.parametrize("form", ["html", "text"])
@each
@given(views=st.lists(hostile(), min_size=1, max_size=3))
def test_a_mail_keeps_its_headers_recipients_and_parts(
    outgoing: type[Outgoing], form: str, views: list[AlertView]
) -> None:
    plain, mail = posted(outgoing, form, [PLAIN]), posted(outgoing, form, views)
    assert sorted(mail.keys()) == sorted(plain.keys())
    assert [one.get_content_type() for one in mail.walk()] == [one.get_content_type() for one in plain.walk()]
    for name in ("From", "To", "Idempotency-Key", "References"):
        assert mail[name] == plain[name]
    assert not any(one.get_content_disposition() for one in mail.walk())


@each
@given(views=st.lists(hostile(), min_size=1, max_size=3))
def test_a_webhook_body_stays_one_event_an_alert(views: list[AlertView]) -> None:
    message = to_message(views, RENDERER, key="k3y", thread=None, flood=2)
    found = json.loads(webhook_event(message, views, source="urn:x").body)
    events = found if len(views) > 1 else [found]
    assert [set(one) for one in events] == [set(events[0])] * len(views)


@each
@given(view=hostile())
def test_a_log_line_stays_one_line(view: AlertView, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("log") / "log.jsonl"
    append_alerts(path, [view], ["a\nb"])
    (line,) = path.read_bytes().split(b"\n")[:-1]
    assert json.loads(line)["alert_id"] == PLAIN.alert_id


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_notice_about_hostile_words_keeps_its_lines(attack: str) -> None:
    row = NoticeRow("n", "source-failing", attack, f"first\n{attack}", datetime(2031, 1, 1, tzinfo=UTC))
    message = to_notice([row], key="k3y")
    assert "\n" not in message.title
    assert len(message.title) <= 120
    assert "<script" not in message.html
    assert len(message.text) < 5_000
