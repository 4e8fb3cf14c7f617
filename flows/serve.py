"""Serving the schedules: a Prefect runner that starts what is due, until told to stop or left without its server."""

import asyncio
import contextlib
import signal
from collections.abc import Sequence
from pathlib import Path

from prefect.client.orchestration import get_client
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner

from config.settings import Settings
from flows.deploy import deployments, leave_quietly, tidy
from flows.failures import WorkFailedError
from flows.server import Server

LOOK_EVERY_S = 0.5
LEAVE_LIMIT_S = 45  # a run under way gets 30 s to end by itself


async def serve(settings: Settings, warehouse: Path, config_folder: Path | None, server: Server | None) -> None:
    """Register the schedules of a warehouse, start each at once and then when it is due; return when a signal says so.

    Raises ``WorkFailedError`` when our own server or the runner ends by itself.
    """
    runner = Runner(limit=None)
    await _register(runner, await deployments(settings, warehouse, config_folder))
    serving = asyncio.create_task(runner.start())
    await asyncio.sleep(0)  # the runner has set its own handler of SIGTERM, which cannot be used within a loop
    stop = _stop_signal()
    while not stop.is_set():
        if server and server.process.poll() is not None:
            await _abandon(serving)
            if stop.is_set():
                return  # whoever stops us, stopped all our processes
            raise WorkFailedError(f"the Prefect server ended: {server.last_words()}")
        if serving.done():
            raise WorkFailedError(f"the runner ended: {serving.exception() or 'without a reason'}")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_EVERY_S)
    with contextlib.suppress(TimeoutError):  # what does not end by then ends with this process
        await asyncio.wait_for(_leave(runner, serving), LEAVE_LIMIT_S)


async def _register(runner: Runner, schedules: Sequence[RunnerDeployment]) -> None:
    async with get_client() as client:
        for deployment in schedules:
            deployment_id = await runner.aadd_deployment(deployment)
            await tidy(client, deployment_id)
            await client.create_flow_run_from_deployment(deployment_id)


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    return stop


async def _leave(runner: Runner, serving: "asyncio.Task[None]") -> None:
    """End runs under way, pause the schedules, end the runner."""
    leave_quietly()
    await runner.astop()
    await serving


async def _abandon(serving: "asyncio.Task[None]") -> None:
    """End the runner without waiting for a server that is gone; runs under way end with this process."""
    await asyncio.sleep(LOOK_EVERY_S)  # a signal that ended the server may be meant for us, too
    asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)  # what breaks now breaks by that
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await asyncio.wait_for(serving, LOOK_EVERY_S)
