"""The day an official document gives itself, in its title or on a line of its own; it may be published later."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from extractors.dates.layout_dates import DAY_WITH_YEAR, HEADING
from extractors.dates.time_expressions import calendar_day

WITHIN = timedelta(days=14)  # what lies further back is what a document is about, not when it was given
LINES = 5  # at the head of a document
# "Press Briefing by Jane Roe, December 7, 2023", "Briefing – May 3, 2022"; in "on the raid of May 3" it is another day
_AT_END = re.compile(
    rf"(?:,|[–—|(\[]|\s-)\s*(?:\w+day,?\s)?(?P<day>{DAY_WITH_YEAR})\s*[)\]]?(?:,?\s\d{{1,2}}[:.]\d{{2}}\s?\S{{0,8}})?\W*$",
    re.IGNORECASE,
)


def document_day(title: str | None, lines: Sequence[str], published: date) -> date | None:
    """Return the day that the title ends with, or the one line of the head that is a date; None where there is none."""
    found = _AT_END.search(title or "")
    texts = [found["day"]] if found else [one["worded"] for line in lines[:LINES] if (one := HEADING.match(line))]
    days = {said.on for text in texts if text and (said := calendar_day(text, published, "day")) is not None}
    near = {day for day in days if published - WITHIN <= day <= published}
    return near.pop() if len(days) == len(near) == 1 else None
