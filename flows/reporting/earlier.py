"""What the page that stood there before knew: the measure of what is new since the last time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

# Written by report.html, read back here; nothing else of an earlier page is looked at.
_MADE = re.compile(r'<meta name="tocsin-made-at" content="([0-9T:+.-]{10,40})">')
_EVENT = re.compile(r'<li id="event-([0-9a-f]{8,64})" data-severity="(\d)"')


@dataclass(frozen=True, slots=True)
class Earlier:
    """When an earlier page was made, and how grave each of its events was; no page has no time."""

    made_at: datetime | None = None
    severities: Mapping[str, int] = field(default_factory=dict)


NO_PAGE = Earlier()


def parse_page(text: str) -> Earlier:
    """Return what a page made by ``report_html`` knew; any other text is no page."""
    found = _MADE.search(text)
    try:
        made_at = datetime.fromisoformat(found[1]) if found else None
    except ValueError:
        made_at = None
    if made_at is None or made_at.tzinfo is None:
        return NO_PAGE
    return Earlier(made_at, {key: int(severity) for key, severity in _EVENT.findall(text)})
