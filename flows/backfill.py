"""The backfill flow: WARC files, our own or others' crawls, through every step.

Import it after ``flows.serving.settings.use_embedded_defaults()``: Prefect reads its settings when it is imported.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from config.load import Configuration, load_configuration
from flows import steps
from flows.analysis import UNFORESEEN, Foreseen, RunLog, reference_knowledge, run_markdown
from flows.clock import utc_now
from flows.cycle import analyse, begin, deliver, end, read_waiting
from flows.http import redact
from flows.parts import (
    Bundle,
    Call,
    Comparisons,
    Crawl,
    CrawlFile,
    Engine,
    begin_crawl,
    compare_part,
    comparisons,
    drop_comparisons,
    extract_part,
    findings_part,
    findings_parts,
    locate,
    open_engine,
    pack,
    pages_part,
    parts_folder,
    scan_file,
    write_texts,
)
from flows.telling import current_progress
from flows.workers import Abandoned
from warehouse.connection import open_writer
from warehouse.storing import Counts, articles_to_extract, load_stored

TEXTS = 200  # articles that make a part: minutes of work, and a small part of what a worker may hold


@dataclass(slots=True)
class Scanned:
    """What a file came to: its responses, those that may belong to a topic and are new, its damaged records."""

    file: str
    responses: int = 0
    captures: int = 0
    damaged: list[tuple[str, str]] = field(default_factory=list)
    was_done: bool = False
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Backfilled:
    """What a backfill came to."""

    run_id: str
    files: tuple[Scanned, ...]
    counts: Counts
    claim_ids: tuple[str, ...]
    published: Path | None


@dataclass(frozen=True, slots=True)
class _Backfill:
    """What the stages of one backfill share; ``bundle`` is what workers elsewhere are given of the configuration."""

    warehouse: Path
    config_folder: Path | None
    configuration: Configuration
    bundle: Bundle
    folder: Path
    engine: Engine
    log: RunLog


@flow(name="backfill", validate_parameters=False)
def backfill(
    files: Sequence[str | Path], warehouse: Path, config_folder: Path | None = None, cluster: str | None = None
) -> Backfilled:
    """Scan the files, read what may belong to a topic, take it through every step; what was done is passed over.

    ``cluster`` says who scans and extracts: ``local:N`` processes of Dask, or the scheduler at ``tcp://HOST:PORT``; for
    None it is this process with its own. What is stored is the same.
    """
    configuration = load_configuration(config_folder)
    with begin(
        "backfill", " ".join(redact(str(one)).rpartition("/")[2] for one in files), warehouse, config_folder
    ) as log:
        with _begun(warehouse, config_folder, configuration, cluster, log) as one:
            scanned = _scan(locate(files, configuration.settings.fetch), one)
            read_waiting(warehouse, config_folder, configuration, log, is_backfill=True)
            _extract(one)
            foreseen = _compare(one) if cluster else UNFORESEEN
        analyse(warehouse, config_folder, configuration, log, is_replay=False, foreseen=foreseen)
        drop_comparisons(one.folder)
        deliver(warehouse, config_folder, configuration)
    published = end(warehouse, config_folder, log)
    create_markdown_artifact(key="tocsin-run", markdown=run_markdown(warehouse, log), description="Backfill")
    return Backfilled(log.run_id, tuple(scanned), log.counts, tuple(log.claim_ids), published)


@contextmanager
def _begun(
    warehouse: Path, config_folder: Path | None, configuration: Configuration, cluster: str | None, log: RunLog
) -> Iterator[_Backfill]:
    batches = configuration.settings.batches

    def tried_again(function: Callable[..., Path]) -> Callable[..., Path]:
        """Return the function as a task without a time limit: a file may be of any length."""
        step = task(cache_policy=NO_CACHE, retry_delay_seconds=steps.RETRY_DELAYS_S)(function)
        return steps.tuned(step, batches).with_options(timeout_seconds=0)

    with parts_folder(warehouse) as folder, open_engine(cluster, tried_again) as engine:
        yield _Backfill(warehouse, config_folder, configuration, pack(config_folder), folder, engine, log)


def _scan(files: Sequence[CrawlFile], one: _Backfill) -> list[Scanned]:
    """Scan the files that were not read to their end, several at once where there is who does it, and merge each."""
    found = {file.location: Scanned(file.location, was_done=True) for file in files}
    crawls = {file.location: crawl for file in files if (crawl := _begin(file, one)) is not None}
    now = utc_now()
    calls = [Call(name, (crawl.file, one.bundle, one.folder, now)) for name, crawl in crawls.items()]
    current_progress().advance("scan files", 0, len(calls))
    for number, ended in enumerate(one.engine.run(scan_file, calls), 1):
        name = ended.item.name
        if isinstance(ended, Abandoned):
            found[name] = Scanned(name, trouble=ended.detail or ended.reason)
        else:
            found[name] = _merge(crawls[name], ended.value, one)
        current_progress().advance("scan files", number, len(calls))
    return list(found.values())


def _begin(file: CrawlFile, one: _Backfill) -> Crawl | None:
    """Return what is to be scanned; the part of a file that was merged just before a kill goes."""
    crawl = begin_crawl(one.warehouse, file, one.bundle.version)
    if crawl is None:
        pages_part(file, one.bundle, one.folder).unlink(missing_ok=True)
    return crawl


def _merge(crawl: Crawl, part: Path, one: _Backfill) -> Scanned:
    """Merge the pages of a file; its part has then done its work."""
    merge = steps.tuned(steps.merge_pages_task, one.configuration.settings.batches)
    merged = merge(one.warehouse, one.config_folder, crawl, part)
    part.unlink(missing_ok=True)
    one.log.add(merged.counts)
    return Scanned(crawl.file.location, merged.responses, merged.captures, merged.damaged)


def _extract(one: _Backfill) -> None:
    """Extract what waits, in parts; what fails among others is left for those that are tried alone."""
    for part in findings_parts(one.log.extractor_version, one.folder):
        _merge_findings(part, one)  # of a run that was cut off
    with open_writer(one.warehouse) as con:
        waiting = articles_to_extract(con, one.log.extractor_version)
    done = 0
    for ended in one.engine.run(extract_part, _texts(waiting, one)):
        texts: Path = ended.item.arguments[0]
        if not isinstance(ended, Abandoned):
            _merge_findings(ended.value, one)
        texts.unlink(missing_ok=True)
        done += TEXTS
        current_progress().advance("extract", min(done, len(waiting)), len(waiting))


def _compare(one: _Backfill) -> Foreseen:
    """Have the reports that wait compared by whoever does the work; what fails the writer compares himself.

    Parts of one process's own making would cost it what they save.
    """
    knowledge = reference_knowledge(one.config_folder)
    found = comparisons(one.warehouse, knowledge, one.bundle, one.folder)
    for number, _ in enumerate(one.engine.run(compare_part, [call for _, call in found]), 1):
        current_progress().advance("compare", number, len(found))
    return Comparisons([part for part, _ in found])


def _texts(article_ids: Sequence[str], one: _Backfill) -> Iterator[Call]:
    """Yield calls to extract the articles, each with its texts written when it is about to be made."""
    version = one.log.extractor_version
    for batch in steps.in_batches(article_ids, TEXTS):
        with open_writer(one.warehouse) as con:
            articles = [each.article for each in load_stored(con, batch)]
        texts = write_texts(articles, version, one.folder)
        yield Call(findings_part(texts).name, (texts, one.bundle, version))


def _merge_findings(part: Path, one: _Backfill) -> None:
    merge = steps.tuned(steps.merge_findings_task, one.configuration.settings.batches)
    done = merge(one.warehouse, one.config_folder, part)
    part.unlink(missing_ok=True)
    one.log.add(Counts(statements=done.statements, rejections=done.rejections))
