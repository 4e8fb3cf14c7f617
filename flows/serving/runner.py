"""Serving the schedules: a Prefect runner that starts what is due, until told to stop or left without its server."""

import asyncio
import contextlib
import shlex
import signal
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from prefect.client.orchestration import get_client
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner, _scheduled_run_poller
from prefect.runner import runner as prefect_runner
from prefect.runner._starter_engine import EngineCommandStarter
from prefect.utilities.services import critical_service_loop

from config.settings import Settings
from extractors.dates import TOLERANCE
from flows.clock import ClockTurnedBackError, Watch
from flows.serving.deploy import deployments, tidy
from flows.serving.deployed import leave_quietly
from flows.serving.server import Server
from flows.telling import WorkFailedError

LOOK_EVERY_S = 0.5
LEAVE_LIMIT_S = 45  # a run under way gets 30 s to end by itself


async def serve(settings: Settings, warehouse: Path, config_folder: Path | None, server: Server | None) -> None:
    """Register what runs for a warehouse, start what has a schedule at once and when it is due, until a signal comes.

    Raises ``WorkFailedError`` when our own server or the runner ends by itself, and ``ClockTurnedBackError`` when the
    clock was set back: Prefect would wait until it has caught up.
    """
    _adapt_runner()
    clock = Watch(TOLERANCE)
    runner = Runner(limit=None)
    await _register(runner, await deployments(settings, warehouse, config_folder))
    serving = asyncio.create_task(runner.start())
    await asyncio.sleep(0)  # the runner has set its own handler of SIGTERM, which cannot be used within a loop
    stop = _stop_signal()
    while not stop.is_set():
        if _is_dead(server):
            await asyncio.sleep(LOOK_EVERY_S)  # the signal that ended the server may be meant for us, too
            break
        if clock.was_turned_back():
            await _leave(runner, serving, server)
            raise ClockTurnedBackError
        if serving.done():
            raise WorkFailedError(f"the runner ended: {_reason(serving.exception())}")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_EVERY_S)
    await _leave(runner, serving, server)
    if server and not stop.is_set():
        raise WorkFailedError(f"the Prefect server ended: {server.last_words()}")


def _adapt_runner() -> None:
    """Have Prefect's runner tie each run to this process from its first moment, and end without printing tracebacks.

    It has no settings for either; tests tell if a release of Prefect takes these places away.
    """
    command = shlex.join([sys.executable, "-m", "flows.serving.cycle_process"])
    vars(prefect_runner).update(EngineCommandStarter=partial(EngineCommandStarter, command=command))
    vars(_scheduled_run_poller).update(critical_service_loop=partial(critical_service_loop, printer=_tell_nothing))


def _tell_nothing(*_words: object) -> None:
    """Take the place of ``print``."""


async def _register(runner: Runner, schedules: Sequence[RunnerDeployment]) -> None:
    async with get_client() as client:
        for deployment in schedules:
            deployment_id = await runner.aadd_deployment(deployment)
            await tidy(client, deployment_id, has_schedule=bool(deployment.schedules))
            if deployment.schedules:
                await client.create_flow_run_from_deployment(deployment_id)


def _reason(error: BaseException | None) -> str:
    """Return why the runner ended, in one line without the advice of its libraries."""
    if error is None:
        return "without a reason"
    return (str(error).strip() or type(error).__name__).splitlines()[0].partition(" - For more information")[0]


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    return stop


async def _leave(runner: Runner, serving: "asyncio.Task[None]", server: Server | None) -> None:
    """End runs under way, pause the schedules, end the runner; without the server, that ends with this process."""
    leave_quietly()
    stopping = asyncio.create_task(runner.astop())
    ends = asyncio.get_running_loop().time() + LEAVE_LIMIT_S
    while not serving.done() and not _is_dead(server) and asyncio.get_running_loop().time() < ends:
        await asyncio.wait({serving}, timeout=LOOK_EVERY_S)
    if not serving.done():
        asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)  # what breaks now breaks by that
        stopping.cancel()
        serving.cancel()
    await asyncio.wait({serving, stopping}, timeout=LOOK_EVERY_S)


def _is_dead(server: Server | None) -> bool:
    return server is not None and server.process.poll() is not None
