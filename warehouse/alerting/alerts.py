"""Alerts: what rules decide about claims, recorded with the deliveries it calls for. Sending is the outbox's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import duckdb

from extractors.alerting import Rule, Silence, Verdict, follow_up, judge, silence_for
from warehouse.alerting.claim_views import Candidate, candidates
from warehouse.alerting.silences import standing_silences
from warehouse.bulk import insert_all, insert_new
from warehouse.keys import make_key

# Every alert goes out as an event of the orchestrator too: a channel that needs no configuration.
EVENTS = "prefect-events"
DeliveryKind = Literal["alert", "update", "digest", "notice"]


@dataclass(frozen=True, slots=True)
class Ringing:
    """How alerts are raised: by which rules, which channels lead outside, whether in a replay, and at what time.

    ``now`` None sets the clock to when the claim's last report was seen, as a replay does.
    """

    rules: Sequence[Rule]
    outside: frozenset[str] = frozenset((EVENTS,))
    is_replay: bool = False
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """A claim that met a rule, by which statement and when; ``level`` and ``step`` count what was told since."""

    alert_id: str
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


@dataclass(frozen=True, slots=True)
class Message:
    """What an alert is told by: its kind, its number and when it is due."""

    alert: Alert
    kind: DeliveryKind
    severity: int
    due_at: datetime
    is_silenced: bool


def raise_alerts(con: duckdb.DuckDBPyConnection, claim_ids: Sequence[str], ringing: Ringing) -> list[Alert]:
    """Raise an alert for each of the claims that meets a rule, a follow-up where one that rang grew; with deliveries.

    Returns the new alerts. A claim rings once for each rule, whatever it is merged with.
    """
    found = candidates(con, claim_ids)
    known = _known_alerts(con, found)
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
    old = known.get((one.view.claim_id, rule.name))
    if old is not None and old.action == "ring":
        return _follow_up(one, rule, old, silences, now)
    if verdict.action == "none" or (old is not None and verdict.action == "digest"):
        return None
    silence = silence_for(one.view, rule.name, silences, now=now, rang_at=None)
    alert = _alert(one, rule, verdict, old, silence, now=now, is_replay=ringing.is_replay)
    kind: DeliveryKind = "digest" if verdict.action == "digest" else "alert"
    return Message(alert, kind, alert.severity, verdict.due_at, silence is not None)


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
        alert_id=old.alert_id if old else make_key("alert", view.claim_id, rule.name),
        claim_id=old.claim_id if old else view.claim_id,
        rule=rule.name,
        statement_id=one.statement_id,
        category=view.category,
        severity=view.severity,
        is_replay=is_replay,
        raised_at=now,
        action="digest" if verdict.action == "digest" else "ring",
        reasons=list(verdict.reasons),
        n_outlets=view.n_outlets,
        level=follow_up(view, rule, level=0, rang_at_severity=view.severity),
        step=old.step + 1 if old else 0,
        silence_id=silence,
    )


def _follow_up(one: Candidate, rule: Rule, old: Alert, silences: Sequence[Silence], now: datetime) -> Message | None:
    level = follow_up(one.view, rule, level=old.level, rang_at_severity=old.severity)
    if level == old.level:
        return None
    silence = silence_for(one.view, rule.name, silences, now=now, rang_at=old.raised_at)
    alert = replace(old, level=level, step=old.step + 1)
    due_at = judge(one.view, replace(rule, fresh_days=None), now).due_at
    return Message(alert, "update", one.view.severity, due_at, silence is not None or old.silence_id is not None)


def _known_alerts(con: duckdb.DuckDBPyConnection, found: Sequence[Candidate]) -> dict[tuple[str, str], Alert]:
    """Return the first alert of each claim and rule, those of absorbed claims included."""
    standing = {claim_id: one.view.claim_id for one in found for claim_id in (one.view.claim_id, *one.absorbed)}
    rows = con.execute(
        """
        SELECT alert_id, claim_id, "rule", statement_id, category, severity, is_replay, raised_at, "action", reasons,
               coalesce(n_outlets, 0), "level", step, silence_id
        FROM alerts WHERE claim_id IN (SELECT unnest($ids))
        ORDER BY "action" = 'ring', raised_at DESC, alert_id
        """,
        {"ids": list(standing)},
    ).fetchall()
    alerts = [Alert(*row) for row in rows]
    return {(standing[one.claim_id], one.rule): one for one in alerts}


def _store(con: duckdb.DuckDBPyConnection, messages: Sequence[Message], ringing: Ringing) -> None:
    alerts = [one.alert for one in messages]
    if not alerts:
        return
    ids = [one.alert_id for one in alerts]
    con.execute("DELETE FROM alerts WHERE alert_id IN (SELECT unnest($ids))", {"ids": ids})
    insert_all(con, "alerts", alerts)
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
