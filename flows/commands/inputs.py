"""What the commands without a warehouse read: files, or JSON Lines on standard input."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.settings import Limits
from config.sidecar import load_sidecar
from extractors.model import Article, Moment, Rejected
from flows.intake import try_corpus_file
from flows.telling import WorkFailedError, one_line

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Document:
    """One input by its name (file name or given id) and what it came to."""

    doc: str
    outcome: Article | Rejected


def read_documents(files: Sequence[str], limits: Limits, published: Moment | None) -> Iterator[Document]:
    """Yield the inputs in order; ``published`` dates those that bring no date of their own."""
    for name in files:
        for one in read_json_lines(sys.stdin.buffer, limits) if name == STDIN else [_read_file(Path(name), limits)]:
            yield replace(one, outcome=_dated(one.outcome, published))


def read_json_lines(lines: Iterable[bytes], limits: Limits) -> Iterator[Document]:
    """Yield a document for each line, a bad one as a rejection.

    A line is ``{"id", "text" or "html", "published"?, "url"?, "outlet"?, "issuer"?}``.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _read_line(line, number, limits)


def parse_object(line: bytes, required: Sequence[str]) -> dict[str, Any] | Rejected:
    """Return the JSON object of a line that has a string under each required key."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Rejected("not-json", str(error))
    if not isinstance(found, dict):
        return Rejected("not-json", "not an object")
    for key in required:
        if not isinstance(found.get(key), str):
            return Rejected("bad-record", f'"{key}" is missing or no string')
    return found


def parse_moment(text: str) -> Moment | None:
    """Return an ISO 8601 date or time; None where it is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    is_day = len(text.strip()) == len("2024-01-31")
    at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return Moment(at, "day" if is_day else "second", "given", raw=text)


def accepted(documents: Iterable[Document], rejected: list[str]) -> Iterator[tuple[str, Article]]:
    """Pass the articles on; tell of the rest on standard error, one line each, and add their names to ``rejected``."""
    for one in documents:
        if isinstance(one.outcome, Article):
            yield one.doc, one.outcome
        else:
            rejected.append(one.doc)
            print(one_line(f"tocsin: {one.doc}: {one.outcome.reason} {one.outcome.detail}"), file=sys.stderr)


def require_none(rejected: Sequence[str]) -> None:
    """Fail the command, once everything readable is printed, if any input was rejected."""
    if rejected:
        raise WorkFailedError(f"{len(rejected)} of the inputs could not be read")


def _read_file(path: Path, limits: Limits) -> Document:
    if not path.is_file():
        return Document(path.name, Rejected("unreadable", "no such file" if not path.exists() else "not a file"))
    facts, _ = load_sidecar(path.parent)
    outcome = try_corpus_file(path.parent, path.name, facts.get(path.name), max_bytes=limits.max_text_bytes)
    return Document(path.name, outcome)


def _read_line(line: bytes, number: int, limits: Limits) -> Document:
    from extractors.reading import read_body, read_html

    record = parse_object(line, ["id"])
    if isinstance(record, Rejected):
        return Document(f"line {number}", record)
    doc, text, html = record["id"], record.get("text"), record.get("html")
    if isinstance(text, str):
        outcome = read_body(text, max_chars=limits.max_text_bytes)
    elif isinstance(html, str):
        url = record.get("url")
        outcome = read_html(html.encode("utf-8", "replace"), url if isinstance(url, str) else None, None)
    else:
        return Document(doc, Rejected("bad-record", '"text" or "html" is missing or no string'))
    if isinstance(outcome, Article):
        told = {key: record[key] for key in ("outlet", "issuer") if isinstance(record.get(key), str)}
        outcome = replace(outcome, **told)
    given = record.get("published")
    return Document(doc, _dated(outcome, parse_moment(given) if isinstance(given, str) else None, is_given=True))


def _dated(outcome: Article | Rejected, published: Moment | None, *, is_given: bool = False) -> Article | Rejected:
    if isinstance(outcome, Rejected) or published is None or (outcome.published and not is_given):
        return outcome
    return replace(outcome, published=published)
