"""Calling the command line as a user does: a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TypeAlias

from tests.flows.calling import Call, Called, preloaded

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
LIMIT_S = 600
Process: TypeAlias = subprocess.Popen[str] | Called
COMMANDS = "flows.commands.cli"
MAIN = [sys.executable, "-m", COMMANDS]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call came to."""

    code: int
    out: str
    err: str


def tocsin(
    *words: str | Path,
    env: Mapping[str, str] | None = None,
    given: str | bytes = b"",
    cwd: Path = ROOT,
    module: str = COMMANDS,
    is_fresh: bool = False,
) -> Outcome:
    """Run `tocsin WORDS` and return its exit code and output.

    A call that uses a given Prefect server is forked from a process that has imported all it needs, but for one that
    ``is_fresh``: that is half of its time. ``module`` is what runs, where that is not the command line itself.
    """
    data = given.encode() if isinstance(given, str) else given
    full = _env(env)
    if is_fresh or not _may_fork(env):
        done = subprocess.run(
            [sys.executable, "-m", module, *map(str, words)],
            input=data,
            capture_output=True,
            env=full,
            cwd=cwd,
            timeout=LIMIT_S,
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())
    with TemporaryFile() as source, TemporaryFile() as out, TemporaryFile() as err:
        source.write(data)
        source.seek(0)
        streams = [one.fileno() for one in (source, out, err)]
        asked = Call(module, (*map(str, words),), full, str(cwd))
        call = preloaded(full).call(asked, streams, is_own_session=False)
        try:
            code = call.wait(LIMIT_S)
        finally:
            call.kill()
        out.seek(0)
        err.seek(0)
        return Outcome(code, out.read().decode(), err.read().decode())


def start(*words: str | Path, env: Mapping[str, str] | None = None, is_fresh: bool = False) -> Process:
    """Start `tocsin WORDS` in a process group of its own; forked or ``is_fresh`` as above."""
    full = _env(env)
    if not is_fresh and _may_fork(env):
        ours, theirs = os.pipe()
        with Path(os.devnull).open("r+b", buffering=0) as null:
            streams = [null.fileno(), null.fileno(), theirs]
            asked = Call(COMMANDS, (*map(str, words),), full, str(ROOT))
            call = preloaded(full).call(asked, streams, is_own_session=True)
        os.close(theirs)
        call.stderr = os.fdopen(ours, encoding="utf-8")
        return call
    return subprocess.Popen(
        [*MAIN, *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=full,
        cwd=ROOT,
        start_new_session=True,
    )


def kill_after(process: Process, line: str, delay_s: float) -> None:
    """Kill the process group some time after a line that starts so appears on standard error."""
    assert process.stderr is not None
    for found in process.stderr:
        if found.startswith(line):
            time.sleep(delay_s)
            break
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _may_fork(env: Mapping[str, str] | None) -> bool:
    """Tell whether the environment names a Prefect server and, beyond that, is the one of the tests."""
    named = env or {}
    return bool(named.get("PREFECT_API_URL")) and all(name.startswith("PREFECT_") for name in named)


def _env(env: Mapping[str, str] | None) -> dict[str, str]:
    found = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    found.pop("TOCSIN_CONFIG", None)
    found.pop("TOCSIN_WAREHOUSE", None)
    return found


def lines(text: str) -> Sequence[str]:
    """Return the lines that are not empty."""
    return [line for line in text.splitlines() if line.strip()]
