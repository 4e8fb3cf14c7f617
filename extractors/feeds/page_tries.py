"""When a page that could not be had is asked for again: a pure decision from the reason and the tries so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

# Failures of the network, the host or this machine: they say nothing of the page.
PASSING = frozenset(
    (
        "dns", "refused", "unreachable", "tls", "timeout-connect", "timeout-read", "timeout-total", "disconnected",
        "truncated", "host-paused", "robots-unreachable", "http-429", "http-5xx", "archive",
    )
)  # fmt: skip
# A listing is often out before its page, and some front servers refuse what they do not know yet. 410 is meant.
ABSENT = frozenset(("http-403", "http-404"))
FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(hours=24)  # no longer does the door believe a Retry-After


@dataclass(frozen=True, slots=True)
class PagePatience:
    """How often a page is asked for in all where something fails, and the waits where it is not there (yet)."""

    max_tries: int = 5
    absent: Sequence[timedelta] = (
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=6),
    )

    @property
    def longest(self) -> timedelta:
        """Return the longest time that can lie between two tries."""
        return max((LONGEST_WAIT, *self.absent))


def wait_for_page(
    reason: str, n_tries: int, patience: PagePatience, *, asked: timedelta = timedelta()
) -> timedelta | None:
    """Return how long to wait after ``n_tries`` failed tries, ``asked`` at least; None where the reason is final."""
    if reason in ABSENT and n_tries <= len(patience.absent):
        return max(patience.absent[n_tries - 1], min(asked, patience.longest))
    if reason in PASSING and n_tries < patience.max_tries:
        return max(min(FIRST_WAIT * 4.0 ** min(n_tries - 1, 9), LONGEST_WAIT), min(asked, patience.longest))
    return None
