"""A test message through a channel, outside of any outbox."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from config.alerts import Alerting, ChannelSection
from flows.delivery import files
from flows.delivery.channels import Sender
from flows.delivery.grouping import to_message
from flows.delivery.rendering.messages import AlertView
from flows.delivery.rendering.render import SAMPLE, Renderer
from flows.delivery.tries import Failed, Sent
from warehouse.keys import make_key

WORDS = "This is a test of the channel: nobody said anything."


def send_trial(channel: ChannelSection, alerting: Alerting, warehouse: Path, *, now: datetime) -> Sent | Failed:
    """Send the test message, once; for a file, tell whether it can be written."""
    view = trial_view(now)
    if not channel.is_outside:
        return _try_file(channel, warehouse, view)
    renderer = Renderer(alerting.delivery.templates)
    message = to_message([view], renderer, key=view.alert_id, thread=None, flood=1)
    return Sender(alerting.delivery).send(channel, replace(message, title=f"[test] {message.title}"), [view])


def trial_view(now: datetime) -> AlertView:
    """Return an alert about nothing."""
    key = make_key("test", now)
    return replace(SAMPLE, alert_id=key, claim_id=key, rule="test", raised_at=now, quote=WORDS, speaker_name="Tocsin")


def _try_file(channel: ChannelSection, warehouse: Path, view: AlertView) -> Sent | Failed:
    path = files.channel_path(channel, warehouse, is_replay=False)
    try:
        if channel.kind == "log":
            files.append_alerts(path, [view], [None])
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(f".{path.name}.test").touch()
            path.with_name(f".{path.name}.test").unlink()
    except OSError as error:
        return Failed(f"{type(error).__name__}: {error.strerror}")
    return Sent()
