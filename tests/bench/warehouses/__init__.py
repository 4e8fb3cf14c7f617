"""Invented warehouses of any size for benches: made with bulk SQL, not through the pipeline, so in minutes.

Keys, lengths, shares and skews are like those of real ones: texts of some 400 words, five statements an article, three
articles a story and some of twenty, few speakers and sides that say most, three years. What the texts say is noise, and
the spans of mentions and cues do not stand on the words they name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from warehouse.connection import open_writer, transaction

HERE = Path(__file__).parent
PIECE = 20_000  # articles at a time, so that memory does not grow with the whole
SENTENCES = (20_000, 400_000)  # at least, at most


@dataclass(frozen=True, slots=True)
class Size:
    """How large a warehouse is to be."""

    articles: int
    statements: int = 5
    days: int = 1096
    first_day: date = date(2029, 1, 1)


def build(path: Path, size: Size, told: Callable[[int], None] = lambda _: None) -> None:
    """Fill a new warehouse; the same size gives the same rows. ``told`` hears how many articles there are."""
    with open_writer(path) as con:
        con.execute("SET enable_progress_bar = false")
        _set(con, n_sentences=min(max(SENTENCES[0], size.articles * size.statements), SENTENCES[1]))
        _set(con, n_articles=size.articles, n_statements=size.statements, days=size.days)
        con.execute(f"SET VARIABLE first_day = DATE '{size.first_day}'")
        with transaction(con):
            con.execute(_script("pools"))
        for low in range(0, size.articles, PIECE):
            _set(con, low=low, high=min(low + PIECE, size.articles))
            with transaction(con):
                con.execute(_script("piece"))
            told(min(low + PIECE, size.articles))
        with transaction(con):
            con.execute(_script("whole"))
        con.execute("CHECKPOINT")


def _set(con: duckdb.DuckDBPyConnection, **variables: int) -> None:
    for name, value in variables.items():
        con.execute(f"SET VARIABLE {name} = {value:d}")


def _script(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")
