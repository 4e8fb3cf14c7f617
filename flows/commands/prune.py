"""`tocsin prune`: let go of what is old and no longer needed."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from flows.commands.options import Since, common_options, json_option

EXAMPLES = """\b
Examples:
  tocsin prune --older-than 180d --dry-run       what would go
  tocsin prune --older-than 180d
  tocsin prune --older-than 2026-01-01 --json
"""


@click.command("prune", epilog=EXAMPLES)
@common_options
@json_option
@click.option("--older-than", "before", type=Since(), required=True, help="An age (180d, 26w) or a day.")
@click.option("--dry-run", "is_rehearsal", is_flag=True, help="Count what would go, and let nothing go.")
def command(
    config_folder: Path | None, warehouse: Path | None, as_json: bool, before: datetime, is_rehearsal: bool
) -> None:
    """Let go of fetched pages, polls and texts that are older than that.

    Pages go by whole WARC files, once each page in them was read; the newest file stays, as do files that were given to
    `tocsin backfill`. Of polls each source keeps its first, its last and its last failure. Texts go where sources.toml
    says texts = "expire" for their source: their metadata, statements, claims and alerts stay, as everything else does.
    What has gone cannot be read or extracted anew. `tocsin backup` first.
    """
    from config.settings import settings_of
    from flows.clock import utc_now
    from flows.keeping import prune, pruned_line

    target = warehouse or settings_of(config_folder).paths.warehouse
    now = utc_now()
    moment = before.replace(tzinfo=UTC)
    if moment > now:
        raise click.BadParameter("is in the future: everything would go", param_hint="--older-than")
    done = prune(target, moment, now=now, is_rehearsal=is_rehearsal)
    if as_json:
        print(json.dumps(asdict(done)))
        return
    print(pruned_line(done, is_rehearsal=is_rehearsal))
