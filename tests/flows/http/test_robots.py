"""The memory of robots.txt: freshness, failures and hostile files."""

import asyncio
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.http.outcome import Fetched, FetchFailed, Outcome
from flows.http.robots import FRESH_SECONDS, UNREACHABLE_SECONDS, RobotsCache, parse_robots
from flows.http.target import Target

PAGE = Target.parse("https://paper.example/private/a")


def answered(body: str) -> Fetched:
    return Fetched("r", "r", 200, "OK", (), (), body.encode(), body.encode(), "hash")


FAILED = FetchFailed("r", "r", "http-5xx", status=500)


class Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def allowed(*steps: tuple[float, Outcome]) -> tuple[list[bool], int]:
    """Ask for a verdict at each of the times; return the verdicts and how often the file was fetched."""
    clock, asked, verdicts = Clock(), [], []

    async def run() -> None:
        async def bring(url: str) -> Outcome:
            asked.append(url)
            return answer

        cache = RobotsCache("Tocsin", bring, clock=clock)
        for at, answer in steps:  # noqa: B007 - read by bring
            clock.time = at
            verdicts.append((await cache.verdict(PAGE)).is_allowed)

    asyncio.run(run())
    return verdicts, len(asked)


FORBIDS, PERMITS = answered("User-agent: *\nDisallow: /private"), answered("User-agent: *\nDisallow:")


def test_a_file_is_good_for_a_day() -> None:
    assert allowed((0, FORBIDS), (FRESH_SECONDS - 1, PERMITS), (FRESH_SECONDS + 1, PERMITS)) == (
        [False, False, True],
        2,
    )


def test_an_unreachable_file_forbids_for_a_while() -> None:
    later = UNREACHABLE_SECONDS + 1
    assert allowed((0, FAILED), (UNREACHABLE_SECONDS - 1, PERMITS), (later, PERMITS)) == ([False, False, True], 2)


def test_known_rules_outlive_a_server_error() -> None:
    assert allowed((0, PERMITS), (FRESH_SECONDS + 1, FAILED)) == ([True, True], 2)
    assert allowed((0, FORBIDS), (FRESH_SECONDS + 1, FAILED)) == ([False, False], 2)


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_give_rules(data: bytes) -> None:
    parse_robots(b"User-agent: *\n" + data).can_fetch("https://paper.example/a", "Tocsin")


@pytest.mark.parametrize(
    "data",
    [
        b"User-agent: *\n" + b"Disallow: /a*b*c*d*e*f*g*h*i*j*$\n" * 10_000,
        b"User-agent: *\nDisallow: /" + b"*a" * 200_000,
        b"User-agent: x\n" * 40_000,
        b"Disallow: /\n" * 50_000,
        b"\n" * 512_000,
    ],
)
def test_hostile_files_cost_little(data: bytes) -> None:
    started = time.process_time()
    rules = parse_robots(data)
    rules.can_fetch("https://paper.example/" + "ab" * 500, "Tocsin")
    assert time.process_time() - started < 2.0
