"""Which columns of a result a terminal has room for, and how wide: what tells most stays, words get the room."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

GAP = 2
# Characters: from so many on, cells with blanks are prose; a single word gets so many at most, a name of many words.
PROSE, LONGEST_WORD, NARROW = 28, 20, 12
# The share of the line that prose gets at least, and how many characters whatever the line.
PROSE_SHARE, LEAST_PROSE = 0.27, 22
LEFT_OUT = "…"
_RECORD = "{"
_ID = re.compile(r"[0-9a-f]{12,64}")


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths by the place of each column that is shown, in order, and the places of those that are left out."""

    widths: dict[int, int]
    left_out: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """What one column needs: ``least`` to be readable at all, ``most`` unwrapped; ``words`` in all its cells."""

    place: int
    least: int
    most: int
    words: int
    is_telling: bool

    @property
    def is_prose(self) -> bool:
        return self.words > 0


def fit(names: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Layout:
    """Return the layout of cells on a line of ``width`` characters; at least one column is shown."""
    columns = [_measure(place, name, [row[place] for row in rows], width) for place, name in enumerate(names)]
    columns = _lead(columns)
    chosen = columns if _needs(columns) <= width else _choose(columns, width - GAP - len(LEFT_OUT))
    places = {one.place for one in chosen}
    left_out = tuple(one.place for one in columns if one.place not in places)
    room = width - (GAP + len(LEFT_OUT) if left_out else 0)
    return Layout(_widen(sorted(chosen, key=lambda one: one.place), room), left_out)


def head_lines(name: str, width: int) -> list[str]:
    """Return the name of a column as lines, parted at underscores."""
    lines = [""]
    for part in re.findall(r"[^_]+_?|_", name):
        if lines[-1] and cell_len(lines[-1] + part) > width:
            lines.append("")
        lines[-1] += part
    return lines


def _measure(place: int, name: str, cells: Sequence[str], width: int) -> _Column:
    longest = max((cell_len(one) for one in cells), default=0)
    head = max(cell_len(part) for part in head_lines(name, 0))
    most, filled = max(longest, head), [one for one in cells if one]
    is_telling = bool(filled) and not all(_ID.fullmatch(one) or one.startswith(_RECORD) for one in filled)
    if longest > PROSE and any(" " in one for one in filled):
        least = min(most, max(LEAST_PROSE, int(PROSE_SHARE * width), head))
        return _Column(place, least, most, sum(map(len, filled)), is_telling)
    word = max((cell_len(part) for one in filled for part in one.split()), default=0)
    return _Column(place, min(max(word, head), LONGEST_WORD), most, 0, is_telling)


def _lead(columns: Sequence[_Column]) -> list[_Column]:
    """Leave the room of prose to the wordiest column; others with long cells, such as names, make do with less."""
    most = max((one.words for one in columns if one.is_telling), default=0)
    return [one if one.words in {0, most} else replace(one, least=min(one.least, NARROW)) for one in columns]


def _choose(columns: Sequence[_Column], width: int) -> list[_Column]:
    chosen: list[_Column] = []
    for one in _by_telling(columns):
        if chosen and _needs([*chosen, one]) > width:
            if one.is_telling:
                break
            continue
        chosen.append(one)
    return chosen


def _by_telling(columns: Sequence[_Column]) -> Iterator[_Column]:
    """Yield the first column, the wordiest, the others in their order; last what is empty, an id or a record."""
    telling = [one for one in columns if one.is_telling]
    first, *rest = telling or columns
    wordiest = max(rest, key=lambda one: one.words, default=first)
    leading = [first, wordiest] if wordiest.words > first.words else [first]
    yield from (*leading, *(one for one in rest if one not in leading))
    yield from (one for one in columns if telling and not one.is_telling)


def _needs(columns: Sequence[_Column]) -> int:
    return sum(one.least for one in columns) + GAP * (len(columns) - 1)


def _widen(columns: Sequence[_Column], width: int) -> dict[int, int]:
    """Give the room that is left to what would wrap: first to short cells, which need little, then to prose."""
    widths = {one.place: min(one.least, width) for one in columns}
    left = width - _needs(columns)
    for one in sorted(columns, key=lambda one: (one.is_prose, one.most - one.least)):
        widening = max(min(one.most - widths[one.place], left if one.is_prose else left // 2), 0)
        widths[one.place] += widening
        left -= widening
    return widths
