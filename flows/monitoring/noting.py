"""Noting after each run how things stand: beside the snapshot, and for Prometheus where the settings say so."""

import logging
from pathlib import Path

from config.settings import Settings, settings_of
from flows.clock import utc_now
from flows.files import replace_file, users_own_files
from flows.monitoring.record import write_record
from flows.monitoring.survey import survey_of
from warehouse.asking import vitals_of
from warehouse.connection import open_writer

LOG = logging.getLogger(__name__)
BUSY_TIMEOUT_S = 10.0  # the run is over: what it leaves to be noted may wait for the next


def note_run(warehouse: Path, config_folder: Path | None, *, level: int = logging.WARNING) -> None:
    """Note how things stand after a run; whatever is wrong with that is logged and must not fail the run."""
    try:
        _note(warehouse, settings_of(config_folder))
    except Exception as error:  # noqa: BLE001 - watching over the work must not be in its way
        LOG.log(level, "vitals=%s outcome=failed reason=%r", warehouse.stem, error)


def _note(warehouse: Path, settings: Settings) -> None:
    now = utc_now()
    with open_writer(warehouse, timeout_s=BUSY_TIMEOUT_S) as con:
        vitals = vitals_of(con, now)
    write_record(warehouse, vitals)
    if settings.monitoring.metrics_file is not None:
        from flows.monitoring.metrics import metrics_text

        with users_own_files():
            replace_file(settings.monitoring.metrics_file, metrics_text(survey_of(warehouse, settings, vitals, now)))
