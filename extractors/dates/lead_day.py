"""The day that the lead of a news article gives its news: what bears no date of its own was said then."""

from collections.abc import Sequence
from datetime import date, timedelta

from extractors.model import Attribution, SaidOn

LEAD = 3  # paragraphs
RECENT = timedelta(days=7)


def lead_day(attributions: Sequence[Attribution], dates: Sequence[SaidOn | None], published: date) -> SaidOn | None:
    """Return the day of the first dated statement of the lead, if it lies shortly before the day of publication.

    None where the text dates anything on the day of publication itself: then it tells of more than one day.
    """
    known = [(one, day) for one, day in zip(attributions, dates, strict=True) if day and day.precision == "day"]
    if any(day.on >= published for _, day in known):
        return None
    first = next((day for one, day in known if one.paragraph < LEAD), None)
    return first if first is not None and published - first.on <= RECENT else None
