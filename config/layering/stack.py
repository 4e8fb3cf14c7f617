"""Which files a configuration is made of: those of a folder, over those of the folders that it extends."""

import tomllib
from pathlib import Path

from config.layering.near import suggestion
from config.layering.problems import Problem

PACKAGED = Path(__file__).parent.parent
PACKAGED_NAME = "packaged"
SETTINGS = "tocsin.toml"
EXTENDS = "extends"


def stack(folder: Path | None, name: str) -> tuple[Path, ...]:
    """Return the files that make up ``name``, the lowest first; the packaged one where no folder has any."""
    found: list[Path] = []
    for one in chain(folder)[0]:
        if (one / name).is_file():
            found.append(one / name)
            if extended(one) is None:
                return tuple(reversed(found))
    return (PACKAGED / name, *reversed(found))


def locate(folder: Path | None, name: str) -> Path:
    """Return the uppermost file that ``name`` is read from: the user's if there is one, the packaged default else."""
    return stack(folder, name)[-1]


def is_layered(folder: Path | None) -> bool:
    """Tell whether a folder's files are laid over others, so that each holds only what differs."""
    return folder is not None and extended(folder) is not None


def chain(folder: Path | None) -> tuple[tuple[Path, ...], list[Problem]]:
    """Return the user's folders, the uppermost first, and what is wrong with what they extend."""
    folders: list[Path] = []
    while folder is not None:
        folders.append(folder)
        named = extended(folder)
        if named is None or named == PACKAGED_NAME:
            break
        below = folder / named
        if problem := _trouble(below, named, folders):
            return tuple(folders), [Problem(str(folder / SETTINGS), EXTENDS, problem)]
        folder = below
    return tuple(folders), []


def extended(folder: Path) -> str | None:
    """Return what a folder extends: "packaged", the name of another folder, or None.

    A tocsin.toml that cannot be read counts as one that extends: its own error is told, and not each consequence.
    """
    try:
        data = tomllib.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return PACKAGED_NAME
    named = data.get(EXTENDS)
    return named if isinstance(named, str) else None


def _trouble(below: Path, named: str, above: list[Path]) -> str | None:
    if not below.is_dir():
        hint = suggestion(named, [PACKAGED_NAME])
        return f'is "packaged" or another folder, relative to this one; there is no folder {named!r}{hint}'
    if below.resolve() in {one.resolve() for one in above}:
        return f"{named!r} extends this folder itself"
    return None
