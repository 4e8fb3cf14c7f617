"""Stored times against a clock that may have been set wrong when they were stored: pure bounds on what can be meant."""

from datetime import datetime, timedelta

# Clocks of well-kept machines differ by seconds; what lies further ahead was stored by a clock that was ahead.
TOLERANCE = timedelta(minutes=5)


def is_ahead(at: datetime | None, now: datetime) -> bool:
    """Tell whether something that has happened bears a time that has not come yet."""
    return at is not None and at > now + TOLERANCE


def is_over(until: datetime | None, now: datetime, *, longest: timedelta) -> bool:
    """Tell whether a wait is over; one that has longer to go than any could be meant to last is."""
    return until is None or until <= now or until > now + longest + TOLERANCE
