"""`tocsin replay`: the flows over a stored corpus."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import common_options, json_option, log_option
from flows.telling import WRONG_CALL, WorkFailedError, counted

if TYPE_CHECKING:
    from flows.replay import Replayed

EXAMPLES = """\b
Examples:
  tocsin replay                                the seed corpus into data/replay.duckdb
  tocsin replay corpus/ --warehouse my.duckdb  a corpus and a warehouse of your own
  tocsin replay --dry-run                      what would be read, without writing anything
  tocsin replay --config rules/ --warehouse new.duckdb --compare data/replay.duckdb
                                               what another configuration would have changed
"""


@click.command("replay", epilog=EXAMPLES)
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path), default="seeds")
@common_options
@json_option
@log_option
@click.option("--dry-run", is_flag=True, help="Show what would be read; write nothing.")
@click.option(
    "--compare",
    "other",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Show at the end what differs from another warehouse.",
)
@click.option("--send", "is_sending", is_flag=True, help="Send the alerts to outside channels too, marked as replayed.")
def command(
    corpus: Path,
    config_folder: Path | None,
    warehouse: Path | None,
    as_json: bool,
    dry_run: bool,
    other: Path | None,
    is_sending: bool,
) -> None:
    """Run the flows over CORPUS (default: seeds/), as if each article came in on its own date.

    Texts (.txt) and pages (.html) are read, deduplicated and searched for statements; statements become claims, and
    claims that meet a rule raise alerts, which are recorded and shown but never sent to outside channels, unless --send
    is given. What was done before is not done again: a second replay into the same warehouse adds nothing.
    """
    from config.settings import settings_of
    from flows.telling import use_log_format

    settings = settings_of(config_folder)
    use_log_format(settings.monitoring.log_format)
    target = warehouse or settings.paths.replay
    if dry_run:
        _show_plan(corpus, settings.limits.max_corpus_files, settings.limits.max_text_bytes)
        return
    done = _run(corpus, target, config_folder, is_quiet=as_json, is_sending=is_sending)
    _show(done, corpus, target, as_json=as_json)
    if other:
        _compare(target, other, as_json=as_json)


def _run(corpus: Path, warehouse: Path, config_folder: Path | None, *, is_quiet: bool, is_sending: bool) -> "Replayed":
    from flows.serving import much_imported, temporary_server
    from flows.telling import show_progress

    with show_progress(is_quiet=is_quiet) as progress:
        progress.advance("start Prefect (embedded unless PREFECT_API_URL is set)", 0, 0)
        wait_for_server = temporary_server()
        with much_imported():
            from flows.replay import replay  # imports Prefect while the server starts

        wait_for_server()
        return replay(corpus, warehouse, config_folder, is_sending=is_sending)


def _show(done: "Replayed", corpus: Path, warehouse: Path, *, as_json: bool) -> None:
    """Show what the replay came to; what live sources of the same warehouse came to is none of its business."""
    from flows.analysis import counts_words
    from flows.telling import one_line
    from warehouse.asking import rejection_rows
    from warehouse.connection import open_reader
    from warehouse.storing import source_for, waiting_tries
    from warehouse.upkeep import published_path

    show_new_claims(done.claim_ids, warehouse, as_json=as_json)
    with open_reader(published_path(warehouse)) as con:
        rejected = rejection_rows(con, source_for("folder", corpus.name).source_id)
        put_off = [one for one in waiting_tries(con) if not one.location.startswith(("http://", "https://"))]
    for one in rejected:
        line = f"rejected {one.location}: {one.reason}{f' ({one.detail})' if one.detail else ''}"
        print(one_line(line), file=sys.stderr)
    for left in put_off:
        print(one_line(f"put off {left.location}: {left.reason}; the next replay tries it again"), file=sys.stderr)
    outcome = f"replay of {counted(done.files, 'file')}: {counts_words(done.counts)}"
    print(outcome, file=sys.stderr if as_json else sys.stdout)
    if not as_json:
        print(f'query it: tocsin sql "from escalations" --warehouse {warehouse}')
    if len(rejected) + len(put_off) >= done.files:
        raise WorkFailedError("no article could be read")


def show_new_claims(claim_ids: Sequence[str], warehouse: Path, *, as_json: bool) -> None:
    """Print the escalating claims among those a run opened: a table, or JSON Lines."""
    from flows.analysis import COLUMNS, table_rows
    from flows.commands.showing.tables import rich_table
    from warehouse.asking import escalation_rows
    from warehouse.connection import open_reader
    from warehouse.upkeep import published_path

    with open_reader(published_path(warehouse)) as con:
        rows = escalation_rows(con, claim_ids)
    if as_json:
        for row in rows:
            print(json.dumps(asdict(row), default=str, ensure_ascii=False))
    elif rows:
        print(rich_table(COLUMNS, table_rows(rows), title=f"New escalation claims ({len(rows)})"))


def _show_plan(corpus: Path, max_files: int, max_bytes: int) -> None:
    from config.sidecar import load_sidecar
    from extractors.model import Article
    from flows.intake import list_corpus, try_corpus_file

    facts, problems = load_sidecar(corpus)
    for problem in problems:
        print(f"tocsin: {problem}", file=sys.stderr)
    for location in list_corpus(corpus, max_files=max_files):
        outcome = try_corpus_file(corpus, location, facts.get(location), max_bytes=max_bytes)
        if isinstance(outcome, Article):
            day = outcome.published.at.date() if outcome.published else "undated"
            size = counted(len(outcome.text.split()), "word")
            print(f"would read {location}: {day}, {outcome.title or 'untitled'} ({size})")
        else:
            print(f"would reject {location}: {outcome.reason} {outcome.detail}".rstrip())
    print("dry run: nothing was written")
    if problems:
        sys.exit(WRONG_CALL)


def _compare(warehouse: Path, other: Path, *, as_json: bool) -> None:
    from flows.commands.showing.tables import render
    from warehouse.asking import compare_warehouses
    from warehouse.upkeep import published_path, readable_path

    found = compare_warehouses(published_path(warehouse), readable_path(other))
    if not as_json:
        print(f"against {other}: {counted(len(found.rows), 'difference') if found.rows else 'no differences'}")
    if found.rows:
        print(render(found.columns, found.rows, "json" if as_json else "table"))
