"""`tocsin sql`: read-only queries on the published warehouse."""

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from flows.commands.options import common_options
from flows.commands.showing.questions import Question, meant, saved_lines
from flows.commands.showing.tables import Format, render, safe_for_spreadsheets, show
from flows.telling import WORK_FAILED

if TYPE_CHECKING:
    from warehouse.table import Table

TIMEOUT_S = 60.0
# Room for DuckDB's own memory and for the same result once more, as Python values and as text.
PROCESS_SHARE = 2
PROCESS_BYTES = 512 << 20
# Rows that a terminal is shown unless --limit says more: nobody reads further, and laying them out takes time.
LOOKED_AT = 1_000
EXAMPLES = """\b
Examples:
  tocsin sql "from escalations where severity >= 4"
  tocsin sql "from events" --expanded --limit 3          a record a block
  tocsin sql --list                                      saved queries: questions with a name
  tocsin sql @pair -p side=KOR -p aim=PRK                one of them, with values of one's own
  tocsin sql "from events where side = $who" -p who=RUS  values are bound, never pasted into the query
  tocsin sql -f week.sql --format csv > week.csv         a query from a file; - or nothing is standard input
  tocsin sql "from dyads" --safe-csv > dyads.csv         for a spreadsheet
  tocsin sql "from events_as_of('2024-10-22')"           what was known then
  tocsin sql "show tables" --warehouse data/replay.duckdb
  tocsin sql "from statements" --timeout 600 --memory 8GB --format csv > all.csv
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a query may take."""

    seconds: float
    memory: str | None


@dataclass(frozen=True, slots=True)
class Showing:
    """How rows are shown, and how many."""

    form: Format | None
    expanded: bool
    limit: int | None
    pager: bool
    is_safe: bool

    def check(self) -> None:
        """Raise ``UsageError`` where two ways of showing were asked for."""
        asked = "--expanded" if self.expanded else f"--format {self.form}"
        if self.is_safe and (self.expanded or self.form not in {None, "csv"}):
            raise click.UsageError(f"--safe-csv is CSV: it does not go with {asked}")
        if self.expanded and self.form not in {None, "table"}:
            raise click.UsageError(f"--expanded is a table: it does not go with --format {self.form}")

    @property
    def is_looked_at(self) -> bool:
        """Tell whether somebody sits before a table."""
        return not self.is_safe and self.form in {None, "table"} and sys.stdout.isatty()

    @property
    def n_rows(self) -> int | None:
        """Return how many rows are shown at most; None for all."""
        if self.limit is None:
            return LOOKED_AT if self.is_looked_at else None
        return self.limit or None

    def print(self, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Print the rows."""
        if self.is_safe:
            columns, *rows = map(safe_for_spreadsheets, (columns, *rows))
        form: Format = "csv" if self.is_safe else self.form or "table"
        show(render(columns, rows, form, expanded=self.expanded), paged=self.pager and self.is_looked_at)


Options = TypeVar("Options", Reading, Showing)


class QueryCommand(click.Command):
    """A command whose argument may begin with a comment, which click would take for an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Move a leading ``--`` that is followed by a blank away from the beginning."""
        return super().parse_args(ctx, [f"\n{one}" if one[:2] == "--" and one[2:3].isspace() else one for one in args])


@click.command("sql", cls=QueryCommand, epilog=EXAMPLES)
@click.argument("query", required=False)
@common_options
@click.option("--file", "-f", metavar="FILE", help="Read the query from a file; - is standard input.")
@click.option("--param", "-p", "given", multiple=True, metavar="NAME=VALUE", help="Value of a parameter ($NAME).")
@click.option("--list", "is_list", is_flag=True, help="List the saved queries of queries.toml and do nothing else.")
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Format)),
    default=None,
    help="How to print rows.  [default: table]",
)
@click.option("--expanded", "-x", is_flag=True, help="Print each record as a block, a line a column.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    help=f"Rows at most; 0 for all.  [default: {LOOKED_AT} of a table on a terminal, else all]",
)
@click.option("--pager/--no-pager", default=True, help="Page what is longer than the terminal.  [default: --pager]")
@click.option("--safe-csv", "is_safe", is_flag=True, help="CSV in which no cell is a formula to a spreadsheet.")
@click.option(
    "--timeout",
    "seconds",
    type=click.FloatRange(min=0, min_open=True, max=86_400),
    default=TIMEOUT_S,
    show_default=True,
    help="Seconds after which the query is stopped.",
)
@click.option("--memory", help="Memory it may take, such as 500MB, 4GB or 50%.  [default: a quarter of the machine's]")
def command(
    query: str | None,
    config_folder: Path | None,
    warehouse: Path | None,
    is_list: bool,
    **chosen: Any,  # noqa: ANN401 - the options that Reading and Showing take
) -> None:
    """Run QUERY, one statement or @NAME of a saved one, on the published snapshot of the warehouse.

    Nothing can be changed, and no file or network address can be reached from a query. The views are the place to
    start: events, escalations, event_timeline, dyads, actor_activity, claim_reports, coverage, source_health,
    alert_log. A table is as wide as the terminal and says which columns it leaves out; where the output is none, it
    has all. What does not fit into memory goes to a temporary folder for as long as the query runs, at most 4 GiB and
    a quarter of what is free there.
    """
    from config.places import warehouse_path

    showing = _pick(Showing, chosen)
    showing.check()
    if is_list:
        from config.queries import queries_of

        showing.print(("query", "question", "parameters"), saved_lines(queries_of(config_folder)))
        return
    question = meant(query, chosen["file"], chosen["given"], config_folder)
    n_rows = showing.n_rows
    table = _ask(question, warehouse or warehouse_path(config_folder), _pick(Reading, chosen), n_rows)
    rows = table.rows[:n_rows]
    showing.print(table.columns, rows)
    if len(table.rows) > len(rows):
        print(f"tocsin: these are the first {len(rows)} rows: --limit 0 shows all", file=sys.stderr)


def _pick(kind: type[Options], chosen: Mapping[str, Any]) -> Options:
    """Return the options that are fields of ``kind``."""
    return kind(**{one.name: chosen[one.name] for one in fields(kind)})


def _ask(question: Question, target: Path, reading: Reading, n_rows: int | None) -> "Table":
    from flows.workers import memory_capped
    from warehouse.asking import run_query
    from warehouse.bounds import QUARTER, Bounds, memory_bytes, spill_folder
    from warehouse.connection import open_reader
    from warehouse.upkeep import readable_path

    with open_reader(readable_path(target), Bounds(reading.memory or QUARTER), is_filled=False) as con:
        spilled = spill_folder(con)

        def give_up() -> None:
            _leave_at_once(spilled, reading.seconds)

        with memory_capped(PROCESS_SHARE * memory_bytes(con) + PROCESS_BYTES):
            # one more than is shown tells whether there are more
            most = n_rows and n_rows + 1
            return run_query(con, question.sql, question.values, seconds=reading.seconds, give_up=give_up, n_rows=most)


def _leave_at_once(spilled: Path, seconds: float) -> None:
    """End the process in the middle of a function that DuckDB cannot interrupt; it only reads, so nothing is lost."""
    shutil.rmtree(spilled, ignore_errors=True)
    print(
        f"tocsin: the query was stopped after {seconds:g} seconds: --timeout allows more", file=sys.stderr, flush=True
    )
    os._exit(WORK_FAILED)
