"""The table [remove] of a layer: entries, words and whole lists of the layers below that shall not be there.

It mirrors the file: ``persons = ["id"]`` removes entries by key, ``words.arms = ["jet"]`` words of a list, and
``sources = true`` all of it.
"""

from collections.abc import Iterator
from typing import Any

from config.layering.near import suggestion
from config.layering.shapes import Shape

REMOVE = "remove"


def remove(below: dict[str, Any], what: object, shape: Shape) -> Iterator[tuple[str, str]]:
    """Take away ``what`` in place; yield (key, message) of each thing that is not there."""
    if not isinstance(what, dict):
        yield REMOVE, "is a table with the keys of what shall not be there"
        return
    for key, part in what.items():
        yield from _remove_at(below, key, part, shape, REMOVE)


def _remove_at(below: dict[str, Any], key: str, part: object, shape: Shape, above: str) -> Iterator[tuple[str, str]]:
    path, node = f"{above}.{key}", below.get(key)
    if node is None:
        yield path, f"nothing below is called {key!r}{suggestion(key, below)}"
    elif part is True:
        del below[key]
    elif isinstance(part, list) and isinstance(node, dict | list):
        for member in part:
            yield from ((path, message) for message in _remove_member(node, member, key, shape, above))
    elif isinstance(part, dict) and isinstance(node, dict):
        for name, one in part.items():
            yield from _remove_at(node, name, one, shape, path)
    elif isinstance(part, dict) and isinstance(node, list) and above == REMOVE and key in shape.names:
        yield from _remove_in_entries(node, part, key, shape)
    else:
        yield path, "is true for all of it, or a list of keys or words"


def _remove_in_entries(node: list[Any], part: dict[str, Any], key: str, shape: Shape) -> Iterator[tuple[str, str]]:
    """Look into the entries of an array by their names."""
    path, field = f"{REMOVE}.{key}", shape.names[key]
    for name, one in part.items():
        if one is True:
            yield from ((path, message) for message in _remove_member(node, name, key, shape, REMOVE))
            continue
        entries = {str(entry[field]): entry for entry in node if isinstance(entry, dict) and field in entry}
        yield from _remove_at(entries, name, one, shape, path)


def _remove_member(node: Any, member: object, key: str, shape: Shape, above: str) -> Iterator[str]:  # noqa: ANN401 - any part of a file
    known = [str(one) for one in _members(node, key, shape, above)]
    if str(member) not in known:
        yield f"nothing below is called {str(member)!r}{suggestion(str(member), known)}"
    elif isinstance(node, dict):
        del node[str(member)]
    else:
        node[:] = _without(node, member, key, shape, above)


def _members(node: Any, key: str, shape: Shape, above: str) -> Iterator[Any]:  # noqa: ANN401 - any part of a file
    """Yield all that can be named: keys, names of entries, words of entries without a name, words."""
    name, words = (shape.names.get(key), shape.words.get(key)) if above == REMOVE else (None, None)
    for one in node:
        if not isinstance(one, dict):
            yield one
        elif name:
            yield one.get(name)
        elif words:
            yield from _words_of(one, words)


def _without(node: list[Any], member: object, key: str, shape: Shape, above: str) -> Iterator[Any]:
    name, words = (shape.names.get(key), shape.words.get(key)) if above == REMOVE else (None, None)
    for one in node:
        if not isinstance(one, dict):
            if one != member:
                yield one
        elif name:
            if one.get(name) != member:
                yield one
        elif words:
            left = _words_of(one, words)
            left[:] = [word for word in left if word != member]
            if left or one.get(words) != []:  # what has no list of words is wrong, and told by whoever validates
                yield one


def _words_of(entry: dict[str, Any], field: str) -> list[Any]:
    """Return the words of an entry; what is none is for its own layer's mistake."""
    words = entry.get(field)
    return words if isinstance(words, list) else []
