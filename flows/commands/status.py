"""`tocsin status`: the warehouse at a glance."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from flows.clock import utc_now
from flows.commands.options import common_options, json_option

EXAMPLES = """\b
Examples:
  tocsin status
  tocsin status --warehouse data/replay.duckdb --json
"""


@click.command("status", epilog=EXAMPLES)
@common_options
@json_option
def command(config_folder: Path | None, warehouse: Path | None, as_json: bool) -> None:
    """Show what the published warehouse holds, when the last run was, and what waits for delivery."""
    from config.places import warehouse_path
    from flows.analysis import cell, plain
    from warehouse.asking import health
    from warehouse.connection import open_reader
    from warehouse.upkeep import published_path

    target = warehouse or warehouse_path(config_folder)
    with open_reader(published_path(target)) as con:
        found = asdict(health(con, utc_now()))
    if as_json:
        print(json.dumps({name: plain(value) for name, value in found.items()}, ensure_ascii=False))
        return
    for name, value in found.items():
        print(f"{name.replace('_', ' '):<20}{cell(value) or '-'}")
