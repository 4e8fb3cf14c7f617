"""`tocsin report`: the warehouse as one page to look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from flows.commands.options import Since, common_options

EXAMPLES = """\b
Examples:
  tocsin report                          data/published/tocsin.report.html; new is what the last one did not have
  tocsin report --since 7d               new is what came in during the last seven days
  tocsin report --out desk.html          somewhere else, as readable as your other files
  tocsin report --warehouse data/replay.duckdb
"""


@click.command("report", epilog=EXAMPLES)
@common_options
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write [default: beside the file it shows].",
)
@click.option("--since", type=Since(), help="What came in since then is new [default: since the last report there].")
def command(config_folder: Path | None, warehouse: Path | None, out: Path | None, since: datetime | None) -> None:
    """Write the published warehouse as one HTML page that opens from disk and asks nothing of the network.

    It shows what is new, timelines and ladders of escalation, who speaks against whom, every event with its words,
    speaker, outlets, links and evidence, the speakers, and how the sources fare.
    """
    from config.places import warehouse_path
    from flows.clock import utc_now
    from flows.reporting import report_path, vocabulary_of, write_report

    target = warehouse or warehouse_path(config_folder)
    moment = since.replace(tzinfo=UTC) if since else None
    with _modes_for(out):
        done = write_report(
            target, out or report_path(target), vocabulary_of(config_folder), now=utc_now(), since=moment
        )
    print(f"{done.n_events} event{'' if done.n_events == 1 else 's'}, {done.n_bytes / 1e6:.1f} MB")
    print(f"open it in a browser: {done.path.resolve().as_uri()}")


@contextmanager
def _modes_for(out: Path | None) -> Iterator[None]:
    """Keep the page beside the warehouse private; a file that the user names is as readable as his others."""
    from flows.files import users_own_files

    if out is None:
        yield
    else:
        with users_own_files():
            yield
