"""The way back: a backup in the place of a warehouse that is not there."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from flows.analysis import present
from flows.intake import archive_folder
from flows.keeping.copying import copy_durably
from flows.keeping.manifest import CAPTURES, Manifest, read_manifest, require_whole
from flows.telling import WorkFailedError
from warehouse.connection import open_writer
from warehouse.upkeep import Ledger, count_rows, publish, published_path, require_sound


@dataclass(frozen=True, slots=True)
class Restored:
    """What stands now, and how many messages the restored outbox still has to send."""

    warehouse: Path
    made_at: str
    n_captures: int
    counts: dict[str, int]


def restore(backup: Path, warehouse: Path) -> Restored:
    """Put a backup in the place of ``warehouse``, of which nothing may be there, and publish it.

    Its files are compared with what was written before anything is put anywhere; what fails midway is taken back.
    """
    manifest = read_manifest(backup)
    archive = archive_folder(warehouse)
    _require_room(warehouse, archive)
    require_whole(backup, manifest)
    require_sound(backup / manifest.database)
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    with present(warehouse) as is_alone:
        if not is_alone:
            raise WorkFailedError(f"a run is under way for {warehouse}: stop it first")
        counts = _put_back(backup, manifest, warehouse, archive)
    return Restored(warehouse, manifest.made_at, len(manifest.files) - 1, counts)


def _require_room(warehouse: Path, archive: Path) -> None:
    log = warehouse.with_name(f"{warehouse.name}.wal")
    there = [path for path in (warehouse, log) if path.exists()]
    there += [archive] if archive.is_dir() and any(archive.iterdir()) else []
    if there:
        raise WorkFailedError(
            f"{', '.join(map(str, there))} would be overwritten: move {'it' if len(there) == 1 else 'them'} aside first"
        )


def _put_back(backup: Path, manifest: Manifest, warehouse: Path, archive: Path) -> dict[str, int]:
    made: list[Path] = []
    ledger = Ledger(warehouse).path
    ledger.unlink(missing_ok=True)  # that of a warehouse that is gone would call this one a loser of commits
    try:
        if manifest.has_captures:
            archive.mkdir(exist_ok=True)
        for one in manifest.files:
            is_capture = one.path.startswith(f"{CAPTURES}/")
            target = archive / Path(one.path).name if is_capture else warehouse
            copy_durably(backup / one.path, target)
            made.append(target)
        made += [warehouse.with_name(f"{warehouse.name}.wal"), ledger]
        with open_writer(warehouse) as con:  # brings an older schema to this one
            _set_aside(published_path(warehouse))
            publish(con, warehouse)
            return count_rows(con)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        with suppress(OSError):
            archive.rmdir()
        raise


def _set_aside(published: Path) -> None:
    """Keep the snapshot of what was there before: it may be all that is left of it."""
    if published.is_file():
        published.replace(published.with_name(f"{published.stem}.before-restore{published.suffix}"))
