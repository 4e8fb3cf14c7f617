"""`tocsin alerts`: the alert log."""

from datetime import datetime
from pathlib import Path

import click

from flows.options import common_options, json_option

EXAMPLES = """\b
Examples:
  tocsin alerts                       everything that rang
  tocsin alerts --since 2024-10-20    since a day
  tocsin alerts --json | jq .quote    for machines
"""
SHOWN = ("raised_at", "rule", "speaker", "role", "country", "category", "severity", "quote", "outlets")


@click.command("alerts", epilog=EXAMPLES)
@common_options
@json_option
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only alerts raised on this day or later.")
def command(config_folder: Path | None, warehouse: Path | None, as_json: bool, since: datetime | None) -> None:
    """Show the alert log of the published warehouse, the newest last."""
    from config.settings import settings_of
    from flows.show import render
    from warehouse.connection import open_reader
    from warehouse.publish import published_path
    from warehouse.reports import alert_log

    target = warehouse or settings_of(config_folder).paths.warehouse
    with open_reader(published_path(target)) as con:
        table = alert_log(con, since.date() if since else None)
    if as_json:
        if table.rows:
            print(render(table.columns, table.rows, "json"))
    elif table.rows:
        places = [table.columns.index(name) for name in SHOWN]
        print(render(SHOWN, [[row[place] for place in places] for row in table.rows], "table"))
    else:
        print("no alerts")
