"""What an answer means, and when a message that did not go through is tried again. Decisions alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.delivery.wire import Answer
from flows.http import parse_retry_after

# The message itself is what the receiver will not have, whenever it comes: too large, not to be processed.
HOPELESS = (413, 422)


@dataclass(frozen=True, slots=True)
class Sent:
    """The channel took the message."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not: why, how long it asks us to wait (seconds), and whether another try is pointless."""

    error: str
    retry_after: float | None = None
    is_hopeless: bool = False


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a message is tried, and how long the waits between are, in seconds."""

    max_tries: int
    first: float
    longest: float


def outcome_of(answer: Answer, now: datetime) -> Sent | Failed:
    """Return what an answer means."""
    if not answer.error:
        return Sent()
    error = f"{answer.error} (HTTP {answer.status})" if answer.status else answer.error
    return Failed(error, parse_retry_after(answer.headers, now), answer.status in HOPELESS)


def next_try(failed: Failed, patience: Patience, *, n_failures: int, now: datetime, jitter: float) -> datetime:
    """Return when the channel is tried again after ``n_failures`` failures in a row.

    The wait doubles up to the longest; between half of it and all of it, as ``jitter`` (0 to 1) says, so that
    installations that failed together do not come back together. Never earlier than the channel asks for.
    """
    wait = min(patience.first * 2.0 ** min(n_failures - 1, 60), patience.longest)
    return now + timedelta(seconds=max(wait * (0.5 + 0.5 * jitter), failed.retry_after or 0.0))


def is_given_up(failed: Failed, patience: Patience, attempts: int) -> bool:
    """Tell whether a message that failed ``attempts`` times becomes a dead letter."""
    return failed.is_hopeless or attempts >= patience.max_tries
