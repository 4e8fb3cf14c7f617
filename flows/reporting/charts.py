"""Charts as figures, without a word of SVG: bars of events over time, and the ladder of a pair of sides.

Everything is laid out on a grid of 1,000 by 100 that a browser stretches to the width there is.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from markupsafe import Markup

from flows.reporting.wording import day_words

Step: TypeAlias = Literal["day", "week", "month"]
Way: TypeAlias = Literal["there", "back", "calming"]
WIDTH, HEIGHT, MIDDLE = 1000.0, 100.0, 50.0
GAP = 0.15  # share of a bar's place that stays empty
MOST_DAYS, MOST_WEEKS = 70, 800  # days of a chart with a bar a day, a bar a week
OLDEST = 1100  # days before the newest event that are drawn
LATEST = date.max - timedelta(days=62)  # so that there is a month after it
STRAYS = 0.05  # share of the events at either end that may be left out of a chart to keep it from being stretched
RUNGS = 6  # severity 5 to 1, and calming


@dataclass(frozen=True, slots=True)
class Point:
    """What charts draw of one event."""

    event_id: str
    on: date
    way: Way
    severity: int


@dataclass(frozen=True, slots=True)
class Axis:
    """The time that all charts of a page share, cut into steps."""

    step: Step
    starts: tuple[date, ...]

    def place(self, day: date) -> int | None:
        """Return the step that holds a day, None outside."""
        if not self.starts or not self.starts[0] <= day < _next(self.starts[-1], self.step):
            return None
        if self.step == "month":
            return (day.year - self.starts[0].year) * 12 + day.month - self.starts[0].month
        return (day - self.starts[0]).days // (7 if self.step == "week" else 1)

    def name(self, place: int) -> str:
        """Return a step in words."""
        start = self.starts[place]
        if self.step == "month":
            return f"{start:%B} {start.year}"
        return f"{'week of ' if self.step == 'week' else ''}{day_words(start)}"

    def ends(self) -> tuple[str, ...]:
        """Return what is written under a chart: its first, middle and last step."""
        places = sorted({0, len(self.starts) // 2, len(self.starts) - 1}) if self.starts else []
        return tuple(self.name(place).removeprefix("week of ") for place in places)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: up for what escalates, down for what calms."""

    kind: Literal["up", "down"]
    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Dot:
    """The events of one day, way and severity; a click leads to the first of them."""

    way: Way
    x: float
    y: float
    size: int
    event_id: str
    words: str


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A row of the table that says what a chart shows."""

    name: str
    n_there: int
    n_back: int
    n_calming: int
    peak: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that is drawn and said of one series; ``peaks`` is the line of highest severity."""

    ends: tuple[str, ...]
    bars: tuple[Bar, ...]
    most: int
    dots: tuple[Dot, ...]
    peaks: str
    periods: tuple[PeriodLine, ...]
    summary: str


def axis_of(days: Sequence[date]) -> Axis:
    """Return the axis for events of these days; a few strays far from the others do not stretch it."""
    if not days:
        return Axis("day", ())
    ranked = sorted(days)
    last = min(_last(ranked), LATEST)
    first = max(_first([one for one in ranked if one <= last] or [last]), _before(last, OLDEST))
    span = (last - first).days + 1
    step: Step = "day" if span <= MOST_DAYS else "week" if span <= MOST_WEEKS else "month"
    start = first - timedelta(days=first.weekday()) if step == "week" else first
    start = first.replace(day=1) if step == "month" else start
    starts = []
    while start <= last:
        starts.append(start)
        start = _next(start, step)
    return Axis(step, tuple(starts))


def _before(day: date, n_days: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - n_days))


def _last(ranked: Sequence[date]) -> date:
    """Return the last day that is drawn: the very last, unless a few strays alone lie years ahead of the others."""
    settled = ranked[max(0, len(ranked) - 1 - max(1, int(len(ranked) * STRAYS)))]
    return max(one for one in ranked if one - settled <= timedelta(days=OLDEST))


def _first(ranked: Sequence[date]) -> date:
    """Return the first day that is drawn: the very first, unless a few strays alone make the span twice as long."""
    first, settled, last = ranked[0], ranked[int(len(ranked) * STRAYS)], ranked[-1]
    return settled if last - first > 2 * (last - settled) else first


def chart_of(points: Sequence[Point], axis: Axis, names: tuple[str, str]) -> Chart:
    """Return the chart of these events; ``names`` are the sides that speak in the ways there and back."""
    counts = _count(points, axis)
    most = max((max(there + back, calming) for there, back, calming, _ in counts.values()), default=0)
    periods = tuple(PeriodLine(axis.name(place), *counts[place]) for place in sorted(counts))
    return Chart(
        axis.ends(),
        tuple(bar for place in sorted(counts) for bar in _bars(place, counts[place], most, axis)),
        most,
        _dots(points, axis, names),
        Markup(_peaks(counts, axis)),  # noqa: S704 - letters and figures of ours
        periods,
        _summary(points, axis),
    )


def _count(points: Sequence[Point], axis: Axis) -> dict[int, tuple[int, int, int, int]]:
    """Return for each step that has events how many there, back and calming, and the highest severity."""
    found: dict[int, tuple[int, int, int, int]] = {}
    for one in points:
        place = axis.place(one.on)
        if place is None:
            continue
        there, back, calming, peak = found.get(place, (0, 0, 0, 0))
        found[place] = (
            there + (one.way == "there"),
            back + (one.way == "back"),
            calming + (one.way == "calming"),
            peak if one.way == "calming" else max(peak, one.severity),
        )
    return found


def _bars(place: int, counts: tuple[int, int, int, int], most: int, axis: Axis) -> list[Bar]:
    there, back, calming, peak = counts
    width = WIDTH / len(axis.starts)
    x, broad, name = round(place * width + width * GAP / 2, 2), round(width * (1 - GAP), 2), axis.name(place)
    bars = []
    if there + back:
        height = round(MIDDLE * (there + back) / most, 2)
        told = f"{name}: {_number(there + back, 'escalating event')}, highest severity {peak}"
        bars.append(Bar("up", x, round(MIDDLE - height, 2), broad, height, told))
    if calming:
        height = round(MIDDLE * calming / most, 2)
        bars.append(Bar("down", x, MIDDLE, broad, height, f"{name}: {_number(calming, 'calming event')}"))
    return bars


def _dots(points: Sequence[Point], axis: Axis, names: tuple[str, str]) -> tuple[Dot, ...]:
    """Return a dot for each day, way and severity."""
    drawn = [one for one in points if axis.place(one.on) is not None]
    counts = Counter((one.on, one.way, one.severity) for one in drawn)
    firsts = {(one.on, one.way, one.severity): one.event_id for one in reversed(drawn)}
    return tuple(
        Dot(
            way,
            _x(day, axis),
            _rung(0 if way == "calming" else severity),
            min(1 + n // 2, 3),
            firsts[day, way, severity],
            f"{day_words(day)}, {_dot_words(way, severity, n, names)}",
        )
        for (day, way, severity), n in sorted(counts.items())
    )


def _dot_words(way: Way, severity: int, n: int, names: tuple[str, str]) -> str:
    if way == "calming":
        return _number(n, "calming event")
    return f"{names[0] if way == 'there' else names[1]}: {_number(n, 'event')} of severity {severity}"


def _peaks(counts: dict[int, tuple[int, int, int, int]], axis: Axis) -> str:
    """Return the line of highest severity as an SVG path; it breaks where a step has no escalation."""
    moves: list[str] = []
    width = WIDTH / len(axis.starts) if axis.starts else WIDTH
    for place, (_, _, _, peak) in sorted(counts.items()):
        if peak:
            follows = counts.get(place - 1, (0, 0, 0, 0))[3] > 0
            moves.append(f"{'L' if follows else 'M'}{place * width:.1f} {_rung(peak):g}H{(place + 1) * width:.1f}")
    return "".join(moves)


def _x(day: date, axis: Axis) -> float:
    """Return where a day lies."""
    span = (_next(axis.starts[-1], axis.step) - axis.starts[0]).days
    return round(WIDTH * ((day - axis.starts[0]).days + 0.5) / span, 1)


def _rung(severity: int) -> float:
    """Return how high a severity stands: 5 at the top, 0 (calming) at the foot."""
    return round(HEIGHT * (RUNGS - 0.5 - min(max(severity, 0), RUNGS - 1)) / RUNGS, 2)


def _summary(points: Sequence[Point], axis: Axis) -> str:
    """Return the chart in one sentence."""
    grave = [one for one in points if one.way != "calming"]
    parts = [_number(len(grave), "escalating event"), _number(len(points) - len(grave), "calming event")]
    told = " and ".join(parts)
    if grave:
        worst = max(grave, key=lambda one: (one.severity, one.on))
        told += f"; the highest severity is {worst.severity}, last on {day_words(worst.on)}"
    missing = sum(axis.place(one.on) is None for one in points)
    return told + (f"; {_number(missing, 'event')} far from the others not drawn." if missing else ".")


def _number(n: int, word: str) -> str:
    return f"{n:,} {word}" if n == 1 else f"{n:,} {word}s"


def _next(start: date, step: Step) -> date:
    if step == "month":
        return date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return start + timedelta(days=7 if step == "week" else 1)
