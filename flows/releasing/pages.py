"""The pages of a release: what it is, what its columns mean, what its categories mean."""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import jinja2

from config.escalation import CategorySection
from warehouse.releasing import Described, ReleaseFacts

CODEBOOK_HEAD = """# Codebook

The categories of statements. Severity is the level before any step up or down, the ceiling what no step passes: 0 is
none, 5 is force announced, a nuclear threat, war declared. PLOVER, CAMEO and Goldstein are the nearest codes of those
event ontologies.

| category | polarity | severity | ceiling | meaning | PLOVER | CAMEO | Goldstein |
|---|---|---|---|---|---|---|---|"""


def readme(facts: ReleaseFacts, version: str) -> str:
    """Return the README: version, date, counts, what is in the folder and what is not."""
    return _templates().from_string(_template("readme.md")).render(facts=facts, version=version, count=facts.count)


def dictionary_markdown(facts: ReleaseFacts) -> str:
    """Return the data dictionary to read."""
    head = "# Data dictionary\n\nTimes are UTC and end in `_at`, dates end in `_on`; `NULL` is what is not known.\n"
    return "\n".join([head, *map(_entry, facts.columns), ""])


def dictionary_csv(facts: ReleaseFacts) -> str:
    """Return the data dictionary for programs; a row without a column describes the table."""
    rows = [(one.table, one.column, one.type, one.meaning) for one in facts.columns]
    return _csv([("table", "column", "type", "meaning"), *rows])


def codebook_markdown(categories: Sequence[CategorySection]) -> str:
    """Return the codebook to read."""
    lines = [f"| {' | '.join(_cell(str(value)) for value in _row(one))} |" for one in categories]
    return "\n".join([CODEBOOK_HEAD, *lines, ""])


def codebook_csv(categories: Sequence[CategorySection]) -> str:
    """Return the codebook for programs."""
    head = ("category", "polarity", "severity", "ceiling", "definition", "plover", "cameo", "goldstein")
    return _csv([head, *map(_row, categories)])


def _row(one: CategorySection) -> tuple[object, ...]:
    return (
        one.code, one.polarity, one.severity, one.ceiling, one.definition, one.plover, one.cameo, one.goldstein,
    )  # fmt: skip


def _entry(one: Described) -> str:
    if not one.column:
        return f"\n## {one.table}\n\n{one.meaning}\n\n| column | type | meaning |\n|---|---|---|"
    return f"| `{one.column}` | {_cell(one.type)} | {_cell(one.meaning)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _csv(rows: Iterable[Sequence[object]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(  # noqa: S701 - Markdown, made of our own counts and versions
        trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )


def _template(name: str) -> str:
    return (files("flows") / "releasing" / "templates" / name).read_text(encoding="utf-8")
