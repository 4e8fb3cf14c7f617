"""`tocsin up`: everything on its schedule, until stopped."""

import asyncio
import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.clock import ClockTurnedBackError
from flows.commands.options import common_options, log_option
from flows.telling import WORK_FAILED, WorkFailedError, one_line, say, use_log_format

if TYPE_CHECKING:
    from config.load import Configuration
    from config.settings import Settings
    from flows.serving import Server, Step

EXAMPLES = """\b
Examples:
  tocsin up                                     a cycle now, then every watch.interval_minutes, until Ctrl-C
  tocsin up --config my/ --warehouse my.duckdb  sources, topics and rules of your own
  tocsin up --check --config my/ --channel desk does everything work here, and does a message reach the desk?
  PREFECT_API_URL=http://prefect:4200/api tocsin up
                                                the schedule on a Prefect server that runs already
"""


@click.command("up", epilog=EXAMPLES)
@common_options
@log_option
@click.option("--check", "is_check", is_flag=True, help="Prove the installation by a trial of everything, and end.")
@click.option("--channel", help="With --check: send a test message through this channel of alerts.toml, too.")
def command(config_folder: Path | None, warehouse: Path | None, is_check: bool, channel: str | None) -> int:
    """Keep watching: run a cycle now and then on the interval of the configuration, one at a time.

    Unless PREFECT_API_URL or the active Prefect profile names a Prefect server, one of our own is started on loopback;
    it keeps its records beside the warehouse and lets in whoever knows its credential, which is new at each start.
    Ctrl-C or SIGTERM ends everything; what was committed stays.

    --check starts all of that for a feed of its own on loopback, in a temporary folder: polls it, keeps its story,
    rings, receives the alert, looks at the snapshot and the pages, stops, and leaves nothing behind. A line a step;
    exit code 1 if one fails.
    """
    if is_check:
        return _check(config_folder, warehouse, channel)
    if channel:
        raise click.UsageError("--channel belongs to --check")
    _keep_up(config_folder, warehouse)
    return 0


def _check(config_folder: Path | None, warehouse: Path | None, channel: str | None) -> int:
    from config.load import load_configuration
    from flows.serving import prove

    configuration = load_configuration(config_folder)
    target = warehouse or configuration.settings.paths.warehouse
    steps = [] if channel is None else [_send_test(configuration, target, channel)]
    are_good = True
    for step in chain(steps, prove(configuration, target)):
        print(f"{'ok' if step.is_good else 'FAILED':<8}{step.name:<15}{one_line(step.words)}", flush=True)
        are_good = are_good and step.is_good
    return 0 if are_good else WORK_FAILED


def _send_test(configuration: "Configuration", warehouse: Path, name: str) -> "Step":
    from flows.clock import utc_now
    from flows.delivery import Failed, send_trial
    from flows.serving import Step

    channel = configuration.alerting.channel_named(name)
    if channel is None:
        raise click.UsageError(f"there is no channel {name!r} in alerts.toml")
    outcome = send_trial(channel, configuration.alerting, warehouse, now=utc_now())
    if isinstance(outcome, Failed):
        return Step("test message", f"{name}: {outcome.error}", is_good=False)
    return Step("test message", f"{name} took it")


def _keep_up(config_folder: Path | None, warehouse: Path | None) -> None:
    from flows.workers import keep_interrupts_to_ourselves

    before = dict(os.environ)
    was_asked = keep_interrupts_to_ourselves()
    try:
        _up(config_folder, warehouse)
    except ClockTurnedBackError:
        say("the clock was set back: starting anew")
        # All of it, with the environment as it was: Prefect keeps times and addresses in more places than one.
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], before)  # noqa: S606 - this very command
    except BaseException:
        if not was_asked.is_set():
            raise
    say("stopped; what was committed stays, the next start goes on from there")


def _up(config_folder: Path | None, warehouse: Path | None) -> None:
    from config.load import load_configuration
    from flows.monitoring import prefect_home
    from flows.serving import ServedPages, credential_file, is_api_configured, lasting_server, use_embedded_defaults
    from flows.workers import PARENT

    settings = load_configuration(config_folder).settings
    target = (warehouse or settings.paths.warehouse).absolute()
    use_log_format(settings.monitoring.log_format)
    home = prefect_home(target)
    pages = ServedPages(target, config_folder.absolute() if config_folder else None, settings.pages.port)
    use_embedded_defaults()
    # Runs start as processes of their own: they end with this one, and take no module from the folder they start in.
    # The runner has a web server of its own, without any lock: it stays off.
    os.environ |= {PARENT: str(os.getpid()), "PYTHONSAFEPATH": "1", "PREFECT_RUNNER_SERVER_ENABLE": "false"}
    with _alone(home) as was_cut_off:
        say("starting Prefect")
        server = None if is_api_configured() else lasting_server(home, pages, was_cut_off=was_cut_off)
        try:
            with credential_file(home, server.credential) if server else nullcontext() as credential:
                _serve(settings, target, config_folder, server, credential)
        finally:
            if server:
                server.stop()


def _serve(
    settings: "Settings",
    warehouse: Path,
    config_folder: Path | None,
    server: "Server | None",
    credential: Path | None,
) -> None:
    from flows.serving import much_imported

    with much_imported():
        from flows.serving import serve  # imports Prefect while the server starts

    if server:
        server.wait()
    every = f"{settings.watch.interval_minutes:g} minutes"
    say(f"a cycle every {every}; {_where(server, credential)}; Ctrl-C ends it")
    asyncio.run(serve(settings, warehouse, config_folder, server))


def _where(server: "Server | None", credential: Path | None) -> str:
    """Return where the pages are, and what opens them."""
    if server is None:
        return f"Prefect at {os.environ.get('PREFECT_API_URL', 'the Prefect profile')}"
    at = server.url.removesuffix("/api")
    return (
        f"Prefect at {at} (its pages ask for the line in {credential}); the report at {at}/report, metrics at "
        f"{at}/metrics (user name and password: before and after the colon of that line)"
    )


@contextmanager
def _alone(home: Path) -> Iterator[bool]:
    """Hold the lock of a warehouse's schedule; the system gives it up when the process ends, however it does.

    Yields whether the one before was cut off or failed: who ends as told to leaves the file empty.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise WorkFailedError(f"`tocsin up` runs already for this warehouse (process {lock.read()})") from error
        lock.seek(0)
        was_cut_off = bool(lock.read())
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        try:
            yield was_cut_off
        except KeyboardInterrupt:
            lock.truncate(0)
            raise
        lock.truncate(0)
