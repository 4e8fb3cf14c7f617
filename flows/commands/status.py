"""`tocsin status`: the warehouse at a glance, and whether all is well."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.clock import utc_now
from flows.commands.options import common_options, json_option

if TYPE_CHECKING:
    from flows.monitoring import Survey, Trouble

# Here, and not asked of flows.monitoring, so that `--help` loads nothing; a test compares them.
KINDS = (
    "run-late", "run-failed", "source-late", "source-failing", "source-gone", "channel-failing", "given-up", "disk-low",
)  # fmt: skip
TROUBLE = 1
EXAMPLES = """\b
Examples:
  tocsin status
  tocsin status --warehouse data/replay.duckdb --json
  tocsin status --json --ignore source-failing     for a monitor that single sources shall not wake

\b
Exit codes:
  0  all is well
  1  something is late or failing (run-late, run-failed, source-late, source-failing, source-gone, channel-failing,
     given-up, disk-low), or there is no warehouse that could be read
  2  the call or the configuration is wrong
"""


@click.command("status", epilog=EXAMPLES)
@common_options
@json_option
@click.option(
    "--ignore",
    "ignored",
    type=click.Choice(KINDS),
    multiple=True,
    help="Show such a trouble and leave it out of the exit code; may be given several times.",
)
def command(config_folder: Path | None, warehouse: Path | None, as_json: bool, ignored: tuple[str, ...]) -> int:
    """Show what the warehouse holds, the last and the next run, what waits, and everything that is late or failing."""
    from config.settings import settings_of
    from flows.analysis import plain
    from flows.monitoring import read_vitals, survey_of
    from warehouse.asking import health
    from warehouse.connection import open_reader
    from warehouse.upkeep import is_release, readable_path

    settings, now = settings_of(config_folder), utc_now()
    target = warehouse or settings.paths.warehouse
    with open_reader(readable_path(target)) as con:
        found = asdict(health(con, now))
        is_passed_on = is_release(con)
    if is_passed_on:
        return _show_release(found, as_json=as_json)
    survey = survey_of(target, settings, read_vitals(target, now), now)
    grave = [one for one in survey.troubles if one.kind not in ignored]
    if as_json:
        record = {**found, **_last_run(survey), **_record(survey), "state": "trouble" if grave else "well"}
        print(json.dumps(plain(record), ensure_ascii=False))
    else:
        _show({**found, **_last_run(survey), **_table(survey)}, survey.troubles)
    return TROUBLE if grave else 0


def _show_release(found: Mapping[str, Any], *, as_json: bool) -> int:
    """Show what a release holds; it never ran, so nothing of it is late."""
    from flows.analysis import plain

    if as_json:
        print(json.dumps(plain(found), ensure_ascii=False))
    else:
        _show(found, ())
    return 0


def _last_run(survey: "Survey") -> dict[str, Any]:
    """Return the last run of all flows as it stands, which the snapshot may not know of yet."""
    last = max(survey.vitals.runs, key=lambda one: one.started_at, default=None)
    if last is None:
        return {}
    return {"last_run_at": last.started_at, "last_run_flow": last.flow, "last_run_status": last.status,
            "last_run_error": last.error}  # fmt: skip


def _record(survey: "Survey") -> dict[str, Any]:
    """Return what monitors ask for."""
    from flows.monitoring import versions

    vitals = survey.vitals
    return {
        "troubles": [asdict(one) for one in survey.troubles],
        "as_of": vitals.taken_at,
        "runs": [asdict(one) for one in vitals.runs],
        "next_run_at": survey.next_run_at,
        "process": survey.process,
        "late_sources": [one.subject for one in survey.troubles if one.kind == "source-late"],
        "failing_sources": [one.subject for one in survey.troubles if one.kind in ("source-failing", "source-gone")],
        "waiting": asdict(vitals.backlog),
        "undelivered": [asdict(one) for one in vitals.undelivered],
        "disk": asdict(survey.disk),
        "versions": versions() | {"schema": vitals.schema},
    }


def _table(survey: "Survey") -> dict[str, Any]:
    """Return the same for people."""
    from flows.monitoring import versions

    waiting = asdict(survey.vitals.backlog)
    return {
        "next_run_at": survey.next_run_at,
        "waiting": [f"{n} {what}" for what, n in waiting.items() if n],
        "disk": f"{survey.disk.free / 1e9:,.1f} of {survey.disk.total / 1e9:,.1f} GB free",
        "disk_taken": [f"{part} {size / 1e6:,.1f} MB" for part, size in survey.disk.parts.items() if size],
        "versions": [f"{name} {number}" for name, number in versions().items()],
    }


def _show(found: Mapping[str, Any], troubles: "tuple[Trouble, ...]") -> None:
    from flows.analysis import cell

    for name, value in found.items():
        print(f"{name.replace('_', ' '):<20}{cell(value) or '-'}")
    print(f"{'state':<20}{'well' if not troubles else f'{len(troubles)} in trouble'}")
    for one in troubles:
        print(f"  {one.kind:<18}{one.subject}: {one.words}")
