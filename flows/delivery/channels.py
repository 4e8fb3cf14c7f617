"""Sending a message through a channel that leads outside."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import NAMESPACE_OID, uuid5

from config.alerts import ChannelSection, DeliverySection
from flows.clock import utc_now
from flows.delivery.addresses import LoadSecret, Target, TargetError, load_prefect_secret, target_of
from flows.delivery.grouping import worst_first
from flows.delivery.rendering.clean import clean_line
from flows.delivery.rendering.events import CloudEvent, cloud_event, signature_headers
from flows.delivery.rendering.messages import AlertView, Message
from flows.delivery.tries import Failed, Sent, outcome_of
from flows.delivery.wire import Answer, notify, post
from flows.workers import Bounds, Done, Ended, run_guarded

BATCH_TYPE = "application/cloudevents-batch+json; charset=utf-8"
NOTICE = "tocsin.notice.raised"
TOO_LONG = ("timeout", "stalled")
GRACE_S = 2.0  # the worker is killed this long after the time its own time-outs should have ended it


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends outside: with the settings of alerts.toml, secrets looked up when they are needed."""

    settings: DeliverySection
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    load_secret: LoadSecret = load_prefect_secret

    def send(self, channel: ChannelSection, message: Message, views: Sequence[AlertView]) -> Sent | Failed:
        """Send one message; whatever goes wrong comes back as a value without any secret in it."""
        try:
            target = target_of(channel, self.environment, self.load_secret)
        except TargetError as error:
            return Failed(str(error))
        if channel.kind == "webhook":
            answer = self._post(target, message, views)
        else:
            answer = self._notify(target, channel, message)
        return outcome_of(answer, utc_now())

    def _post(self, target: Target, message: Message, views: Sequence[AlertView]) -> Answer:
        event = webhook_event(message, views, source=self.settings.source)
        headers = signature_headers(event, target.key.encode(), now=utc_now())
        if len(views) > 1:
            headers["content-type"] = BATCH_TYPE
        return self._guarded(post, (target.url, event.body, headers))

    def _notify(self, target: Target, channel: ChannelSection, message: Message) -> Answer:
        bodies = (message.text, message.html)
        return self._guarded(notify, (target.url, message.title, bodies, channel.format, mail_headers(message)))

    def _guarded(self, function: Callable[..., Answer], arguments: tuple[object, ...]) -> Answer:
        seconds = self.settings.send_seconds
        limit = seconds + GRACE_S
        bounds = Bounds(seconds=limit, wall_seconds=limit, workers=1, preload=("flows.delivery.warm",))
        ended: Ended[tuple[object, ...], Answer]
        (ended,) = run_guarded(function, [(*arguments, seconds)], bounds=bounds, arguments=tuple)
        if isinstance(ended, Done):
            return ended.value
        return Answer("no answer in time" if ended.reason in TOO_LONG else f"sending ended with {ended.reason}")


def webhook_event(message: Message, views: Sequence[AlertView], *, source: str) -> CloudEvent:
    """Return the body of a webhook: the event of one alert, a batch of several, the worst first, or a notice."""
    if not views:
        return _notice_event(message, source)
    bodies = [cloud_event(view, source=source).body for view in worst_first(views)]
    return CloudEvent(message.key, bodies[0] if len(bodies) == 1 else b"[" + b",".join(bodies) + b"]")


def mail_headers(message: Message) -> dict[str, str]:
    """Return what lets a receiver know a message again, and mail programs put follow-ups beside the first.

    All messages of a thread refer to one root that was never sent: the first cannot choose its own Message-ID.
    """
    root = f"<{message.thread}@tocsin.invalid>"
    return {"Idempotency-Key": message.key, "References": root, "In-Reply-To": root}


def _notice_event(message: Message, source: str) -> CloudEvent:
    event = {
        "specversion": "1.0",
        "id": message.key,
        "source": source,
        "type": NOTICE,
        "datacontenttype": "application/json",
        "data": {"title": message.title, "text": message.text},
    }
    return CloudEvent(message.key, json.dumps(event).encode())


def emit_events(views: Sequence[AlertView], titles: Sequence[str]) -> Sent:
    """Emit each alert as an event of Prefect, small: automations look up the rest by the ids."""
    from prefect.events import emit_event

    for view, title in zip(views, titles, strict=True):
        emit_event(
            event="tocsin.alert.updated" if view.step else "tocsin.alert.raised",
            resource={"prefect.resource.id": f"tocsin.claim.{view.claim_id}", "prefect.resource.name": title},
            payload={
                "alert_id": view.alert_id,
                "step": view.step,
                "rule": clean_line(view.rule),
                "category": view.category,
                "severity": view.severity,
                "polarity": view.polarity,
                "statement_id": view.statement_id,
                "replay": view.is_replay,
            },
            id=uuid5(NAMESPACE_OID, f"{view.alert_id}.{view.step}"),
        )
    return Sent()
