"""`tocsin watch`: a cycle over the live sources, once or again and again."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import common_options, json_option, log_option

if TYPE_CHECKING:
    from flows.watch import Watched

EXAMPLES = """\b
Examples:
  tocsin watch --once                  one cycle: poll, fetch, read, extract, relate, alert, publish
  tocsin watch                         a cycle every watch.interval_minutes, until Ctrl-C
  tocsin watch --once --config my/     sources, topics and rules of your own
"""


@click.command("watch", epilog=EXAMPLES)
@common_options
@json_option
@log_option
@click.option("--once", is_flag=True, help="Run one cycle and end.")
def command(config_folder: Path | None, warehouse: Path | None, as_json: bool, once: bool) -> None:
    """Poll the sources that are due, fetch what matches, keep each article once, and ring for what is new.

    What was done is done: a cycle that is cut off is taken up by the next one, and nothing is fetched twice.
    """
    from config.settings import settings_of
    from flows.serving import temporary_server
    from flows.telling import use_log_format

    settings = settings_of(config_folder)
    use_log_format(settings.monitoring.log_format)
    target = warehouse or settings.paths.warehouse
    wait_for_server = temporary_server()
    while True:
        began = time.monotonic()
        _cycle(target, config_folder, wait_for_server, as_json=as_json)
        if once:
            return
        wait_s = max(0.0, settings.watch.interval_minutes * 60 - (time.monotonic() - began))
        print(f"next cycle in {wait_s / 60:.0f} minutes", file=sys.stderr)
        time.sleep(wait_s)


def _cycle(warehouse: Path, config_folder: Path | None, wait_for_server: Callable[[], None], *, as_json: bool) -> None:
    from flows.serving import much_imported
    from flows.telling import show_progress

    with show_progress(is_quiet=as_json) as progress:
        progress.advance("start Prefect (embedded unless PREFECT_API_URL is set)", 0, 0)
        with much_imported():
            from flows.watch import watch  # imports Prefect while the server starts

        wait_for_server()
        done = watch(warehouse, config_folder)
    _show(done, warehouse, as_json=as_json)


def _show(done: "Watched", warehouse: Path, *, as_json: bool) -> None:
    from flows.analysis import counts_words
    from flows.commands.replay import show_new_claims
    from flows.telling import counted

    show_new_claims(done.claim_ids, warehouse, as_json=as_json)
    polled, fetched = done.polled, done.fetched
    out = sys.stderr if as_json else sys.stdout
    sources, entries = counted(polled.sources, "source"), counted(polled.new, "new entry")
    print(f"polled {sources} ({polled.failed} failed): {entries}", file=out)
    pages = counted(fetched.captured, "page")
    print(f"fetched {pages}, {fetched.postponed} put off, {fetched.failed} given up", file=out)
    print(counts_words(done.counts), file=out)
