"""The clock of a run."""

from datetime import UTC, datetime


def clock(*, is_replay: bool) -> datetime | None:
    """Return now, or None in a replay: there each article brings its own date."""
    return None if is_replay else datetime.now(UTC)
