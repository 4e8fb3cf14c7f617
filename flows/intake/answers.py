"""What sources answer, and its listing, read in guarded processes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from config.settings import Settings
from extractors.feeds import Part
from extractors.model import Feed, Rejected
from flows.http import Fetched, Outcome
from flows.intake.in_workers import read_listing_bytes
from flows.intake.web import reading_bounds
from flows.workers import Abandoned, run_twice
from warehouse.storing import LiveSource


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A listing behind an index as it is known now, with the guids it lists."""

    part: Part
    guids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source answered, with the listings it points to in the place of a mere index of them.

    ``parts`` are the hashes of those listings: an index seldom changes when they do. ``failures`` names those that
    could not be read, and why; ``read_parts`` is what is now known of the sitemaps of an index (``is_index``).
    """

    live: LiveSource
    outcome: Outcome
    at: datetime
    listing: Feed | Rejected | None = None
    parts: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    read_parts: tuple[ReadPart, ...] = ()
    is_index: bool = False


def read_listings(answers: Sequence[Answer], settings: Settings) -> list[Answer]:
    """Read the bodies among the answers."""
    bodies = [one for one in answers if isinstance(one.outcome, Fetched)]
    if not bodies:
        return list(answers)
    read: dict[str, Feed | Rejected] = {}
    for ended in run_twice(read_listing_bytes, bodies, bounds=reading_bounds(settings), arguments=_arguments):
        key = ended.item.live.source.source_id
        read[key] = Rejected(ended.reason, ended.detail) if isinstance(ended, Abandoned) else ended.value
    return [replace(one, listing=read.get(one.live.source.source_id)) for one in answers]


def _arguments(answer: Answer) -> Sequence[Any]:
    fetched = answer.outcome
    assert isinstance(fetched, Fetched)  # noqa: S101 - chosen so by the caller
    return (fetched.body, fetched.url, fetched.header("content-type"), answer.at)
