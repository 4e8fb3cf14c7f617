"""The watch flow: one scheduled cycle over the live sources.

Import it after ``flows.serving.settings.use_embedded_defaults()``: Prefect reads its settings when it is imported.
"""

from dataclasses import dataclass
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from config.load import load_configuration
from flows import steps
from flows.analysis import run_markdown
from flows.clock import utc_now
from flows.cycle import analyse, begin, deliver, end, read_waiting
from flows.intake import FetchedPages, Polled
from flows.reporting import refresh_report
from warehouse.storing import Counts


@dataclass(frozen=True, slots=True)
class Watched:
    """What a cycle came to."""

    run_id: str
    polled: Polled
    fetched: FetchedPages
    counts: Counts
    claim_ids: tuple[str, ...]
    published: Path | None


@flow(name="watch", validate_parameters=False)
def watch(warehouse: Path, config_folder: Path | None = None) -> Watched:
    """Poll what is due, fetch what is new, take it through every step; what is left over waits for the next cycle."""
    configuration = load_configuration(config_folder)
    with begin("watch", "live sources", warehouse, config_folder) as log:
        polled = steps.tuned(steps.poll_task, configuration.settings.batches)(warehouse, config_folder)
        fetched = steps.tuned(steps.fetch_task, configuration.settings.batches)(warehouse, config_folder)
        read_waiting(warehouse, config_folder, configuration, log, is_backfill=False)
        analyse(warehouse, config_folder, configuration, log, is_replay=False)
        deliver(warehouse, config_folder, configuration)
    published = end(warehouse, config_folder, log)
    settings = configuration.settings.report
    if published is not None and settings.after_runs:
        refresh_report(warehouse, config_folder, now=utc_now(), new_days=settings.new_days)
    create_markdown_artifact(key="tocsin-run", markdown=run_markdown(warehouse, log), description="Watch cycle")
    return Watched(log.run_id, polled, fetched, log.counts, tuple(log.claim_ids), published)
