"""What is new: since a moment, or since the page that stood there before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.reporting.cards import News
from flows.reporting.earlier import Earlier
from flows.reporting.wording import stamp
from warehouse.asking import ReportedEvent


@dataclass(frozen=True, slots=True)
class Newly:
    """Which events are new or graver than they were, and since when, in words."""

    since: str
    news: dict[str, News]
    kinds: str = "new or graver than before"


def news_of(events: Sequence[ReportedEvent], earlier: Earlier, since: datetime | None) -> Newly:
    """Return what came in since ``since``, else what the earlier page did not have, or had less grave.

    Without an earlier page everything is new, and no event is marked.
    """
    if since is not None:
        return Newly(f"Since {stamp(since)} UTC", _since(events, since))
    if earlier.made_at is None:
        return Newly("This is the first report here: everything is new", {})
    news: dict[str, News] = {}
    for one in events:
        before = earlier.severities.get(one.event_id)
        if before is None:
            news[one.event_id] = "new"
        elif one.severity > before:
            news[one.event_id] = "graver"
    return Newly(f"Since the last report of {stamp(earlier.made_at)} UTC", news)


def _since(events: Sequence[ReportedEvent], since: datetime) -> dict[str, News]:
    """Return which events came in since a moment, and which were known and have become graver."""
    news: dict[str, News] = {}
    for one in events:
        if one.seen_at is not None and one.seen_at >= since:
            news[one.event_id] = "new"
        elif one.severity_before is not None and one.severity > one.severity_before:
            news[one.event_id] = "graver"
    return news
