"""The backfill flow: WARC files, our own or others' crawls, through every step.

Import it after ``flows.serving.settings.use_embedded_defaults()``: Prefect reads its settings when it is imported.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from config.load import Configuration, load_configuration
from config.places import locate
from flows import steps
from flows.analysis import RunLog, publish_run, run_markdown, topic_matcher
from flows.clock import utc_now
from flows.cycle import analyse, begin, deliver, read_waiting
from flows.intake import Archive, Batch, archive_folder, scan_warc
from flows.telling import current_progress
from flows.version import tocsin_version
from warehouse.connection import open_writer, transaction
from warehouse.storing import (
    Counts,
    Scan,
    Source,
    captured_bodies,
    end_scan,
    reopen_captures,
    scanned_version,
    source_for,
)

MEBIBYTE = 1 << 20


@dataclass(slots=True)
class Scanned:
    """What a file came to: its responses, those that may belong to a topic and are new, its damaged records."""

    file: Path
    responses: int = 0
    captures: int = 0
    damaged: list[tuple[str, str]] = field(default_factory=list)
    was_done: bool = False


@dataclass(frozen=True, slots=True)
class Backfilled:
    """What a backfill came to."""

    run_id: str
    files: tuple[Scanned, ...]
    counts: Counts
    claim_ids: tuple[str, ...]
    published: Path | None


@flow(name="backfill", validate_parameters=False)
def backfill(files: Sequence[Path], warehouse: Path, config_folder: Path | None = None) -> Backfilled:
    """Scan the files, read what may belong to a topic, take it through every step; what was done is passed over."""
    configuration = load_configuration(config_folder)
    with begin("backfill", " ".join(one.name for one in files), warehouse, config_folder) as log:
        scanned = []
        for file in files:
            scanned.append(_scan(file.resolve(), warehouse, config_folder, configuration, log))
            read_waiting(warehouse, config_folder, configuration, log, is_backfill=True)
        analyse(warehouse, config_folder, configuration, log, is_replay=False)
        deliver(warehouse, config_folder, configuration)
    published = publish_run(warehouse, log)
    create_markdown_artifact(key="tocsin-run", markdown=run_markdown(warehouse, log), description="Backfill")
    return Backfilled(log.run_id, tuple(scanned), log.counts, tuple(log.claim_ids), published)


def _scan(
    file: Path, warehouse: Path, config_folder: Path | None, configuration: Configuration, log: RunLog
) -> Scanned:
    """Keep what may belong to a topic, batch by batch: what is stored is not looked for again after a kill."""
    source, version = source_for("warc", str(file)), scan_version(file, config_folder)
    with open_writer(warehouse) as con, transaction(con):
        before = scanned_version(con, source)
        if before == version:
            return Scanned(file, was_done=True)
        if before is not None:
            reopen_captures(con, source)
        known = captured_bodies(con, source)
    done, size = Scanned(file), file.stat().st_size
    store = steps.tuned(steps.store_scan_task, configuration.settings.batches)
    with _archive(warehouse, configuration) as archive:
        limit = configuration.settings.batches.articles
        for batch in scan_warc(file, source.source_id, topic_matcher(config_folder), archive, known, limit=limit):
            if not batch.is_nothing:
                log.add(Counts(rejections=store(warehouse, batch)))
            _add(done, batch)
            current_progress().advance(f"scan {file.name} (MiB)", batch.offset // MEBIBYTE, size // MEBIBYTE + 1)
    _end(done, source, version, warehouse)
    return done


def scan_version(file: Path, config_folder: Path | None) -> str:
    """Return what tells whether a file has to be looked through again: its size and time, and the topics."""
    facts = file.stat()
    topics = hashlib.sha256()
    for name in ("topics.toml", "actors.toml"):
        topics.update(locate(config_folder, name).read_bytes())
    return f"{facts.st_size}-{facts.st_mtime_ns}-{topics.hexdigest()[:12]}"


def _archive(warehouse: Path, configuration: Configuration) -> Archive:
    """Return where pages go that cannot be reached in their file; nothing is made before the first one."""
    fetch = configuration.settings.fetch
    return Archive(
        archive_folder(warehouse),
        software=f"Tocsin/{tocsin_version()}",
        operator=fetch.contact,
        rotate_bytes=fetch.archive_rotate_bytes,
        prefix="backfill",
    )


def _add(done: Scanned, batch: Batch) -> None:
    done.responses += batch.responses
    done.captures += len(batch.captures)
    done.damaged += [(one.location, getattr(one.outcome, "reason", "")) for one in batch.damaged]


def _end(done: Scanned, source: Source, version: str, warehouse: Path) -> None:
    scan = Scan(source, version, utc_now(), done.responses, done.captures, len(done.damaged))
    with open_writer(warehouse) as con, transaction(con):
        end_scan(con, scan)
