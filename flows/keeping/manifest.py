"""What a backup says of itself: when it was made, of what, and how each of its files can be told to be whole."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.telling import WorkFailedError

NAME = "backup.json"
FORMAT = 1
CAPTURES = "captures"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of a backup; ``path`` is relative to its folder."""

    path: str
    n_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole of it."""

    made_at: str
    tocsin_version: str
    database: str
    counts: dict[str, int]
    has_captures: bool
    files: tuple[KeptFile, ...]


def describe_file(folder: Path, path: Path) -> KeptFile:
    """Return a file of a backup as its manifest knows it."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return KeptFile(path.relative_to(folder).as_posix(), path.stat().st_size, digest)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it; the last file of a backup."""
    (folder / NAME).write_text(json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Return what a backup says of itself; raises ``WorkFailedError`` where it is none, or of a newer kind."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        version = told.pop("format")
        found = (
            Manifest(**(told | {"files": tuple(KeptFile(**one) for one in told["files"])}))
            if version == FORMAT
            else None
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorkFailedError(f"{folder} is no backup: it has no sound {NAME}") from error
    if found is None:
        raise WorkFailedError(f"{folder} was made by a newer Tocsin: upgrade it")
    if any(not _is_inside(folder, one.path) for one in (*found.files, KeptFile(found.database, 0, ""))):
        raise WorkFailedError(f"{folder} is no backup: its {NAME} names files outside of it")
    if [one.path for one in found.files if not one.path.startswith(f"{CAPTURES}/")] != [found.database]:
        raise WorkFailedError(f"{folder} is no backup: its {NAME} names no database, or more than one")
    return found


def require_whole(folder: Path, manifest: Manifest) -> None:
    """Raise ``WorkFailedError`` where a file of the backup is missing or not as it was."""
    for one in manifest.files:
        path = folder / one.path
        if not path.is_file():
            raise WorkFailedError(f"the backup is damaged: {path} is missing")
        if describe_file(folder, path) != one:
            raise WorkFailedError(f"the backup is damaged: {path} is not as it was written")


def _is_inside(folder: Path, name: str) -> bool:
    return (folder / name).resolve().is_relative_to(folder.resolve())
