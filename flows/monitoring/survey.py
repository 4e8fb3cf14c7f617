"""Everything about an installation at one moment: its vitals, its place, and what is wrong with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from config.settings import Settings
from flows.monitoring.judging import SCHEDULED, Bounds, Trouble, troubles_of
from flows.monitoring.place import Disk, disk_of, server_process
from warehouse.asking import Vitals


@dataclass(frozen=True, slots=True)
class Survey:
    """``next_run_at`` is when the next cycle is due, known only while `tocsin up` runs; ``process`` is its own."""

    vitals: Vitals
    disk: Disk
    process: int | None
    next_run_at: datetime | None
    troubles: tuple[Trouble, ...]


def survey_of(warehouse: Path, settings: Settings, vitals: Vitals, now: datetime) -> Survey:
    """Return the survey; looks at the disk, never into the warehouse."""
    interval = timedelta(minutes=settings.watch.interval_minutes)
    bounds = Bounds(interval * settings.monitoring.late_after_intervals, settings.monitoring.min_free_bytes)
    disk, process, last = disk_of(warehouse), server_process(warehouse), vitals.last(SCHEDULED)
    return Survey(
        vitals,
        disk,
        process,
        last.started_at + interval if process and last else None,
        troubles_of(vitals, disk.free, bounds, now),
    )
