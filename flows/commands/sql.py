"""`tocsin sql`: read-only queries on the published warehouse."""

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from flows.commands.options import common_options
from flows.commands.showing.tables import Format, render, safe_for_spreadsheets
from flows.telling import WORK_FAILED

if TYPE_CHECKING:
    from warehouse.table import Table

TIMEOUT_S = 60.0
# Room for DuckDB's own memory and for the same result once more, as Python values and as text.
PROCESS_SHARE = 2
PROCESS_BYTES = 512 << 20
EXAMPLES = """\b
Examples:
  tocsin sql "from escalations where severity >= 4"
  tocsin sql "from dyads" --format csv > dyads.csv
  tocsin sql "from dyads" --safe-csv > dyads.csv         for a spreadsheet
  tocsin sql "select outlet, wording from claim_reports order by reported_at" --format json
  tocsin sql "show tables" --warehouse data/replay.duckdb
  tocsin sql "from statements" --timeout 600 --memory 8GB --format csv > all.csv
"""


class QueryCommand(click.Command):
    """A command whose argument may begin with a comment, which click would take for an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Move a leading ``--`` that is followed by a blank away from the beginning."""
        return super().parse_args(ctx, [f"\n{one}" if one[:2] == "--" and one[2:3].isspace() else one for one in args])


@click.command("sql", cls=QueryCommand, epilog=EXAMPLES)
@click.argument("query")
@common_options
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Format)),
    default=None,
    help="How to print rows.  [default: table]",
)
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
    query: str,
    config_folder: Path | None,
    warehouse: Path | None,
    form: Format | None,
    is_safe: bool,
    seconds: float,
    memory: str | None,
) -> None:
    """Run QUERY, one statement, on the published snapshot of the warehouse.

    Nothing can be changed, and no file or network address can be reached from a query. The views are the place to
    start: escalations, escalation_timeline, dyads, actor_activity, claim_reports, coverage, source_health, alert_log.
    What does not fit into memory goes to a temporary folder for as long as the query runs, at most 4 GiB and a quarter
    of what is free there.
    """
    if is_safe and form not in (None, "csv"):
        raise click.UsageError(f"--safe-csv is CSV: it does not go with --format {form}")
    table = _ask(query, config_folder, warehouse, seconds, memory)
    if is_safe:
        columns, *rows = map(safe_for_spreadsheets, (table.columns, *table.rows))
        print(render(columns, rows, "csv"))
    else:
        print(render(table.columns, table.rows, form or "table"))


def _ask(query: str, config_folder: Path | None, warehouse: Path | None, seconds: float, memory: str | None) -> "Table":
    from config.places import warehouse_path
    from flows.workers import memory_capped
    from warehouse.asking import run_query
    from warehouse.bounds import QUARTER, Bounds, memory_bytes, spill_folder
    from warehouse.connection import open_reader
    from warehouse.upkeep import readable_path

    target = warehouse or warehouse_path(config_folder)
    with open_reader(readable_path(target), Bounds(memory or QUARTER), is_filled=False) as con:
        spilled = spill_folder(con)

        def give_up() -> None:
            _leave_at_once(spilled, seconds)

        with memory_capped(PROCESS_SHARE * memory_bytes(con) + PROCESS_BYTES):
            return run_query(con, query, seconds=seconds, give_up=give_up)


def _leave_at_once(spilled: Path, seconds: float) -> None:
    """End the process in the middle of a function that DuckDB cannot interrupt; it only reads, so nothing is lost."""
    shutil.rmtree(spilled, ignore_errors=True)
    print(
        f"tocsin: the query was stopped after {seconds:g} seconds: --timeout allows more", file=sys.stderr, flush=True
    )
    os._exit(WORK_FAILED)
