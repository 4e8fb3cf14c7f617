"""The day an official document gives itself, in its title, dateline, head or signature; it may be published later."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from extractors.dates.layout_dates import DAY_OF_MONTH, DAY_WITH_YEAR, HEADING
from extractors.dates.time_expressions import calendar_day

WITHIN = timedelta(days=14)  # what lies further back is what a document is about, not when it was given
LINES = 5  # at the head of a document
CLOSING = 3  # lines at its end, where it is signed
_WEEKDAY = r"(?:\w+day,?\s)?"
_DAY = rf"{_WEEKDAY}(?P<day>{DAY_WITH_YEAR}|{DAY_OF_MONTH})"
_PLACE = r"[A-Z][\w.’'/-]*(?:[ ,]{1,2}[A-Z][\w.’'/-]*){0,5}"
# "Press Briefing by Jane Roe, December 7, 2023", "Briefing – May 3, 2022"; in "on the raid of May 3" it is another day
_AT_END = re.compile(
    rf"(?:,|[–—|(\[]|\s-)\s*{_WEEKDAY}(?P<day>{DAY_WITH_YEAR})\s*[)\]]?(?:,?\s\d{{1,2}}[:.]\d{{2}}\s?\S{{0,8}})?\W*$",
    re.IGNORECASE,
)
_OF_DOCUMENT = re.compile(
    r"\b(?:statement|release|briefing|conference|communiqu[eé]|remarks|letter|declaration|transcript|address)"
    rf" (?:of|dated) (?P<day>{DAY_WITH_YEAR})\W*$",
    re.IGNORECASE,
)
# "Osten, 14 March 2024" on a line of its own, "OSTEN, March 14 (Ore News) -- The ministry ..." at the head of one
_DATELINE = re.compile(rf"[\W_]*{_PLACE},?\s\(?(?i:{_DAY})\)?(?:\s*\([^()\n]{{2,40}}\))?\s*(?:$|[—–:]|--?\s)")
_STAMPED = re.compile(
    rf"[\W_]*(?:date|issued|released|published|delivered|as delivered|adopted|done (?:at|in) {_PLACE})"
    rf"(?: on| at {_PLACE},? on)?[:,]?\s{_DAY}\W*$",
    re.IGNORECASE,
)
_RELEASED = re.compile(
    rf"\b(?:was|were) (?:\w+ )?(?:released|issued|made|adopted|delivered|published)\b[^.;:]{{0,60}}?\bon {_DAY}",
    re.IGNORECASE,
)


def document_day(title: str | None, lines: Sequence[str], published: date) -> date | None:
    """Return the one day that the title, the head or the signature gives the document; None where it is not one."""
    texts = list(_of_title(title or "")) or list(_of_lines(lines))
    days = {said.on for text in texts if (said := calendar_day(text, published, "day")) is not None}
    near = {day for day in days if published - WITHIN <= day <= published}
    return near.pop() if len(days) == len(near) == 1 else None


def _of_title(title: str) -> Iterator[str]:
    yield from (found["day"] for pattern in (_AT_END, _OF_DOCUMENT) if (found := pattern.search(title)))


def _of_lines(lines: Sequence[str]) -> Iterator[str]:
    head, end = lines[:LINES], lines[max(LINES, len(lines) - CLOSING) :]
    for line in (*head, *end):
        if (heading := HEADING.match(line)) is not None and heading["worded"]:
            yield heading["worded"]
        elif found := _DATELINE.match(line) or _STAMPED.match(line):
            yield found["day"]
    yield from (found["day"] for line in head if (found := _RELEASED.search(line)))
