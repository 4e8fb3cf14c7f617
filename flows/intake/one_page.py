"""One page, fetched through the guarded door and read in a guarded process, without storing anything."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from config.settings import Settings
from extractors.model import Article, Rejected
from flows.http import Fetched, FetchFailed, Outcome, open_door
from flows.intake.in_workers import read_fetched
from flows.intake.web import door_settings, reading_bounds
from flows.workers import Abandoned, run_twice


def read_address(url: str, settings: Settings) -> Article | Rejected:
    """Return the article at an address, or why there is none."""
    outcome = asyncio.run(_fetch(url, settings))
    if isinstance(outcome, FetchFailed):
        return Rejected(outcome.reason, outcome.detail)
    if not isinstance(outcome, Fetched):
        return Rejected("protocol", "an answer without a body")
    (ended,) = run_twice(read_fetched, [outcome], bounds=reading_bounds(settings), arguments=_arguments)
    return Rejected(ended.reason, ended.detail) if isinstance(ended, Abandoned) else ended.value


async def _fetch(url: str, settings: Settings) -> Outcome:
    async with open_door(door_settings(settings.fetch)) as door:
        return await door.fetch_page(url)


def _arguments(fetched: Fetched) -> Sequence[Any]:
    return (fetched.body, fetched.url, dict(fetched.headers), datetime.now(UTC))
