"""Values of the configuration as lines, each with where it comes from."""

import json
import os
from collections.abc import Sequence
from datetime import date, time

from config.describing.values import Setting

COLUMN = 60  # where the place begins, if the value leaves room


def print_file(name: str, chosen: Sequence[Setting], values: Sequence[Setting], width: int) -> None:
    """Print the chosen values of a file below a line that tells how many there are of each origin."""
    own = sum(not one.is_packaged for one in values)
    print(f"[{name}] values: {len(values) - own} packaged, {own} your own")
    for one in chosen:
        left = f"{one.key} = {_cut(_toml(one.value), width)}"
        print(f"  {left:<{COLUMN}}  # {place_of(one)}")


def as_json_line(one: Setting) -> str:
    """Return the value as one JSON object."""
    where = one.origin
    layer = "default" if where is None else "packaged" if one.is_packaged else str(where.file.parent)
    told = {
        "file": one.file, "key": one.key, "value": one.value, "layer": layer,
        "path": str(where.file) if where else None, "line": where.line if where else None,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, default=_text)


def place_of(one: Setting) -> str:
    """Return where a value stands: its file and line, or that it is the program's default."""
    if one.origin is None:
        return "default"
    line = f":{one.origin.line}" if one.origin.line else ""
    file = f"packaged {one.file}" if one.is_packaged else os.path.relpath(one.origin.file)
    return f"{file}{line}"


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_text)


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
