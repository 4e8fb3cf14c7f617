# ruff: noqa: SIM905 (word lists as words: it is data)
"""When an article was published: dates written for readers, dates in a page's metadata, dates in its address."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from extractors.dates import parse_feed_date
from extractors.model import Moment

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # the web's first year: anything older is a default value
EASTERNMOST = timedelta(hours=14)  # a local day begins up to this long before the same day in UTC
WESTERNMOST = timedelta(hours=12)  # and ends up to this long after it
MAX_LINE = 160  # a line with published, updated and two time zones has under 120 characters

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?)"
_DATE = (
    rf"(?:{_MONTH} {_DAY}(?:,? (?P<year1>\d{{4}}))?|{_DAY}(?: of)? {_MONTH}(?:,? (?P<year2>\d{{4}}))?"
    r"|(?P<year3>\d{4})(?:[-./]\d{1,2}[-./]\d{1,2}|년 ?\d{1,2}월 ?\d{1,2}일|年\d{1,2}月\d{1,2}日)"
    r"|\d{1,2}[./-]\d{1,2}[./-](?P<year4>\d{4}))"
)
_CLOCK = r"(?:\d{1,2}[:.h]\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?)"
_ZONE = r"(?:\s?\(?(?:(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2})?|(?!on\b|at\b)[a-z]{1,4}(?![a-z]))\)?)?"
_DOT_CLOCK = re.compile(r"(?<=\d)\.(?=\d)")
_STAMP = re.compile(rf"{_DATE}(?:(?:\s|[T,|–—-]|\bat\b)*(?P<clock>{_CLOCK}{_ZONE}))?", re.IGNORECASE)
_STAMP_CLOCK_FIRST = re.compile(rf"(?P<clock>{_CLOCK}{_ZONE}),? (?:on )?{_WEEKDAY}?\s?{_DATE}", re.IGNORECASE)
# what else a date line holds
_LABELS = frozenset(
    "published posted updated modified issued released created date first last originally web on at as of input time "
    "local h am pm mon monday tue tues tuesday wed wednesday thu thurs thursday fri friday sat saturday sun sunday "
    "utc gmt kst jst msk est edt cet bst".split()
)
_AGO = re.compile(
    r"(?:(?:published|posted|updated):? )?"
    r"(?:(?:an?|\d{1,3}) (?:second|minute|min|hour|hr|day|week|month|year)s? ago|yesterday|today|just now)"
    rf"(?:,? {_CLOCK}{_ZONE})?\W*",
    re.IGNORECASE,
)
_IN_PATH = re.compile(
    r"/(?P<year>(?:19|20)\d{2})[/-]?(?P<month>0[1-9]|1[0-2]|[1-9](?=/))"
    r"(?:[/-]?(?P<day>0[1-9]|[12]\d|3[01]|[1-9](?=/)))?(?=[/_.-]|$)"
)


def is_date_line(line: str) -> bool:
    """Tell whether a line holds nothing but a date or two, with their labels, weekday and time of day."""
    if len(line) > MAX_LINE:
        return False
    if _AGO.fullmatch(line):
        return True
    rest, n_found = _STAMP_CLOCK_FIRST.subn(" ", line)
    rest, n_more = _STAMP.subn(" ", rest)
    return n_found + n_more > 0 and all(word in _LABELS for word in re.findall(r"\w+", rest.casefold()))


def find_line_date(line: str) -> Moment | None:
    """Return the first complete date of a line; without a year it is none, and a guess at it is the caller's."""
    if len(line) > MAX_LINE:
        return None
    found = [*_STAMP_CLOCK_FIRST.finditer(line), *_STAMP.finditer(line)]
    for one in sorted(found, key=lambda match: (match.start(), -match.end())):
        has_year = any(year for name, year in one.groupdict().items() if name.startswith("year"))
        if has_year and (moment := _read_line_stamp(one)):
            return moment
    return None


def _read_line_stamp(found: re.Match[str]) -> Moment | None:
    clock = found["clock"] or ""
    day = found[0].replace(clock, "").strip(" ,|T–—-") if clock else found[0]
    moment = read_stamp(f"{day} {_DOT_CLOCK.sub(':', clock)}".strip(), "text") or read_stamp(day, "text")
    if moment is None or not moment.is_inferred or moment.precision not in ("second", "minute"):
        return moment
    # a time of day in no known zone says no more than the day
    midnight = moment.at.replace(hour=0, minute=0, second=0, microsecond=0)
    return replace(moment, at=midnight, precision="day", is_inferred=False)


def read_stamp(raw: str, origin: str, *, now: datetime | None = None) -> Moment | None:
    """Return the moment that a value of a page's metadata names; never one that has not come."""
    moment = parse_feed_date(raw, now=now)
    if moment is None or moment.at < EARLIEST:
        return None
    return replace(moment, origin=origin)


def date_in_url(url: str, *, now: datetime | None = None) -> Moment | None:
    """Return the day or month that a path such as /2024/10/23/ names."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url).partition("?")[0]
    for found in _IN_PATH.finditer(path):
        parts = [part for part in (found["year"], found["month"], found["day"]) if part]
        if moment := read_stamp("-".join(f"{int(part):02}" for part in parts), "url", now=now):
            return replace(moment, is_inferred=True, raw=found[0].strip("/"))
    return None


def first_known(moments: Iterable[Moment | None]) -> Moment | None:
    """Return the first moment given, with the time of day from a later one that agrees on the day."""
    known = [moment for moment in moments if moment]
    if not known:
        return None
    return next((sharper for sharper in known if _sharpens(sharper, known[0])), known[0])


def _sharpens(one: Moment, other: Moment) -> bool:
    """Tell whether ``one`` gives the zone, the time of the day or the day of the month that ``other`` leaves open."""
    if other.is_inferred and other.precision in ("second", "minute"):  # a time of day whose zone was not given
        is_within = abs(one.at - other.at) <= EASTERNMOST
        return is_within and not one.is_inferred and one.precision in ("second", "minute")
    if other.precision == "day":
        is_within = other.at - EASTERNMOST <= one.at < other.at + timedelta(days=1) + WESTERNMOST
        return is_within and one.precision in ("second", "minute")
    if other.precision == "month":
        is_within = (one.at.year, one.at.month) == (other.at.year, other.at.month)
        return is_within and one.precision in ("second", "minute", "day")
    return False
