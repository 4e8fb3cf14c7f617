"""Values as JSON and as cells of text, and Markdown tables of them."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from flows.telling import visible


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever a query gives
    """Return a value as JSON can hold it."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return str(value)


def cell(value: Any) -> str:  # noqa: ANN401 - whatever a query gives
    """Return a value as one cell of text, made visible before its width is measured."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(cell(one) for one in value)
    found = plain(value)
    return visible(found if isinstance(found, str) else json.dumps(found, ensure_ascii=False))


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a Markdown table; bars, line breaks and HTML in the cells cannot break out of it."""
    lines = ["| " + " | ".join(map(_markdown_cell, columns)) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(map(_markdown_cell, row)) + " |" for row in rows]
    return "\n".join(lines)


def _markdown_cell(value: Any) -> str:  # noqa: ANN401 - whatever a query gives
    text = " ".join(cell(value).split())
    for old, new in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("|", "\\|"), ("`", "\\`"), ("[", "\\[")):
        text = text.replace(old, new)
    return text
