"""The HTTP door as the configuration wants it, and work that streams through it in groups."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from pathlib import Path
from typing import TypeVar

from config.settings import FetchSettings, Settings
from flows.http import Backlog, DoorSettings, Limits, Politeness
from flows.intake.tries import WORKING_SHARE
from flows.version import tocsin_version
from flows.workers import READERS, Bounds

Result = TypeVar("Result")
GROUP_SIZE = 25  # results stored in one transaction
MOST_WAITING = 2 * GROUP_SIZE  # results, with their bodies in memory; those under way come on top
GROUP_SECONDS = 2.0  # a smaller group is stored after this long, so that a kill loses little


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


async def in_groups(work: Callable[[Backlog], Iterable[Awaitable[Result]]]) -> AsyncIterator[list[Result]]:
    """Run the work concurrently and yield the results as they come, in groups; a slow one holds up none.

    ``work`` is told of the results that are not taken yet, and asks for no more while they are many.
    """
    backlog = Backlog(MOST_WAITING)
    tasks = {asyncio.ensure_future(_counted(one, backlog)) for one in work(backlog)}
    group: list[Result] = []
    try:
        while tasks:
            done, tasks = await asyncio.wait(tasks, timeout=GROUP_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            group += [one.result() for one in done]
            if group and (not done or len(group) >= GROUP_SIZE or not tasks):
                yield group
                backlog.take(len(group))
                group = []
    finally:
        for one in tasks:
            one.cancel()


async def _counted(one: Awaitable[Result], backlog: Backlog) -> Result:
    result = await one
    backlog.add()
    return result
