"""All schedules: which flows run by themselves, how often, and what happens when a run is still under way.

Import it after ``flows.serving.settings.use_embedded_defaults()``: Prefect reads its settings when it is imported.
"""

import atexit
import hashlib
import os
import socket
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect import flow
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import (
    TERMINAL_STATES,
    ConcurrencyLimitConfig,
    ConcurrencyLimitStrategy,
    FlowRun,
    State,
    StateType,
)
from prefect.client.schemas.sorting import FlowRunSort
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.flows import Flow
from prefect.states import Cancelled, Crashed
from prefect.types.entrypoint import EntrypointType

from config.settings import Settings
from flows.analysis import counts_words
from flows.telling import guard_output
from flows.version import tocsin_version
from flows.watch import Watched, watch
from flows.workers import end_with_who_asked

# A cycle that is due while one is under way is dropped: the one under way, or the next, does its work.
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
UNFINISHED = [kind for kind in StateType if kind not in TERMINAL_STATES]
PAGE = 100
TIME = "%Y-%m-%d %H:%M:%S"
_is_leaving = threading.Event()


def _tell_crash(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001 - Prefect's names
    if not _is_leaving.is_set():
        reason = (state.message or "").split(". ")[0]
        print(f"{_now()} cycle ended from outside: {reason}", file=sys.stderr, flush=True)


def leave_quietly() -> None:
    """From now on a cycle that is ended is ended by us, which needs no word."""
    _is_leaving.set()


@flow(name="watch on schedule", on_crashed=[_tell_crash])
def scheduled_watch(warehouse: str, config_folder: str | None = None) -> None:
    """Run a cycle and print what it came to as one line; paths are text, as the schedule keeps them."""
    guard_output()
    end_with_who_asked()
    atexit.register(_fall_silent)
    try:
        done = watch.fn(Path(warehouse), Path(config_folder) if config_folder else None)
    except Exception as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        print(f"{_now()} cycle failed: {reason}", file=sys.stderr, flush=True)
        raise
    print(f"{_now()} {watched_words(done)}", flush=True)


def watched_words(done: Watched) -> str:
    """Return what a cycle came to as one line."""
    polled, fetched = done.polled, done.fetched
    return (
        f"polled {polled.sources} sources ({polled.failed} failed), {polled.new} new entries; "
        f"fetched {fetched.captured} pages; {counts_words(done.counts)}"
    )


async def deployments(settings: Settings, warehouse: Path, config_folder: Path | None) -> Sequence[RunnerDeployment]:
    """Return everything that runs on a schedule for a warehouse."""
    interval = timedelta(minutes=settings.watch.interval_minutes)
    return [
        await scheduled_watch.ato_deployment(
            deployment_name(warehouse),
            interval=interval,
            parameters=_parameters(warehouse, config_folder),
            concurrency_limit=ONE_AT_A_TIME,
            version=tocsin_version(),
            tags=["tocsin"],
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
    ]


def _parameters(warehouse: Path, config_folder: Path | None) -> dict[str, str]:
    """Return the paths as a run needs them, wherever it starts."""
    paths = {"warehouse": warehouse, "config_folder": config_folder}
    return {name: str(path.absolute()) for name, path in paths.items() if path}


def deployment_name(warehouse: Path) -> str:
    """Return a name that no other warehouse has, should several be served by one Prefect server."""
    where = f"{socket.gethostname()}:{warehouse.absolute()}"
    return f"{warehouse.stem}-{hashlib.sha256(where.encode()).hexdigest()[:8]}"


async def tidy(client: PrefectClient, deployment_id: UUID) -> None:
    """End on record what a killed process left unfinished or missed, so that it holds up no new run.

    Only for whoever is sure to be alone in serving the deployment.
    """
    mine = DeploymentFilter(id=DeploymentFilterId(any_=[deployment_id]))
    left = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED)),
        expected_start_time=FlowRunFilterExpectedStartTime.model_validate({"before_": datetime.now(UTC)}),
    )
    order = FlowRunSort.EXPECTED_START_TIME_ASC
    while runs := await client.read_flow_runs(deployment_filter=mine, flow_run_filter=left, sort=order, limit=PAGE):
        for run in runs:
            await client.set_flow_run_state(run.id, _end_of(run), force=True)
    limit = GlobalConcurrencyLimitUpdate(active_slots=0)
    try:
        await client.update_global_concurrency_limit(f"deployment:{deployment_id}", limit)
    except ObjectNotFound:
        return


def _fall_silent() -> None:
    """Close standard error for what is left of this process: DuckDB's binding complains of modules kept alive."""
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _end_of(run: FlowRun) -> State[Any]:
    if run.state and run.state.is_scheduled():
        return Cancelled(message="missed: nobody served the schedule")
    return Crashed(message="the process that ran it ended")


def _now() -> str:
    return datetime.now(UTC).strftime(TIME)
