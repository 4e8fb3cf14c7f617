"""Sides and pairs of sides: the matrix, and the pairs whose ladders are drawn."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.reporting.charts import Axis, Chart, Point, axis_of, chart_of
from flows.reporting.wording import Vocabulary, clean_name
from warehouse.asking import PairLine, ReportedEvent

MATRIX_SIDES, PAIRS_DRAWN = 12, 12


@dataclass(frozen=True, slots=True)
class Cell:
    """What one side did towards another; ``heat`` is the highest severity."""

    side: str
    aim: str
    n_escalatory: int
    n_deescalatory: int
    heat: int


@dataclass(frozen=True, slots=True)
class Row:
    """What a side did, aim by aim; None where nothing."""

    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who does what towards whom: the sides with most events."""

    aims: tuple[str, ...]
    rows: tuple[Row, ...]
    n_left: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides, with what happened between them over time, both ways."""

    key: str
    first: str
    second: str
    first_name: str
    second_name: str
    n_events: int
    chart: Chart


def matrix_of(pairs: Sequence[PairLine], vocabulary: Vocabulary) -> Matrix:
    """Return the matrix; what is left out is counted in pairs."""
    speaking, aimed = _busiest([(one.side, one) for one in pairs]), _busiest([(one.aim, one) for one in pairs])
    found = {(one.side, one.aim): one for one in pairs}
    rows = tuple(Row(vocabulary.side(side), tuple(_cell(found.get((side, aim))) for aim in aimed)) for side in speaking)
    shown = sum(1 for one in pairs if one.side in speaking and one.aim in aimed)
    return Matrix(tuple(vocabulary.side(aim) for aim in aimed), rows, len(pairs) - shown)


def pairs_of(events: Sequence[ReportedEvent], vocabulary: Vocabulary) -> tuple[tuple[Pair, ...], int]:
    """Return the pairs with most events, each with its chart, and how many pairs are left out."""
    axis = axis_of([one.said_on for one in events if one.said_on])
    counts = Counter(_key(one) for one in events if one.said_on and one.side and one.aim and one.side != one.aim)
    drawn = [key for key, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:PAIRS_DRAWN]]
    return tuple(_pair(key, events, axis, vocabulary) for key in drawn), len(counts) - len(drawn)


def everybody(events: Sequence[ReportedEvent]) -> Chart:
    """Return the chart of all events with a day."""
    points = [_point(one, one.said_on, "") for one in events if one.said_on]
    return chart_of(points, axis_of([one.on for one in points]), ("", ""))


def _busiest(ranked: Sequence[tuple[str, PairLine]]) -> list[str]:
    counts: Counter[str] = Counter()
    for name, one in ranked:
        counts[name] += one.n_escalatory + one.n_deescalatory
    # who is not known stands at the end, however often
    return sorted(
        (name for name, _ in counts.most_common(MATRIX_SIDES)), key=lambda name: (not name, -counts[name], name)
    )


def _cell(one: PairLine | None) -> Cell | None:
    if one is None:
        return None
    return Cell(clean_name(one.side), clean_name(one.aim), one.n_escalatory, one.n_deescalatory, one.peak_severity)


def _key(one: ReportedEvent) -> tuple[str, str]:
    return (one.side, one.aim) if one.side < one.aim else (one.aim, one.side)


def _pair(key: tuple[str, str], events: Sequence[ReportedEvent], axis: Axis, vocabulary: Vocabulary) -> Pair:
    first, second = key
    between = [one for one in events if _key(one) == key]
    names = vocabulary.side(first), vocabulary.side(second)
    points = [_point(one, one.said_on, second) for one in between if one.said_on]
    chart = chart_of(points, axis, names)
    return Pair(f"{clean_name(first)}|{clean_name(second)}", clean_name(first), clean_name(second), *names,
                len(between), chart)  # fmt: skip


def _point(one: ReportedEvent, on: date, back: str) -> Point:
    calming = one.polarity == "de-escalatory"
    return Point(one.event_id, on, "calming" if calming else "back" if one.side == back else "there", one.severity)
