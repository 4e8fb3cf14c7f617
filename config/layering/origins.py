"""Where a value of the configuration stands: its layer, file, path of keys and line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from config.layering.lines import Path as Keys
from config.layering.lines import line_of

_PLACE = re.compile(r"(\d+)( \([^)]*\))?(?=\.|$)")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stands; ``layer`` counts from the lowest file, ``path`` is that within its own file."""

    layer: int
    file: Path
    path: Keys
    line: int | None


class Traced:
    """A leaf that knows where it stands, and is equal to its value."""

    __slots__ = ("origin", "value")

    def __init__(self, value: Any, origin: Origin) -> None:  # noqa: ANN401 - whatever TOML holds
        """Keep both."""
        self.value, self.origin = value, origin

    def __eq__(self, other: object) -> bool:
        """Tell whether the values are equal."""
        return bool(self.value == (other.value if isinstance(other, Traced) else other))

    def __hash__(self) -> int:
        """Return the value's own."""
        return hash(self.value)

    def __str__(self) -> str:
        """Return the value's own."""
        return str(self.value)


class TracedList(list[Any]):
    """A list that knows where it stands."""

    origin: Origin


class TracedTable(dict[str, Any]):
    """A table that knows where it stands."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Marker:
    """Makes a tree of one file know where its parts stand."""

    layer: int
    file: Path
    lines: Mapping[Keys, int]

    def mark(self, node: Any, path: Keys = ()) -> Any:  # noqa: ANN401 - any part of a file
        """Return the same tree with its origins."""
        origin = Origin(self.layer, self.file, path, line_of(self.lines, path))
        if isinstance(node, dict):
            table = TracedTable({key: self.mark(one, (*path, key)) for key, one in node.items()})
            table.origin = origin
            return table
        if isinstance(node, list):
            items = TracedList(self.mark(one, (*path, place)) for place, one in enumerate(node))
            items.origin = origin
            return items
        return Traced(node, origin)


def find(tree: Any, key: str) -> tuple[Origin, str]:  # noqa: ANN401 - any part of a file
    """Return where the dotted key of the merged tree stands, and its name within that file.

    What is not there stands where the table does that it should be in: in the uppermost file that says something of it.
    """
    node, rest, labels = tree, key, []
    while rest and (step := _step(node, rest)) is not None:
        node, taken, label = step
        labels.append(label)
        rest = rest[taken:].removeprefix(".")
    depth, own = len(labels), node.origin
    upper = max(_origins(node), key=lambda one: one.layer, default=own)
    if upper.layer == own.layer:
        origin = own
    else:
        origin = replace(upper, path=upper.path[:depth], line=upper.line if depth else None)
    path = origin.path
    parts = [f"{one}{label}" for one, label in zip(path, labels, strict=False)]
    return origin, ".".join([*parts, *([rest] if rest else [])])


def _step(node: Any, key: str) -> tuple[Any, int, str] | None:  # noqa: ANN401 - any part of a file
    """Return the part of ``node`` that the key begins with, how much of the key names it, and a label beside that."""
    if isinstance(node, list):
        place = _PLACE.match(key)
        if place is None or int(place[1]) >= len(node):
            return None
        return node[int(place[1])], place.end(), place[2] or ""
    if not isinstance(node, dict):
        return None
    found = max((name for name in node if key == name or key.startswith(f"{name}.")), key=len, default=None)
    return None if found is None else (node[found], len(found), "")


def _origins(node: Any) -> Iterator[Origin]:  # noqa: ANN401 - any part of a file
    """Yield where the leaves stand; max() takes the first of the uppermost layer."""
    if isinstance(node, Traced):
        yield node.origin
    elif isinstance(node, dict):
        for one in node.values():
            yield from _origins(one)
    else:
        for one in node:
            yield from _origins(one)
