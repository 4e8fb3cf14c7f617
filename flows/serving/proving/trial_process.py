"""A `tocsin up` of the trial's own: started, read, and ended without a trace."""

import os
import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from flows.serving.proving.trial_config import CHANNEL
from flows.serving.settings import API_URL

MARK = "TOCSIN_TRIAL"  # carried by every process of a trial
LOOK_EVERY_S = 0.2
STOP_LIMIT_S = 90
LINES_TOLD = 3
FAILURE = re.compile("cycle (failed|ended from outside):")
LONGEST_TEMPORARY = 70  # characters; sockets of worker processes stand below it, and may have 107


class TrialError(Exception):
    """A step of the trial failed; the message says how, in one line."""


@dataclass(frozen=True, slots=True)
class TrialProcess:
    """The process, where it writes, and the mark of all that it starts."""

    process: "subprocess.Popen[bytes]"
    out: Path
    err: Path
    mark: str

    def wait_for(self, condition: Callable[[], object], what: str, ends: float) -> None:
        """Return when the condition holds; raises ``TrialError`` when the process ends or time is up before."""
        while not condition():
            if self.process.poll() is not None:
                raise TrialError(f"it ended before {what}: {self._last_words()}")
            if failure := self._failure():
                raise TrialError(failure)
            if time.monotonic() > ends:
                raise TrialError(f"no {what} in time: {self._last_words()}")
            time.sleep(LOOK_EVERY_S)

    def says(self, words: str) -> bool:
        """Tell whether a line on standard output has the words."""
        return words in self.out.read_text(errors="replace")

    def stop(self) -> None:
        """End it as a supervisor would; raises ``TrialError`` where that is not in order or leaves something behind."""
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired as error:
            raise TrialError(f"it did not end within {STOP_LIMIT_S} seconds of SIGTERM") from error
        if code:
            raise TrialError(f"it ended with exit code {code}: {self._last_words()}")
        ends = time.monotonic() + STOP_LIMIT_S / 9
        while left := marked(self.mark):
            if time.monotonic() > ends:
                raise TrialError(f"it left processes behind: {', '.join(map(str, left))}")
            time.sleep(LOOK_EVERY_S)

    def _failure(self) -> str:
        """Return what it says of a cycle that failed; empty where none did."""
        told = self.err.read_text(errors="replace").splitlines()
        return next((line for line in told if FAILURE.search(line)), "")

    def _last_words(self) -> str:
        told = (self.out.read_text(errors="replace") + self.err.read_text(errors="replace")).splitlines()
        return " | ".join(line.strip() for line in told[-LINES_TOLD:] if line.strip()) or "it said nothing"


@contextmanager
def trial_process(config: Path, warehouse: Path, hook: str, key: str) -> Iterator[TrialProcess]:
    """Start it; whatever happens, nothing of it runs on afterwards."""
    mark = secrets.token_hex(8)
    out, err = warehouse.with_name("up.out"), warehouse.with_name("up.err")
    call = [sys.executable, "-P", "-m", "flows.commands.cli", "up"]
    call += ["--config", str(config), "--warehouse", str(warehouse)]
    with out.open("wb") as to_out, err.open("wb") as to_err:
        process = subprocess.Popen(  # noqa: S603 - this very program
            call, stdin=subprocess.DEVNULL, stdout=to_out, stderr=to_err, start_new_session=True,
            env=_environment(mark, hook, key, warehouse.parent),
        )  # fmt: skip
    try:
        yield TrialProcess(process, out, err, mark)
    finally:
        process.kill()
        process.wait()
        for one in marked(mark):
            with suppress(OSError):
                os.kill(one, signal.SIGKILL)


def marked(mark: str) -> list[int]:
    """Return the processes that carry the mark; none where the system does not tell."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"{MARK}={mark}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
    return found


def _environment(mark: str, hook: str, key: str, folder: Path) -> dict[str, str]:
    """Return what the trial runs under: no server, warehouse or channel of the user's, all files in its folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "TOCSIN_"))}
    channel = f"TOCSIN_CHANNEL_{CHANNEL.upper()}"
    temporary = {"TMPDIR": str(folder)} if len(str(folder)) <= LONGEST_TEMPORARY else {}
    return {
        **kept, **temporary, MARK: mark, API_URL: "", "PREFECT_HOME": str(folder / "prefect"),
        channel: hook, f"{channel}_KEY": key,
    }  # fmt: skip
