"""The steps as Prefect tasks: a task handles a batch, with retries and a time limit.

Each wraps a plain function that works without Prefect; arguments are paths, ids and small values only.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from config.load import load_configuration
from config.settings import Batches
from flows.analysis import (
    UNFORESEEN,
    ExtractedBatch,
    Foreseen,
    Related,
    current_crew,
    extract_guarded,
    postman_of,
    reference_knowledge,
    relate_batch,
    ringing_of,
    topic_matcher,
)
from flows.clock import clock, utc_now
from flows.delivery import Delivered, deliver_due
from flows.intake import (
    Archive,
    ArchiveError,
    FetchedPages,
    Patience,
    Polled,
    ReadPages,
    archive_folder,
    fetch_due,
    poll_due,
    read_batch,
    read_pages,
    unread_pages,
)
from flows.parts import Crawl, Merged, merge_findings, merge_pages
from flows.version import tocsin_version
from warehouse.connection import open_writer, transaction
from warehouse.errors import WarehouseBusyError, WarehouseDiskError
from warehouse.storing import Stored, articles_to_extract, suspects_to_extract, sync_sources
from warehouse.upkeep import prune_polls

P = ParamSpec("P")
R = TypeVar("R")
RETRY_DELAYS_S = [1.0, 5.0, 20.0]


def tuned(step: Task[P, R], batches: Batches) -> Task[P, R]:
    """Return the task with the retries and the time limit of the configuration."""
    return step.with_options(
        retries=batches.retries, timeout_seconds=batches.timeout_seconds, retry_condition_fn=may_pass
    )


async def may_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Tell whether a failure may pass by itself: a busy file, a full disk, a time-out; a mistake stays one."""
    try:
        await state.aresult()
    except (WarehouseBusyError, WarehouseDiskError, ArchiveError, OSError, TimeoutError):
        return True
    except Exception:  # noqa: BLE001 - whatever else it is, trying again gives the same
        return False
    return False


def in_batches(items: Sequence[str], size: int) -> Iterator[list[str]]:
    """Cut the items into lists of at most ``size``."""
    for start in range(0, len(items), size):
        yield list(items[start : start + size])


def pages_waiting(warehouse: Path, *, is_backfill: bool) -> int:
    """Return how many captured pages are to be read."""
    return unread_pages(warehouse, now=utc_now(), is_backfill=is_backfill)


def articles_waiting(warehouse: Path, version: str, *, now: datetime, is_alone: bool) -> list[str]:
    """Return the articles that ``version`` has still to extract, in order of publication.

    ``is_alone`` chooses between those that failed before and are due, and all others.
    """
    with open_writer(warehouse) as con:
        return suspects_to_extract(con, version, now) if is_alone else articles_to_extract(con, version)


@task(name="read", cache_policy=NO_CACHE, retry_delay_seconds=RETRY_DELAYS_S)
def read_task(corpus: Path, locations: list[str], warehouse: Path, config_folder: Path | None) -> Stored:
    """Read a batch of files into articles."""
    settings = load_configuration(config_folder).settings
    return read_batch(
        corpus,
        locations,
        warehouse,
        max_bytes=settings.limits.max_text_bytes,
        settings=settings,
        matcher=topic_matcher(config_folder),
    )


@task(name="poll", cache_policy=NO_CACHE, retry_delay_seconds=RETRY_DELAYS_S)
def poll_task(warehouse: Path, config_folder: Path | None) -> Polled:
    """Take over the configured sources, let go of old records of polls, and poll those that are due."""
    configuration, now = load_configuration(config_folder), utc_now()
    with open_writer(warehouse) as con, transaction(con):
        sync_sources(con, configuration.sources)
        prune_polls(con, now - timedelta(days=configuration.settings.watch.record_days))
    return poll_due(warehouse, configuration.settings, topic_matcher(config_folder), now=now)


@task(name="fetch", cache_policy=NO_CACHE, retry_delay_seconds=RETRY_DELAYS_S)
def fetch_task(warehouse: Path, config_folder: Path | None) -> FetchedPages:
    """Fetch the pages that are due."""
    return fetch_due(warehouse, load_configuration(config_folder).settings, now=utc_now())


@task(name="read pages", cache_policy=NO_CACHE, retry_delay_seconds=RETRY_DELAYS_S)
def read_pages_task(warehouse: Path, config_folder: Path | None, *, is_backfill: bool) -> ReadPages:
    """Read a batch of captured pages into articles."""
    settings = load_configuration(config_folder).settings
    return read_pages(
        warehouse,
        archive_folder(warehouse),
        settings,
        topic_matcher(config_folder),
        now=utc_now(),
        limit=settings.batches.articles,
        is_backfill=is_backfill,
    )


@task(name="merge pages", cache_policy=NO_CACHE, retry_delay_seconds=RETRY_DELAYS_S)
def merge_pages_task(warehouse: Path, config_folder: Path | None, crawl: Crawl, part: Path) -> Merged:
    """Store what the pages of a WARC file came to."""
    fetch = load_configuration(config_folder).settings.fetch
    with Archive(
        archive_folder(warehouse),
        software=f"Tocsin/{tocsin_version()}",
        operator=fetch.contact,
        rotate_bytes=fetch.archive_rotate_bytes,
        prefix="backfill",
    ) as archive:  # where pages go that cannot be reached in their file
        return merge_pages(warehouse, crawl, part, archive, now=utc_now())


@task(name="merge findings", cache_policy=NO_CACHE, retry_delay_seconds=RETRY_DELAYS_S)
def merge_findings_task(warehouse: Path, config_folder: Path | None, part: Path) -> ExtractedBatch:
    """Store what was found in a batch of articles."""
    return merge_findings(warehouse, part, reference_knowledge(config_folder), now=utc_now())


@task(name="extract", cache_policy=NO_CACHE, retry_delay_seconds=RETRY_DELAYS_S)
def extract_task(
    warehouse: Path, article_ids: list[str], config_folder: Path | None, *, is_replay: bool, is_alone: bool
) -> ExtractedBatch:
    """Extract statements from a batch of articles, or from as many of them as there is time for."""
    settings = load_configuration(config_folder).settings
    tries = settings.extract.article_tries
    with current_crew(config_folder, settings) as crew:
        return extract_guarded(
            warehouse,
            article_ids,
            reference_knowledge(config_folder),
            crew,
            now=clock(is_replay=is_replay),
            is_alone=is_alone,
            patience=Patience(tries, tries, waits=not is_replay),
        )


@task(name="relate", cache_policy=NO_CACHE, retry_delay_seconds=RETRY_DELAYS_S)
def relate_task(
    warehouse: Path, config_folder: Path | None, *, is_replay: bool, foreseen: Foreseen = UNFORESEEN
) -> Related:
    """Relate the statements of a batch of articles to claims and raise alerts."""
    configuration = load_configuration(config_folder)
    ringing = ringing_of(configuration, is_replay=is_replay, now=clock(is_replay=is_replay))
    articles = configuration.settings.batches.articles
    knowledge = reference_knowledge(config_folder)
    return relate_batch(warehouse, knowledge, ringing, articles=articles, foreseen=foreseen)


@task(name="deliver", cache_policy=NO_CACHE, retry_delay_seconds=RETRY_DELAYS_S)
def deliver_task(
    warehouse: Path, config_folder: Path | None, *, is_replay: bool = False, is_sending: bool = False
) -> Delivered:
    """Deliver what is due; ``is_sending`` lets the alerts of a replay go to outside channels too."""
    configuration = load_configuration(config_folder)
    postman = postman_of(configuration, warehouse, is_replay=is_replay, is_sending=is_sending, emits=True)
    return deliver_due(postman)
