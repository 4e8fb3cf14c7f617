"""The end of a run: its record, and the snapshot for readers."""

from pathlib import Path

import stamina

from flows.analysis.run import RunLog
from flows.clock import utc_now
from warehouse.connection import open_writer
from warehouse.errors import WarehouseDiskError
from warehouse.storing import finish_run
from warehouse.upkeep import is_stale, publish

PUBLISH_TRIES = 3  # a failed one has cleared away what it wrote, which may be all the room that lacked


@stamina.retry(on=WarehouseDiskError, attempts=PUBLISH_TRIES, wait_initial=1.0, wait_max=5.0)
def publish_run(warehouse: Path, log: RunLog) -> Path | None:
    """Record the end of the run and publish if readers would see anything new; returns the published file then."""
    with open_writer(warehouse) as con:
        finish_run(con, log.run_id, log.counts, at=utc_now())
        log.presence.close()
        return publish(con, warehouse) if is_stale(con, warehouse) else None
