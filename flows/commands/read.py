"""`tocsin read`: pages and texts to articles or rejections, without a warehouse."""

import json
from pathlib import Path
from typing import Any

import click

from extractors.model import Article, Rejected
from flows.commands.options import common_options, json_option

EXAMPLES = """\b
Examples:
  tocsin read page.html article.txt         readable
  tocsin read page.html --json              one JSON object a document
  tocsin read - --json < pages.jsonl        {"id", "html" or "text", "url"?} a line
"""


@click.command("read", epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="[FILE...|-]")
@common_options
@json_option
def command(
    files: tuple[str, ...],
    config_folder: Path | None,
    warehouse: Path | None,  # noqa: ARG001 - taken by every command
    as_json: bool,
) -> None:
    """Print what FILES (.txt or .html; - reads JSON Lines) come to: an article, or the reason there is none."""
    from config.settings import settings_of
    from flows.commands.inputs import read_documents, require_none

    rejected = []
    for one in read_documents(files, settings_of(config_folder).limits, None):
        if isinstance(one.outcome, Rejected):
            rejected.append(one.doc)
        if as_json:
            print(json.dumps(to_record(one.doc, one.outcome), ensure_ascii=False))
        else:
            print(to_text(one.doc, one.outcome))
    require_none(rejected)


def to_record(doc: str, outcome: Article | Rejected) -> dict[str, Any]:
    """Return an article or a rejection as the interface prints it."""
    if isinstance(outcome, Rejected):
        return {"doc": doc, "rejected": outcome.reason, "detail": outcome.detail}
    published = outcome.published
    return {
        "doc": doc,
        "content_hash": outcome.content_hash,
        "title": outcome.title,
        "author": outcome.author,
        "outlet": outcome.outlet,
        "section": outcome.section,
        "url": outcome.url,
        "language": outcome.language,
        "published": published.at.isoformat() if published else None,
        "published_precision": published.precision if published else None,
        "published_origin": published.origin if published else None,
        "text": outcome.text,
        "paragraphs": [[one.span.start, one.span.end, one.source_start] for one in outcome.paragraphs],
        "dropped": [
            {
                "reason": one.reason,
                "text": one.text,
                "span": [one.source.start, one.source.end] if one.source else None,
            }
            for one in outcome.dropped
        ],
    }


def to_text(doc: str, outcome: Article | Rejected) -> str:
    """Return an article or a rejection for people."""
    if isinstance(outcome, Rejected):
        return f"{doc}: rejected: {outcome.reason} {outcome.detail}".rstrip()
    day = outcome.published.at.date().isoformat() if outcome.published else "undated"
    facts = ", ".join(part for part in (outcome.outlet, outcome.author, day, outcome.language) if part)
    dropped = "".join(f"\n  [dropped: {one.reason}] {' '.join(one.text.split())[:100]}" for one in outcome.dropped)
    return f"{doc}: {outcome.title or 'untitled'} ({facts}){dropped}\n\n{outcome.text}\n"
