"""Calling the command line as a user does: a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
MAIN = [sys.executable, "-m", "flows.commands.cli"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call came to."""

    code: int
    out: str
    err: str


def tocsin(
    *words: str | Path, env: Mapping[str, str] | None = None, given: str | bytes = b"", cwd: Path = ROOT
) -> Outcome:
    """Run `tocsin WORDS` and return its exit code and output."""
    data = given.encode() if isinstance(given, str) else given
    done = subprocess.run(
        [*MAIN, *map(str, words)], input=data, capture_output=True, env=_env(env), cwd=cwd, timeout=600, check=False
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


def start(*words: str | Path, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start `tocsin WORDS` in a process group of its own."""
    return subprocess.Popen(
        [*MAIN, *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=_env(env),
        cwd=ROOT,
        start_new_session=True,
    )


def kill_after(process: subprocess.Popen[str], line: str, delay_s: float) -> None:
    """Kill the process group some time after a line that starts so appears on standard error."""
    assert process.stderr is not None
    for found in process.stderr:
        if found.startswith(line):
            time.sleep(delay_s)
            break
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _env(env: Mapping[str, str] | None) -> dict[str, str]:
    found = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    found.pop("TOCSIN_CONFIG", None)
    found.pop("TOCSIN_WAREHOUSE", None)
    return found


def lines(text: str) -> Sequence[str]:
    """Return the lines that are not empty."""
    return [line for line in text.splitlines() if line.strip()]
