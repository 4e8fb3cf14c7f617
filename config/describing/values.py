"""Every value of a configuration with where it comes from: a file and line of a layer, or the program's default."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

from config.describing.catalog import MODELS
from config.files import PACKAGED, ConfigError, read_file
from config.layering.origins import Origin, Traced
from config.layering.reading import read_layers
from config.layering.shapes import SHAPES
from config.layering.stack import stack

Keys: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A value, or what one layer gives of a list; without an origin it is the program's default."""

    file: str
    key: str
    value: object
    origin: Origin | None

    @property
    def is_packaged(self) -> bool:
        """Tell whether it comes with the program."""
        return self.origin is None or self.origin.file.parent == PACKAGED


def settings_in(folder: Path | None, name: str) -> list[Setting]:
    """Return the values of one file, in its order; raises ``ConfigError``.

    Of settings those that no file gives are among them, with the program's default; of words what files give.
    """
    tree, problems = read_layers(stack(folder, name), is_traced=True)
    found, wrong = read_file(folder, name, MODELS[name])
    if tree is None or found is None:
        raise ConfigError([*problems, *wrong])
    if SHAPES[name].adds:
        return [Setting(name, _written(name, tree, keys), value, origin) for keys, value, origin in _given(tree)]
    dumped = found.model_dump(mode="json", by_alias=True)
    return [Setting(name, _written(name, dumped, keys), value, _origin(tree, keys)) for keys, value in _flat(dumped)]


def _written(name: str, tree: Mapping[str, Any], keys: Keys) -> str:
    """Return the dotted key, with the name of an entry for its place."""
    field = SHAPES[name].names.get(str(keys[0]))
    if field is None or len(keys) < 2 or not isinstance(keys[1], int):
        return ".".join(map(str, keys))
    return ".".join(map(str, (keys[0], tree[str(keys[0])][keys[1]].get(field, keys[1]), *keys[2:])))


def _given(node: Any, keys: Keys = ()) -> Iterator[tuple[Keys, object, Origin]]:  # noqa: ANN401 - any part of a file
    """Yield each value that a file gives, and of a list what each file gives of it."""
    if isinstance(node, Traced):
        yield keys, node.value, node.origin
    elif isinstance(node, dict):
        for key, one in node.items():
            yield from _given(one, (*keys, key))
    elif all(isinstance(one, Traced) for one in node):
        for _, run in groupby(node, key=lambda one: one.origin.layer):
            items = list(run)
            yield keys, [one.value for one in items], items[0].origin
    else:
        for place, one in enumerate(node):
            yield from _given(one, (*keys, place))


def _flat(node: Any, keys: Keys = ()) -> Iterator[tuple[Keys, object]]:  # noqa: ANN401 - any part of a file
    """Yield each value of a dumped model; a list without tables is one, what is None is none."""
    if isinstance(node, dict):
        for key, one in node.items():
            yield from _flat(one, (*keys, key))
    elif isinstance(node, list) and any(isinstance(one, dict) for one in node):
        for place, one in enumerate(node):
            yield from _flat(one, (*keys, place))
    elif node is not None:
        yield keys, node


def _origin(tree: Any, keys: Keys) -> Origin | None:  # noqa: ANN401 - any part of a file
    """Return where the value stands, or None where no file gives it."""
    for key in keys:
        is_there = key in tree if isinstance(tree, dict) else isinstance(tree, list) and int(key) < len(tree)
        if not is_there:
            return None
        tree = tree[key]
    found: Origin = tree.origin
    return found
