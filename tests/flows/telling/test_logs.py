"""Standard error as JSON: every line an object, whoever wrote it, with the run it belongs to."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.flows.command import ROOT, lines, tocsin

SCRIPT = """
import logging, sys, warnings
from flows.telling import explain, guard_output, name_run, note, say, use_log_format, WorkFailedError, current_progress
guard_output()
use_log_format({chosen!r})
say("before")
name_run("r1", "watch")
logging.getLogger("flows.intake").warning("source=%s failed", "quay")
print("somebody's own\\nwords \\u001b[2J \\u00e9", file=sys.stderr)
note("fetch", {{"done": 3}})
current_progress().advance("read", 1, 2)
explain(WorkFailedError("no article could be read"))
"""


OBSERVER = """
import asyncio
from prefect._internal.observers import FlowRunSuspendingObserver
from flows.telling import hush_callbacks
{hush}
async def end_while_polling():
    observer = FlowRunSuspendingObserver(on_suspended=print)
    polling = asyncio.create_task(asyncio.sleep(60))
    polling.add_done_callback(observer._handle_polling_task_done)
    await asyncio.sleep(0)
asyncio.run(end_while_polling())
"""


def logged(chosen: str, env: dict[str, str] | None = None) -> tuple[str, str]:
    """Return what a process of its own says on both streams."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(chosen=chosen)],
        cwd=ROOT, env={"PATH": "", **(env or {})}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout, done.stderr


def records(text: str) -> list[dict[str, Any]]:
    """Return the lines as objects."""
    return [json.loads(line) for line in lines(text)]


def test_every_line_is_an_object_and_names_the_run_once_there_is_one() -> None:
    out, err = logged("json")
    found = records(err)
    assert out == ""
    assert [(one["level"], one["message"]) for one in found] == [
        ("info", "before"), ("warning", "source=quay failed"), ("info", "somebody's own"),
        ("info", "words \x1b[2J \xe9"), ("info", "fetch"), ("info", "read"), ("error", "no article could be read"),
    ]  # fmt: skip
    assert [one.get("run_id") for one in found] == [None, *["r1"] * 6]
    assert (found[4]["done"], found[5]["total"], found[5]["flow"]) == (3, 2, "watch")
    assert err.isascii()


def test_as_text_people_read_what_they_always_did() -> None:
    _, err = logged("text")
    assert lines(err) == [
        "tocsin: before", "source=quay failed", "somebody's own", "words \\u001b[2J \xe9",
        "tocsin: no article could be read",
    ]  # fmt: skip


def test_the_variable_outweighs_the_file() -> None:
    """So the processes that `tocsin up` starts log as it does."""
    assert len(records(logged("text", {"TOCSIN_LOG_FORMAT": "json"})[1])) == 7
    assert logged("json", {"TOCSIN_LOG_FORMAT": "text"})[1].startswith("tocsin: before")


@pytest.mark.parametrize("command", ["watch", "up", "backfill"])
def test_errors_of_a_command_are_objects_too(command: str, tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text("[watch]\ninterval_minutes = 0\n")
    more = [tmp_path / "tocsin.toml"] if command == "backfill" else []
    done = tocsin(command, "--log-format", "json", "--config", tmp_path, *more)
    (found,) = records(done.err)
    assert (done.code, found["level"]) == (2, "error")
    assert "watch.interval_minutes" in found["message"]


@pytest.mark.slow
@pytest.mark.parametrize(("hush", "is_told"), [("", True), ("hush_callbacks()", False)])
def test_an_observer_that_is_ended_while_it_polls_prints_no_traceback(hush: str, is_told: bool) -> None:
    """Prefect's observer asks a cancelled task for its error; the user is not told."""
    script = OBSERVER.format(hush=hush)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ("Traceback" in done.stderr) is is_told
