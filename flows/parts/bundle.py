"""The configuration as a value: its files travel with the work, so that a worker needs none of its own."""

import hashlib
import os
import re
import tempfile
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import rmtree

from config.files import layer_bytes
from config.layering.stack import PACKAGED_NAME, SETTINGS, chain, extended
from flows.telling import WorkFailedError
from flows.version import tocsin_version

TOPIC_FILES = ("topics.toml", "actors.toml")
_EXTENDS = re.compile(rb"^[ \t]*[\"']?extends[\"']?[ \t]*=.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of the user's folders, the uppermost first; ``version`` names the code and the topics they were for."""

    version: str
    folders: tuple[tuple[tuple[str, bytes], ...], ...] = ()

    @property
    def digest(self) -> str:
        """Return what identifies it."""
        return hashlib.sha256(repr((self.version, self.folders)).encode()).hexdigest()[:16]


def pack(folder: Path | None) -> Bundle:
    """Return the configuration of a folder that is known to be right."""
    folders = []
    for place, one in enumerate(chain(folder)[0]):
        files = {path.name: path.read_bytes() for path in sorted(one.glob("*.toml"))}
        if extended(one) not in (None, PACKAGED_NAME):
            files[SETTINGS] = _extending(files[SETTINGS], f"../{place + 1}", one)
        folders.append(tuple(files.items()))
    return Bundle(topics_version(folder), tuple(folders))


def topics_version(folder: Path | None) -> str:
    """Return a digest of what decides which pages of a file are kept and how they are read."""
    found = hashlib.sha256(tocsin_version().encode())
    for name in TOPIC_FILES:
        found.update(layer_bytes(folder, name))
    return found.hexdigest()[:12]


def unpack(bundle: Bundle) -> Path | None:
    """Return the folder of a bundle on this machine; raises ``WorkFailedError`` where Tocsin itself is another one."""
    folder = _unpacked(bundle)
    if topics_version(folder) != bundle.version:
        raise WorkFailedError("another version of Tocsin is installed where the work is done: install the same one")
    return folder


@cache
def _unpacked(bundle: Bundle) -> Path | None:
    if not bundle.folders:
        return None
    home = Path(tempfile.gettempdir()) / f"tocsin-{os.getuid()}"
    home.mkdir(mode=0o700, exist_ok=True)
    if home.stat().st_uid != os.getuid() or home.is_symlink():
        raise WorkFailedError(f"{home} is somebody else's")
    place = home / f"config-{bundle.digest}"
    if not place.is_dir():
        _write(bundle, place)
    return place / "0"


def _write(bundle: Bundle, place: Path) -> None:
    """Write the files beside their place, then put them there at once: others may do the same."""
    fresh = Path(tempfile.mkdtemp(dir=place.parent))
    for number, files in enumerate(bundle.folders):
        (fresh / str(number)).mkdir()
        for name, data in files:
            (fresh / str(number) / name).write_bytes(data)
    try:
        fresh.rename(place)
    except OSError:
        rmtree(fresh, ignore_errors=True)
        if not place.is_dir():
            raise


def _extending(data: bytes, named: str, folder: Path) -> bytes:
    changed = _EXTENDS.sub(f'extends = "{named}"'.encode(), data, count=1)
    if tomllib.loads(changed.decode("utf-8")).get("extends") != named:
        raise WorkFailedError(f"{folder / SETTINGS}: write `extends` on a line of its own, at the top")
    return changed
