"""What a file may hold, as JSON Schema made from its model: for editors, and to name a near key for a misspelt one."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from pydantic import BaseModel

Schema: TypeAlias = Mapping[str, Any]


@cache
def schema_of(model: type[BaseModel]) -> Schema:
    """Return the JSON Schema of a model, by the keys that its file has."""
    return model.model_json_schema(by_alias=True)


def known_keys(model: type[BaseModel], place: Sequence[str | int]) -> tuple[str, ...]:
    """Return the keys that the table at ``place`` may hold; empty where it may hold any."""
    root = schema_of(model)
    nodes = [root]
    for step in place:
        nodes = [found for node in nodes for one in _choices(node, root) for found in _within(one, step)]
    tables = (one for node in nodes for one in _choices(node, root))
    return tuple(dict.fromkeys(key for table in tables for key in table.get("properties", {})))


def _choices(node: Schema, root: Schema) -> Iterator[Schema]:
    """Yield what a node may be, references and alternatives resolved."""
    if "$ref" in node:
        yield from _choices(root["$defs"][node["$ref"].rsplit("/", 1)[-1]], root)
    elif "anyOf" in node:
        for one in node["anyOf"]:
            yield from _choices(one, root)
    else:
        yield node


def _within(node: Schema, step: str | int) -> Iterator[Schema]:
    """Yield what stands at one key or place of a node."""
    found = node.get("items") if isinstance(step, int) else node.get("properties", {}).get(step)
    if found is None and isinstance(step, str):
        found = node.get("additionalProperties")
    if isinstance(found, Mapping):
        yield found
