"""Real receivers on loopback, and an outbox to empty into them."""

import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config.alerts import Alerting
from extractors.alerting import Rule
from flows.delivery.outbox import Delivered, Postman, deliver_due
from tests.warehouse.told import Said, ring
from tests.warehouse.values import NOON
from warehouse.alerting.alerts import EVENTS
from warehouse.connection import open_reader, open_writer
from warehouse.upkeep.snapshot import publish

COUNTRIES = {"AND": "Andorra", "ESP": "Spain"}


@dataclass(slots=True)
class Mailbox:
    """What an SMTP receiver got, and how it answers: each answer is used once, then all is well."""

    answers: list[str] = field(default_factory=list)
    got: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        """Take a message, or do what the next answer says."""
        if self.answers:
            return self.answers.pop(0)
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.got.append(message)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 taken"


@contextmanager
def mailbox(answers: Sequence[str] = ()) -> Iterator[tuple[Mailbox, str]]:
    """Run an SMTP receiver; yields it with its Apprise address."""
    box = Mailbox(list(answers))
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield box, f"mailto://127.0.0.1:{controller.port}?from=tocsin@example.org&to=desk@example.org"
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def alerting(*channels: Mapping[str, Any], **delivery: Any) -> Alerting:
    """Return alerts.toml with these channels; operations go to a log of their own."""
    quick = {"retry_seconds": 60, "send_seconds": 5, "lease_seconds": 30, **delivery}
    return Alerting.model_validate(
        {
            "channel": [{"name": "ops", "kind": "log"}, *channels],
            "delivery": quick,
            "operations": {"channels": ["ops"]},
        }
    )


@dataclass(slots=True)
class Office:
    """A warehouse with an outbox, and a clock that is turned by hand."""

    warehouse: Path
    alerting: Alerting
    now: datetime = NOON
    is_replay: bool = False
    is_sending: bool = False

    def ring(self, *said: Said, channels: Sequence[str] = ("desk",), **rule: Any) -> None:
        """Raise the alerts of these utterances."""
        outside = frozenset(one.name for one in self.alerting.channel if one.is_outside) | {EVENTS}
        with open_writer(self.warehouse) as con:
            ring(
                con,
                *said,
                rules=(Rule("loud", channels=tuple(channels), **rule),),
                now=None if self.is_replay else self.now,
                is_replay=self.is_replay,
                outside=outside,
            )

    def deliver(self) -> Delivered:
        """Deliver what is due."""
        return deliver_due(self.postman())

    def postman(self) -> Postman:
        """Return who delivers, by the clock of the office."""
        return Postman(
            self.warehouse, self.alerting, COUNTRIES, self.is_replay, self.is_sending, clock=lambda: self.now
        )

    def wait(self, **duration: float) -> None:
        """Turn the clock on."""
        self.now += timedelta(**duration)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with open_writer(self.warehouse) as con:
            return con.execute(query).fetchall()

    def publish(self) -> None:
        """Publish the warehouse."""
        with open_writer(self.warehouse) as con:
            publish(con, self.warehouse)


OpenOffice = Callable[..., Office]
__all__ = ["COUNTRIES", "Mailbox", "Office", "OpenOffice", "alerting", "free_port", "mailbox", "open_reader"]
