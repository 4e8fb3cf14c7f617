"""Tables for people and machines: rich tables on a terminal, CSV, JSON and Markdown for the rest."""

import csv
import io
import json
import shutil
import sys
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from types import NoneType
from typing import Any, Literal, TypeAlias

from flows.analysis import cell, markdown_table, plain
from flows.telling import visible

Format: TypeAlias = Literal["table", "csv", "json", "markdown"]
# What makes a cell of a CSV file a formula; blanks before it are passed over by some programs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBERS = (int, float, Decimal, NoneType)
WIDE = 160  # columns where the output is no terminal
# Characters: a column of short cells is not wrapped, one of names gets so much at most, so that the words get the rest.
SHORT, MEDIUM, WORDY = 20, 28, 60


def render(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: Format, *, expanded: bool = False) -> str:
    """Return the rows in the format, without a line break at the end; ``expanded`` makes a table a block a record."""
    if form == "json":
        return "\n".join(
            json.dumps(dict(zip(columns, map(plain, row), strict=True)), ensure_ascii=False) for row in rows
        )
    if form == "csv":
        return _csv(columns, rows)
    if form == "markdown":
        return markdown_table(columns, rows)
    return _for_people(columns, rows, expanded=expanded)


def show(text: str, *, paged: bool) -> None:
    """Print the text; where it is longer than the terminal and somebody sits there, through his pager."""
    is_longer = text.count("\n") + 1 >= shutil.get_terminal_size().lines
    if paged and is_longer and sys.stdin.isatty() and sys.stdout.isatty():
        import click

        click.echo_via_pager(f"{visible(text)}\n")  # the pager's pipe is not guarded as our streams are
    else:
        print(text)


def _for_people(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, expanded: bool) -> str:
    """Return a grid, or blocks, as wide as the terminal; as wide as need be where the output is none."""
    from flows.commands.showing.grid import grid, records

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    names = [visible(name) for name in columns]
    cells = [[_short(value) for value in row] for row in rows]
    if expanded:
        return records(names, cells, width)
    numbers = [all(isinstance(row[place], NUMBERS) for row in rows) for place in range(len(names))]
    return grid(names, cells, numbers, width)


def _short(value: Any) -> str:  # noqa: ANN401 - whatever a query gives
    """Return a cell for eyes: times to the minute, shares to three digits; the other formats have all of it."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1 else f"{value:.3f}".rstrip("0").rstrip(".")
    return cell(value)


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
