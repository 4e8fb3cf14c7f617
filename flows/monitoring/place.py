"""Where an installation stands: its disk, its files, its versions, and whether `tocsin up` runs for it."""

import os
import platform
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from flows.version import tocsin_version
from warehouse.upkeep import published_path


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes: what is free where the warehouse lies, and what each of its parts takes."""

    free: int
    total: int
    parts: Mapping[str, int]


def disk_of(warehouse: Path) -> Disk:
    """Return the room there is and what is taken."""
    folder = next(one for one in (warehouse.absolute().parent, *warehouse.absolute().parents) if one.is_dir())
    usage = shutil.disk_usage(folder)
    snapshot = published_path(warehouse)
    parts = {
        "warehouse": 0
        if warehouse == snapshot
        else _size(warehouse) + _size(warehouse.with_name(f"{warehouse.name}.wal")),
        "snapshot": _size(snapshot),
        "captures": _size(warehouse.with_name(f"{warehouse.stem}.captures")),
        "prefect": _size(prefect_home(warehouse)),
    }
    return Disk(usage.free, usage.total, parts)


def prefect_home(warehouse: Path) -> Path:
    """Return where `tocsin up` keeps what belongs to Prefect."""
    return warehouse.with_name(f"{warehouse.stem}.prefect")


def server_process(warehouse: Path) -> int | None:
    """Return the process of the `tocsin up` that serves a warehouse on this machine; None where none does."""
    try:
        process = int((prefect_home(warehouse) / "lock").read_text())
        os.kill(process, 0)
    except PermissionError:
        return None  # somebody else's by now, or not ours to see
    except (OSError, ValueError):
        return None
    return process


@cache
def versions() -> dict[str, str]:
    """Return what runs here, by name."""
    return {
        "tocsin": tocsin_version(),
        "python": platform.python_version(),
        "duckdb": version("duckdb"),
        "prefect": version("prefect"),
        "spacy": version("spacy"),
    }


def _size(path: Path) -> int:
    """Return the bytes of a file or of the files of a folder; what has gone meanwhile takes none."""
    with suppress(OSError):
        if not path.is_dir():
            return path.stat().st_size
    total = 0
    with suppress(OSError), os.scandir(path) as found:
        for one in found:
            with suppress(OSError):
                total += one.stat(follow_symlinks=False).st_size if one.is_file(follow_symlinks=False) else 0
    return total
