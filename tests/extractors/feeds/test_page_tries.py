"""A page that is not there yet is asked for a few times over hours, one that failed by a network as often as said."""

from datetime import timedelta

import pytest

from extractors.feeds.page_tries import PagePatience, wait_for_page

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PATIENCE = PagePatience()


@pytest.mark.parametrize("reason", ["http-404", "http-403"])
def test_a_page_that_is_not_there_is_asked_for_over_hours_and_then_given_up(reason: str) -> None:
    waits = [wait_for_page(reason, n, PATIENCE) for n in range(1, 7)]
    assert waits == [5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, None, None]


@pytest.mark.parametrize("reason", ["http-410", "http-401", "http-451", "robots", "too-large", "bad-url"])
def test_an_answer_is_final(reason: str) -> None:
    assert wait_for_page(reason, 1, PATIENCE) is None


def test_a_network_gets_longer_waits_each_time() -> None:
    waits = [wait_for_page("timeout-read", n, PATIENCE) for n in range(1, 6)]
    assert waits == [15 * MINUTE, HOUR, 4 * HOUR, 16 * HOUR, None]


def test_a_server_that_asks_for_patience_gets_it_within_bounds() -> None:
    assert wait_for_page("http-429", 1, PATIENCE, asked=2 * HOUR) == 2 * HOUR
    assert wait_for_page("http-403", 1, PATIENCE, asked=2 * HOUR) == 2 * HOUR
    assert wait_for_page("http-5xx", 1, PATIENCE, asked=365 * DAY) == DAY


def test_no_waits_mean_that_the_first_answer_is_final() -> None:
    assert wait_for_page("http-404", 1, PagePatience(absent=())) is None


def test_no_wait_is_longer_than_the_longest() -> None:
    patience = PagePatience(max_tries=40, absent=(3 * DAY,))
    waits = [wait_for_page(reason, n, patience) for n in range(1, 40) for reason in ("http-404", "dns")]
    assert max(wait for wait in waits if wait) == patience.longest == 3 * DAY
