"""Alerts as CloudEvents 1.0 for machines, signed the way of Standard Webhooks.

The signature covers id, time and body, so that neither can be changed and an old message is recognised as old.
"""

import base64
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.delivery.rendering.lines import alert_data
from flows.delivery.rendering.messages import AlertView

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
TYPE = "tocsin.alert.raised"
FOLLOW_UP = "tocsin.alert.updated"
TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class CloudEvent:
    """An event's body in structured mode; ``key`` is its id, the same at every try."""

    key: str
    body: bytes


def cloud_event(view: AlertView, *, source: str) -> CloudEvent:
    """Return the alert as an event; ``source`` is a URI naming this installation."""
    key = f"{view.alert_id}.{view.step}"
    event = {
        "specversion": "1.0",
        "id": key,
        "source": source,
        "type": FOLLOW_UP if view.step else TYPE,
        "subject": view.event_id or view.claim_id,
        "time": view.raised_at.isoformat(),
        "datacontenttype": "application/json",
        "data": alert_data(view),
    }
    return CloudEvent(key, json.dumps(event, ensure_ascii=True, separators=(",", ":")).encode())


def signature_headers(event: CloudEvent, secret: bytes, *, now: datetime) -> dict[str, str]:
    """Return the headers of one try at sending the event."""
    stamp = str(int(now.timestamp()))
    return {
        "content-type": CONTENT_TYPE,
        "idempotency-key": event.key,
        "webhook-id": event.key,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{_sign(event.key, stamp, event.body, secret)}",
    }


def verify_signature(headers: Mapping[str, str], body: bytes, secret: bytes, *, now: datetime) -> bool:
    """Tell whether the body came from who holds the secret, and lately: what a receiver has to do."""
    stamp = headers.get("webhook-timestamp", "")
    if not stamp.isdecimal() or abs(now.timestamp() - int(stamp)) > TOLERANCE.total_seconds():
        return False
    expected = f"v1,{_sign(headers.get('webhook-id', ''), stamp, body, secret)}"
    return any(hmac.compare_digest(expected, one) for one in headers.get("webhook-signature", "").split(" "))


def _sign(key: str, stamp: str, body: bytes, secret: bytes) -> str:
    return base64.b64encode(hmac.digest(secret, f"{key}.{stamp}.".encode() + body, "sha256")).decode()
