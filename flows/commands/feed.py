"""`tocsin feed`: feed bytes to entries, without a warehouse."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from extractors.model import Entry, Feed, Moment, Rejected
from flows.commands.inputs import STDIN
from flows.commands.options import common_options, json_option
from flows.telling import WorkFailedError, counted

EXAMPLES = """\b
Examples:
  tocsin feed feed.xml                      readable
  tocsin feed feed.xml sitemap.xml --json   one JSON object a file
  curl -s https://example.org/rss | tocsin feed - --url https://example.org/rss --json
"""


@click.command("feed", epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="[FILE...|-]")
@common_options
@json_option
@click.option("--url", default="", help="Address the bytes came from, against which relative links are resolved.")
def command(
    files: tuple[str, ...],
    config_folder: Path | None,
    warehouse: Path | None,  # noqa: ARG001 - taken by every command
    as_json: bool,
    url: str,
) -> None:
    """Read feeds: RSS, Atom, RDF, JSON Feed, sitemaps (also gzip), or pages that announce feeds; - is standard input.

    Dates in the future are refused, as in watching. Files are read in processes that are abandoned when they take too
    long or too much memory.
    """
    from config.settings import settings_of
    from flows.workers import Abandoned, Bounds, run_guarded

    missing = [name for name in files if name != STDIN and not Path(name).is_file()]
    if missing:
        raise click.BadParameter(f"there is no file {missing[0]!r}", param_hint="FILE")
    now = datetime.now(UTC)
    read = settings_of(config_folder).read
    # preloads what reads feeds alone: the reader of pages takes seconds to import
    bounds = Bounds(read.page_seconds, read.page_memory_bytes, read.workers, preload=("extractors.feeds.listing",))
    rejected = 0
    for ended in run_guarded(read_bytes, files, bounds=bounds, arguments=lambda name: (_bytes_of(name), url, now)):
        outcome = Rejected(ended.reason, ended.detail) if isinstance(ended, Abandoned) else ended.value
        rejected += isinstance(outcome, Rejected)
        doc = Path(ended.item).name
        print(json.dumps(to_record(doc, outcome), ensure_ascii=False) if as_json else to_text(doc, outcome))
    if rejected:
        raise WorkFailedError(f"{rejected} of the inputs could not be read")


def read_bytes(data: bytes, url: str, now: datetime) -> Feed | Rejected:
    """Read a listing in a worker process."""
    from extractors.feeds import read_feed

    return read_feed(data, url, now=now)


def to_record(doc: str, outcome: Feed | Rejected) -> dict[str, Any]:
    """Return a feed or a rejection as the interface prints it."""
    if isinstance(outcome, Rejected):
        return {"doc": doc, "rejected": outcome.reason, "detail": outcome.detail}
    return {
        "doc": doc,
        "kind": outcome.kind,
        "title": outcome.title,
        "language": outcome.language,
        "home": outcome.home,
        "ttl_minutes": outcome.ttl_minutes,
        "skip_hours": list(outcome.skip_hours),
        "skip_days": list(outcome.skip_days),
        "links": list(outcome.links),
        "flaws": list(outcome.flaws),
        "entries": [_entry_record(one) for one in outcome.entries],
    }


def to_text(doc: str, outcome: Feed | Rejected) -> str:
    """Return a feed or a rejection for people."""
    if isinstance(outcome, Rejected):
        return f"{doc}: rejected: {outcome.reason} {outcome.detail}".rstrip()
    flaws = f"; flaws: {', '.join(outcome.flaws)}" if outcome.flaws else ""
    lines = [f"{doc}: {outcome.kind} {outcome.title or 'untitled'}, {counted(len(outcome.entries), 'entry')}{flaws}"]
    lines += [f"  {_day(one.published)}  {one.title or '-'}  {one.url or '-'}" for one in outcome.entries]
    lines += [f"  points to {link}" for link in outcome.links]
    return "\n".join(lines)


def _bytes_of(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()


def _entry_record(entry: Entry) -> dict[str, Any]:
    return {
        "guid": entry.guid,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content": entry.content,
        "author": entry.author,
        "language": entry.language,
        "published": _moment_record(entry.published),
        "updated": _moment_record(entry.updated),
        "published_raw": entry.published_raw,
    }


def _moment_record(moment: Moment | None) -> dict[str, Any] | None:
    if moment is None:
        return None
    return {"at": moment.at.isoformat(), "precision": moment.precision, "is_inferred": moment.is_inferred}


def _day(moment: Moment | None) -> str:
    return moment.at.strftime("%Y-%m-%d %H:%M") if moment else "undated         "
