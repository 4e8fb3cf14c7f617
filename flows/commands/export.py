"""`tocsin export`: the warehouse as Parquet files, or as a release to archive and cite."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from flows.commands.options import common_options, json_option
from flows.telling import counted

EXAMPLES = """\b
Examples:
  tocsin export parquet/                                      every table and view, a file each
  tocsin export parquet/ --force                              over an earlier export
  tocsin export parquet/ --warehouse data/replay.duckdb --json
  tocsin export --release tocsin-2026-11/                     what one passes on, archives or cites
  tocsin export --release tocsin-2026-11/ --force             in the place of an earlier release
"""


@click.command("export", epilog=EXAMPLES)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@common_options
@json_option
@click.option(
    "--release", "is_release", is_flag=True, help="Write a release: DuckDB, Parquet by month, CSV, its pages."
)
@click.option("--force", is_flag=True, help="Write into a folder that is not empty; files of the same name go.")
def command(
    folder: Path, config_folder: Path | None, warehouse: Path | None, as_json: bool, is_release: bool, force: bool
) -> None:
    """Write every table and view of the published warehouse to DIR as Parquet, named as in the warehouse.

    With --release DIR is made for others: a DuckDB file that versions from 1.1 on open, Parquet by month, CSV, a data
    dictionary, the codebook, and a README with version, date and counts. It leaves out what is internal (keys,
    signatures, fetched pages, deliveries, corrections) and texts of sources that do not say texts = "share" in
    sources.toml. It is written beside DIR and moved there when all of it is whole.
    """
    from config.places import warehouse_path
    from flows.files import users_own_files
    from warehouse.upkeep import readable_path

    shown = readable_path(warehouse or warehouse_path(config_folder))
    with users_own_files():
        if is_release:
            _release(shown, folder, config_folder, as_json=as_json, is_forced=force)
        elif folder.is_dir() and any(folder.iterdir()) and not force:
            raise click.UsageError(f"{folder} is not empty: --force writes into it all the same")
        else:
            _export(shown, folder, as_json=as_json)


def _export(shown: Path, folder: Path, *, as_json: bool) -> None:
    from warehouse.asking import export_parquet

    written = 0
    for one in export_parquet(shown, folder):
        written += 1
        print(json.dumps(asdict(one)) if as_json else f"{one.name:<24}{one.kind:<8}{counted(one.rows, 'row')}")
    if not as_json:
        print(f"{counted(written, 'file')} in {folder}")


def _release(shown: Path, folder: Path, config_folder: Path | None, *, as_json: bool, is_forced: bool) -> None:
    from flows.releasing import write_release

    done = write_release(shown, folder, config_folder, is_forced=is_forced)
    for one in done.tables:
        print(json.dumps(asdict(one)) if as_json else f"{one.name:<24}{counted(one.rows, 'row')}")
    if not as_json:
        size = f"{counted(done.n_files, 'file')}, {done.n_bytes / 1e6:.1f} MB"
        print(f"{size}, as of {done.as_of or 'an unknown day'}, in {folder}")
