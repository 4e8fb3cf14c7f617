"""What a rebuild changed, for people, for pages and for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from flows.analysis import markdown_table, plain
from flows.rebuilding.work import Rebuilt
from warehouse.rebuilding import Example, Label, Line, Totals

LINES_SHOWN = 20
WORDS_SHOWN = 140
LINE_COLUMNS = ("before", "now", "lost", "added", "left", "came")
MARKS = {"lost": "-", "added": "+", "relabelled": "~", "reattributed": "@"}
HEADINGS = {"lost": "Lost", "added": "Added", "relabelled": "Relabelled", "reattributed": "Given to somebody else"}


def rebuilt_record(found: Rebuilt) -> dict[str, Any]:
    """Return all of it as one JSON object."""
    record = plain(asdict(found.comparison))
    return {
        "warehouse": str(found.warehouse),
        "version": found.version,
        "made_at": plain(found.begun.made_at),
        **record,
    }


def rebuilt_text(found: Rebuilt, tables: Sequence[str]) -> str:
    """Return it for people; ``tables`` are those of ``line_tables`` as they are drawn on the terminal."""
    faded = [
        f"! alert {one.alert_id[:12]} ({one.rule}, {one.raised_on}) rang for what escalates no more: "
        f"{one.speaker or '?'}: {_short(one.quote)}"
        for one in found.comparison.faded
    ]
    shown = [_example_line(one) for one in found.comparison.examples]
    return "\n".join([*_summary(found), *tables, *faded, *shown])


def line_tables(found: Rebuilt) -> Iterator[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]]:
    """Yield a table for each key under which anything changed: its title, columns and rows."""
    comparison = found.comparison
    for key, lines in (
        ("category", comparison.by_category),
        ("side", comparison.by_side),
        ("speaker", comparison.by_speaker),
    ):
        if lines:
            more = f", {len(lines) - LINES_SHOWN} more not shown" if len(lines) > LINES_SHOWN else ""
            yield f"By {key}{more}", (key, *LINE_COLUMNS), [_cells(one) for one in lines[:LINES_SHOWN]]


def rebuilt_markdown(found: Rebuilt) -> str:
    """Return it as a page, for a pull request or a run's artifact."""
    parts = ["## What a rebuild changes\n", *(f"- {line}" for line in _summary(found))]
    for title, columns, rows in line_tables(found):
        parts += [f"\n### {title}\n", markdown_table(columns, rows)]
    if found.comparison.faded:
        rows = [
            (one.alert_id, one.rule, one.raised_on, one.speaker or "", _short(one.quote))
            for one in found.comparison.faded
        ]
        columns = ("alert", "rule", "raised", "speaker", "words")
        parts += ["\n### Alerts that rang for what escalates no more\n", markdown_table(columns, rows)]
    for change, heading in HEADINGS.items():
        rows = [_example_cells(one) for one in found.comparison.examples if one.change == change]
        if rows:
            columns = ("before", "now", "words", "article", "statement")
            parts += [f"\n### {heading}\n", markdown_table(columns, rows)]
    return "\n".join(parts)


def _summary(found: Rebuilt) -> list[str]:
    totals = found.comparison.totals
    before = ", ".join(found.comparison.versions) or "nothing"
    undone = f" ({totals.undone} could not be done and keep what they had)" if totals.undone else ""
    return [
        f"rebuild of {found.warehouse}: {totals.articles} articles{undone}, by {found.version}, before by {before}",
        _statements_line(totals),
        (
            f"escalation: {totals.lost_escalations} lost, {totals.new_escalations} new; "
            f"events {totals.events_was} -> {totals.events_now}: {totals.events_gone} gone, {totals.events_new} new"
        ),
    ]


def _statements_line(totals: Totals) -> str:
    changes = totals.lost + totals.added + totals.relabelled + totals.reattributed
    if not changes:
        return f"statements: {totals.now}, all as they were"
    return (
        f"statements {totals.was} -> {totals.now}: {totals.lost} lost, {totals.added} added, "
        f"{totals.relabelled} relabelled, {totals.reattributed} given to somebody else"
    )


def _cells(one: Line) -> tuple[Any, ...]:
    return (one.key or "-", one.was, one.now, one.lost, one.added, one.left, one.came)


def _example_line(one: Example) -> str:
    labels = " -> ".join(_label(label) for label in (one.was, one.now) if label is not None)
    turn = "escalation lost, " if one.is_lost_escalation else "new escalation, " if one.is_new_escalation else ""
    return f"{MARKS[one.change]} {one.statement_id[:12]}  {turn}{labels}: {_short(one.words)} ({_place(one)})"


def _example_cells(one: Example) -> tuple[str, ...]:
    return (_label(one.was), _label(one.now), _short(one.words), _place(one), one.statement_id[:12])


def _label(one: Label | None) -> str:
    return "" if one is None else f"{one.category} {one.severity}, {one.speaker or 'nobody in particular'}"


def _place(one: Example) -> str:
    return ", ".join(str(part) for part in (one.outlet or one.title, one.published_on) if part) or "unknown place"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= WORDS_SHOWN else line[:WORDS_SHOWN].rsplit(" ", 1)[0] + " ..."
