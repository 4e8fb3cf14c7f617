"""`tocsin backfill`: WARC files through every step."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import common_options, json_option
from flows.telling import WorkFailedError

if TYPE_CHECKING:
    from flows.backfill import Backfilled, Scanned

EXAMPLES = """\b
Examples:
  tocsin backfill CC-NEWS-20241020.warc.gz                  a crawl that others made
  tocsin backfill data/tocsin.captures/*.warc.gz --warehouse again.duckdb
                                                            what Tocsin itself fetched, into another warehouse
"""


@click.command("backfill", epilog=EXAMPLES)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
    metavar="FILE...",
)
@common_options
@json_option
def command(files: tuple[Path, ...], config_folder: Path | None, warehouse: Path | None, as_json: bool) -> None:
    """Take the pages of WARC FILES (.warc, .warc.gz) through every step: read, extract, relate, alert.

    Files are streamed. Pages whose raw bytes show that they can belong to no topic are not parsed. The files stay
    where they are: the warehouse refers to them. What was done is done: a backfill that was killed goes on when it is
    called again, and a file read to its end is passed over unless it or the topics have changed.
    """
    from config.places import warehouse_path

    target = warehouse or warehouse_path(config_folder)
    _show(_run(files, target, config_folder, is_quiet=as_json), target, as_json=as_json)


def _run(files: tuple[Path, ...], warehouse: Path, config_folder: Path | None, *, is_quiet: bool) -> "Backfilled":
    from flows.serving import much_imported, temporary_server
    from flows.telling import show_progress

    with show_progress(is_quiet=is_quiet) as progress:
        progress.advance("start Prefect (embedded unless PREFECT_API_URL is set)", 0, 0)
        wait_for_server = temporary_server()
        with much_imported():
            from flows.backfill import backfill  # imports Prefect while the server starts

        wait_for_server()
        return backfill(files, warehouse, config_folder)


def _show(done: "Backfilled", warehouse: Path, *, as_json: bool) -> None:
    from flows.analysis import counts_words
    from flows.commands.replay import show_new_claims
    from flows.telling import one_line

    show_new_claims(done.claim_ids, warehouse, as_json=as_json)
    out = sys.stderr if as_json else sys.stdout
    for one in done.files:
        for location, reason in one.damaged:
            print(one_line(f"damaged {location}: {reason}"), file=sys.stderr)
        print(_words(one), file=out)
    print(f"backfill: {counts_words(done.counts)}", file=out)
    barren = [str(one.file) for one in done.files if not one.was_done and not one.responses]
    if barren:
        raise WorkFailedError(f"no web page in {', '.join(barren)}: not a WARC file, or damaged throughout")


def _words(one: "Scanned") -> str:
    if one.was_done:
        return f"{one.file.name}: read to its end before"
    damaged = f", {len(one.damaged)} damaged records" if one.damaged else ""
    return f"{one.file.name}: {one.responses} responses, {one.captures} new that may belong to a topic{damaged}"
