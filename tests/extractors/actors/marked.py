"""Passages with marked statements: the text without its marks, and the attributions they stand for."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from extractors.model import Attribution, Moment, Span

MARK = re.compile(r"\[(\d+)([sc]?):([^\[\]]*)\]")


@dataclass
class Parts:
    """The marked spans of one statement."""

    contents: list[Span] = field(default_factory=list)
    source: Span | None = None
    cue: Span | None = None


def unmark(marked: str) -> tuple[str, dict[int, Parts]]:
    """Return the plain text and the spans by statement number."""
    text, last, parts = "", 0, dict[int, Parts]()
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        span = Span(len(text), len(text) + len(match[3]))
        text += match[3]
        last = match.end()
        one = parts.setdefault(int(match[1]), Parts())
        if match[2] == "s":
            one.source = span
        elif match[2] == "c":
            one.cue = span
        else:
            one.contents.append(span)
    return text + marked[last:], parts


def paragraph_spans(text: str) -> list[Span]:
    """Return each non-empty line."""
    return [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]*\S[^\n]*", text)]


def attributions(parts: dict[int, Parts], lines: list[Span], carried: dict[int, int]) -> list[Attribution]:
    """Return one attribution for each statement, in the order of the numbers."""
    numbers = sorted(parts)
    found = []
    for number in numbers:
        one = parts[number]
        home = next(index for index, line in enumerate(lines) if line.covers(one.contents[0]))
        before = numbers.index(carried[number]) if number in carried else None
        found.append(
            Attribution(home, tuple(one.contents), "indirect", one.cue, None, None, one.source, carried_from=before)
        )
    return found


def moment(day: str) -> Moment:
    """Return midnight of an ISO date as a publication date."""
    return Moment(datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC), "day", "test")
