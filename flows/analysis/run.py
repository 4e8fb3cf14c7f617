"""A run while it lasts: what it added so far, and its record in the warehouse."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from flows.analysis.presence import present
from flows.clock import utc_now
from flows.version import tocsin_version
from warehouse.connection import open_writer
from warehouse.errors import WarehouseError
from warehouse.storing import Counts, Run, finish_run, start_run


@dataclass(slots=True)
class RunLog:
    """The one mutable thing of a run: its counts, the claims it opened, the alerts it raised."""

    run_id: str
    flow: str
    extractor_version: str
    counts: Counts = field(default_factory=Counts)
    claim_ids: list[str] = field(default_factory=list)
    alert_ids: list[str] = field(default_factory=list)
    presence: ExitStack = field(default_factory=ExitStack)  # until it is closed other runs see this one under way

    def add(self, counts: Counts) -> None:
        """Count what a step added."""
        self.counts += counts

    def fail(self, warehouse: Path, error: BaseException) -> None:
        """Record that the run failed and why; a warehouse that cannot be written is the error already under way."""
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        try:
            with open_writer(warehouse) as con:
                finish_run(con, self.run_id, self.counts, at=utc_now(), error=reason)
        except WarehouseError:
            return


def begin_run(flow: str, source: str, warehouse: Path, extractor_version: str) -> RunLog:
    """Record the start of a run."""
    log = RunLog(str(uuid4()), flow, extractor_version)
    is_alone = log.presence.enter_context(present(warehouse))
    run = Run(log.run_id, flow, utc_now(), source, tocsin_version(), extractor_version)
    with open_writer(warehouse) as con:
        start_run(con, run, is_alone=is_alone)
    return log
