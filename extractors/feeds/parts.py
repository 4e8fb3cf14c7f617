"""Which sitemaps of an index are read in one poll: what changed, the newest first, and over time all of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

MAX_PARTS = 5  # sitemaps of an index that are read in one poll
MAX_MENDED = 2  # of them those that failed before: the others are not to wait for them
READ_AGAIN_AFTER = timedelta(hours=24)  # a sitemap whose date stands still
FRESH = timedelta(days=2)  # a sitemap without a date that brought something so lately is read every time
MAX_STILL = 2  # of those whose date stands still, the ones that brought something last: some are never dated anew

_NEWS = re.compile(r"news|post|article|stor(?:y|ies)|latest|today|recent|aktuell|actu", re.IGNORECASE)
_OTHERS = re.compile(r"tag|categor|author|image|video|section|topic|static|page", re.IGNORECASE)
_START = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Part:
    """A listing that another one points to: the date of its last change as it stood there when it was read."""

    url: str
    kind: str = "sitemap"
    changed_at: datetime | None = None
    read_at: datetime | None = None
    new_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    n_errors: int = 0


def choose_parts(
    links: Sequence[str], dates: Sequence[datetime | None], known: Mapping[str, Part], *, now: datetime
) -> tuple[Part, ...]:
    """Return the parts to read now, as they are known, with the dates that they have in the index.

    The last place goes to the one that waited longest: where many change all the time, the others come too.
    """
    dated = [*dates, *[None] * len(links)]
    parts = [_updated(known.get(url, Part(url)), date) for url, date in zip(links, dated, strict=False)]
    places = {part.url: place for place, part in enumerate(parts)}
    failed = sorted((part for part in parts if part.n_errors), key=lambda part: part.read_at or _START)
    due = [part for part in parts if not part.n_errors and (part.url not in known or _is_due(part, known, now))]
    due.sort(key=lambda part: (_precedence(part, now), places[part.url]))
    chosen = failed[:MAX_MENDED]
    n_free = MAX_PARTS - len(chosen)
    if len(due) > n_free:
        last = min(due[n_free - 1 :], key=lambda part: (part.read_at or _START, _precedence(part, now)))
        due = [*due[: n_free - 1], last]
    taken = {part.url for part in (*failed, *due)}
    still = [part for part in parts if part.url not in taken and _is_fresh(part, now)]
    still.sort(key=lambda part: (part.new_at or _START, part.changed_at or _START), reverse=True)
    return (*chosen, *due, *still[: min(MAX_STILL, n_free - len(due))])


def _updated(part: Part, date: datetime | None) -> Part:
    return replace(part, changed_at=date)


def _is_due(part: Part, known: Mapping[str, Part], now: datetime) -> bool:
    before = known[part.url]
    if part.kind != "sitemap" or part.changed_at is None or part.read_at is None:
        return True
    return part.changed_at != before.changed_at or not now - READ_AGAIN_AFTER < part.read_at <= now


def _is_fresh(part: Part, now: datetime) -> bool:
    return part.new_at is not None and now - part.new_at < FRESH


def _precedence(part: Part, now: datetime) -> tuple[float, ...]:
    """Return what parts are sorted by: indexes, those that change, those never read, those read longest ago."""
    if part.kind != "sitemap":
        return (0.0,)
    if part.changed_at is not None:
        return (1.0, -part.changed_at.timestamp())
    if _is_fresh(part, now) and part.new_at is not None:
        return (1.0, -now.timestamp(), -part.new_at.timestamp())
    if part.read_at is None:
        return (2.0, *(-one for one in _age_in_name(part.url)))
    return (3.0, part.read_at.timestamp())


def _age_in_name(url: str) -> Iterator[float]:
    """Yield what an address says of how new its pages are: news before lists of tags, then its figures."""
    path = urlsplit(url).path
    yield float(bool(_NEWS.search(path))) - float(bool(_OTHERS.search(path)) and not _NEWS.search(path))
    yield from map(float, re.findall(r"\d{1,12}", path.rpartition("/")[2] or path)[:4])
