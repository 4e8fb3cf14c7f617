"""The trial, step by step: from the configuration to an alert that arrived and a machine left as it was."""

import base64
import json
import os
import secrets
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from config.load import Configuration
from flows.clock import utc_now
from flows.delivery import trouble_of, verify_signature
from flows.files import replace_file
from flows.monitoring import disk_of, prefect_home
from flows.serving.proving.newsroom import SPEAKER, Newsroom, newsroom
from flows.serving.proving.trial_config import write_trial_config
from flows.serving.proving.trial_process import TrialError, TrialProcess, trial_process
from flows.serving.settings import API_URL, is_api_configured
from flows.telling import counted_of
from warehouse.asking import vitals_of
from warehouse.connection import open_reader
from warehouse.upkeep import published_path

LIMIT_S = 300.0  # a small machine that is busy takes a minute for the server and another one for the first cycle
ASK_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Step:
    """One step that was taken: its name, what came of it, and whether that is good."""

    name: str
    words: str
    is_good: bool = True


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything a step may need; ``ends`` is by the clock that nobody sets."""

    room: Newsroom
    warehouse: Path
    process: TrialProcess
    key: str
    ends: float = field(default_factory=lambda: time.monotonic() + LIMIT_S)


Taking: TypeAlias = Callable[[Trial], str]


def prove(configuration: Configuration, warehouse: Path) -> Iterator[Step]:
    """Take every step and yield what came of it; what cannot be without a step that failed is not tried."""
    facts = configuration.facts()
    held = ", ".join(counted_of(facts[name], name) for name in ("sources", "topics", "alert rules"))
    yield Step("configuration", held)
    yield from _channels(configuration)
    yield _taken("disk", lambda: _disk(configuration, warehouse))
    if is_api_configured():
        yield _taken("your server", _named_server)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tocsin-trial-")))
        room = stack.enter_context(newsroom())
        config = write_trial_config(folder / "config", configuration.settings, room)
        key, target = secrets.token_urlsafe(), folder / "trial.duckdb"
        process = stack.enter_context(trial_process(config, target, room.url("/hook"), key))
        yield from _in_order(Trial(room, target, process, key))
    yield Step("end", f"nothing is left of it: {folder} is gone", not folder.exists())


def _in_order(trial: Trial) -> Iterator[Step]:
    """Take the steps that build on each other; stop at the first that fails."""
    steps: tuple[tuple[str, Taking], ...] = (
        ("server", _server), ("feed", _feed), ("article", _article), ("alert", _alert), ("snapshot", _snapshot),
        ("pages", _pages), ("stop", _stop),
    )  # fmt: skip
    for name, take in steps:
        step = _taken(name, lambda take=take: take(trial))  # type: ignore[misc]
        yield step
        if not step.is_good:
            return


def _taken(name: str, take: Callable[[], str]) -> Step:
    try:
        return Step(name, take())
    except (TrialError, OSError, ValueError, LookupError) as error:
        return Step(name, (str(error).strip() or type(error).__name__).splitlines()[0], is_good=False)


def _channels(configuration: Configuration) -> Iterator[Step]:
    for one in configuration.alerting.channel:
        if one.is_outside:
            trouble = trouble_of(one, os.environ)
            yield Step("channel", f"{one.name}: {trouble or 'has a target'}", trouble is None)


def _disk(configuration: Configuration, warehouse: Path) -> str:
    """Write a file where the warehouse is or will be made, and remove it again."""
    folder = next(one for one in warehouse.absolute().parents if one.is_dir())
    mark = folder / f".{warehouse.stem}.trial-{os.getpid()}"
    replace_file(mark, b"trial")
    mark.unlink()
    free = disk_of(warehouse).free
    if free < configuration.settings.monitoring.min_free_bytes:
        raise TrialError(f"{folder}: {free / 1e6:,.0f} MB free, less than monitoring.min_free_bytes")
    return f"{folder} can be written, {free / 1e9:,.1f} GB free"


def _named_server() -> str:
    """Ask the Prefect server that the user named, where the environment names it."""
    url = os.environ.get(API_URL, "")
    if not url:
        return "named by the Prefect profile; not asked"
    status, _ = _ask(f"{url.rstrip('/')}/health", os.environ.get("PREFECT_API_AUTH_STRING", ""))
    if status != 200:
        raise TrialError(f"{url} answers with {status}")
    return f"{url} answers; the trial itself has a server of its own"


def _server(trial: Trial) -> str:
    credential = prefect_home(trial.warehouse) / "credential"
    trial.process.wait_for(lambda: _address(trial), "address of the server", trial.ends)
    at = _address(trial)
    statuses = [_ask(f"{at}/api/deployments/filter", one, b"{}")[0] for one in ("", "tocsin:guess")]
    if set(statuses) - {401, 403}:
        raise TrialError(f"it answers strangers with {statuses}")
    if _ask(f"{at}/health", credential.read_text().strip())[0] not in (200, 503):
        raise TrialError("it does not know its own credential")
    return f"Prefect at {at}, closed to strangers"


def _feed(trial: Trial) -> str:
    trial.process.wait_for(lambda: "/story" in trial.room.asked, "visit to the feed and its story", trial.ends)
    return "polled, its story fetched"


def _article(trial: Trial) -> str:
    trial.process.wait_for(lambda: trial.process.says("polled"), "end of the first cycle", trial.ends)
    if not trial.process.says("added 1 article"):
        raise TrialError(f"the first cycle kept no article: {trial.process.out.read_text().strip()}")
    return "read, kept and searched for statements"


def _alert(trial: Trial) -> str:
    trial.process.wait_for(lambda: trial.room.calls, "call of the webhook", trial.ends)
    call = trial.room.calls[0]
    if not verify_signature(call.headers, call.body, trial.key.encode(), now=utc_now()):
        raise TrialError("the webhook was called with a wrong signature")
    data = json.loads(call.body)["data"]
    if data.get("speaker") != SPEAKER:
        raise TrialError(f"the alert is not about what was said: {data.get('quote') or data.get('text')}")
    return f"{data['category']} of severity {data['severity']} by {SPEAKER}, signed, received"


def _snapshot(trial: Trial) -> str:
    with open_reader(published_path(trial.warehouse)) as con:
        found = vitals_of(con, utc_now())
    held = found.holdings.articles, found.holdings.alerts, len(found.undelivered)
    if held != (1, 1, 0):
        raise TrialError("it holds {} articles, {} alerts, {} undelivered".format(*held))
    return "published, opens for readers, holds the article and the alert"


def _pages(trial: Trial) -> str:
    at, credential = _address(trial), (prefect_home(trial.warehouse) / "credential").read_text().strip()
    for path, words in (("/report", SPEAKER), ("/metrics", "tocsin_run_failed"), ("/health", "state")):
        status, body = _ask(f"{at}{path}", credential)
        if status != 200 or words not in body:
            raise TrialError(f"{path} answers with {status}: {body[:200]}")
    return "report, metrics and health are served"


def _stop(trial: Trial) -> str:
    trial.process.stop()
    return "ended by SIGTERM with exit code 0, no process left"


def _address(trial: Trial) -> str:
    """Return where the server is, by what the process says of it; empty before."""
    told = trial.process.err.read_text(errors="replace")
    return told.partition("Prefect at ")[2].split(" ")[0] if "a cycle every" in told else ""


def _ask(url: str, credential: str, body: bytes | None = None) -> tuple[int, str]:
    """Return status and text of an answer."""
    request = urllib.request.Request(url, data=body, headers={"content-type": "application/json"})  # noqa: S310 - ours
    if credential:
        request.add_header("authorization", f"Basic {base64.b64encode(credential.encode()).decode()}")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=ASK_LIMIT_S) as answer:
            return answer.status, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")
