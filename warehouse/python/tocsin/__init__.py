"""Tocsin for notebooks: `tocsin.open(path)` gives events, claims and statements as pandas, polars or Arrow.

    import tocsin

    with tocsin.open("tocsin.duckdb") as news:
        frame = news.events(since="2024-10-01", severity=3).df()

The path is a warehouse, its published snapshot, a release, or any copy of one: it is only read.
"""

from tocsin.news import News, open_news
from tocsin.rows import MissingLibraryError, Rows

__all__ = ["MissingLibraryError", "News", "Rows", "open"]

open = open_news  # noqa: A001 - `tocsin.open` reads best
