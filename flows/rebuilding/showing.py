"""What a rebuild changed, for people, for pages and for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from flows.analysis import markdown_table, plain
from flows.rebuilding.work import Rebuilt
from flows.telling import counted
from warehouse.rebuilding import Comparison, Example, Label, Line, Resorted, Totals

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
    moved = [_resorted_line(one) for one in found.comparison.resorted]
    shown = [_example_line(one) for one in found.comparison.examples]
    return "\n".join([*_summary(found), *tables, *faded, *moved, *shown])


def line_tables(found: Rebuilt) -> Iterator[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]]:
    """Yield a table for each key under which anything changed: its title, columns and rows."""
    comparison = found.comparison
    if comparison.by_topic:
        rows = [(one.topic, one.was, one.now, one.left, one.came) for one in comparison.by_topic]
        yield "By topic, articles", ("topic", "before", "now", "left", "came"), rows
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
    if found.comparison.resorted:
        rows = [_resorted_cells(one) for one in found.comparison.resorted]
        parts += ["\n### Articles of other topics\n", markdown_table(("before", "now", "title", "at", "article"), rows)]
    for change, heading in HEADINGS.items():
        rows = [_example_cells(one) for one in found.comparison.examples if one.change == change]
        if rows:
            columns = ("before", "now", "words", "article", "statement")
            parts += [f"\n### {heading}\n", markdown_table(columns, rows)]
    return "\n".join(parts)


def rebuilt_line(found: Rebuilt) -> str:
    """Return the counts in one line, for a log."""
    return "; ".join(_summary(found)[1:])


def _summary(found: Rebuilt) -> list[str]:
    totals = found.comparison.totals
    before = ", ".join(found.comparison.versions) or "nothing"
    undone = f" ({totals.undone} could not be done and keep what they had)" if totals.undone else ""
    return [
        (
            f"rebuild of {found.warehouse}: {counted(totals.articles, 'article')}{undone}, by {found.version}, "
            f"before by {before}"
        ),
        _statements_line(totals),
        (
            f"escalation: {totals.lost_escalations} lost, {totals.new_escalations} new; "
            f"events {totals.events_was} -> {totals.events_now}: {totals.events_gone} gone, {totals.events_new} new"
        ),
        *_topics_line(found.comparison),
    ]


def _topics_line(comparison: Comparison) -> list[str]:
    if not comparison.n_resorted:
        return []
    off = f", {comparison.n_off_topic} of them to none (what is stored stays)" if comparison.n_off_topic else ""
    return [f"topics: {counted(comparison.n_resorted, 'article')} of other topics than before{off}"]


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


def _resorted_line(one: Resorted) -> str:
    return (
        f"# {one.article_id[:12]}  {_topics(one.was)} -> {_topics(one.now)}: {_short(one.title or 'untitled')} "
        f"({_where(one.outlet, one.published_on)})"
    )


def _resorted_cells(one: Resorted) -> tuple[str, ...]:
    place = _where(one.outlet, one.published_on)
    return (_topics(one.was), _topics(one.now), one.title or "", place, one.article_id[:12])


def _topics(names: Sequence[str]) -> str:
    return ", ".join(names) or "no topic"


def _example_cells(one: Example) -> tuple[str, ...]:
    return (_label(one.was), _label(one.now), _short(one.words), _place(one), one.statement_id[:12])


def _label(one: Label | None) -> str:
    return "" if one is None else f"{one.category} {one.severity}, {one.speaker or 'nobody in particular'}"


def _place(one: Example) -> str:
    return _where(one.outlet or one.title, one.published_on)


def _where(place: str | None, day: date | None) -> str:
    return ", ".join(str(part) for part in (place, day) if part) or "unknown place"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= WORDS_SHOWN else line[:WORDS_SHOWN].rsplit(" ", 1)[0] + " ..."
