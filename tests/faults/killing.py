"""Starting a command and killing it at a random moment of its work."""

import os
import random
import signal
import subprocess
import threading
import time
from pathlib import Path

from tests.faults.jobs import Job
from tests.flows.command import Process, start

# The first of these words on standard error says that a command has begun its work.
BEGUN = ("poll", "fetch", "read", "scan", "extract", "tocsin: a cycle every")
BEGIN_LIMIT_S = 180
LEAVE_S = 8.0  # what a killed command started must be gone within, on a machine that is busy


def kill_at_random(job: Job, warehouse: Path, chance: random.Random, span_s: float) -> bool:
    """Kill the command up to ``span_s`` seconds after it began its work; tell whether it still ran.

    Every second time the whole process group is killed, else the command alone: its helpers must follow.
    """
    process = start(*job.call(warehouse), env=job.env)
    begun = threading.Event()
    reader = threading.Thread(target=_listen, args=(process, begun), daemon=True)
    reader.start()
    begun.wait(BEGIN_LIMIT_S)
    delay_s, is_group = chance.uniform(0, span_s), chance.random() < 0.5
    try:
        process.wait(delay_s)
    except subprocess.TimeoutExpired:
        (os.killpg if is_group else os.kill)(process.pid, signal.SIGKILL)
    else:
        return False
    process.wait()
    ends = time.monotonic() + LEAVE_S
    while (survivors := group_of(process.pid)) and time.monotonic() < ends:
        time.sleep(0.1)
    assert not survivors, f"outlived a killed {job.name}: {survivors}"
    reader.join(BEGIN_LIMIT_S)
    return True


def group_of(leader: int) -> list[str]:
    """Return the command lines of the living processes of a session."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(f"{folder.name} {words}")
    return found


def _listen(process: Process, begun: threading.Event) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(BEGUN):
            begun.set()
    begun.set()
