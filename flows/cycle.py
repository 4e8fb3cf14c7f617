"""What flows do alike: read what was captured, extract, relate, deliver, with the run on record."""

import logging
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from config.load import Configuration
from config.settings import settings_of
from flows import steps
from flows.analysis import (
    UNFORESEEN,
    Foreseen,
    RunLog,
    begin_run,
    keep_crew,
    publish_run,
    reference_knowledge,
    tell_of_failure,
)
from flows.clock import utc_now
from flows.files import set_sharing, settle_modes
from flows.monitoring import note_run
from flows.telling import current_progress, name_run, note, use_log_format
from warehouse.storing import Counts


@contextmanager
def begin(flow: str, source: str, warehouse: Path, config_folder: Path | None) -> Iterator[RunLog]:
    """Record a run from its start; a failure is recorded and goes on its way."""
    settings = settings_of(config_folder)
    use_log_format(settings.monitoring.log_format)
    set_sharing(config_folder)
    settle_modes(warehouse, is_shared=settings.paths.group_readable)
    log = begin_run(flow, source, warehouse, reference_knowledge(config_folder).version)
    name_run(log.run_id, flow)
    note("run started", {"source": source, "extractor_version": log.extractor_version})
    try:
        yield log
    except BaseException as error:
        note("run failed", {"error": str(error), **asdict(log.counts)})
        log.fail(warehouse, error)
        log.presence.close()
        if flow != "replay":
            tell_of_failure(warehouse, config_folder)
        note_run(warehouse, config_folder, level=logging.INFO)  # what fails it too is told by the run's own failure
        raise


def end(warehouse: Path, config_folder: Path | None, log: RunLog) -> Path | None:
    """Publish what the run changed and note how things stand; returns the published file if there is a new one."""
    try:
        published = publish_run(warehouse, log)
        note("run completed", {"is_published": published is not None, **asdict(log.counts)})
        return published
    finally:
        note_run(warehouse, config_folder)


def read_waiting(
    warehouse: Path, config_folder: Path | None, configuration: Configuration, log: RunLog, *, is_backfill: bool
) -> None:
    """Read the captured pages that wait, those that were fetched or those of WARC files."""
    read = steps.tuned(steps.read_pages_task, configuration.settings.batches)
    total, done = steps.pages_waiting(warehouse, is_backfill=is_backfill), 0
    while True:
        pages = read(warehouse, config_folder, is_backfill=is_backfill)
        if not pages.captures and not pages.postponed:
            return
        done += pages.captures
        stored = pages.stored
        log.add(Counts(articles=stored.articles, copies=stored.copies, rejections=stored.rejections))
        current_progress().advance("read", done, max(total, done))


def analyse(
    warehouse: Path,
    config_folder: Path | None,
    configuration: Configuration,
    log: RunLog,
    *,
    is_replay: bool,
    foreseen: Foreseen = UNFORESEEN,
) -> None:
    """Extract what waits, then relate it and raise alerts."""
    _extract(warehouse, config_folder, configuration, log, is_replay=is_replay)
    _relate(warehouse, config_folder, configuration, log, is_replay=is_replay, foreseen=foreseen)


def deliver(
    warehouse: Path,
    config_folder: Path | None,
    configuration: Configuration,
    *,
    is_replay: bool = False,
    is_sending: bool = False,
) -> None:
    """Deliver what is due."""
    task = steps.tuned(steps.deliver_task, configuration.settings.batches)
    task(warehouse, config_folder, is_replay=is_replay, is_sending=is_sending)


def _extract(
    warehouse: Path, config_folder: Path | None, configuration: Configuration, log: RunLog, *, is_replay: bool
) -> None:
    """Extract what waits; then, one by one, what failed among others just now or in earlier runs."""
    with keep_crew(config_folder, configuration.settings):
        for is_alone in (False, True):
            now = utc_now()
            waiting = steps.articles_waiting(warehouse, log.extractor_version, now=now, is_alone=is_alone)
            _extract_all(waiting, warehouse, config_folder, configuration, log, is_replay=is_replay, is_alone=is_alone)


def _extract_all(
    article_ids: Sequence[str],
    warehouse: Path,
    config_folder: Path | None,
    configuration: Configuration,
    log: RunLog,
    *,
    is_replay: bool,
    is_alone: bool,
) -> None:
    extract = steps.tuned(steps.extract_task, configuration.settings.batches)
    waiting = deque(article_ids)
    while waiting:
        batch = [waiting.popleft() for _ in range(min(len(waiting), configuration.settings.batches.articles))]
        done = extract(warehouse, batch, config_folder, is_replay=is_replay, is_alone=is_alone)
        log.add(Counts(statements=done.statements, rejections=done.rejections))
        waiting.extendleft(reversed(done.left))
        current_progress().advance("extract", len(article_ids) - len(waiting), len(article_ids))


def _relate(
    warehouse: Path,
    config_folder: Path | None,
    configuration: Configuration,
    log: RunLog,
    *,
    is_replay: bool,
    foreseen: Foreseen,
) -> None:
    relate = steps.tuned(steps.relate_task, configuration.settings.batches)
    done = 0
    while True:
        related = relate(warehouse, config_folder, is_replay=is_replay, foreseen=foreseen)
        log.add(Counts(claims=len(related.claim_ids), alerts=len(related.alert_ids)))
        log.claim_ids.extend(related.claim_ids)
        log.alert_ids.extend(related.alert_ids)
        if not related.statements:
            return
        done += related.statements
        current_progress().advance("relate statements", done, done)
