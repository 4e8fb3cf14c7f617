"""Queries that stand in files: a text of more than a dozen lines is ``sql/NAME.sql`` in the wing that asks it."""

from functools import cache
from importlib.resources import files


@cache
def packaged_sql(wing: str, name: str) -> str:
    """Return the query ``warehouse/WING/sql/NAME.sql``; its file is read once, when it is first asked for."""
    return (files("warehouse") / wing / "sql" / f"{name}.sql").read_text(encoding="utf-8")
