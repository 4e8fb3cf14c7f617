"""Tables for people and machines: rich tables on a terminal, CSV, JSON and Markdown for the rest."""

import csv
import io
import json
import sys
from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

from flows.analysis import cell, markdown_table, plain
from flows.telling import visible

Format: TypeAlias = Literal["table", "csv", "json", "markdown"]
# What makes a cell of a CSV file a formula; blanks before it are passed over by some programs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
WIDE = 160  # columns where the output is no terminal
# Characters: a column of short cells is not wrapped, one of names gets so much at most, so that the words get the rest.
SHORT, MEDIUM, WORDY = 20, 28, 60


def render(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: Format) -> str:
    """Return the rows in the format, without a line break at the end."""
    if form == "json":
        return "\n".join(
            json.dumps(dict(zip(columns, map(plain, row), strict=True)), ensure_ascii=False) for row in rows
        )
    if form == "csv":
        return _csv(columns, rows)
    if form == "markdown":
        return markdown_table(columns, rows)
    return rich_table(columns, rows)


def rich_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, title: str | None = None) -> str:
    """Return a table with wrapped cells, as wide as the terminal; plain text, as whatever else is printed."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    width = Console().width if sys.stdout.isatty() else WIDE
    console = Console(file=io.StringIO(), width=width, force_terminal=False, color_system=None)
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", expand=False)
    cells = [[cell(value) for value in row] for row in rows]
    for place, name in enumerate(columns):
        longest = max((len(row[place]) for row in cells), default=0)
        table.add_column(
            Text(visible(name)),
            overflow="fold",
            no_wrap=longest <= SHORT,
            max_width=None if longest > WORDY else MEDIUM,
        )
    for row in cells:
        table.add_row(*map(Text, row))
    console.print(table)
    found = console.file
    assert isinstance(found, io.StringIO)  # noqa: S101 - put there above
    return found.getvalue().rstrip("\n")


def safe_for_spreadsheets(row: Sequence[Any]) -> list[Any]:
    """Return the row with an apostrophe before every text that a spreadsheet would take for a formula."""
    return [f"'{one}" if isinstance(one, str) and one.startswith(FORMULA_STARTS) else one for one in row]


def _csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return out.getvalue().rstrip("\n")


def _csv_cell(value: Any) -> Any:  # noqa: ANN401 - whatever a query gives
    found = plain(value)
    return json.dumps(found, ensure_ascii=False) if isinstance(found, dict | list) else found
