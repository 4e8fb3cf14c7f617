"""When a source is read again: pure decisions from its state, the last answer and the time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from statistics import median
from typing import Literal, TypeAlias

from extractors.dates import is_ahead, is_over

# A source is asked twice as often as it publishes: an item waits half a gap on average, and few polls bring nothing.
POLLS_PER_GAP = 2
SILENCE_SHARE = 4  # a source silent for a day is asked every three hours, whatever its gaps were before
GROWTH, SHRINKAGE = 1.5, 0.67  # steps where dates give no rate: reached its bounds after about eight polls
FIRST_ERROR = timedelta(minutes=10)
LONGEST_ERROR = timedelta(hours=24)
LONGEST_HINT = timedelta(hours=24)  # servers that ask for a year mean their pictures
LONGEST_RETRY_AFTER = timedelta(days=7)
LONGEST_SKIP = timedelta(days=8)  # a source that wants to be read on one day of the week
JITTER = 0.1  # share by which regular polls drift apart
FULL_READ_AFTER = timedelta(hours=24)  # some servers answer 304 for ever: once a day the whole body is asked for
FULL_READ_AFTER_POLLS = 24
SILENT_GAPS = 10  # gaps without anything new after which a source is called silent ...
SILENT_AT_LEAST = timedelta(days=2)  # ... but weekends are normal
MAX_DATES = 30

Change: TypeAlias = Literal["changed", "unchanged", "error", "gone"]


@dataclass(frozen=True, slots=True)
class IntervalBounds:
    """How often a source may be read at most and at least."""

    shortest: timedelta = timedelta(minutes=10)
    longest: timedelta = timedelta(hours=12)
    first: timedelta = timedelta(minutes=30)


DEFAULT_BOUNDS = IntervalBounds()


@dataclass(frozen=True, slots=True)
class PollState:
    """What is known of a source between two polls; ``moved_from`` lists the addresses it left for good."""

    url: str
    bounds: IntervalBounds = DEFAULT_BOUNDS
    interval: timedelta | None = None
    next_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    read_in_full_at: datetime | None = None
    new_at: datetime | None = None
    gap: timedelta | None = None
    n_errors: int = 0
    n_unchanged: int = 0
    n_not_modified: int = 0
    moved_from: tuple[str, ...] = ()
    disabled_reason: str | None = None


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """One answer. ``status`` is None where none came; ``error`` names what failed, also when a body was no feed.

    ``is_partial`` says that only some of the listings behind it failed: what the others list counts all the same.
    ``permanent_url`` is where a chain of permanent redirects (301, 308) alone led; the hints are as the feed and the
    headers gave them.
    """

    status: int | None
    error: str | None = None
    is_partial: bool = False
    body_hash: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    n_new: int = 0
    published: tuple[datetime, ...] = ()
    permanent_url: str | None = None
    max_age: timedelta | None = None
    retry_after: str | None = None
    ttl_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


def change_of(state: PollState, outcome: PollOutcome) -> Change:
    """Name what an answer means: the body's hash decides, whatever the validators say.

    Some servers give an old ETag with a new body, others a new ETag with every copy of the same one.
    """
    if outcome.status == 410:
        return "gone"
    if outcome.status == 304:
        return "unchanged"
    if outcome.error or outcome.status is None or not 200 <= outcome.status < 300:
        return "error"
    return "unchanged" if outcome.body_hash and outcome.body_hash == state.body_hash else "changed"


def next_poll(state: PollState, outcome: PollOutcome, *, now: datetime, jitter: float) -> PollState:
    """Return the state after an answer, with the time of the next poll; ``jitter`` is between 0 and 1."""
    change = change_of(state, outcome)
    state = not_ahead(state, now)
    if change == "gone":
        return replace(state, polled_at=now, next_at=None, disabled_reason="gone: the server answered 410")
    if change == "error" and outcome.is_partial:
        return _after_part(state, outcome, now, jitter)
    if change == "error":
        return _after_error(state, outcome, now, jitter)
    return _after_success(state, outcome, change, now, jitter)


def is_due(state: PollState, now: datetime) -> bool:
    """Tell whether the source is to be read now; what a clock that was ahead put off is."""
    is_time = is_over(state.next_at, now, longest=longest_wait(state.bounds)) or is_ahead(state.polled_at, now)
    return state.disabled_reason is None and is_time


def longest_wait(bounds: IntervalBounds) -> timedelta:
    """Return the longest time that can lie between two polls, whatever a source asks for."""
    return max(LONGEST_RETRY_AFTER, bounds.longest) * (1 + 2 * JITTER) + LONGEST_SKIP


def not_ahead(state: PollState, now: datetime) -> PollState:
    """Return the state without times that have not come yet, nor rates that were counted by them."""
    if not any(is_ahead(at, now) for at in (state.polled_at, state.succeeded_at, state.read_in_full_at, state.new_at)):
        return state
    return replace(
        state,
        polled_at=_at_most(state.polled_at, now),
        succeeded_at=_at_most(state.succeeded_at, now),
        read_in_full_at=None,
        new_at=_at_most(state.new_at, now),
        gap=None,
        interval=None,
    )


def asks_in_full(state: PollState, now: datetime) -> bool:
    """Tell whether the next request goes without validators, to catch servers that answer 304 for ever."""
    if state.read_in_full_at is None or is_ahead(state.read_in_full_at, now):
        return True
    if not (state.etag or state.last_modified):
        return True
    return state.n_not_modified >= FULL_READ_AFTER_POLLS or (
        state.n_not_modified > 0 and now - state.read_in_full_at >= FULL_READ_AFTER
    )


def is_silent(state: PollState, now: datetime) -> bool:
    """Tell whether a source has brought nothing for longer than is usual for it."""
    if state.new_at is None or state.disabled_reason is not None:
        return False
    usual = (state.gap or state.interval or state.bounds.first) * SILENT_GAPS
    return now - state.new_at > max(usual, SILENT_AT_LEAST)


def publishing_gap(published: Sequence[datetime], now: datetime) -> timedelta | None:
    """Return the usual time between two items, longer where the last one is long ago; None without enough dates."""
    dates = sorted({at for at in published if at <= now})[-MAX_DATES:]
    if len(dates) < 3:
        return None
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(dates)]
    silence = (now - dates[-1]).total_seconds()
    return timedelta(seconds=max(median(gaps), silence / SILENCE_SHARE))


def read_retry_after(raw: str | None, now: datetime) -> timedelta | None:
    """Return how long a server asks to wait, given as seconds or as a date; None for anything else."""
    text = (raw or "").strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=min(int(text[:12]), 10**9)), LONGEST_RETRY_AFTER)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta()), LONGEST_RETRY_AFTER)


def _after_error(state: PollState, outcome: PollOutcome, now: datetime, jitter: float) -> PollState:
    n_errors = state.n_errors + 1
    ceiling = min(FIRST_ERROR * 2 ** min(n_errors - 1, 20), LONGEST_ERROR)
    wait = ceiling * (0.5 + 0.5 * jitter)  # half fixed, half random: clients of one outage do not come back together
    asked = read_retry_after(outcome.retry_after, now)
    if asked is not None:
        wait = max(wait, asked + FIRST_ERROR * jitter)
    return replace(state, polled_at=now, n_errors=n_errors, next_at=now + max(wait, state.bounds.shortest))


def _after_part(state: PollState, outcome: PollOutcome, now: datetime, jitter: float) -> PollState:
    """Return the state after listings of which some failed: an error, but the others are read as often as before.

    Nothing is remembered by which the next answer could be called unchanged: all of it is asked for again.
    """
    failed = _after_error(state, outcome, now, jitter)
    read = _after_success(state, outcome, "changed", now, jitter)
    times = [at for at in (failed.next_at, read.next_at) if at is not None]
    return replace(
        read,
        next_at=max(min(times), now + _floor(outcome)),
        n_errors=failed.n_errors,
        succeeded_at=state.succeeded_at,
        body_hash=None,
        etag=None,
        last_modified=None,
    )


def _after_success(state: PollState, outcome: PollOutcome, change: Change, now: datetime, jitter: float) -> PollState:
    is_full = outcome.status != 304
    gap = publishing_gap(outcome.published, now) or state.gap
    interval = _interval(state, outcome, gap)
    earliest = max(filter(None, (_floor(outcome), read_retry_after(outcome.retry_after, now))), default=timedelta())
    wait = max(interval * (1 + JITTER * (2 * jitter - 1)), earliest + interval * JITTER * jitter)
    has_moved = outcome.permanent_url not in {None, state.url}
    return replace(
        state,
        url=outcome.permanent_url or state.url,
        moved_from=(*state.moved_from, state.url) if has_moved else state.moved_from,
        interval=interval,
        next_at=_outside_skipped(now + wait, outcome),
        etag=outcome.etag if is_full else outcome.etag or state.etag,
        last_modified=outcome.last_modified if is_full else outcome.last_modified or state.last_modified,
        body_hash=outcome.body_hash or state.body_hash,
        polled_at=now,
        succeeded_at=now,
        read_in_full_at=now if is_full else state.read_in_full_at,
        new_at=now if outcome.n_new else state.new_at,
        gap=gap,
        n_errors=0,
        n_unchanged=state.n_unchanged + 1 if change == "unchanged" else 0,
        n_not_modified=0 if is_full else state.n_not_modified + 1,
    )


def _interval(state: PollState, outcome: PollOutcome, gap: timedelta | None) -> timedelta:
    bounds, last = state.bounds, state.interval or state.bounds.first
    if gap is not None and (outcome.published or outcome.n_new):
        wanted = gap / POLLS_PER_GAP
    elif outcome.n_new:
        wanted = last * SHRINKAGE
    else:
        wanted = last * GROWTH if state.polled_at else last
    return min(max(wanted, bounds.shortest), bounds.longest)


def _at_most(at: datetime | None, now: datetime) -> datetime | None:
    return None if at is None else min(at, now)


def _floor(outcome: PollOutcome) -> timedelta:
    """Return how long the source asks to be left alone."""
    ttl = timedelta(minutes=min(outcome.ttl_minutes or 0, 100_000))
    return min(max(ttl, outcome.max_age or timedelta()), LONGEST_HINT)


def _outside_skipped(at: datetime, outcome: PollOutcome) -> datetime:
    """Move a time to the first hour at which the source wants to be read; a source that never does is not heard."""
    moved = at.astimezone(UTC)
    for _ in range(24 * 8):
        if moved.hour not in outcome.skip_hours and moved.weekday() not in outcome.skip_days:
            return moved
        moved = moved.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at
