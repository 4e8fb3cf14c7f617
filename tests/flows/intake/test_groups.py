"""What is fetched faster than it is stored waits outside, not in memory."""

import asyncio
from collections.abc import Awaitable, Iterator

import pytest

from flows.http import Backlog, Politeness
from flows.http.hosts import Hosts
from flows.intake.web import GROUP_SIZE, MOST_WAITING, in_groups

CONCURRENT = 8
N = 400


class Bodies:
    """Counts bodies that were fetched and not stored yet, each from a host of its own."""

    def __init__(self) -> None:
        self.hosts = Hosts(Politeness(delay=0.0, max_concurrent=CONCURRENT))
        self.held = self.most = 0

    def fetch_all(self, backlog: Backlog) -> Iterator[Awaitable[int]]:
        """Return the work."""
        return (self._fetch(number, backlog) for number in range(N))

    async def _fetch(self, number: int, backlog: Backlog) -> int:
        async with self.hosts.turn(f"host-{number}", backlog=backlog):
            await asyncio.sleep(0)
        self.held += 1
        self.most = max(self.most, self.held)
        return number


def test_a_slow_consumer_never_holds_more_than_a_few_groups() -> None:
    bodies, stored = Bodies(), []

    async def store() -> None:
        async for group in in_groups(bodies.fetch_all):
            await asyncio.sleep(0.01)
            stored.extend(group)
            bodies.held -= len(group)

    asyncio.run(store())
    assert sorted(stored) == list(range(N))
    assert GROUP_SIZE < bodies.most <= MOST_WAITING + CONCURRENT


def test_whoever_takes_the_results_may_ask_for_more_meanwhile() -> None:
    bodies = Bodies()

    async def store() -> int:
        count = 0
        async for group in in_groups(bodies.fetch_all):
            for number in group:
                async with bodies.hosts.turn(f"further-{number}"):
                    count += 1
                await asyncio.sleep(0)
        return count

    assert asyncio.run(asyncio.wait_for(store(), 20)) == N


def test_work_that_fails_ends_all_of_it() -> None:
    async def fail(backlog: Backlog) -> int:
        await backlog.room()
        raise RuntimeError("broken")

    async def store() -> None:
        async for _ in in_groups(lambda backlog: [fail(backlog), asyncio.sleep(30, 1)]):
            pass

    with pytest.raises(RuntimeError, match="broken"):
        asyncio.run(asyncio.wait_for(store(), 5))


def test_what_holds_no_body_comes_in_large_groups_and_never_waits_for_room() -> None:
    """Storing costs by the group, and a thousand unchanged feeds hold nothing that would have to be got rid of."""
    bodies, sizes = Bodies(), []

    async def store() -> None:
        async for group in in_groups(bodies.fetch_all, lambda number: number % 100 == 0):
            sizes.append(len(group))
            await asyncio.sleep(0.01)

    asyncio.run(store())
    assert sum(sizes) == N
    assert max(sizes) > 4 * MOST_WAITING > GROUP_SIZE


def test_what_came_is_handed_on_while_others_are_waited_for() -> None:
    """One slow host keeps nobody's results in memory for longer than a moment."""

    async def first() -> list[int]:
        groups = in_groups(lambda _: [asyncio.sleep(0, 1), asyncio.sleep(30, 2)])
        try:
            return await anext(groups)
        finally:
            await groups.aclose()  # type: ignore[attr-defined]

    assert asyncio.run(asyncio.wait_for(first(), 10)) == [1]
