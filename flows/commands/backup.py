"""`tocsin backup`: a copy of the warehouse and its captures that has been read whole."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from flows.commands.options import common_options, json_option
from flows.telling import counted, counted_of

EXAMPLES = """\b
Examples:
  tocsin backup /backup/tocsin-$(date +%F)                         the warehouse and every fetched page
  tocsin backup /backup/tocsin-$(date +%F) --without-captures      the warehouse alone
  tocsin backup /backup/desk --warehouse /var/lib/tocsin/tocsin.duckdb --json
"""


@click.command("backup", epilog=EXAMPLES)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@common_options
@json_option
@click.option("--without-captures", is_flag=True, help="Leave out the WARC files of fetched pages.")
def command(
    folder: Path, config_folder: Path | None, warehouse: Path | None, as_json: bool, without_captures: bool
) -> None:
    """Copy the warehouse, as it is committed now, and its captures to DIR, which must not be there or be empty.

    Runs may go on meanwhile. The copy is read to its last block, each file's checksum is noted in DIR/backup.json, and
    DIR is there only when all of it is whole. `tocsin restore DIR` is the way back.
    """
    from config.settings import settings_of
    from flows.clock import utc_now
    from flows.keeping import back_up

    target = warehouse or settings_of(config_folder).paths.warehouse
    done = back_up(target, folder, now=utc_now(), with_captures=not without_captures)
    if as_json:
        print(json.dumps({**asdict(done), "folder": str(done.folder)}))
        return
    held = ", ".join(counted_of(count, name.replace("_", " ")) for name, count in done.counts.items())
    print(f"{held}; {counted(done.n_captures, 'WARC file')}; {done.n_bytes / 1e6:.1f} MB in {folder}")
    print(f"the way back: tocsin restore {folder} --warehouse {target}")
