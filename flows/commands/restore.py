"""`tocsin restore`: a backup in the place of a warehouse that is not there."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from flows.commands.options import common_options, json_option
from flows.telling import counted, counted_of

EXAMPLES = """\b
Examples:
  tocsin restore /backup/tocsin-2026-11-22                         where tocsin.toml has the warehouse
  tocsin restore /backup/tocsin-2026-11-22 --warehouse try.duckdb  beside it, to look at
"""


@click.command("restore", epilog=EXAMPLES)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@common_options
@json_option
def command(folder: Path, config_folder: Path | None, warehouse: Path | None, as_json: bool) -> None:
    """Put the backup in DIR in the place of the warehouse, with its captures, and publish it.

    Every file is compared with what `tocsin backup` wrote before anything is put anywhere. Nothing is overwritten: a
    warehouse, its log or captures that are there have to be moved aside first; a snapshot that is published there is
    kept as NAME.before-restore.duckdb. What rang before the backup does not ring again.
    """
    from config.settings import settings_of
    from flows.keeping import restore

    target = warehouse or settings_of(config_folder).paths.warehouse
    done = restore(folder, target)
    if as_json:
        print(json.dumps({**asdict(done), "warehouse": str(done.warehouse)}))
        return
    held = ", ".join(counted_of(count, name.replace("_", " ")) for name, count in done.counts.items())
    print(f"{target} is as of {done.made_at}: {held}; {counted(done.n_captures, 'WARC file')}; it is published")
    if waiting := done.counts["pending_deliveries"]:
        print(
            f"{counted(waiting, 'message')} {'was' if waiting == 1 else 'were'} still to be sent then: "
            "the next run does it, again if it was done since"
        )
    print("go on: tocsin watch --once, or tocsin up")
