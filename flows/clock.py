"""The clock of a run."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time, aware and in UTC: the one place where a flow reads it."""
    return datetime.now(UTC)


def clock(*, is_replay: bool) -> datetime | None:
    """Return now, or None in a replay: there each article brings its own date."""
    return None if is_replay else utc_now()
