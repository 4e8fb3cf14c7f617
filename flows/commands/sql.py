"""`tocsin sql`: read-only queries on the published warehouse."""

from pathlib import Path
from typing import get_args

import click

from flows.options import common_options
from flows.show import Format, render

EXAMPLES = """\b
Examples:
  tocsin sql "from escalations where severity >= 4"
  tocsin sql "from dyads" --format csv > dyads.csv
  tocsin sql "select outlet, wording from claim_reports order by reported_at" --format json
  tocsin sql "show tables" --warehouse data/replay.duckdb
"""


@click.command("sql", epilog=EXAMPLES)
@click.argument("query")
@common_options
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Format)),
    default="table",
    show_default=True,
    help="How to print rows.",
)
def command(query: str, config_folder: Path | None, warehouse: Path | None, form: Format) -> None:
    """Run QUERY on the published snapshot of the warehouse.

    Nothing can be changed, and no file or network address can be reached from a query. The views are the place to
    start: escalations, escalation_timeline, dyads, actor_activity, claim_reports, coverage, source_health, alert_log.
    """
    from config.settings import settings_of
    from warehouse.connection import open_reader
    from warehouse.publish import published_path
    from warehouse.reports import query as run_query

    target = warehouse or settings_of(config_folder).paths.warehouse
    with open_reader(published_path(target)) as con:
        table = run_query(con, query)
    print(render(table.columns, table.rows, form))
