"""Rows that are fetched when they are asked for, in the form that is asked for."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa
    from duckdb import DuckDBPyRelation as Relation

    from warehouse.connection import Connection

PIECE = 10_000


class MissingLibraryError(ImportError):
    """The library of a form of frames is not installed."""


class Rows:
    """What a question gives. It is asked anew each time, so keep the frame, not the rows."""

    def __init__(self, connection: "Callable[[], Connection]", query: str, parameters: Mapping[str, Any]) -> None:
        """Take the question; nothing is asked yet."""
        self._connection = connection
        self._query = query
        self._parameters = dict(parameters)

    def df(self) -> "pd.DataFrame":
        """Return a pandas frame; needs ``tocsin[pandas]``."""
        _require("pandas", "pandas")
        return self._relation().df()

    def pl(self) -> "pl.DataFrame":
        """Return a polars frame; needs ``tocsin[polars]``."""
        _require("polars", "polars")
        _require("pyarrow", "polars")
        frame: pl.DataFrame = self._relation().pl()
        return frame

    def arrow(self) -> "pa.Table":
        """Return an Arrow table; needs ``tocsin[arrow]``."""
        _require("pyarrow", "arrow")
        return self._relation().to_arrow_table()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        found = self._ask(f"SELECT * FROM ({self._query.rstrip().rstrip(';')}) LIMIT 0")
        return tuple(one[0] for one in found.description or ())

    def count(self) -> int:
        """Return how many rows there are."""
        row = self._ask(f"SELECT count(*) FROM ({self._query.rstrip().rstrip(';')})").fetchone()
        return int(row[0]) if row else 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Give each row as a dict; needs no library."""
        found = self._ask(self._query)
        names = [one[0] for one in found.description or ()]
        while piece := found.fetchmany(PIECE):
            for row in piece:
                yield dict(zip(names, row, strict=True))

    def __repr__(self) -> str:
        """Say how many rows there are and which columns."""
        n = self.count()
        return f"<tocsin.Rows: {n} {'row' if n == 1 else 'rows'} of {', '.join(self.columns)}>"

    def _relation(self) -> "Relation":
        return self._connection().cursor().sql(self._query, params=self._parameters or None)

    def _ask(self, query: str) -> "Connection":
        """Ask on a cursor of its own, so that two sets of rows can be read at once."""
        return self._connection().cursor().execute(query, self._parameters or None)


def _require(library: str, extra: str) -> None:
    from importlib.util import find_spec

    if find_spec(library) is None:
        raise MissingLibraryError(f"{library} is not installed: pip install 'tocsin[{extra}]'")
