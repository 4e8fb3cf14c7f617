"""`tocsin extract`: who said what, without a warehouse."""

import json
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import click

from extractors.model import Article, Evidence, Findings, Labelled, Span
from flows.commands.options import common_options, json_option
from flows.telling import counted

AT_ONCE = 32  # documents parsed together; bounds memory
EXAMPLES = """\b
Examples:
  tocsin extract article.txt page.html         readable
  tocsin extract seeds/*.txt --json            one JSON object a statement
  tocsin extract - --json < articles.jsonl     {"id", "text", "published"?, "outlet"?} a line
  tocsin extract page.html --json --with-text  with the text that spans count in
"""


@click.command("extract", epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="[FILE...|-]")
@common_options
@json_option
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Date of articles that bring none.")
@click.option("--with-text", is_flag=True, help="Print each document's text as an object (with --json).")
def command(
    files: tuple[str, ...],
    config_folder: Path | None,
    warehouse: Path | None,  # noqa: ARG001 - taken by every command
    as_json: bool,
    published: datetime | None,
    with_text: bool,
) -> None:
    """Print the statements of FILES (.txt or .html; - reads JSON Lines), in order.

    Spans are code points of the text as it was given; for HTML, of the extracted text that --with-text prints. A file
    that stands beside a sources.toml takes its date from there.
    """
    from config.settings import settings_of
    from flows.commands.inputs import accepted, parse_moment, read_documents, require_none

    limits = settings_of(config_folder).limits
    default = parse_moment(published.date().isoformat()) if published else None
    rejected: list[str] = []
    articles = accepted(read_documents(files, limits, default), rejected)
    while batch := list(islice(articles, AT_ONCE)):
        _print_batch(batch, config_folder, as_json=as_json, with_text=with_text)
    require_none(rejected)


def _print_batch(
    batch: list[tuple[str, Article]], config_folder: Path | None, *, as_json: bool, with_text: bool
) -> None:
    from extractors.pipeline import extract
    from flows.analysis import knowledge_for

    found = extract([article for _, article in batch], knowledge_for(config_folder))
    for (doc, article), findings in zip(batch, found, strict=True):
        if as_json:
            print_json(doc, article, findings, with_text=with_text)
        else:
            print_readably(doc, article, findings)


def print_json(doc: str, article: Article, findings: Findings, *, with_text: bool) -> None:
    """Print one line a statement."""
    if with_text:
        print(json.dumps({"doc": doc, "text": article.text}, ensure_ascii=False))
    for one in findings.statements:
        print(json.dumps({**to_record(doc, article, one), "document_kind": findings.document_kind}, ensure_ascii=False))


def to_record(doc: str, article: Article, one: Labelled) -> dict[str, Any]:
    """Return a statement as the interface prints it."""
    from extractors.reading import in_given_text, paragraph_at

    def place(span: Span | None) -> list[int] | None:
        if span is None:
            return None
        given = in_given_text(article, paragraph_at(article, span.start), span)
        return [given.start, given.end]

    statement, attribution, label = one.statement, one.statement.attribution, one.escalation
    said = statement.said_on
    return {
        "doc": doc,
        "ordinal": statement.ordinal,
        "content": statement.content,
        "spans": [place(span) for span in attribution.spans],
        "cue": statement.cue,
        "cue_span": place(attribution.cue),
        "speaker_text": statement.speaker.text,
        "speaker_span": place(statement.speaker.span),
        "speaker": statement.speaker.name,
        "speaker_id": statement.speaker.actor_id,
        "speaker_role": statement.speaker.role,
        "speaker_country": statement.speaker.country,
        "form": attribution.form,
        "targets": [target.name for target in statement.targets],
        "polarity": label.polarity,
        "category": label.category,
        "severity": label.severity,
        "conditional": label.conditional,
        "method": label.method,
        "confidence": label.confidence,
        "said_on": said.on.isoformat() if said else None,
        "said_on_precision": said.precision if said else None,
        "evidence": [evidence_record(why, place(why.span)) for why in label.evidence],
    }


def evidence_record(why: Evidence, place: list[int] | None) -> dict[str, Any]:
    """Return one reason for a label as the interface prints it."""
    return {"rule": why.rule, "words": why.words, "span": place, "effect": why.effect}


def print_readably(doc: str, article: Article, findings: Findings) -> None:
    """Print the statements for people."""
    kind = "" if findings.document_kind == "news" else f"{findings.document_kind}, "
    print(f"{doc}: {article.title or 'untitled'} ({kind}{counted(len(findings.statements), 'statement')})")
    for one in findings.statements:
        speaker, label = one.statement.speaker, one.escalation
        facts = ", ".join(part for part in (speaker.role, speaker.country) if part)
        who = speaker.name or speaker.text or "?"
        print(
            f"  {who}{f' ({facts})' if facts else ''} - {label.polarity}, {label.category}, severity {label.severity}"
        )
        print(f"    {' '.join(one.statement.content.split())}")
