"""Alerts: what rules decide about events, recorded with the deliveries it calls for. Sending is the outbox's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import duckdb

from extractors.alerting import Rule, Silence, Told, Verdict, follow_up, judge, reached_level, silence_for
from warehouse.alerting.event_views import Candidate, candidates
from warehouse.alerting.silences import standing_silences
from warehouse.bulk import insert_all, insert_new
from warehouse.keys import make_key
from warehouse.packaged import packaged_sql

# Every alert goes out as an event of the orchestrator too: a channel that needs no configuration.
EVENTS = "prefect-events"
DeliveryKind = Literal["alert", "update", "digest", "notice"]


@dataclass(frozen=True, slots=True)
class Ringing:
    """How alerts are raised: by which rules, which channels lead outside, whether in a replay, and at what time.

    ``now`` None sets the clock to when the last report of the event was seen, as a replay does.
    """

    rules: Sequence[Rule]
    outside: frozenset[str] = frozenset((EVENTS,))
    is_replay: bool = False
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """An event that met a rule, its headline and when; ``level``, ``step`` and what was told count what came since."""

    alert_id: str
    event_id: str
    claim_id: str
    rule: str
    statement_id: str
    category: str
    severity: int
    is_replay: bool
    raised_at: datetime
    action: str
    reasons: list[str]
    n_outlets: int
    level: int
    step: int
    silence_id: str | None
    told_severity: int
    told_rank: int


@dataclass(frozen=True, slots=True)
class Message:
    """What an alert is told by: its kind, its number and when it is due; and the claims it tells of."""

    alert: Alert
    claims: tuple[str, ...]
    kind: DeliveryKind
    severity: int
    due_at: datetime
    is_silenced: bool


def raise_alerts(con: duckdb.DuckDBPyConnection, claim_ids: Sequence[str], ringing: Ringing) -> list[Alert]:
    """Raise an alert for each event of these claims that meets a rule, a follow-up where one that rang grew.

    Returns the new alerts. An event rings once for each rule, and none of its claims again, wherever they move.
    """
    found = candidates(con, claim_ids)
    known = known_alerts(con, found)
    silences = standing_silences(con)
    messages = [
        message
        for rule in ringing.rules
        for one in found
        if (message := _decide(one, rule, known, silences, ringing)) is not None
    ]
    _store(con, messages, ringing)
    old = {alert.alert_id for alert in known.values()}
    return [one.alert for one in messages if one.alert.alert_id not in old]


def _decide(
    one: Candidate,
    rule: Rule,
    known: dict[tuple[str, str], Alert],
    silences: Sequence[Silence],
    ringing: Ringing,
) -> Message | None:
    now = ringing.now or one.seen_at
    verdict = judge(one.view, rule, now)
    old = known.get((one.view.event_id, rule.name))
    if old is not None and old.action == "ring":
        return _follow_up(one, rule, old, silences, now)
    if verdict.action == "none" or (old is not None and verdict.action == "digest"):
        return None
    silence = silence_for(one.view, rule.name, silences, now=now, rang_at=None)
    alert = _alert(one, rule, verdict, old, silence, now=now, is_replay=ringing.is_replay)
    kind: DeliveryKind = "digest" if verdict.action == "digest" else "alert"
    return Message(alert, one.told, kind, alert.severity, verdict.due_at, silence is not None)


def _alert(
    one: Candidate,
    rule: Rule,
    verdict: Verdict,
    old: Alert | None,
    silence: str | None,
    *,
    now: datetime,
    is_replay: bool,
) -> Alert:
    view = one.view
    return Alert(
        alert_id=old.alert_id if old else make_key("alert", view.event_id, rule.name),
        event_id=old.event_id if old else view.event_id,
        claim_id=one.claim_id,
        rule=rule.name,
        statement_id=one.statement_id,
        category=view.category,
        severity=view.severity,
        is_replay=is_replay,
        raised_at=now,
        action="digest" if verdict.action == "digest" else "ring",
        reasons=list(verdict.reasons),
        n_outlets=view.n_outlets,
        level=reached_level(view, rule, level=0, rang_at_severity=view.severity),
        step=old.step + 1 if old else 0,
        silence_id=silence,
        told_severity=view.severity,
        told_rank=view.rank,
    )


def _follow_up(one: Candidate, rule: Rule, old: Alert, silences: Sequence[Silence], now: datetime) -> Message | None:
    told = follow_up(one.view, rule, Told(old.level, old.severity, old.told_severity, old.told_rank))
    if told is None:
        return None
    silence = silence_for(one.view, rule.name, silences, now=now, rang_at=old.raised_at)
    alert = replace(
        old,
        level=told.level,
        step=old.step + 1,
        told_severity=told.severity,
        told_rank=told.rank,
        claim_id=one.claim_id,
        statement_id=one.statement_id,
    )
    due_at = judge(one.view, replace(rule, fresh_days=None), now).due_at
    is_silenced = silence is not None or old.silence_id is not None
    return Message(alert, one.told, "update", one.view.severity, due_at, is_silenced)


def known_alerts(con: duckdb.DuckDBPyConnection, found: Sequence[Candidate]) -> dict[tuple[str, str], Alert]:
    """Return the first alert of each event and rule: its own, or one that told of its headline.

    A lesser claim that moved here from an event that rang does not silence what nobody was told.
    """
    event_of = {claim_id: one.view.event_id for one in found for claim_id in one.told}
    headlines = {one.claim_id for one in found}
    rows = con.execute(packaged_sql("alerting", "alerts_that_told"), {"ids": list(event_of)}).fetchall()
    return {
        (event_of[told], alert[3]): Alert(*alert)
        for told, standing_claim, standing_event, *alert in rows
        if standing_event == event_of[told] or standing_claim in headlines
    }


def _store(con: duckdb.DuckDBPyConnection, messages: Sequence[Message], ringing: Ringing) -> None:
    alerts = [one.alert for one in messages]
    if not alerts:
        return
    ids = [one.alert_id for one in alerts]
    con.execute("DELETE FROM alerts WHERE alert_id IN (SELECT unnest($ids))", {"ids": ids})
    insert_all(con, "alerts", alerts)
    told = [{"alert_id": one.alert.alert_id, "claim_id": claim} for one in messages for claim in one.claims]
    insert_new(con, "alert_claims", ("alert_id", "claim_id"), told)
    risen = [one.alert.alert_id for one in messages if one.kind == "alert"]
    # What rings now needs no digest any more.
    con.execute(
        """
        DELETE FROM deliveries
        WHERE kind = 'digest' AND status = 'pending' AND message_id IS NULL AND alert_id IN (SELECT unnest($ids))
        """,
        {"ids": risen},
    )
    channels = {rule.name: rule.channels for rule in ringing.rules}
    rows = [row for one in messages for row in _deliveries(one, channels[one.alert.rule], ringing)]
    insert_new(con, "deliveries", "delivery_id", rows)


def _deliveries(one: Message, channels: Sequence[str], ringing: Ringing) -> Iterator[dict[str, object]]:
    events = () if one.kind == "digest" else (EVENTS,)
    for channel in dict.fromkeys((*channels, *events)):
        is_withheld = ringing.is_replay and channel in ringing.outside
        status = "silenced" if one.is_silenced else "withheld" if is_withheld else "pending"
        yield delivery_row(one.alert.alert_id, channel, one.kind, one.due_at, step=one.alert.step,
                           severity=one.severity, status=status)  # fmt: skip


def delivery_row(
    about: str,
    channel: str,
    kind: DeliveryKind,
    due_at: datetime,
    *,
    step: int = 0,
    severity: int = 0,
    status: str = "pending",
) -> dict[str, object]:
    """Return a row of the outbox: what is about an alert or a notice, on its way to a channel."""
    key = make_key("delivery", about, channel, *([step] if step else []))
    return {
        "delivery_id": key,
        "alert_id": about,
        "channel": channel,
        "status": status,
        "attempts": 0,
        "due_at": due_at,
        "delivered_at": None,
        "error": None,
        "kind": kind,
        "step": step,
        "severity": severity,
    }
