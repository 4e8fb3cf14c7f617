"""The replay flow: a stored corpus through every step, each article on its own date.

Import it after ``flows.prefect_settings.use_embedded_defaults()``: Prefect reads its settings when it is imported.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from config.load import Configuration, load_configuration
from flows import steps
from flows.corpus import list_corpus
from flows.failures import WorkFailedError
from flows.knowledge import knowledge_for
from flows.progress import current_progress
from flows.publish import publish_run
from flows.report import run_markdown
from flows.run import RunLog, begin_run
from warehouse.runs import Counts


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay came to."""

    run_id: str
    files: int
    counts: Counts
    claim_ids: tuple[str, ...]
    published: Path | None


@flow(name="replay", flow_run_name="replay of {corpus}", validate_parameters=False)
def replay(corpus: Path, warehouse: Path, config_folder: Path | None = None) -> Replayed:
    """Run every step over the corpus until nothing is left to do; a second replay finds nothing to do."""
    configuration = load_configuration(config_folder)
    files = list_corpus(corpus, max_files=configuration.settings.limits.max_corpus_files)
    if not files:
        raise WorkFailedError(f"{corpus}: holds no .txt or .html file")
    with _recorded(corpus, warehouse, config_folder) as log:
        _read(corpus, files, warehouse, configuration, log)
        _extract(warehouse, config_folder, configuration, log)
        _relate(warehouse, config_folder, configuration, log)
        _deliver(warehouse, config_folder, configuration)
    published = publish_run(warehouse, log)
    create_markdown_artifact(
        key="tocsin-run", markdown=run_markdown(warehouse, log), description=f"Replay of {corpus.name}"
    )
    return Replayed(log.run_id, len(files), log.counts, tuple(log.claim_ids), published)


@contextmanager
def _recorded(corpus: Path, warehouse: Path, config_folder: Path | None) -> Iterator[RunLog]:
    log = begin_run("replay", str(corpus), warehouse, knowledge_for(config_folder).version)
    try:
        yield log
    except BaseException as error:
        log.fail(warehouse, error)
        raise


def _read(corpus: Path, files: list[str], warehouse: Path, configuration: Configuration, log: RunLog) -> None:
    batches = steps.in_batches(files, configuration.settings.batches.articles)
    read = steps.tuned(steps.read_task, configuration.settings.batches)
    done = 0
    for batch in batches:
        stored = read(corpus, batch, warehouse, configuration.settings.limits.max_text_bytes)
        log.add(Counts(articles=stored.articles, copies=stored.copies, rejections=stored.rejections))
        done += len(batch)
        current_progress().advance("read", done, len(files))


def _extract(warehouse: Path, config_folder: Path | None, configuration: Configuration, log: RunLog) -> None:
    size = configuration.settings.batches.articles
    extract = steps.tuned(steps.extract_task, configuration.settings.batches)
    waiting = steps.articles_waiting(warehouse, log.extractor_version)
    done = 0
    for batch in steps.in_batches(waiting, size):
        log.add(Counts(statements=extract(warehouse, batch, config_folder, is_replay=True)))
        done += len(batch)
        current_progress().advance("extract", done, len(waiting))


def _relate(warehouse: Path, config_folder: Path | None, configuration: Configuration, log: RunLog) -> None:
    relate = steps.tuned(steps.relate_task, configuration.settings.batches)
    done = 0
    while True:
        related = relate(warehouse, config_folder, is_replay=True)
        if not related.statements:
            return
        done += related.statements
        log.add(Counts(claims=len(related.claim_ids), alerts=len(related.alert_ids)))
        log.claim_ids.extend(related.claim_ids)
        current_progress().advance("relate statements", done, done)


def _deliver(warehouse: Path, config_folder: Path | None, configuration: Configuration) -> None:
    deliver = steps.tuned(steps.deliver_task, configuration.settings.batches)
    deliver(warehouse, config_folder)
