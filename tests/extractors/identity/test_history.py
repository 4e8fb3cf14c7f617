"""Pages that grow are told from pages that are restless."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from extractors.identity.history import PageHistory, added_paragraphs, record_text
from extractors.identity.visits import LONGEST, QUIET, SHORTEST, Visits, next_visit

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BODY = [f"The ferry {name} left the northern harbour with mail for the islands." for name in "ABCDEFGHIJ"]


def post(number: int) -> str:
    """Return one entry of a live page."""
    return f"At {number} past the hour the harbour master said that lock {number * 37} would stay shut."


def at_top(n: int, _: random.Random) -> list[str]:
    return [*(post(one) for one in range(n, -1, -1)), *BODY]


def at_bottom(n: int, _: random.Random) -> list[str]:
    return [*BODY, *(post(one) for one in range(n + 1))]


def window(n: int, _: random.Random) -> list[str]:
    """Show the last twelve entries: the oldest drop out."""
    return [post(one) for one in range(n + 12, n, -1)]


def with_counter(n: int, _: random.Random) -> list[str]:
    return [f"{1000 + n * 7} readers are here now.", *at_top(n, _)]


def rolling(n: int, _: random.Random) -> list[str]:
    """Rewrite the summary each time the report grows."""
    return [f"Summary {n}: the locks are shut and {n} ferries wait outside the harbour tonight.", *at_bottom(2 * n, _)]


def counter(n: int, _: random.Random) -> list[str]:
    return [*BODY, f"{1000 + n * 7} people have read this report about the northern harbour."]


def rotating(n: int, chance: random.Random) -> list[str]:
    """Show a box with other sentences each time, of any length."""
    teaser = " ".join(f"word{chance.randint(0, 9999)}" for _ in range(chance.randint(10, 60)))
    return [*BODY[:5], f"{teaser}.", *BODY[5:]]


def teasers(n: int, chance: random.Random) -> list[str]:
    """Show from three to five headlines of others."""
    return [*BODY, *(f"Ferry number {chance.randint(0, 10**6)} sinks off" for _ in range(chance.randint(3, 5)))]


def other(n: int, chance: random.Random) -> list[str]:
    """Show another page each time."""
    return [f"{' '.join(str(chance.randint(0, 10**6)) for _ in range(12))}." for _ in range(chance.randint(5, 15))]


def kinds(make: Callable[[int, random.Random], Sequence[str]], n: int = 60) -> Counter[str]:
    """Return what the texts of a page came to, each read twice."""
    chance, history, found = random.Random(4), PageHistory(), Counter[str]()
    for number in range(n):
        paragraphs = make(number, chance)
        text_id = sha256("\n".join(paragraphs).encode()).hexdigest()
        history, kind = record_text(history, text_id, paragraphs)
        found[kind] += 1
    return found


@pytest.mark.parametrize("make", [at_top, at_bottom, window, with_counter, rolling])
def test_a_page_that_grows_is_read_on(make: Callable[[int, random.Random], list[str]]) -> None:
    assert kinds(make) == {"first": 1, "revision": 2, "grown": 57}


@pytest.mark.parametrize("make", [counter, rotating, teasers, other])
def test_a_restless_page_is_soon_left_alone(make: Callable[[int, random.Random], list[str]]) -> None:
    found = kinds(make)
    assert found["ignored"] >= 50
    assert found["grown"] <= 2


def test_additions_are_the_paragraphs_never_read_there() -> None:
    """Each entry comes once, whatever came between; a text that comes back brings nothing."""
    history, read = PageHistory(), []
    for number in [*range(30), 12, 29]:
        paragraphs = at_top(number, random.Random())
        before = history
        history, kind = record_text(history, str(number), paragraphs)
        if kind in ("first", "revision", "grown"):
            read += [paragraphs[one] for one in added_paragraphs(before, paragraphs)]
        else:
            assert kind in ("same", "known")
    assert Counter(read) == Counter(at_top(29, random.Random()))


def test_a_page_that_says_it_is_live_is_read_for_its_additions_from_the_start() -> None:
    history, _ = record_text(PageHistory(), "0", at_top(0, random.Random()), is_live=True)
    assert record_text(history, "1", at_top(1, random.Random()), is_live=True)[1] == "grown"
    assert record_text(history, "1", at_top(1, random.Random()))[1] == "revision"


def grows_every(minutes: float, hours: float, *, lasts: float) -> tuple[int, list[timedelta], Visits]:
    """Visit a page that grows at a steady rate while it lasts; returns visits, lags of what was added, the end."""
    visits = next_visit(Visits(), grew=False, n_growths=0, is_live=True, now=NOW)
    n_visits, seen, lags, now = 0, 0, [], NOW
    while visits.next_at is not None and visits.next_at < NOW + timedelta(hours=hours):
        now = visits.next_at
        n_visits += 1
        due = int(min((now - NOW), timedelta(hours=lasts)) / timedelta(minutes=minutes))
        lags += [now - NOW - timedelta(minutes=minutes * one) for one in range(seen + 1, due + 1)]
        visits = next_visit(visits, grew=due > seen, n_growths=due, is_live=False, now=now)
        seen = due
    return n_visits, lags, visits


@pytest.mark.parametrize("minutes", [5, 30, 120])
def test_the_rate_of_visits_follows_the_page_and_ends_with_it(minutes: float) -> None:
    n_visits, lags, visits = grows_every(minutes, 24 * 7, lasts=48)
    assert len(lags) == int(48 * 60 / minutes)
    assert sum(lags, timedelta()) / len(lags) <= max(timedelta(minutes=minutes), 2 * SHORTEST)
    assert visits.next_at is None
    assert n_visits <= 48 * 60 / min(minutes, 10) * 1.5 + QUIET / LONGEST * 3


def test_a_page_that_changed_once_is_not_visited() -> None:
    assert next_visit(Visits(), grew=True, n_growths=1, is_live=False, now=NOW) == Visits()
    assert next_visit(Visits(), grew=True, n_growths=2, is_live=False, now=NOW).next_at is not None
