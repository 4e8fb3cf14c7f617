"""The outbox: one process at a time takes a message for a channel, sends it, and records how that ended.

A message is a set of deliveries, fixed when it is first taken: every try of it carries the same key. A process that
dies holding one leaves a lease behind, and when that is over another takes the message as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import duckdb

from extractors.dates import TOLERANCE, is_ahead, is_over
from extractors.model import DayPrecision, Form, Polarity
from warehouse.alerting.alerts import DeliveryKind
from warehouse.bulk import replace_rows
from warehouse.keys import make_key

MAX_MESSAGE = 5_000


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes messages, when, for how long, and what of: ``with_withheld`` adds what a replay held back.

    ``longest_block`` is the longest time for which a channel that failed is left alone.
    ``flood`` is the number of follow-ups beyond which they go out as one message rather than one by one.
    """

    owner: str
    now: datetime
    until: datetime
    flood: int
    with_withheld: bool = False
    longest_block: timedelta = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message taken: its key, what it is made of, how often it was tried, and the message it follows up."""

    message_id: str
    channel: str
    kind: DeliveryKind
    about: tuple[tuple[str, int], ...]
    attempts: int
    n_failures: int
    thread: str | None


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert with all that a message tells of it."""

    alert_id: str
    claim_id: str
    statement_id: str
    rule: str
    category: str
    severity: int
    current_severity: int
    polarity: Polarity
    raised_at: datetime
    quote: str
    speaker: str | None
    role: str | None
    country: str | None
    targets: list[str]
    target_countries: list[str]
    said_on: date | None
    said_on_precision: DayPrecision | None
    outlets: list[str]
    title: str | None
    url: str | None
    location: str | None
    evidence: list[dict[str, object]]
    conditional: bool
    is_replay: bool
    event_id: str | None
    form: Form
    other_claims: list[dict[str, object]]
    step: int
    method: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """An operational alert."""

    notice_id: str
    kind: str
    subject: str
    text: str
    raised_at: datetime


# What waits for the end of quiet hours or for a digest waits no longer than this, with an hour for a change of clocks.
LONGEST_HOLD = timedelta(hours=25)
LONGEST_DIGEST = timedelta(days=7, hours=1)
# A delivery can be taken when it is due and nobody holds it. Always due are those of a replay, whose clock is not ours,
# and those that a clock that was ahead put off: for longer than can be meant, or although they were not to wait at all.
TAKEABLE = """
    channel = $channel AND (status = 'pending' OR (status = 'withheld' AND $with_withheld))
    AND (leased_until IS NULL OR leased_until <= $now)
    AND (
        due_at <= $now OR kind = 'notice'
        OR due_at > $now + CASE kind WHEN 'digest' THEN $digest ELSE $hold END
        OR alert_id IN (SELECT alert_id FROM alerts WHERE is_replay OR raised_at >= deliveries.due_at)
    )
"""


def take_parcel(con: duckdb.DuckDBPyConnection, channel: str, taker: Taker) -> Parcel | None:
    """Take the worst message that is due for the channel; None where there is none or the channel has to wait."""
    state = con.execute(
        "SELECT n_failures, blocked_until, failed_at FROM channel_states WHERE channel = $channel",
        {"channel": channel},
    ).fetchone()
    if state is not None and not _may_be_tried(state[1], state[2], taker):
        return None
    scope = {"channel": channel, "now": taker.now, "with_withheld": taker.with_withheld,
             "hold": LONGEST_HOLD, "digest": LONGEST_DIGEST}  # fmt: skip
    first = con.execute(
        f"""
        SELECT message_id, kind FROM deliveries WHERE {TAKEABLE}
        ORDER BY severity DESC, message_id IS NULL, kind <> 'alert', due_at, delivery_id LIMIT 1
        """,
        scope,
    ).fetchone()
    if first is None:
        return None
    message_id, kind = first
    if message_id is None:
        message_id = _fix_message(con, channel, kind, scope, taker.flood)
    return _lease(con, message_id, taker, n_failures=state[0] if state else 0)


def _may_be_tried(blocked_until: datetime | None, failed_at: datetime | None, taker: Taker) -> bool:
    """Tell whether a channel that failed may be tried: its time has come, or a clock that was ahead set it."""
    return is_over(blocked_until, taker.now, longest=taker.longest_block) or is_ahead(failed_at, taker.now)


def settle_sent(con: duckdb.DuckDBPyConnection, parcel: Parcel, *, owner: str, now: datetime) -> None:
    """Record that the channel took the message; a replay's time is that of its alert."""
    con.execute(
        """
        UPDATE deliveries
        SET status = 'delivered', attempts = attempts + 1, error = NULL, lease_owner = NULL, leased_until = NULL,
            delivered_at = CASE WHEN alert_id IN (SELECT alert_id FROM alerts WHERE is_replay) THEN due_at
                                ELSE $now END
        WHERE message_id = $id AND lease_owner = $owner
        """,
        {"id": parcel.message_id, "owner": owner, "now": now},
    )
    con.execute("DELETE FROM channel_states WHERE channel = $channel", {"channel": parcel.channel})


def settle_failed(
    con: duckdb.DuckDBPyConnection,
    parcel: Parcel,
    error: str,
    *,
    owner: str,
    now: datetime,
    blocked_until: datetime,
    is_dead: bool,
) -> None:
    """Record that the message did not go through; everything for the channel waits, unless the message is given up."""
    con.execute(
        """
        UPDATE deliveries
        SET status = CASE WHEN $dead THEN 'dead' ELSE status END, attempts = attempts + 1, error = $error,
            lease_owner = NULL, leased_until = NULL
        WHERE message_id = $id AND lease_owner = $owner
        """,
        {"id": parcel.message_id, "owner": owner, "error": error, "dead": is_dead},
    )
    row = {"channel": parcel.channel, "n_failures": parcel.n_failures + 1, "blocked_until": blocked_until,
           "error": error, "failed_at": now}  # fmt: skip
    replace_rows(con, "channel_states", "channel", [parcel.channel], [row])


def revive_dead(con: duckdb.DuckDBPyConnection, channel: str | None, now: datetime) -> int:
    """Put messages that were given up back into the outbox, under their old keys; returns how many deliveries."""
    revived = con.execute(
        """
        UPDATE deliveries SET status = 'pending', attempts = 0, due_at = least(due_at, $now)
        WHERE status = 'dead' AND ($channel IS NULL OR channel = $channel)
        RETURNING delivery_id
        """,
        {"channel": channel, "now": now},
    ).fetchall()
    con.execute("DELETE FROM channel_states WHERE $channel IS NULL OR channel = $channel", {"channel": channel})
    return len(revived)


def alert_rows(con: duckdb.DuckDBPyConnection, parcel: Parcel) -> list[AlertRow]:
    """Return the alerts of a message, the worst first; one told of before on this channel has its step, else 0."""
    return _alert_rows(
        con,
        """
        SELECT alert_id, CASE WHEN EXISTS (
            FROM deliveries AS earlier
            WHERE earlier.alert_id = about.alert_id AND earlier.channel = $channel AND earlier.status = 'delivered'
        ) THEN step ELSE 0 END AS step
        FROM (SELECT unnest($ids) AS alert_id, unnest($steps) AS step) AS about
        """,
        {
            "ids": [one for one, _ in parcel.about],
            "steps": [step for _, step in parcel.about],
            "channel": parcel.channel,
        },
    )


def told_alerts(con: duckdb.DuckDBPyConnection, parcel: Parcel, limit: int, now: datetime) -> list[AlertRow]:
    """Return the latest alerts a channel was told of, with those of the message now on its way: for a feed.

    What a clock that was ahead dated comes last, or it would crowd out all that follows.
    """
    return _alert_rows(
        con,
        """
        SELECT alert_id, max(step) AS step FROM deliveries
        WHERE channel = $channel AND kind <> 'notice' AND (status = 'delivered' OR message_id = $id)
        GROUP BY alert_id
        ORDER BY bool_or(message_id IS NOT DISTINCT FROM $id) DESC, max(due_at) > $ahead, max(due_at) DESC, alert_id
        LIMIT $limit
        """,
        {"channel": parcel.channel, "id": parcel.message_id, "limit": limit, "ahead": now + TOLERANCE},
    )


def notice_rows(con: duckdb.DuckDBPyConnection, parcel: Parcel) -> list[NoticeRow]:
    """Return the notices of a message."""
    rows = con.execute(
        """
        SELECT notice_id, kind, subject, "text", raised_at FROM notices
        WHERE notice_id IN (SELECT unnest($ids)) ORDER BY raised_at, notice_id
        """,
        {"ids": [one for one, _ in parcel.about]},
    ).fetchall()
    return [NoticeRow(*row) for row in rows]


def waiting_channels(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the channels for which anything waits."""
    rows = con.execute(
        "SELECT DISTINCT channel FROM deliveries WHERE status IN ('pending', 'withheld') ORDER BY 1"
    ).fetchall()
    return [row[0] for row in rows]


def _fix_message(con: duckdb.DuckDBPyConnection, channel: str, kind: str, scope: dict[str, object], flood: int) -> str:
    """Fix which deliveries go out together; a few follow-ups go one by one, so that each can join its thread."""
    rows = con.execute(
        f"""
        SELECT delivery_id, alert_id FROM deliveries WHERE {TAKEABLE} AND message_id IS NULL AND kind = $kind
        ORDER BY severity DESC, due_at, delivery_id LIMIT $limit
        """,
        {**scope, "kind": kind, "limit": MAX_MESSAGE},
    ).fetchall()
    chosen = rows[:1] if kind == "update" and len(rows) <= flood else rows
    ids = sorted([row[0] for row in chosen] + (_overtaken(con, chosen, scope) if kind == "alert" else []))
    message_id = make_key("message", channel, *ids)
    con.execute(
        "UPDATE deliveries SET message_id = $message WHERE delivery_id IN (SELECT unnest($ids))",
        {"message": message_id, "ids": ids},
    )
    return message_id


def _overtaken(
    con: duckdb.DuckDBPyConnection, chosen: Sequence[tuple[str, str]], scope: dict[str, object]
) -> list[str]:
    """Return the follow-ups of these alerts that wait too: the message tells all there is, they add nothing."""
    rows = con.execute(
        f"""
        SELECT delivery_id FROM deliveries
        WHERE {TAKEABLE} AND message_id IS NULL AND kind = 'update' AND alert_id IN (SELECT unnest($alerts))
        """,
        {**scope, "alerts": [alert_id for _, alert_id in chosen]},
    ).fetchall()
    return [row[0] for row in rows]


def _lease(con: duckdb.DuckDBPyConnection, message_id: str, taker: Taker, *, n_failures: int) -> Parcel:
    rows = con.execute(
        """
        UPDATE deliveries SET lease_owner = $owner, leased_until = $until
        WHERE message_id = $id AND status IN ('pending', 'withheld')
        RETURNING channel, kind, alert_id, step, attempts
        """,
        {"id": message_id, "owner": taker.owner, "until": taker.until},
    ).fetchall()
    about = {row[2]: row[3] for row in sorted(rows, key=lambda row: -row[3])}
    channel, kind = rows[0][0], min(row[1] for row in rows)  # an alert with its follow-up is an alert
    thread = _first_message(con, channel, next(iter(about))) if kind == "update" and len(about) == 1 else None
    return Parcel(
        message_id, channel, kind, tuple(sorted(about.items())), max(row[4] for row in rows), n_failures, thread
    )


def _first_message(con: duckdb.DuckDBPyConnection, channel: str, alert_id: str) -> str | None:
    row = con.execute(
        """
        SELECT message_id FROM deliveries
        WHERE alert_id = $alert AND channel = $channel AND status = 'delivered' ORDER BY step LIMIT 1
        """,
        {"alert": alert_id, "channel": channel},
    ).fetchone()
    return row[0] if row else None


def _alert_rows(con: duckdb.DuckDBPyConnection, told: str, values: dict[str, object]) -> list[AlertRow]:
    rows = con.execute(
        f"""
        WITH told AS ({told})
        SELECT alert_id, claim_id, statement_id, "rule", category, severity, current_severity, polarity, raised_at,
               quote, speaker, "role", country, targets, target_countries, said_on, said_on_precision, outlets, title,
               url, location, evidence, conditional, is_replay, event_id, form, other_claims, told.step, method,
               confidence
        FROM alert_log JOIN told USING (alert_id)
        ORDER BY greatest(severity, current_severity) DESC, raised_at, alert_id
        """,
        values,
    ).fetchall()
    return [AlertRow(*row) for row in rows]


def dead_summaries(con: duckdb.DuckDBPyConnection, about: Sequence[str]) -> list[str]:
    """Return a line for each alert of a message that was given up, the worst first."""
    rows = con.execute(
        """
        SELECT severity || ' ' || category || ', ' || coalesce(speaker, 'somebody') || ': ' || quote FROM alert_log
        WHERE alert_id IN (SELECT unnest($ids)) ORDER BY severity DESC, alert_id
        """,
        {"ids": list(about)},
    ).fetchall()
    return [row[0] for row in rows]
