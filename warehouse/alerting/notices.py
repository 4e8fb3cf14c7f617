"""Operational alerts: failed runs, sources in trouble, messages given up; each told once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import duckdb

from extractors.dates import TOLERANCE
from warehouse.alerting.alerts import delivery_row
from warehouse.alerting.outbox import NoticeRow, Parcel, dead_summaries
from warehouse.bulk import insert_new
from warehouse.keys import make_key
from warehouse.packaged import packaged_sql

# Older failures are history: an upgrade or a long stop must not ring for each of them.
RECENT = timedelta(days=1)
SUMMARIES = 10


def raise_notices(con: duckdb.DuckDBPyConnection, channels: Sequence[str], now: datetime) -> list[str]:
    """Raise what is wrong and was not told yet: the clock, failed runs, articles given up, sources in trouble."""
    found = [*_clock_ahead(con, now), *_failed_runs(con, now), *_given_up(con, now), *_troubled_sources(con, now)]
    return store_notices(con, found, channels)


def dead_letter(
    con: duckdb.DuckDBPyConnection, parcel: Parcel, error: str, channels: Sequence[str], now: datetime
) -> None:
    """Tell on the other operational channels that a message was given up, and what it would have said."""
    if parcel.kind == "notice":
        return  # a notice about a notice would chase itself; `tocsin status` shows it
    told = dead_summaries(con, [alert_id for alert_id, _ in parcel.about])
    more = [f"and {len(told) - SUMMARIES} more: tocsin alerts"] if len(told) > SUMMARIES else []
    head = f"given up after {parcel.attempts + 1} tries: {error}; `tocsin alerts retry` sends it again"
    notice = NoticeRow(
        make_key("notice", "dead-letter", parcel.message_id, now),
        "dead-letter",
        parcel.channel,
        "\n".join([head, *told[:SUMMARIES], *more]),
        now,
    )
    store_notices(con, [notice], [one for one in channels if one != parcel.channel])


def store_notices(con: duckdb.DuckDBPyConnection, notices: Sequence[NoticeRow], channels: Sequence[str]) -> list[str]:
    """Store the notices that are new, with their deliveries; returns their ids."""
    new = insert_new(con, "notices", "notice_id", notices)
    times = {one.notice_id: one.raised_at for one in notices}
    rows = [delivery_row(one, channel, "notice", times[one]) for one in new for channel in channels]
    insert_new(con, "deliveries", "delivery_id", rows)
    return new


def _failed_runs(con: duckdb.DuckDBPyConnection, now: datetime) -> list[NoticeRow]:
    rows = con.execute(
        """
        SELECT run_id, flow, coalesce(error, 'no reason was recorded') FROM runs
        WHERE status = 'failed' AND flow <> 'replay' AND coalesce(finished_at, started_at) >= $since
        ORDER BY started_at
        """,
        {"since": now - RECENT},
    ).fetchall()
    return [
        NoticeRow(make_key("notice", "run", run_id), "run-failed", flow, error, now) for run_id, flow, error in rows
    ]


def _clock_ahead(con: duckdb.DuckDBPyConnection, now: datetime) -> list[NoticeRow]:
    """Return a word on runs dated after now, once for the last of them."""
    row = con.execute(
        "SELECT run_id, started_at FROM runs WHERE started_at > $ahead ORDER BY started_at DESC, run_id LIMIT 1",
        {"ahead": now + TOLERANCE},
    ).fetchone()
    if row is None:
        return []
    run_id, started_at = row
    words = (
        f"a run is dated {started_at:%Y-%m-%d %H:%M} UTC, and now it is {now:%Y-%m-%d %H:%M}: the clock was ahead then,"
        " or is behind now; what was put off by it is asked for and sent now"
    )
    return [NoticeRow(make_key("notice", "clock-ahead", run_id), "clock-ahead", "clock", words, now)]


def _given_up(con: duckdb.DuckDBPyConnection, now: datetime) -> list[NoticeRow]:
    """Tell of articles that exist and that nobody will see: not extracted, or not read for no fault of theirs."""
    rows = con.execute(
        """
        SELECT rejection_id, location, stage, reason, detail FROM rejections
        WHERE (stage = 'extract' OR reason = 'gave-up') AND rejected_at BETWEEN $since AND $now
        ORDER BY rejected_at, rejection_id
        """,
        {"since": now - RECENT, "now": now},
    ).fetchall()
    return [
        NoticeRow(
            make_key("notice", "rejection", rejection_id),
            "article-given-up",
            location,
            f"rejected by {stage}: {reason} {detail}".rstrip(),
            now,
        )
        for rejection_id, location, stage, reason, detail in rows
    ]


def _troubled_sources(con: duckdb.DuckDBPyConnection, now: datetime) -> list[NoticeRow]:
    rows = con.execute(packaged_sql("alerting", "troubled_sources")).fetchall()
    return [
        NoticeRow(
            make_key("notice", health, source_id, since),
            "source-gone" if health == "disabled" else f"source-{health}",
            source_id,
            f"{outlet} ({url}): {words}",
            now,
        )
        for health, source_id, outlet, url, since, words in rows
    ]
