"""Which failures are worth another try within the same cycle; all others wait for the next one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt, wait_random_exponential

from flows.http.outcome import FetchFailed, Outcome, Reason

# Passing by nature: a connection that broke, a gateway that hiccuped. A time-out has cost its time already and a
# refusal (403, 429, robots) is an answer.
PASSING: frozenset[Reason] = frozenset(("disconnected", "truncated"))
PASSING_STATUS = (500, 502, 504)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often one URL is tried in a row and how long the waits between may get, in seconds."""

    attempts: int = 2
    wait: float = 2.0
    max_wait: float = 10.0


def is_worth_retrying(outcome: Outcome) -> bool:
    """Tell whether the same request may well succeed a moment later; a Retry-After is never cut short."""
    if not isinstance(outcome, FetchFailed) or outcome.retry_after is not None:
        return False
    return outcome.reason in PASSING or outcome.status in PASSING_STATUS


async def retried(attempt: Callable[[], Awaitable[Outcome]], patience: Patience) -> Outcome:
    """Return the first outcome that is not worth retrying, or the last."""
    first = await attempt()
    if patience.attempts < 2 or not is_worth_retrying(first):  # nearly all: without the machinery of retrying
        return first
    known = iter((first,))

    async def attempt_again() -> Outcome:
        return next(known, None) or await attempt()

    retrying: AsyncRetrying = AsyncRetrying(
        retry=retry_if_result(is_worth_retrying),
        stop=stop_after_attempt(patience.attempts),
        wait=wait_random_exponential(multiplier=patience.wait, max=patience.max_wait),
        retry_error_callback=_last_outcome,
    )
    outcome: Outcome = await retrying(attempt_again)
    return outcome


def _last_outcome(state: RetryCallState) -> Outcome:
    assert state.outcome is not None  # noqa: S101 - called after an attempt
    outcome: Outcome = state.outcome.result()
    return outcome
