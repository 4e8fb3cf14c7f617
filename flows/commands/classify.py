"""`tocsin classify`: bare statements to labels."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from flows.commands.options import common_options, json_option

EXAMPLES = """\b
Examples:
  echo '{"id": "1", "text": "We will not stand by."}' | tocsin classify - --json
  tocsin classify statements.jsonl --json     {"id", "text", "speaker"?} a line
"""


@click.command("classify", epilog=EXAMPLES)
@click.argument("file", type=click.File("rb"), default="-")
@common_options
@json_option
def command(
    file: Iterable[bytes],
    config_folder: Path | None,
    warehouse: Path | None,  # noqa: ARG001 - taken by every command
    as_json: bool,
) -> None:
    """Label the statements of FILE (JSON Lines; - is standard input) by the codebook, in order.

    A statement may be the words alone ("We will not stand by") or a sentence with its speaker and cue.
    """
    from extractors.escalation import ClassifyInput, classify_all
    from flows.analysis import knowledge_for
    from flows.commands.extract import evidence_record
    from flows.commands.inputs import parse_object, require_none

    rejected: list[str] = []

    def inputs() -> Iterator[ClassifyInput]:
        for number, line in enumerate(file, 1):
            record = parse_object(line, ["id", "text"]) if line.strip() else None
            if isinstance(record, dict):
                speaker = record.get("speaker")
                yield ClassifyInput(record["id"], record["text"], speaker if isinstance(speaker, str) else None)
            elif record is not None:
                rejected.append(str(number))
                print(f"tocsin: line {number}: {record.reason} {record.detail}", file=sys.stderr)

    knowledge = knowledge_for(config_folder)
    for one, label in classify_all(inputs(), knowledge.language, knowledge.escalation):
        if as_json:
            record = {
                "id": one.id,
                "polarity": label.polarity,
                "category": label.category,
                "severity": label.severity,
                "conditional": label.conditional,
                "method": label.method,
                "confidence": label.confidence,
                "evidence": [
                    evidence_record(why, [why.span.start, why.span.end] if why.span else None) for why in label.evidence
                ],
            }
            print(json.dumps(record, ensure_ascii=False))
        else:
            print(f"{one.id}: {label.polarity}, {label.category}, severity {label.severity}")
    require_none(rejected)
