"""Who holds a lease: this process, by a name that tells later whether it still runs."""

import os
import socket
from pathlib import Path

PROC = Path("/proc")


def this_process() -> str:
    """Return host, process namespace, process id and start of this process."""
    return "|".join((*_here(), str(os.getpid()), _started(os.getpid())))


def is_gone(owner: str) -> bool:
    """Tell whether the owner surely runs no more; one on another host, or in another container, may."""
    host, space, pid, started, *_ = (*owner.split("|"), "", "", "", "")
    return (host, space) == _here() and pid.isdigit() and _started(int(pid)) != started


def _here() -> tuple[str, str]:
    try:
        return socket.gethostname(), str((PROC / "self/ns/pid").readlink())
    except OSError:
        return socket.gethostname(), ""


def _started(pid: int) -> str:
    """Return when a process started, in ticks since boot; empty where there is none that runs."""
    try:
        facts = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if facts[0] == "Z" else facts[19]
