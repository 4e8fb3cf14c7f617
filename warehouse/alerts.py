"""Alerts and their deliveries: written with the claim that rang, delivered later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from extractors.model import Polarity
from warehouse.bulk import insert_all
from warehouse.keys import make_key


@dataclass(frozen=True, slots=True)
class Ringing:
    """What a claim has to be like to ring: the part of a rule that the warehouse decides."""

    rule: str
    severity: int
    polarity: Polarity
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """A claim that met a rule for the first time, by which statement and when."""

    alert_id: str
    claim_id: str
    rule: str
    statement_id: str
    category: str
    severity: int
    is_replay: bool
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class Pending:
    """A delivery that is due, with what the log channel writes of its alert."""

    delivery_id: str
    channel: str
    alert_id: str
    line: str


def raise_alerts(
    con: duckdb.DuckDBPyConnection,
    claim_ids: Sequence[str],
    rules: Sequence[Ringing],
    *,
    is_replay: bool,
    now: datetime | None = None,
) -> list[Alert]:
    """Raise an alert for each of the claims that meets a rule and never rang for it, with its deliveries.

    ``now`` None sets the clock to when the article that rang was first seen, as a replay does.
    """
    alerts = [alert for rule in rules for alert in _ring(con, claim_ids, rule, is_replay=is_replay, now=now)]
    insert_all(con, "alerts", alerts)
    channels = {rule.rule: rule.channels for rule in rules}
    insert_all(con, "deliveries", [_delivery(one, channel) for one in alerts for channel in channels[one.rule]])
    return alerts


def due_deliveries(con: duckdb.DuckDBPyConnection, channel: str, limit: int) -> list[Pending]:
    """Return pending deliveries of a channel, the worst first."""
    rows = con.execute(
        """
        SELECT delivery_id, channel, alert_id, to_json(alert_log)
        FROM deliveries JOIN alert_log USING (alert_id)
        WHERE status = 'pending' AND channel = $channel
        ORDER BY severity DESC, raised_at, alert_id LIMIT $limit
        """,
        {"channel": channel, "limit": limit},
    ).fetchall()
    return [Pending(*row) for row in rows]


def mark_delivered(con: duckdb.DuckDBPyConnection, delivery_ids: Sequence[str]) -> None:
    """Record that the channel took these deliveries; the time is that of the clock their alert was raised by."""
    con.execute(
        """
        UPDATE deliveries SET status = 'delivered', attempts = attempts + 1, delivered_at = due_at, error = NULL
        WHERE delivery_id IN (SELECT unnest($ids))
        """,
        {"ids": list(delivery_ids)},
    )


def _ring(
    con: duckdb.DuckDBPyConnection, claim_ids: Sequence[str], rule: Ringing, *, is_replay: bool, now: datetime | None
) -> list[Alert]:
    rows = con.execute(
        """
        SELECT claims.claim_id, statements.statement_id, claims.category, claims.severity, articles.first_seen_at
        FROM claims
        JOIN statements ON statements.claim_id = claims.claim_id
        JOIN articles USING (article_id)
        WHERE claims.claim_id IN (SELECT unnest($ids))
          AND claims.merged_into IS NULL
          AND claims.polarity = $polarity AND claims.severity >= $severity
          AND NOT EXISTS (
              FROM alerts LEFT JOIN claims AS rung USING (claim_id)
              WHERE alerts.rule = $rule AND claims.claim_id IN (alerts.claim_id, rung.merged_into)
          )
        QUALIFY row_number() OVER (
            PARTITION BY claims.claim_id
            ORDER BY (statements.category = claims.category) DESC, statements.severity DESC,
                     articles.published_at NULLS LAST, statements.article_id, statements.ordinal
        ) = 1
        ORDER BY articles.first_seen_at, claims.severity DESC, claims.claim_id
        """,
        {"ids": list(claim_ids), "polarity": rule.polarity, "severity": rule.severity, "rule": rule.rule},
    ).fetchall()
    return [
        Alert(make_key("alert", row[0], rule.rule), row[0], rule.rule, row[1], row[2], row[3], is_replay, now or row[4])
        for row in rows
    ]


def _delivery(alert: Alert, channel: str) -> dict[str, object]:
    return {
        "delivery_id": make_key("delivery", alert.alert_id, channel),
        "alert_id": alert.alert_id,
        "channel": channel,
        "status": "pending",
        "attempts": 0,
        "due_at": alert.raised_at,
        "delivered_at": None,
        "error": None,
    }
