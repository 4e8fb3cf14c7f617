"""Files in a user's folder that nothing reads, though they look as if they should be read."""

from collections.abc import Iterator
from pathlib import Path

from config.files import Problem
from config.layering.near import suggestion
from config.layering.shapes import SHAPES
from config.layering.stack import chain

UNREAD = "nothing reads a file of this name"


def strays(folder: Path | None) -> list[Problem]:
    """Return a warning for each file of the user's folders that nothing reads: TOML, or with nearly a name that is."""
    return [warning for one in chain(folder)[0] for warning in _strays_in(one)]


def _strays_in(folder: Path) -> Iterator[Problem]:
    names = sorted(one.name for one in folder.iterdir() if one.is_file() and not one.name.startswith("."))
    for name in names:
        meant = suggestion(name, SHAPES)
        if name not in SHAPES and (name.lower().endswith(".toml") or meant):
            yield Problem(str(folder / name), "", UNREAD + meant)
    if not SHAPES.keys() & set(names):
        yield Problem(str(folder), "", "holds no configuration: all of it is the packaged one")
