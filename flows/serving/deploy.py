"""All deployments: what runs by itself and how often, what runs when asked for, and what becomes of missed runs.

Import it after ``flows.serving.settings.use_embedded_defaults()``: Prefect reads its settings when it is imported.
"""

import hashlib
import socket
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

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
from flows.serving.deployed import (
    requested_backfill,
    requested_prune,
    requested_rebuild,
    requested_replay,
    scheduled_watch,
)
from flows.version import tocsin_version

# A cycle that is due while one is under way is dropped: the one under way, or the next, does its work.
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
# What somebody asked for is not dropped; it waits.
ONE_AFTER_ANOTHER = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
UNFINISHED = [kind for kind in StateType if kind not in TERMINAL_STATES]
PAGE = 100


async def deployments(settings: Settings, warehouse: Path, config_folder: Path | None) -> Sequence[RunnerDeployment]:
    """Return everything that runs for a warehouse: cycles on their schedule, the rest when somebody asks for it."""
    paths = _paths(warehouse=warehouse, config_folder=config_folder)
    apart = _paths(warehouse=settings.paths.replay, config_folder=config_folder)
    return [
        await _deployment(
            scheduled_watch, warehouse, paths, ONE_AT_A_TIME, timedelta(minutes=settings.watch.interval_minutes)
        ),
        await _deployment(requested_replay, warehouse, apart, ONE_AFTER_ANOTHER),
        await _deployment(requested_backfill, warehouse, paths, ONE_AFTER_ANOTHER),
        await _deployment(requested_rebuild, warehouse, paths, ONE_AFTER_ANOTHER),
        await _deployment(requested_prune, warehouse, _paths(warehouse=warehouse), ONE_AFTER_ANOTHER),
    ]


async def _deployment(
    flow: Flow[..., Any],
    warehouse: Path,
    parameters: dict[str, str],
    limit: ConcurrencyLimitConfig,
    interval: timedelta | None = None,
) -> RunnerDeployment:
    return await flow.ato_deployment(
        deployment_name(warehouse),
        interval=interval,
        parameters=parameters,
        concurrency_limit=limit,
        version=tocsin_version(),
        tags=["tocsin"],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def _paths(**paths: Path | None) -> dict[str, str]:
    """Return the paths as a run needs them, wherever it starts."""
    return {name: str(path.absolute()) for name, path in paths.items() if path}


def deployment_name(warehouse: Path) -> str:
    """Return a name that no other warehouse has, should several be served by one Prefect server."""
    where = f"{socket.gethostname()}:{warehouse.absolute()}"
    return f"{warehouse.stem}-{hashlib.sha256(where.encode()).hexdigest()[:8]}"


async def tidy(client: PrefectClient, deployment_id: UUID, *, has_schedule: bool) -> None:
    """End on record what a killed process left unfinished, and what a schedule missed, so that it holds up no new run.

    What somebody asked for and nobody has begun still waits. Only for whoever is sure to be alone in serving the
    deployment.
    """
    kinds = [kind for kind in UNFINISHED if has_schedule or kind is not StateType.SCHEDULED]
    mine = DeploymentFilter(id=DeploymentFilterId(any_=[deployment_id]))
    left = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=kinds)),
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


def _end_of(run: FlowRun) -> State[Any]:
    if run.state and run.state.is_scheduled():
        return Cancelled(message="missed: nobody served the schedule")
    return Crashed(message="the process that ran it ended")
