"""Laying one layer over those below it: entries with the same key are one, lists of words add up, values replace.

Works on trees as tomllib makes them, changed in place, and on those whose leaves know where they stand.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias, TypeGuard

from config.layering.removing import remove
from config.layering.shapes import Shape

Tree: TypeAlias = dict[str, Any]


def lay_over(below: Tree, own: Tree, removed: object, shape: Shape) -> Iterator[tuple[str, str]]:
    """Take away what the layer removes, then add what it holds; yield (key, message) of what cannot be removed."""
    yield from remove(below, removed, shape)
    for key, value in own.items():
        old = below.get(key)
        if not isinstance(old, list) or not isinstance(value, list):
            _merge(below, key, value, shape)
        elif key in shape.names:
            _merge_entries(old, value, shape, shape.names[key])
        elif key in shape.words:
            old += value
        else:
            _merge(below, key, value, shape)


def _merge(below: Tree, key: str, value: object, shape: Shape) -> None:
    old = below.get(key)
    if isinstance(old, dict) and isinstance(value, dict):
        for name, one in value.items():
            _merge(old, name, one, shape)
    elif shape.adds and _is_words(old) and _is_words(value):
        known = set(old)
        old += [one for one in value if one not in known]
    else:
        below[key] = value


def _merge_entries(below: list[Any], own: list[Any], shape: Shape, field: str) -> None:
    """Merge entries of one name; of two in one layer the second stays apart, to be told as a double."""
    known = {one[field]: one for one in reversed(below) if isinstance(one, dict) and _is_name(one.get(field))}
    for entry in own:
        found = known.pop(entry[field], None) if isinstance(entry, dict) and _is_name(entry.get(field)) else None
        if found is None:
            below.append(entry)
            continue
        for key, value in entry.items():
            _merge(found, key, value, shape)


def _is_name(value: object) -> bool:
    return value is not None and not isinstance(value, list | dict)


def _is_words(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list) and not any(isinstance(one, list | dict) for one in value)
