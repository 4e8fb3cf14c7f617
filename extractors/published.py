"""When an article was published: dates written for readers, dates in a page's metadata, dates in its address."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from extractors.model import Moment, TimePrecision

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # the web's first year: anything older is a default value
CLOCK_SKEW = timedelta(minutes=10)
EASTERNMOST = timedelta(hours=14)  # a local day begins up to this long before the same day in UTC

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
# abbreviations that mean one thing in news; CST, IST and the like are left out on purpose
_ZONES = {
    "z": 0.0, "utc": 0.0, "gmt": 0.0, "bst": 1.0, "cet": 1.0, "cest": 2.0, "eet": 2.0, "eest": 3.0, "msk": 3.0,
    "jst": 9.0, "kst": 9.0, "hkt": 8.0, "sgt": 8.0, "est": -5.0, "edt": -4.0, "cdt": -5.0, "mdt": -6.0, "pst": -8.0,
    "pdt": -7.0, "aest": 10.0, "aedt": 11.0,
}  # fmt: skip
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?)"
_CLOCK = (
    r"(?:(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))(?::(?P<second>\d{2})(?:\.\d+)?)?\s?(?P<half>[ap]\.?m\.?)?"
    r"|(?P<hour12>\d{1,2})\s?(?P<half12>[ap]\.?m\.?))"
)
_ZONE = r"(?:\s?\(?(?P<zone>[a-z]{1,4}(?![a-z])|(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2})?)\)?)?"
_DATES = (
    rf"(?P<m1>{_MONTH}) (?P<d1>{_DAY})(?:,? (?P<y1>\d{{4}}))?",
    rf"(?P<d2>{_DAY})(?: of)? (?P<m2>{_MONTH})(?:,? (?P<y2>\d{{4}}))?",
    r"(?P<y3>\d{4})[-./](?P<m3>\d{1,2})[-./](?P<d3>\d{1,2})",
    r"(?P<y5>\d{4})년 ?(?P<m5>\d{1,2})월 ?(?P<d5>\d{1,2})일",
    r"(?P<d4>\d{1,2})[./-](?P<m4>\d{1,2})[./-](?P<y4>\d{4})",
)
_DATE = rf"(?:{'|'.join(_DATES)})"
_STAMP = re.compile(rf"{_DATE}(?:(?:[T,| ]|at|[-–—]|\s)*{_CLOCK}{_ZONE})?", re.IGNORECASE)
_STAMP_CLOCK_FIRST = re.compile(rf"{_CLOCK}{_ZONE},? (?:on )?{_WEEKDAY}?\s?{_DATE}", re.IGNORECASE)
# what else a date line holds
_LABELS = frozenset(
    [
        *(
            "published",
            "posted",
            "updated",
            "modified",
            "issued",
            "released",
            "created",
            "date",
            "first",
            "last",
            "originally",
        ),
        *("web", "on", "at", "as", "of", "input", "time", "local", "h", "am", "pm"),
        *("mon", "monday", "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thurs", "thursday", "fri", "friday"),
        *("sat", "saturday", "sun", "sunday"),
        *_ZONES,
    ]
)
_AGO = re.compile(
    r"(?:(?:published|posted|updated):? )?"
    r"(?:(?:an?|\d{1,3}) (?:second|minute|min|hour|hr|day|week|month|year)s? ago|yesterday|today|just now)"
    rf"(?:,? {_CLOCK}{_ZONE})?\W*",
    re.IGNORECASE,
)
_IN_PATH = re.compile(
    r"/(?P<y>(?:19|20)\d{2})[/-]?(?P<m>0[1-9]|1[0-2]|[1-9](?=/))(?:[/-]?(?P<d>0[1-9]|[12]\d|3[01]|[1-9](?=/)))?(?=[/_.-]|$)"
)


def is_date_line(line: str) -> bool:
    """Tell whether a line holds nothing but a date or two, with their labels, weekday and time of day."""
    if len(line) > 160:
        return False
    if _AGO.fullmatch(line):
        return True
    rest, n_found = _STAMP_CLOCK_FIRST.subn(" ", line)
    rest, n_more = _STAMP.subn(" ", rest)
    return n_found + n_more > 0 and all(word in _LABELS for word in re.findall(r"\w+", rest.casefold()))


def find_line_date(line: str) -> Moment | None:
    """Return the first complete date of a line; one without a year is none, and a guess at it is the caller's."""
    found = [*_STAMP_CLOCK_FIRST.finditer(line), *_STAMP.finditer(line)]
    for one in sorted(found, key=lambda match: (match.start(), -match.end())):
        if moment := _read_stamp(one, "text"):
            return moment
    return None


def read_stamp(raw: str, origin: str) -> Moment | None:
    """Return the moment that a metadata value names: ISO 8601 and its kin, RFC 822, or a date for readers."""
    raw = raw.strip()
    if not raw or len(raw) > 100:
        return None
    return _read_iso(raw, origin) or _read_rfc(raw, origin) or _first_stamp(raw, origin)


def date_in_url(url: str) -> Moment | None:
    """Return the day or month that a path such as /2024/10/23/ names."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url).partition("?")[0]
    for found in _IN_PATH.finditer(path):
        day = int(found["d"] or 1)
        at = _at(int(found["y"]), int(found["m"]), day)
        if at:
            return Moment(at, "day" if found["d"] else "month", "url", is_inferred=True, raw=found[0].strip("/"))
    return None


def not_after(moment: Moment | None, now: datetime | None) -> Moment | None:
    """Return the moment unless it lies in the future or before the web; a local day that UTC has not reached counts."""
    if moment is None or moment.at < EARLIEST:
        return None
    if now is None or moment.at <= now:
        return moment
    if moment.precision in ("second", "minute"):
        if moment.at <= now + CLOCK_SKEW:
            return replace(moment, at=now)
        if not moment.is_inferred:
            return None
    if moment.at <= now + EASTERNMOST:
        return replace(moment, at=now.replace(hour=0, minute=0, second=0, microsecond=0), precision="day")
    return None


def first_known(moments: Iterable[Moment | None], now: datetime | None) -> Moment | None:
    """Return the first moment that can be true, with the time of day from a later one that agrees on the day."""
    known = [one for one in (not_after(moment, now) for moment in moments) if one]
    if not known:
        return None
    return next((sharper for sharper in known if _sharpens(sharper, known[0])), known[0])


def _sharpens(one: Moment, other: Moment) -> bool:
    """Tell whether ``one`` gives the time of the day, or the day of the month, that ``other`` names."""
    if other.precision == "day":
        begins = other.at - EASTERNMOST
        return one.precision in ("second", "minute") and begins <= one.at < other.at + timedelta(days=1, hours=12)
    if other.precision == "month":
        return one.precision in ("second", "minute", "day") and (one.at.year, one.at.month) == (
            other.at.year,
            other.at.month,
        )
    return False


def _read_iso(raw: str, origin: str) -> Moment | None:
    text = re.sub(r"(\.\d{1,9})(?=Z|[+-]|$)", "", re.sub(r"\s?(?:UTC|GMT)$", "Z", raw))
    text = re.sub(r"(?<=\d) (?=[+-]\d\d)", "", text)
    if not re.match(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) <= 10:
        return _moment(at.replace(tzinfo=UTC), "day", origin, raw)
    precision: TimePrecision = "second" if re.search(r"\d:\d\d:\d\d", text) else "minute"
    return _moment(at, precision, origin, raw)


def _read_rfc(raw: str, origin: str) -> Moment | None:
    from email.utils import parsedate_to_datetime

    if not re.match(r"(?:[A-Za-z]{3},? )?\d{1,2} [A-Za-z]{3} \d{4} \d", raw):
        return None
    try:
        return _moment(parsedate_to_datetime(raw), "second", origin, raw)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _first_stamp(raw: str, origin: str) -> Moment | None:
    return next((moment for found in _STAMP.finditer(raw) if (moment := _read_stamp(found, origin))), None)


def _moment(at: datetime, precision: TimePrecision, origin: str, raw: str) -> Moment | None:
    """Return the moment in UTC; a time without a zone is read as UTC and marked as a guess."""
    is_inferred = at.tzinfo is None
    try:
        at = at.replace(tzinfo=UTC) if is_inferred else at.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return Moment(at, precision, origin, is_inferred, raw)


def _read_stamp(found: re.Match[str], origin: str) -> Moment | None:
    on = _read_day(found)
    if on is None:
        return None
    midnight = datetime(on.year, on.month, on.day, tzinfo=UTC)
    zone = _read_zone(found["zone"])
    clock = _read_clock(found)
    if clock is None or zone is None:  # a time of day in an unknown zone says no more than the day
        return Moment(midnight, "day", origin, raw=found[0].strip())
    at = (midnight + clock).replace(tzinfo=zone)
    return _moment(at, "second" if found["second"] else "minute", origin, found[0].strip())


def _read_day(found: re.Match[str]) -> date | None:
    groups = found.groupdict()
    for number in "12345":
        year, month, day = (groups[f"{part}{number}"] for part in "ymd")
        if not (year and month and day):
            continue
        n_month = int(month) if month.isdigit() else _MONTHS.get(month.rstrip(".").lower(), 0)
        n_day = int(re.sub(r"\D", "", day))
        if number == "4" and n_day <= 12 and n_day != n_month:
            return None  # 03/04/2024 is one day in London and another in New York
        if number == "4" and n_month > 12:
            n_day, n_month = n_month, n_day
        at = _at(int(year), n_month, n_day)
        return at.date() if at else None
    return None


def _read_clock(found: re.Match[str]) -> timedelta | None:
    hour = found["hour"] or found["hour12"]
    if hour is None:
        return None
    half = (found["half"] or found["half12"] or "").lower()
    n_hour = int(hour) % 12 + (12 if half.startswith("p") else 0) if half else int(hour)
    n_minute, n_second = int(found["minute"] or 0), int(found["second"] or 0)
    if n_hour > 23 or n_minute > 59 or n_second > 59:
        return None
    return timedelta(hours=n_hour, minutes=n_minute, seconds=n_second)


def _read_zone(raw: str | None) -> timezone | None:
    if raw is None:
        return None
    name = raw.strip().lower()
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    found = re.fullmatch(r"(?:utc|gmt)?\s?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?", name)
    if not found or int(found["hours"]) > 14 or int(found["minutes"] or 0) > 59:
        return None
    offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    return timezone(offset if found["sign"] == "+" else -offset)


def _at(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
