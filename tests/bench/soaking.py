"""The process that ``tests.bench.soak`` measures: ``python -m tests.bench.soaking WAREHOUSE CONFIG PREFECT_HOME``.

For each line that it reads it runs a cycle in which every source is due, and answers with what that came to.
"""

import gc
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from flows.serving import temporary_server
from warehouse.connection import open_writer
from warehouse.storing.key_index import keys_path

PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")
MEGABYTE = 1e6


def main(warehouse: Path, config: Path, home: Path) -> None:
    """Run cycles until the lines end."""
    os.environ["PREFECT_HOME"] = str(home / "prefect")
    wait_for_server = temporary_server()
    from flows.watch import watch

    wait_for_server()
    for _ in sys.stdin:
        _make_due(warehouse)
        before = _spent(), _seconds_of(_server())
        watch(warehouse, config)
        print(json.dumps(_measure(warehouse, home, before)), flush=True)


def _make_due(warehouse: Path) -> None:
    if warehouse.exists():
        with open_writer(warehouse) as con:
            con.execute("UPDATE source_states SET next_at = NULL")


def _measure(warehouse: Path, home: Path, before: tuple[float, float]) -> dict[str, Any]:
    gc.collect()
    with open_writer(warehouse) as con:
        row = con.execute("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM alerts)").fetchone()
    articles, alerts = row or (0, 0)
    return {
        "seconds": round(_spent() - before[0], 2),
        "server_seconds": round(_seconds_of(_server()) - before[1], 2),
        "memory_mb": _resident("self"),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "server_mb": _resident(_server()),
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "processes": len(_children()),
        "warehouse_mb": _size(warehouse),
        "keys_mb": _size(keys_path(warehouse)),
        "captures_mb": _size(warehouse.with_name(f"{warehouse.stem}.captures")),
        "prefect_mb": _size(home / "prefect"),
        "articles": articles,
        "alerts": alerts,
    }


def _spent() -> float:
    """Return the processor seconds of this process and of the children that ended."""
    own, ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime


def _children() -> list[str]:
    return Path("/proc/self/task", str(os.getpid()), "children").read_text().split()


def _server() -> str:
    """Return the process of the Prefect server, the only child between two cycles that stays."""
    found = [one for one in _children() if b"flows.serving.child" in Path("/proc", one, "cmdline").read_bytes()]
    return found[0]


def _seconds_of(process: str) -> float:
    fields = Path("/proc", process, "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _resident(process: str) -> float:
    return round(int(Path("/proc", process, "statm").read_text().split()[1]) * PAGE / MEGABYTE, 1)


def _size(path: Path) -> float:
    """Return the size of a file, or of all files below a folder."""
    found = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return round(sum(one.stat().st_size for one in found) / MEGABYTE, 2)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
