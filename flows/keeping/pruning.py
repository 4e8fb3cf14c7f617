"""What is let go of with age: fetched pages, the record of polls, texts whose licence wants it."""

import fcntl
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from flows.analysis import present
from flows.intake import archive_folder
from flows.telling import UnderWayError, WorkFailedError, counted
from warehouse.connection import open_writer, rehearsal, transaction
from warehouse.upkeep import Pruned, prune_rows, publish, settled_files


def prune(warehouse: Path, before: datetime, *, now: datetime, is_rehearsal: bool = False) -> Pruned:
    """Let go of what is older than ``before`` and publish; a rehearsal only counts.

    WARC files go whole: those of which every page was read, and fetched before. The newest stays, as it is written to.
    Files that were given to `tocsin backfill` are not ours and stay.
    """
    if not warehouse.is_file():
        raise WorkFailedError(f"{warehouse} does not exist")
    with present(warehouse) as is_alone:
        if not is_alone:
            raise UnderWayError(f"a run is under way for {warehouse}: prune when it has ended")
        with open_writer(warehouse) as con:
            files = _removable(archive_folder(warehouse), settled_files(con, before))
            n_bytes = sum(path.stat().st_size for path in files if path.is_file())
            if is_rehearsal:
                with rehearsal(con):
                    done = prune_rows(con, before, [path.name for path in files], now)
            else:
                # Files first: a row without its file is known to be settled, a file without rows to nobody.
                for path in files:
                    path.unlink(missing_ok=True)
                    path.with_name(f".{path.name}.whole").unlink(missing_ok=True)
                with transaction(con):
                    done = prune_rows(con, before, [path.name for path in files], now)
                publish(con, warehouse)
    return replace(done, files=len(files), n_bytes=n_bytes)


def pruned_line(done: Pruned, *, is_rehearsal: bool) -> str:
    """Return what went, or would go, as one line."""
    return (
        f"{'would let go' if is_rehearsal else 'let go'} of {counted(done.captures, 'capture')} in "
        f"{counted(done.files, 'WARC file')} "
        f"({done.n_bytes / 1e6:.1f} MB), {counted(done.polls, 'poll')}, "
        f"{counted(done.texts, 'text')}, the words of {counted(done.entries, 'entry')}"
    )


def _removable(archive: Path, names: list[str]) -> list[Path]:
    """Return the files among ``names`` that nobody writes to, or that are gone already."""
    newest = {max(group) for group in _by_prefix(archive).values()}
    return [archive / name for name in names if name not in newest and _is_free(archive / name)]


def _by_prefix(archive: Path) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for path in archive.glob("*.warc.gz") if archive.is_dir() else ():
        groups.setdefault(path.name.split("-", 1)[0], []).append(path.name)
    return groups


def _is_free(path: Path) -> bool:
    with suppress(FileNotFoundError), path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return False
    return True
