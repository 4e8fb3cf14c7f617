"""`tocsin backfill`: WARC files through every step."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import common_options, json_option, log_option
from flows.telling import WorkFailedError, counted

if TYPE_CHECKING:
    from flows.backfill import Backfilled, Scanned

EXAMPLES = """\b
Examples:
  tocsin backfill CC-NEWS-20241020.warc.gz                  a crawl that others made
  tocsin backfill data/tocsin.captures/*.warc.gz --warehouse again.duckdb
                                                            what Tocsin itself fetched, into another warehouse
  tocsin backfill crawls/*.warc.gz --cluster local:8        read and extract on eight Dask workers
  tocsin backfill https://HOST/crawl-data/CC-NEWS/2024/10/warc.paths.gz
                                                            all files of a list, fetched one by one
"""


class CrawlPlace(click.ParamType[str]):
    """A file that is there, or an address on the web."""

    name = "file"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the place as it was given."""
        if value.startswith(("http://", "https://")):
            return value
        return str(click.Path(exists=True, dir_okay=False, readable=True).convert(value, param, ctx))


def _checked(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """Refuse words that name no cluster, before anything is started."""
    from flows.parts import flaw_of

    if value is not None and (flaw := flaw_of(value)):
        raise click.BadParameter(flaw)
    return value


@click.command("backfill", epilog=EXAMPLES)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=CrawlPlace(),
    metavar="FILE...",
)
@click.option(
    "--cluster",
    metavar="WHERE",
    callback=_checked,
    help="Read and extract on Dask workers: local:N processes here, or the scheduler at tcp://HOST:PORT.",
)
@common_options
@json_option
@log_option
def command(
    files: tuple[str, ...], cluster: str | None, config_folder: Path | None, warehouse: Path | None, as_json: bool
) -> None:
    """Take the pages of WARC FILES (.warc, .warc.gz) through every step: read, extract, relate, alert.

    A FILE is a path or an http(s) address, or a list of them, one a line (.paths, .paths.gz, .txt). Files are streamed.
    Pages whose raw bytes show that they can belong to no topic are not parsed. The files stay where they are: the
    warehouse refers to them; of one from the web the pages are copied beside it. What was done is done: a backfill that
    was killed goes on when it is called again, and a file read to its end is passed over unless it or the topics have
    changed.

    With --cluster the files are read and the articles extracted on the workers of Dask, which find the files and the
    folder of the warehouse under the same paths; what is stored is the same.
    """
    from config.settings import settings_of
    from flows.telling import use_log_format

    settings = settings_of(config_folder)
    use_log_format(settings.monitoring.log_format)
    target = warehouse or settings.paths.warehouse
    _show(_run(files, target, config_folder, cluster, is_quiet=as_json), target, as_json=as_json)


def _run(
    files: tuple[str, ...], warehouse: Path, config_folder: Path | None, cluster: str | None, *, is_quiet: bool
) -> "Backfilled":
    from flows.serving import much_imported, temporary_server
    from flows.telling import show_progress

    with show_progress(is_quiet=is_quiet) as progress:
        progress.advance("start Prefect (embedded unless PREFECT_API_URL is set)", 0, 0)
        wait_for_server = temporary_server()
        with much_imported():
            from flows.backfill import backfill  # imports Prefect while the server starts

        wait_for_server()
        return backfill(files, warehouse, config_folder, cluster)


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
    failed = [f"{one.file}: {one.trouble}" for one in done.files if one.trouble is not None]
    if failed:
        raise WorkFailedError(f"not read, and to be tried by the next call: {'; '.join(failed)}")
    barren = [one.file for one in done.files if not one.was_done and not one.responses]
    if barren:
        raise WorkFailedError(f"no web page in {', '.join(barren)}: not a WARC file, or damaged throughout")


def _words(one: "Scanned") -> str:
    name = one.file.rpartition("/")[2]
    if one.was_done:
        return f"{name}: read to its end before"
    if one.trouble is not None:
        return f"{name}: not read: {one.trouble}"
    damaged = f", {counted(len(one.damaged), 'damaged record')}" if one.damaged else ""
    return f"{name}: {counted(one.responses, 'response')}, {one.captures} new that may belong to a topic{damaged}"
