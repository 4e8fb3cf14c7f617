"""A backup: the warehouse as it is committed, and its captures, in a folder that is whole or not there."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.intake import archive_folder
from flows.keeping.copying import copy_durably
from flows.keeping.manifest import CAPTURES, KeptFile, Manifest, describe_file, write_manifest
from flows.telling import WorkFailedError
from flows.version import tocsin_version
from warehouse.connection import open_writer
from warehouse.upkeep import copy_warehouse, count_rows


@dataclass(frozen=True, slots=True)
class BackedUp:
    """Where a backup is, and what it holds."""

    folder: Path
    n_bytes: int
    n_captures: int
    counts: dict[str, int]


def back_up(warehouse: Path, folder: Path, *, now: datetime, with_captures: bool = True) -> BackedUp:
    """Copy a warehouse to ``folder``, which must not be there or be empty; nothing stands there until all is verified.

    The warehouse is held for as long as its file is copied; the captures are copied after that, so that every page the
    copy knows of is among them.
    """
    if not warehouse.is_file():
        raise WorkFailedError(f"{warehouse} does not exist")
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise WorkFailedError(f"{folder} is there already: a backup goes to a folder that is not, or that is empty")
    with _fresh_folder(folder.resolve()) as fresh:
        with open_writer(warehouse) as con:
            copy_warehouse(con, warehouse, fresh / warehouse.name)
            counts = count_rows(con)
        kept = [describe_file(fresh, fresh / warehouse.name)]
        kept += _copy_captures(archive_folder(warehouse), fresh) if with_captures else []
        made_at = now.isoformat(timespec="seconds")
        write_manifest(fresh, Manifest(made_at, tocsin_version(), warehouse.name, counts, with_captures, tuple(kept)))
    return BackedUp(folder, sum(one.n_bytes for one in kept), len(kept) - 1, counts)


def _copy_captures(archive: Path, fresh: Path) -> list[KeptFile]:
    """Copy the WARC files; one that a run appends to meanwhile is cut to its last whole record when it is next used."""
    (fresh / CAPTURES).mkdir()
    paths = sorted(archive.glob("*.warc.gz")) if archive.is_dir() else []
    for path in paths:
        copy_durably(path, fresh / CAPTURES / path.name)
    return [describe_file(fresh, fresh / CAPTURES / path.name) for path in paths]


@contextmanager
def _fresh_folder(folder: Path) -> Iterator[Path]:
    """Give a folder beside ``folder`` that takes its place at the end of the block, or goes."""
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    fresh.mkdir(parents=True)
    try:
        yield fresh
        fresh.replace(folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
