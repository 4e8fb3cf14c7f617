"""Reading the files of a stack into one tree, with or without where each value stands."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.layering.lines import line_of, lines_of
from config.layering.merging import lay_over
from config.layering.origins import Marker, find
from config.layering.problems import Problem
from config.layering.removing import REMOVE
from config.layering.shapes import SHAPES, Shape

NO_LAYER = 'there is no layer below to remove from: say extends = "packaged" in tocsin.toml'


@dataclass(frozen=True, slots=True)
class _Layer:
    """One file: what it holds and what it removes from those below."""

    path: Path
    text: str
    tree: dict[str, Any]
    removed: object

    def problem(self, key: str, message: str) -> Problem:
        """Return a problem of the file with the line of its key."""
        return Problem(str(self.path), key, message, line_of(lines_of(self.text), tuple(key.split("."))))


def read_layers(paths: Sequence[Path], *, is_traced: bool = False) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Return the files as one tree, the lowest first, and what is wrong with them as files and layers.

    There is no tree where a file cannot be read. Where traced, its leaves are ``Traced``.
    """
    tree: dict[str, Any] | None = None
    problems: list[Problem] = []
    is_whole = True
    for number, path in enumerate(paths):
        shape = SHAPES.get(path.name, Shape())
        layer, wrong = _read(path, is_split=shape.splits and len(paths) > 1)
        problems += wrong
        if layer is None:
            is_whole = False
            continue
        own = Marker(number, path, lines_of(layer.text)).mark(layer.tree) if is_traced else layer.tree
        if tree is None:
            tree = own
            problems += [layer.problem(REMOVE, NO_LAYER)] if layer.removed else []
        else:
            problems += [layer.problem(*one) for one in lay_over(tree, own, layer.removed, shape)]
    return tree if is_whole else None, problems


def blame(paths: Sequence[Path], problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems of the merged tree as those of the files that they stand in, with their lines."""
    if not problems:
        return []
    tree, _ = read_layers(paths, is_traced=True)
    return list(problems) if tree is None else [_blamed(tree, one) for one in problems]


def _blamed(tree: dict[str, Any], problem: Problem) -> Problem:
    origin, key = find(tree, problem.key)
    return Problem(str(origin.file), key, problem.message, origin.line)


def _read(path: Path, *, is_split: bool) -> tuple[_Layer | None, list[Problem]]:
    try:
        text = path.read_text(encoding="utf-8")
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [Problem(str(path), "", f"is not valid TOML: {error}")]
    except UnicodeDecodeError as error:
        return None, [Problem(str(path), "", f"is not UTF-8: {error}")]
    except OSError as error:
        return None, [Problem(str(path), "", f"cannot be read: {error.strerror}")]
    removed = tree.pop(REMOVE, {})
    return _Layer(path, text, _split(tree) if is_split else tree, removed), []


def _split(tree: dict[str, Any]) -> dict[str, Any]:
    """Make lists of words of the strings one table deep."""
    return {
        name: {key: one.split() if isinstance(one, str) else one for key, one in table.items()}
        if isinstance(table, dict)
        else table
        for name, table in tree.items()
    }
