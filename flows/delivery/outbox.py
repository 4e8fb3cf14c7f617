"""Emptying the outbox: message by message, the worst first, each taken, sent and settled on its own.

Files are written while the warehouse is held, in the transaction that marks them: one process at a time, and nothing
left over by a crash that the next run does not see. What goes outside is taken under a lease, so that the warehouse
is free while a receiver takes its time.
"""

import logging
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from config.alerts import Alerting, ChannelSection
from flows.clock import utc_now
from flows.delivery import files
from flows.delivery.channels import Sender, emit_events
from flows.delivery.grouping import to_message, to_notice, to_view
from flows.delivery.owner import is_gone, this_process
from flows.delivery.rendering.feed import FEED_LIMIT, atom_feed
from flows.delivery.rendering.messages import AlertView, Message
from flows.delivery.rendering.render import Renderer
from flows.delivery.tries import Failed, Patience, Sent, is_given_up, next_try
from flows.http import MAX_RETRY_AFTER
from warehouse.alerting import (
    EVENTS,
    Parcel,
    Taker,
    alert_rows,
    bound_leases,
    dead_letter,
    lease_owners,
    notice_rows,
    raise_notices,
    release_leases,
    settle_failed,
    settle_sent,
    take_parcel,
    told_alerts,
    waiting_channels,
)
from warehouse.connection import Connection, open_writer, transaction

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Postman:
    """All that delivering needs to know; ``is_sending`` lets a replay's alerts out of the house.

    ``emits`` says whether there is an orchestrator to emit events to; ``report`` is where people open the report.
    """

    warehouse: Path
    alerting: Alerting
    countries: Mapping[str, str]
    is_replay: bool = False
    is_sending: bool = False
    emits: bool = False
    clock: Callable[[], datetime] = utc_now
    owner: str = field(default_factory=this_process)
    report: str = ""

    @property
    def renderer(self) -> Renderer:
        """Return the templates."""
        return Renderer(self.alerting.delivery.templates, self.report)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What emptying the outbox came to, in messages."""

    sent: int = 0
    failed: int = 0

    def __add__(self, other: "Delivered") -> "Delivered":
        """Return both together."""
        return Delivered(self.sent + other.sent, self.failed + other.failed)


def deliver_due(postman: Postman) -> Delivered:
    """Deliver all that is due; a channel that fails waits and holds nobody else up."""
    with open_writer(postman.warehouse) as con, transaction(con):
        release_leases(con, [one for one in lease_owners(con) if is_gone(one)])
        bound_leases(con, postman.clock(), timedelta(seconds=postman.alerting.delivery.lease_seconds))
        if not postman.is_replay:
            raise_notices(con, postman.alerting.operations.channels, postman.clock())
    # Twice: messages given up in the first round are told of in the second.
    return sum((_deliver_round(postman) for _ in range(2)), Delivered())


def _deliver_round(postman: Postman) -> Delivered:
    with open_writer(postman.warehouse) as con:
        waiting = waiting_channels(con)
    total = Delivered()
    for channel in postman.alerting.channel:
        if channel.name in waiting:
            deliver = _send_outside if channel.is_outside else _write_here
            total += _until_empty(deliver, postman, channel)
    if EVENTS in waiting and postman.emits:
        total += _until_empty(_write_here, postman, None)
    return total


def _until_empty(
    deliver: Callable[[Postman, ChannelSection | None], Sent | Failed | None],
    postman: Postman,
    channel: ChannelSection | None,
) -> Delivered:
    sent = 0
    while True:
        outcome = deliver(postman, channel)
        if outcome is None:
            return Delivered(sent)
        if isinstance(outcome, Failed) and not outcome.is_hopeless:
            return Delivered(sent, failed=1)
        sent += 1


def _send_outside(postman: Postman, channel: ChannelSection | None) -> Sent | Failed | None:
    assert channel is not None  # noqa: S101 - every channel outside is configured
    with open_writer(postman.warehouse) as con, transaction(con):
        parcel = take_parcel(con, channel.name, _taker(postman))
        if parcel is None:
            return None
        message, views = _message(con, parcel, postman)
    outcome = Sender(postman.alerting.delivery).send(channel, message, views)
    with open_writer(postman.warehouse) as con, transaction(con):
        _settle(con, parcel, outcome, postman)
    return outcome


def _write_here(postman: Postman, channel: ChannelSection | None) -> Sent | Failed | None:
    name = channel.name if channel else EVENTS
    with open_writer(postman.warehouse) as con, transaction(con):
        parcel = take_parcel(con, name, _taker(postman))
        if parcel is None:
            return None
        outcome = _write(con, channel, parcel, postman)
        _settle(con, parcel, outcome, postman)
    return outcome


def _write(con: Connection, channel: ChannelSection | None, parcel: Parcel, postman: Postman) -> Sent | Failed:
    if channel is None:
        views = [to_view(row, postman.countries) for row in alert_rows(con, parcel)]
        return emit_events(views, [postman.renderer.message(view).title for view in views])
    path = files.channel_path(channel, postman.warehouse, is_replay=postman.is_replay)
    try:
        if parcel.kind == "notice":
            files.append_notice(path, _message(con, parcel, postman)[0])
        elif channel.kind == "log":
            rows = alert_rows(con, parcel)
            views = [to_view(row, postman.countries) for row in rows]
            files.append_alerts(path, views, [row.location for row in rows])
        else:
            rows = told_alerts(con, parcel, FEED_LIMIT, postman.clock())
            views = [to_view(row, postman.countries) for row in rows]
            files.write_feed(path, atom_feed(views, postman.renderer, source=postman.alerting.delivery.source))
    except OSError as error:
        return Failed(f"{type(error).__name__}: {error.strerror}")
    return Sent()


def _message(con: Connection, parcel: Parcel, postman: Postman) -> tuple[Message, list[AlertView]]:
    if parcel.kind == "notice":
        return to_notice(notice_rows(con, parcel), key=parcel.message_id), []
    views = [to_view(row, postman.countries) for row in alert_rows(con, parcel)]
    flood = 0 if parcel.kind == "digest" else postman.alerting.delivery.flood
    message = to_message(views, postman.renderer, key=parcel.message_id, thread=parcel.thread, flood=flood)
    return message, views


def _settle(con: Connection, parcel: Parcel, outcome: Sent | Failed, postman: Postman) -> None:
    settings, now = postman.alerting.delivery, postman.clock()
    if isinstance(outcome, Sent):
        settle_sent(con, parcel, owner=postman.owner, now=now)
        return
    patience = Patience(settings.max_tries, settings.retry_seconds, settings.longest_retry_seconds)
    is_dead = is_given_up(outcome, patience, parcel.attempts + 1)
    jitter = random.random()  # noqa: S311 - spreads tries, protects nothing
    blocked = (
        now
        if outcome.is_hopeless
        else next_try(outcome, patience, n_failures=parcel.n_failures + 1, now=now, jitter=jitter)
    )
    settle_failed(con, parcel, outcome.error, owner=postman.owner, now=now, blocked_until=blocked, is_dead=is_dead)
    LOG.warning("channel=%s outcome=failed reason=%r again_at=%s", parcel.channel, outcome.error, blocked)
    if is_dead and not postman.is_replay:
        dead_letter(con, parcel, outcome.error, postman.alerting.operations.channels, now)


def _taker(postman: Postman) -> Taker:
    settings, now = postman.alerting.delivery, postman.clock()
    until = now + timedelta(seconds=settings.lease_seconds)
    longest = timedelta(seconds=max(settings.longest_retry_seconds, MAX_RETRY_AFTER))
    is_releasing = postman.is_replay and postman.is_sending
    return Taker(postman.owner, now, until, settings.flood, is_releasing, longest)
