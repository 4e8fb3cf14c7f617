"""The HTTP door as the configuration wants it, and work that streams through it in groups."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from pathlib import Path
from time import monotonic
from typing import TypeVar

from config.settings import FetchSettings, Settings
from flows.http import Backlog, DoorSettings, Limits, Politeness
from flows.intake.tries import WORKING_SHARE
from flows.version import tocsin_version
from flows.workers import READERS, Bounds

Result = TypeVar("Result")
GROUP_SIZE = 25  # results stored in one transaction, with their bodies in memory
LIGHT_GROUP_SIZE = 500  # those without a body among them
MOST_WAITING = 2 * GROUP_SIZE  # results with bodies; those under way come on top
GROUP_SECONDS = 2.0  # a smaller group is stored when nothing came for so long, so that a kill loses little
LONGEST_SECONDS = 10.0  # and after this long whatever comes


def door_settings(fetch: FetchSettings) -> DoorSettings:
    """Return how the door behaves."""
    contact = f"; {fetch.contact}" if fetch.contact else ""
    return DoorSettings(
        user_agent=f"Tocsin/{tocsin_version()} (news monitoring{contact})",
        limits=Limits(
            connect_seconds=fetch.connect_seconds,
            read_seconds=fetch.read_seconds,
            total_seconds=fetch.total_seconds,
            max_redirects=fetch.max_redirects,
            max_wire_bytes=fetch.max_download_bytes,
            max_body_bytes=fetch.max_body_bytes,
        ),
        politeness=Politeness(delay=fetch.delay_seconds, max_concurrent=fetch.concurrent),
        allowed_networks=fetch.allowed_networks,
    )


def reading_bounds(settings: Settings) -> Bounds:
    """Return what reading one page or feed may take."""
    read, longest = settings.read, WORKING_SHARE * settings.batches.timeout_seconds
    return Bounds(
        seconds=min(read.page_seconds, longest),
        memory_bytes=read.page_memory_bytes,
        workers=read.workers,
        preload=(*READERS, "flows.intake.in_workers"),
        longest_seconds=longest,
    )


def archive_folder(warehouse: Path) -> Path:
    """Return the folder of the WARC files that belong to a warehouse."""
    return warehouse.with_name(f"{warehouse.stem}.captures")


async def in_groups(
    work: Callable[[Backlog], Iterable[Awaitable[Result]]], is_heavy: Callable[[Result], bool] = lambda _: True
) -> AsyncIterator[list[Result]]:
    """Run the work concurrently and yield the results as they come, in groups; a slow one holds up none.

    ``work`` is told of the heavy results that are not taken yet, and asks for no more while they are many. Light ones
    hold no body: they come in larger groups, as storing costs by the group.
    """
    backlog = Backlog(MOST_WAITING)
    ended: asyncio.Queue[asyncio.Future[Result]] = asyncio.Queue()
    tasks = {asyncio.ensure_future(_counted(one, backlog, is_heavy)) for one in work(backlog)}
    for one in tasks:
        one.add_done_callback(ended.put_nowait)
    n_left = len(tasks)
    try:
        while n_left:
            group = await _next_group(ended, n_left, is_heavy)
            n_left -= len(group)
            yield group
            backlog.take(sum(map(is_heavy, group)))
    finally:
        for one in tasks:
            one.cancel()


async def _counted(one: Awaitable[Result], backlog: Backlog, is_heavy: Callable[[Result], bool]) -> Result:
    result = await one
    if is_heavy(result):
        backlog.add()
    return result


async def _next_group(
    ended: "asyncio.Queue[asyncio.Future[Result]]", n_left: int, is_heavy: Callable[[Result], bool]
) -> list[Result]:
    """Wait for results until they are a group, or there are some and no more came for a while; raises what one did."""
    group = [(await ended.get()).result()]
    n_heavy, until = int(is_heavy(group[0])), monotonic() + LONGEST_SECONDS
    while n_heavy < GROUP_SIZE and len(group) < min(n_left, LIGHT_GROUP_SIZE) and monotonic() < until:
        if ended.empty():
            try:
                async with asyncio.timeout(GROUP_SECONDS):
                    one = await ended.get()
            except TimeoutError:
                break
        else:
            one = ended.get_nowait()
        group.append(one.result())
        n_heavy += is_heavy(group[-1])
    return group
