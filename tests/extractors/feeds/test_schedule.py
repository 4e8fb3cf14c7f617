"""Polling keeps to what a source publishes and asks for, backs off from errors and trusts bodies, not validators."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.feeds.schedule import (
    IntervalBounds,
    PollOutcome,
    PollState,
    asks_in_full,
    change_of,
    is_due,
    is_silent,
    longest_wait,
    next_poll,
    publishing_gap,
    read_retry_after,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)  # a Sunday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STATE = PollState("https://news.example/feed", etag='"a"', body_hash="h1", read_in_full_at=NOW - HOUR)
OK = PollOutcome(200, body_hash="h2", etag='"b"')


def wait(state: PollState, outcome: PollOutcome, jitter: float = 0.5) -> timedelta:
    after = next_poll(state, outcome, now=NOW, jitter=jitter)
    assert after.next_at is not None
    return after.next_at - NOW


def every(gap: timedelta, count: int = 10) -> tuple[datetime, ...]:
    return tuple(NOW - gap * number for number in range(count))


@pytest.mark.parametrize(
    ("outcome", "change"),
    [
        (PollOutcome(200, body_hash="h2"), "changed"),
        (PollOutcome(200, body_hash="h2", etag='"a"'), "changed"),
        (PollOutcome(200, body_hash="h1", etag='"new"'), "unchanged"),
        (PollOutcome(304), "unchanged"),
        (PollOutcome(200, body_hash="h2", error="not-a-feed"), "error"),
        (PollOutcome(None, error="timeout"), "error"),
        (PollOutcome(404), "error"),
        (PollOutcome(429), "error"),
        (PollOutcome(500), "error"),
        (PollOutcome(410), "gone"),
    ],
)
def test_the_body_says_whether_a_feed_changed(outcome: PollOutcome, change: str) -> None:
    assert change_of(STATE, outcome) == change


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (every(MINUTE), 10 * MINUTE),
        (every(HOUR), 30 * MINUTE),
        (every(6 * HOUR), 3 * HOUR),
        (every(7 * DAY), 12 * HOUR),
        (tuple(at - 2 * DAY for at in every(HOUR)), 6 * HOUR),
        ((), 30 * MINUTE),
        (every(HOUR, 2), 30 * MINUTE),
    ],
    ids=["busy", "hourly", "few a day", "weekly", "busy but silent since", "no dates", "too few dates"],
)
def test_a_source_is_read_as_often_as_it_publishes(published: tuple[datetime, ...], expected: timedelta) -> None:
    assert wait(STATE, replace(OK, published=published)) == expected


@pytest.mark.parametrize(
    ("hints", "expected"),
    [
        ({"ttl_minutes": 60}, 60 * MINUTE),
        ({"ttl_minutes": 5}, 10 * MINUTE),
        ({"max_age": 2 * HOUR}, 2 * HOUR),
        ({"max_age": 2 * HOUR, "ttl_minutes": 180}, 3 * HOUR),
        ({"max_age": 365 * DAY}, DAY),
        ({"retry_after": "3600"}, HOUR),
        ({"skip_hours": (12, 13, 14)}, 3 * HOUR),
        ({"skip_days": (6,)}, 12 * HOUR),
        ({"skip_hours": tuple(range(24))}, 10 * MINUTE),
    ],
)
def test_a_source_is_left_alone_as_long_as_it_asks(hints: dict[str, Any], expected: timedelta) -> None:
    outcome = replace(OK, published=every(MINUTE), **hints)
    assert expected <= wait(STATE, outcome, jitter=0.5) <= expected + MINUTE


def test_without_dates_the_interval_grows_in_silence_and_shrinks_with_news() -> None:
    state = replace(STATE, polled_at=NOW - HOUR, interval=HOUR)
    assert wait(state, replace(OK, body_hash="h1")) == 90 * MINUTE
    assert wait(state, replace(OK, n_new=3)) < HOUR


def test_errors_back_off_twice_as_long_each_time_up_to_a_day() -> None:
    state, waits = STATE, []
    for _ in range(12):
        state = next_poll(state, PollOutcome(503), now=NOW, jitter=1.0)
        assert state.next_at is not None
        waits.append(state.next_at - NOW)
    assert waits[:3] == [10 * MINUTE, 20 * MINUTE, 40 * MINUTE]
    assert waits[-1] == DAY
    assert state.n_errors == 12
    assert state.disabled_reason is None
    assert next_poll(state, OK, now=NOW, jitter=0.5).n_errors == 0


def test_an_error_keeps_what_was_known() -> None:
    after = next_poll(STATE, PollOutcome(None, error="timeout"), now=NOW, jitter=0.5)
    assert (after.etag, after.body_hash, after.url) == (STATE.etag, STATE.body_hash, STATE.url)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("120", 2 * MINUTE),
        ("Sun, 22 Nov 2026 13:00:00 GMT", HOUR),
        ("Sun, 22 Nov 2026 11:00:00 GMT", timedelta()),
        ("99999999999999999999", 7 * DAY),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_date(raw: str | None, expected: timedelta | None) -> None:
    assert read_retry_after(raw, NOW) == expected


def test_retry_after_is_kept_on_errors() -> None:
    assert wait(STATE, PollOutcome(429, retry_after="7200"), jitter=0.0) >= 2 * HOUR


def test_gone_ends_a_source_with_a_word() -> None:
    after = next_poll(STATE, PollOutcome(410), now=NOW, jitter=0.5)
    assert after.disabled_reason == "gone: the server answered 410"
    assert not is_due(after, NOW + 365 * DAY)


def test_a_permanent_redirect_is_recorded() -> None:
    after = next_poll(STATE, replace(OK, permanent_url="https://new.example/feed"), now=NOW, jitter=0.5)
    assert (after.url, after.moved_from) == ("https://new.example/feed", ("https://news.example/feed",))
    again = next_poll(after, replace(OK, permanent_url="https://new.example/feed"), now=NOW, jitter=0.5)
    assert again.moved_from == after.moved_from


def test_a_redirect_that_ends_in_an_error_is_not_recorded() -> None:
    outcome = PollOutcome(404, permanent_url="https://parked.example/")
    assert next_poll(STATE, outcome, now=NOW, jitter=0.5).url == STATE.url


def test_not_modified_keeps_the_validators_and_counts() -> None:
    after = next_poll(STATE, PollOutcome(304), now=NOW, jitter=0.5)
    assert (after.etag, after.body_hash, after.n_unchanged, after.n_not_modified) == ('"a"', "h1", 1, 1)


def test_a_body_is_asked_for_in_full_now_and_then() -> None:
    assert asks_in_full(PollState("https://news.example/feed"), NOW)
    assert not asks_in_full(STATE, NOW)
    assert asks_in_full(replace(STATE, n_not_modified=24), NOW)
    assert asks_in_full(replace(STATE, n_not_modified=3, read_in_full_at=NOW - 2 * DAY), NOW)


def test_a_source_is_due_at_its_time() -> None:
    assert is_due(PollState("https://news.example/feed"), NOW)
    assert not is_due(replace(STATE, next_at=NOW + MINUTE), NOW)
    assert is_due(replace(STATE, next_at=NOW), NOW)


AHEAD = next_poll(PollState("https://news.example/feed"), replace(OK, n_new=3), now=NOW + 365 * DAY, jitter=0.5)


@pytest.mark.parametrize("off", [timedelta(hours=2), DAY, 30 * DAY, 365 * DAY])
def test_what_a_clock_that_was_ahead_put_off_is_due(off: timedelta) -> None:
    state = next_poll(STATE, OK, now=NOW + off, jitter=0.5)
    assert is_due(state, NOW)
    assert not is_due(next_poll(state, OK, now=NOW, jitter=0.5), NOW)


def test_a_next_poll_that_no_source_can_have_asked_for_is_now() -> None:
    assert is_due(replace(STATE, polled_at=NOW, next_at=NOW + 60 * DAY), NOW)
    assert not is_due(replace(STATE, polled_at=NOW, next_at=NOW + 14 * DAY), NOW)


def test_after_a_clock_was_ahead_nothing_is_dated_later_than_now_and_all_is_asked_for() -> None:
    assert asks_in_full(AHEAD, NOW)
    for outcome in (PollOutcome(304), replace(OK, body_hash=AHEAD.body_hash), PollOutcome(503)):
        state = next_poll(AHEAD, outcome, now=NOW, jitter=0.5)
        times = (state.polled_at, state.succeeded_at, state.read_in_full_at, state.new_at)
        assert all(at is None or at <= NOW for at in times)
        assert state.gap is None
    assert is_silent(next_poll(AHEAD, PollOutcome(304), now=NOW, jitter=0.5), NOW + 3 * DAY)


def test_a_clock_that_was_behind_makes_everything_due() -> None:
    state = next_poll(STATE, OK, now=NOW - 365 * DAY, jitter=0.5)
    assert is_due(state, NOW)


PART = replace(OK, error="no-listing: one of two", is_partial=True, n_new=2, published=every(HOUR))


def test_a_part_that_failed_is_an_error_and_the_others_are_read_as_often_as_before() -> None:
    states = [STATE]
    for _ in range(6):
        states.append(next_poll(states[-1], PART, now=NOW, jitter=1.0))
    waits = [state.next_at - NOW for state in states[1:] if state.next_at]
    assert waits[0] == 10 * MINUTE
    assert waits[-1] == pytest.approx(30 * MINUTE, rel=0.11)
    assert [state.n_errors for state in states[1:]] == [1, 2, 3, 4, 5, 6]
    assert states[-1].succeeded_at is None
    assert states[-1].new_at == NOW
    assert (states[-1].body_hash, states[-1].etag) == (None, None)


def test_a_part_that_failed_is_not_asked_before_the_source_wants_it() -> None:
    assert wait(STATE, replace(PART, ttl_minutes=180)) == 3 * HOUR


@pytest.mark.parametrize(
    ("gap", "silence", "expected"),
    [(HOUR, 30 * HOUR, False), (HOUR, 3 * DAY, True), (7 * DAY, 30 * DAY, False), (7 * DAY, 80 * DAY, True)],
)
def test_a_source_is_silent_when_it_is_unlike_itself(gap: timedelta, silence: timedelta, expected: bool) -> None:
    assert is_silent(replace(STATE, gap=gap, new_at=NOW - silence), NOW) == expected


def test_dates_ahead_do_not_count_for_the_rate() -> None:
    assert publishing_gap([NOW + DAY, NOW + 2 * DAY, NOW, NOW - HOUR, NOW - 2 * HOUR], NOW) == HOUR


outcomes = st.builds(
    PollOutcome,
    st.sampled_from([200, 304, 404, 429, 500, None]),
    n_new=st.integers(0, 50),
    body_hash=st.sampled_from([None, "h1", "h2"]),
    published=st.lists(st.integers(-1000, 100_000).map(lambda m: NOW - m * MINUTE), max_size=20).map(tuple),
    max_age=st.none() | st.timedeltas(timedelta(), 400 * DAY),
    retry_after=st.none() | st.sampled_from(["5", "100000000", "x", "Sun, 22 Nov 2026 18:00:00 GMT"]),
    ttl_minutes=st.none() | st.integers(0, 10**9),
    skip_hours=st.lists(st.integers(0, 23)).map(tuple),
    skip_days=st.lists(st.integers(0, 6)).map(tuple),
)


@given(st.lists(outcomes, max_size=8), st.floats(0, 1))
def test_the_next_poll_always_lies_between_the_bounds(answers: list[PollOutcome], jitter: float) -> None:
    state, now = PollState("https://news.example/feed", IntervalBounds()), NOW
    for answer in answers:
        state = next_poll(state, answer, now=now, jitter=jitter)
        assert state.next_at is not None
        assert state.bounds.shortest * 0.9 <= state.next_at - now <= 15 * DAY < longest_wait(state.bounds)
        assert not is_due(state, now)
        now = state.next_at
