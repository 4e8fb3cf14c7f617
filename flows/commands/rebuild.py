"""`tocsin rebuild`: what today's rules would make of everything stored."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands.options import common_options, json_option

if TYPE_CHECKING:
    from flows.rebuilding import Rebuilt

EXAMPLES = """\b
Examples:
  tocsin rebuild --config rules/                     what other rules would change; changes nothing
  tocsin rebuild --config rules/ --format markdown   the same as a page
  tocsin rebuild --fail-on lost-escalation           for CI: exit code 3 where an escalation is lost
  tocsin rebuild --accept                            take it over; nothing rings
\b
Exit codes: 0 done, 1 the work failed, 2 the call or the configuration is wrong, 3 what --fail-on names was found.
"""
FOUND = 3
FAILURES = ("lost-escalation", "any-change")


@click.command("rebuild", epilog=EXAMPLES)
@common_options
@json_option
@click.option("--format", "form", type=click.Choice(["table", "markdown", "json"]), default="table", show_default=True)
@click.option("--examples", type=click.IntRange(min=0), default=5, show_default=True, help="So many of each kind.")
@click.option("--fail-on", type=click.Choice(FAILURES), help="Exit with 3, and accept nothing, where that is found.")
@click.option("--accept", "is_accepted", is_flag=True, help="Take it over once it is shown.")
@click.option("--dry-run", is_flag=True, help="Change nothing: what is done without --accept.")
def command(
    config_folder: Path | None,
    warehouse: Path | None,
    as_json: bool,
    form: str,
    examples: int,
    fail_on: str | None,
    is_accepted: bool,
    dry_run: bool,
) -> None:
    """Extract, label, relate and sort by topic everything stored again, without the network; show what that changes.

    It is done in a working copy beside the warehouse, which is held for no longer than it takes to copy it. Cut off, it
    goes on where it was. With --accept the result takes the place of what stands in one transaction: claims, events and
    alerts keep their ids, and nothing rings, because nobody said anything new.
    """
    if is_accepted and dry_run:
        raise click.UsageError("--accept and --dry-run exclude each other")
    from config.settings import settings_of
    from flows.rebuilding import rebuild_and_accept
    from flows.telling import show_progress

    target = warehouse or settings_of(config_folder).paths.warehouse
    is_json = as_json or form == "json"
    with show_progress(is_quiet=is_json):
        found, was_taken_over = rebuild_and_accept(
            target, config_folder, examples=examples, is_wanted=lambda one: is_accepted and not _refused(one, fail_on)
        )
    _show(found, "json" if is_json else form)
    if fail_on is not None and _refused(found, fail_on):
        print(f"tocsin: {fail_on}: {_counted(found, fail_on)}; nothing was accepted", file=sys.stderr)
        sys.exit(FOUND)
    if was_taken_over:
        print("accepted; nothing rang", file=sys.stderr)


def _show(found: "Rebuilt", form: str) -> None:
    from flows.commands.showing.tables import rich_table
    from flows.rebuilding import line_tables, rebuilt_markdown, rebuilt_record, rebuilt_text

    if form == "json":
        print(json.dumps(rebuilt_record(found), ensure_ascii=False))
    elif form == "markdown":
        print(rebuilt_markdown(found))
    else:
        drawn = [rich_table(columns, rows, title=title) for title, columns, rows in line_tables(found)]
        print(rebuilt_text(found, drawn))


def _refused(found: "Rebuilt", fail_on: str | None) -> bool:
    return fail_on is not None and _counted(found, fail_on) > 0


def _counted(found: "Rebuilt", what: str) -> int:
    totals = found.comparison.totals
    if what == "lost-escalation":
        return totals.lost_escalations
    changes = totals.lost + totals.added + totals.relabelled + totals.reattributed
    return changes + found.comparison.n_resorted
