"""`tocsin alerts`: the alert log, and the commands around alerts."""

from datetime import date, datetime
from pathlib import Path

import click

from flows.commands.alert_tools import (
    Places,
    ack_command,
    deliver_command,
    lift_command,
    mute_command,
    preview_command,
    retry_command,
    silences_command,
    test_command,
)
from flows.commands.options import Since, common_options, json_option

EXAMPLES = """\b
Examples:
  tocsin alerts                       everything that rang
  tocsin alerts --since 2024-10-20    since a day
  tocsin alerts --since 7d            of the last seven days
  tocsin alerts --json | jq .quote    for machines
  tocsin alerts preview escalation --since 2024-10-20
                                      what a rule would have rung for, without sending
  tocsin alerts test desk             a test message through a channel
  tocsin alerts mute "Kim Yo Jong" --until 2024-12-01
"""
SHOWN = (
    "raised_at", "severity", "category", "speaker", "quote", "targets", "role", "country", "outlets", "form", "rule",
    "alert_id",
)  # fmt: skip


@click.group("alerts", epilog=EXAMPLES, invoke_without_command=True)
@common_options
@json_option
@click.option("--since", type=Since(), help="Only alerts raised on this day or later.")
@click.pass_context
def command(
    ctx: click.Context, config_folder: Path | None, warehouse: Path | None, as_json: bool, since: datetime | None
) -> None:
    """Show the alert log of the published warehouse, the newest last; or one of the commands below."""
    ctx.obj = Places(config_folder, warehouse)
    if ctx.invoked_subcommand is None:
        _show_log(ctx.obj, since, as_json=as_json)


def _show_log(places: Places, since: datetime | None, *, as_json: bool) -> None:
    from flows.commands.showing.tables import render
    from warehouse.asking import alert_log, last_alert_on
    from warehouse.connection import open_reader
    from warehouse.upkeep import readable_path

    with open_reader(readable_path(places.target())) as con:
        table = alert_log(con, since.date() if since else None)
        last = None if table.rows or since is None else last_alert_on(con)
    if as_json:
        if table.rows:
            print(render(table.columns, table.rows, "json"))
    elif table.rows:
        columns = [table.columns.index(name) for name in SHOWN]
        print(render(SHOWN, [[row[place] for place in columns] for row in table.rows], "table"))
    else:
        print(_nothing(since, last))


def _nothing(since: datetime | None, last: date | None) -> str:
    """Say so; a replay's alerts are dated as its articles are, which may be long ago."""
    return f"no alerts since {since.date()}; the last is of {last}" if since and last else "no alerts"


for one in (
    test_command,
    preview_command,
    ack_command,
    mute_command,
    lift_command,
    silences_command,
    retry_command,
    deliver_command,
):
    command.add_command(one)
