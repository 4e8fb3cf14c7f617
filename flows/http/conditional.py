"""Asking only for what changed, and waiting as long as the server asks."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from flows.http.outcome import Headers, find_header

# A server may ask for patience, not for ever: the scheduler comes back once a day whatever it said.
MAX_RETRY_AFTER = 86_400.0


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is known of a URL from last time: its validators as the server gave them, and the hash of its body."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None

    def headers(self) -> Headers:
        """Return the request headers that ask for a change only."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return tuple((name, value) for name, value in pairs if value and _is_sendable(value))


def parse_retry_after(headers: Headers, now: datetime) -> float | None:
    """Return the seconds that ``Retry-After`` asks for, from 0 to a day; None without one that can be read."""
    value = (find_header(headers, "retry-after") or "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), MAX_RETRY_AFTER)
    moment = _parse_http_date(value)
    if moment is None:
        return None
    # The server's own clock, where it shows it: what counts is how long it meant.
    reference = _parse_http_date(find_header(headers, "date") or "") or now
    return min(max((moment - reference).total_seconds(), 0.0), MAX_RETRY_AFTER)


def _parse_http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _is_sendable(value: str) -> bool:
    """Tell whether a stored validator can be a header's value: a stray line break would end the header."""
    return value.isprintable() and value == value.strip() and (value.isascii() or max(value) < "\u0100")
