"""The replay flow: a stored corpus through every step, each article on its own date.

Import it after ``flows.serving.settings.use_embedded_defaults()``: Prefect reads its settings when it is imported.
"""

from dataclasses import dataclass
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from config.files import ConfigError
from config.load import Configuration, load_configuration
from config.sidecar import load_sidecar
from flows import steps
from flows.analysis import RunLog, run_markdown
from flows.cycle import analyse, begin, deliver, end
from flows.intake import list_corpus
from flows.telling import WorkFailedError, current_progress
from warehouse.storing import Counts


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay came to."""

    run_id: str
    files: int
    counts: Counts
    claim_ids: tuple[str, ...]
    published: Path | None


@flow(name="replay", flow_run_name="replay of {corpus}", validate_parameters=False)
def replay(corpus: Path, warehouse: Path, config_folder: Path | None = None, *, is_sending: bool = False) -> Replayed:
    """Run every step over the corpus until nothing is left to do; a second replay finds nothing to do.

    Alerts stay in the house unless ``is_sending``; then they go out marked as replayed.
    """
    configuration = load_configuration(config_folder)
    _, problems = load_sidecar(corpus)
    if problems:
        raise ConfigError(problems)
    files = list_corpus(corpus, max_files=configuration.settings.limits.max_corpus_files)
    if not files:
        raise WorkFailedError(f"{corpus}: holds no .txt or .html file")
    with begin("replay", str(corpus), warehouse, config_folder) as log:
        _read(corpus, files, warehouse, config_folder, configuration, log)
        analyse(warehouse, config_folder, configuration, log, is_replay=True)
        deliver(warehouse, config_folder, configuration, is_replay=True, is_sending=is_sending)
    published = end(warehouse, config_folder, log)
    create_markdown_artifact(
        key="tocsin-run", markdown=run_markdown(warehouse, log), description=f"Replay of {corpus.name}"
    )
    return Replayed(log.run_id, len(files), log.counts, tuple(log.claim_ids), published)


def _read(
    corpus: Path,
    files: list[str],
    warehouse: Path,
    config_folder: Path | None,
    configuration: Configuration,
    log: RunLog,
) -> None:
    batches = steps.in_batches(files, configuration.settings.batches.articles)
    read = steps.tuned(steps.read_task, configuration.settings.batches)
    done = 0
    for batch in batches:
        stored = read(corpus, batch, warehouse, config_folder)
        log.add(Counts(articles=stored.articles, copies=stored.copies, rejections=stored.rejections))
        done += len(batch)
        current_progress().advance("read", done, len(files))
