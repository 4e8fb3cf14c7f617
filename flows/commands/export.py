"""`tocsin export`: the warehouse as Parquet files."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from flows.commands.options import common_options, json_option

EXAMPLES = """\b
Examples:
  tocsin export parquet/                                      every table and view, a file each
  tocsin export parquet/ --force                              over an earlier export
  tocsin export parquet/ --warehouse data/replay.duckdb --json
"""


@click.command("export", epilog=EXAMPLES)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@common_options
@json_option
@click.option("--force", is_flag=True, help="Write into a folder that is not empty; files of the same name go.")
def command(folder: Path, config_folder: Path | None, warehouse: Path | None, as_json: bool, force: bool) -> None:
    """Write every table and view of the published warehouse to DIR as Parquet, named as in the warehouse."""
    from config.places import warehouse_path
    from flows.files import users_own_files
    from warehouse.asking import export_parquet
    from warehouse.upkeep import published_path

    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise click.UsageError(f"{folder} is not empty: --force writes into it all the same")
    target = warehouse or warehouse_path(config_folder)
    written = 0
    with users_own_files():
        for one in export_parquet(published_path(target), folder):
            written += 1
            print(json.dumps(asdict(one)) if as_json else f"{one.name:<24}{one.kind:<8}{one.rows} rows")
    if not as_json:
        print(f"{written} files in {folder}")
