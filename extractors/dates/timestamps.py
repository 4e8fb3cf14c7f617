"""Dates as feeds write them: RFC 822, ISO 8601 and what editors type, read to a moment in UTC.

dateutil reads the figures; the zone, the order of day and month, the language and the plausibility are decided here,
because libraries guess them silently. What is guessed is marked; a date in the future is never returned.
"""

import html
import re
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

from dateutil import parser as dateutil_parser

from extractors.dates.month_names import translate
from extractors.dates.zones import take_zone
from extractors.model import Moment, TimePrecision

MAX_LENGTH = 120  # the longest honest form, a browser's with its zone spelled out, has under 80 characters
FIRST_YEAR = 1900  # feeds of archives list old documents; below this only broken clocks and null dates are found
# A clock or zone that is wrong by less than a day's worth of zones: the item is new, its time is not to be trusted.
CLAMPED_AHEAD = timedelta(hours=14)
TWO_DIGIT_PIVOT = 70  # RFC 2822 puts it at 50, mail of the last century aside nobody writes '51 in a feed
NULL_DATES = frozenset({datetime(1970, 1, 1, tzinfo=UTC), datetime(1900, 1, 1, tzinfo=UTC)})
DEFAULTS = (datetime(2004, 1, 1, 0, 0, 0), datetime(2008, 2, 2, 1, 1, 1))  # noqa: DTZ001 - fields that differ were not given

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-?(?P<ordinal>\d{3})(?!\d)|-(?P<month>\d{1,3})(?:-(?P<day>\d{1,2}))?|(?P<compact>\d{4}))?"
    r"(?:[T ]\s*(?P<clock>\d{1,2}(?::?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?))?",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?<!\d)(\d{1,4})([/.\-])(\d{1,2})\2(\d{1,4})(?!\d)\.?,?")
# What nearly all feeds write, read without the parser that knows everything: it took two fifths of a feed's time.
_RFC_822 = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s+)?(\d{1,2})\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\s+"
    r"(\d{4})\s+(\d{2}):(\d{2})(?::(\d{2}))?\s+(?:(gmt|utc?|z)|([+-])(\d{2}):?(\d{2}))",
    re.IGNORECASE,
)
_RFC_3339 = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:(z)|([+-])(\d{2}):?(\d{2}))",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_JSON_DATE = re.compile(r"\\?/Date\((-?\d{1,14})(?:[+-]\d{4})?\)\\?/")  # ASP.NET
# a figure where the name of the weekday should be: "026, 26 Mar 2023"
_NUMBERED_WEEKDAY = re.compile(r"^\d{1,3},\s*(?=\d{1,2}\s+[^\W\d]{3,})")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_SHORT_YEAR = re.compile(r"(?<![:\d])(\d{1,2}[\s\-]+[a-z]{3,9}[\s\-,]+)'?(\d{2})(?!\d|:)", re.IGNORECASE)
_MIDNIGHT = re.compile(r"(?<![:\d])24:00(:00)?(?!\d)")
_LEAP = re.compile(r"(?<=:\d\d):60(?!\d)")
_ZONE_NOTE = re.compile(r"\[[A-Za-z/_]+\]\s*$")  # Java's 2016-06-29T10:00+09:00[Asia/Seoul]
_HALF = re.compile(r"(오전|午前|上午)|(오후|午後|下午)")
_CJK = ((re.compile(r"[년年월月]\s*"), "-"), (re.compile(r"[일日]\s*"), " "), (re.compile(r"[시時时분分]\s*"), ":"))
_RELATIVE = re.compile(
    r"\b(?:(\d+|an?)\s+(minute|hour|day|week)s?\s+ago|(just now|today)|(yesterday))\b", re.IGNORECASE
)
_CLOCK_WORDS = ((re.compile(r"\b([ap])\.\s?m\.?", re.IGNORECASE), r"\1m"), (re.compile(r"(?<=\d)h(?=\d\d)"), ":"))
_SEPARATORS = ((re.compile(r"(?<=\d)T(?=\d)"), " "), (re.compile(r"\s+-\s+|\s*,\s*|\s*\|\s*"), " "))


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date read, or the reason why there is none; ``problem`` may also name why a date was changed."""

    moment: Moment | None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    at: datetime
    precision: TimePrecision
    is_inferred: bool = False


def parse_feed_date(raw: str, *, now: datetime | None = None) -> Moment | None:
    """Return the moment a feed's date names, None where it names none or one that has not come."""
    return read_feed_date(raw, now=now).moment


def read_feed_date(raw: str, *, now: datetime | None = None) -> DateReading:
    """Read a date and say what was wrong with it: ``unreadable-date``, ``null-date``, ``future-date`` ..."""
    text = _clean(raw)
    if not text or len(raw) > MAX_LENGTH * 2 or len(text) > MAX_LENGTH:
        return DateReading(None, "empty-date" if not text else "unreadable-date")
    try:
        found = _exact(text) or _epoch(text) or _relative(text, now) or _absolute(text, now)
    except (ValueError, OverflowError, TypeError, AttributeError, ArithmeticError):  # whatever dateutil lets through
        found = None
    if found is None:
        return DateReading(None, "unreadable-date")
    return _judge(found, " ".join(raw.split()), now)


def _judge(found: _Reading, raw: str, now: datetime | None) -> DateReading:
    if found.at in NULL_DATES or found.at.year < FIRST_YEAR:
        return DateReading(None, "null-date")
    moment = Moment(found.at, found.precision, "feed", found.is_inferred, raw)
    if now is None or found.at <= now:
        return DateReading(moment, "guessed-date" if found.is_inferred else None)
    if found.at - now > CLAMPED_AHEAD:
        return DateReading(None, "future-date")
    latest = now.astimezone(UTC).replace(microsecond=0)
    if found.precision not in {"second", "minute"}:
        latest = latest.replace(hour=0, minute=0, second=0)
    return DateReading(replace(moment, at=latest, is_inferred=True), "clamped-date")


def _clean(raw: str) -> str:
    text = unicodedata.normalize("NFKC", html.unescape(raw[: MAX_LENGTH * 2]))
    text = _ZONE_NOTE.sub("", text).replace("МСК", "MSK")
    text = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text)
    return " ".join(text.replace("\u2212", "-").replace("\u2013", "-").split()).strip("\"' ")


def _exact(text: str) -> _Reading | None:
    """Return a date in one of the two forms that the formats ask for, with its zone; None for any other."""
    if one := _RFC_822.fullmatch(text):
        day, month, year, hour, minute, second, zero, sign, hours, minutes = one.groups()
        month_number = _MONTHS.index(month.lower()) + 1
    elif one := _RFC_3339.fullmatch(text):
        year, month, day, hour, minute, second, zero, sign, hours, minutes = one.groups()
        month_number = int(month)
    else:
        return None
    if int(hour) > 23:
        return None
    at = datetime(int(year), month_number, int(day), int(hour), int(minute), min(int(second or 0), 59), tzinfo=UTC)
    ahead = timedelta() if zero else timedelta(hours=int(hours), minutes=int(minutes))
    if ahead > timedelta(hours=14, minutes=59):
        return None
    return _Reading(at + ahead if sign == "-" else at - ahead, "second" if second else "minute")


def _epoch(text: str) -> _Reading | None:
    if in_json := _JSON_DATE.fullmatch(text):
        return _Reading(datetime.fromtimestamp(int(in_json[1]) // 1000, UTC), "second")
    if not _EPOCH.fullmatch(text):
        return None
    seconds = float(text) / (1000 if len(text.partition(".")[0]) == 13 else 1)
    return _Reading(datetime.fromtimestamp(int(seconds), UTC), "second", is_inferred=True)


def _relative(text: str, now: datetime | None) -> _Reading | None:
    match = _RELATIVE.fullmatch(text.strip(" ."))
    if match is None or now is None:
        return None
    if match[2]:
        count = int(match[1]) if match[1].isdigit() else 1
        unit = match[2].lower()
        at = now.astimezone(UTC) - timedelta(**{f"{unit}s": count})
        return _Reading(at, "minute" if unit in {"minute", "hour"} else "day", is_inferred=True)
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return _Reading(day - timedelta(days=1 if match[4] else 0), "day", is_inferred=True)


def _absolute(text: str, now: datetime | None) -> _Reading | None:
    zoned = take_zone(_western(_NUMBERED_WEEKDAY.sub("", text)))
    words, extra = _whole_hours(zoned.words.strip(" ,-"))
    local = _iso(words) or _spelled(words, now)
    if local is None:
        return None
    has_clock = local.precision in {"second", "minute"}
    zone: tzinfo = zoned.zone if zoned.zone and has_clock else UTC
    is_guess = local.is_inferred or (has_clock and (zoned.zone is None or zoned.is_inferred))
    at = (local.at + extra).replace(tzinfo=zone).astimezone(UTC)
    return _Reading(at, local.precision, is_guess)


def _western(text: str) -> str:
    """Write Chinese, Japanese and Korean dates in figures: ``2004년 5월 28일 오후 1:31`` -> ``2004-5-28 1:31 PM``."""
    half = _HALF.search(text)
    if half:
        text = f"{_HALF.sub(' ', text)} {'AM' if half[1] else 'PM'}"
    for pattern, replacement in _CJK:
        text = pattern.sub(replacement, text)
    return re.sub(r":?\s*[초秒]|:(?!\d)", " ", text) if half or not text.isascii() or "-" in text else text


def _whole_hours(words: str) -> tuple[str, timedelta]:
    """Return the words with hours and seconds a clock has, and the day that 24:00 adds."""
    extra = timedelta(days=1) if _MIDNIGHT.search(words) else timedelta()
    return _LEAP.sub(":59", _MIDNIGHT.sub("00:00", words)), extra


def _iso(words: str) -> _Reading | None:
    match = _ISO.fullmatch(words)
    if match is None:
        return None
    month, day, precision = _iso_day(match)
    start = datetime(int(match["year"]), 1, 1)  # noqa: DTZ001 - the zone is put on later
    at = start + timedelta(days=day - 1) if month is None else start.replace(month=month, day=day)
    clock = (match["clock"] or "").replace(",", ".")
    if clock and precision != "day":
        return None
    if not clock:
        return _Reading(at, precision)
    figures = [*re.split(r":", clock)] if ":" in clock else re.findall(r"\d{2}(?:\.\d+)?", clock)
    hour, minute, second = (*figures, "0", "0")[:3]
    if float(second) >= 60:
        raise ValueError
    at = at.replace(hour=int(hour), minute=int(minute)) + timedelta(seconds=int(float(second)))
    return _Reading(at, "second" if len(figures) > 2 else "minute")


def _iso_day(match: re.Match[str]) -> tuple[int | None, int, TimePrecision]:
    """Return month (None for the day of the year), day and how precise the date is."""
    if match["ordinal"]:
        return None, int(match["ordinal"]), "day"
    if match["compact"]:
        return int(match["compact"][:2]), int(match["compact"][2:]), "day"
    if match["day"]:
        return int(match["month"]), int(match["day"]), "day"
    return int(match["month"] or 1), 1, "month" if match["month"] else "year"


def _spelled(words: str, now: datetime | None) -> _Reading | None:
    for pattern, replacement in (*_CLOCK_WORDS, *_SEPARATORS):
        words = pattern.sub(replacement, words)
    words, weekday = translate(words)
    figures = _FIGURES.search(words)
    if figures:
        return _figures(words, figures, weekday, now)
    return _by_dateutil(_SHORT_YEAR.sub(lambda match: match[1] + str(_full_year(int(match[2]))), words))


def _figures(words: str, found: re.Match[str], weekday: int | None, now: datetime | None) -> _Reading | None:
    """Read a date in figures alone; where day and month could be swapped, the weekday or the calendar decides."""
    days = list(dict.fromkeys(_orders(found)))
    if weekday is not None and any(day.weekday() == weekday for day in days):
        days = [day for day in days if day.weekday() == weekday]
    past = [day for day in days if now is None or day.replace(tzinfo=UTC) <= now + timedelta(days=1)] or days
    if not past:
        return None
    day = max(past) if now is not None and len(past) > 1 else past[0]
    rest = f"{words[: found.start()]} {words[found.end() :]}"
    reading = _by_dateutil(f"{day:%Y-%m-%d} {rest}")
    return replace(reading, is_inferred=len(days) > 1) if reading else None


def _orders(found: re.Match[str]) -> Iterator[datetime]:
    """Yield the days that three figures may mean, the likeliest order first."""
    first, sign, second, third = int(found[1]), found[2], int(found[3]), int(found[4])
    orders = [(third, second, first), (third, first, second)]
    if len(found[1]) == 4:
        orders = [(first, second, third)]
    elif len(found[4]) < 3:
        orders = [(first, second, third), *orders] if sign == "-" else orders
    elif sign == "/":
        orders.reverse()  # the American order is the likelier one with strokes
    for year, month, day in orders[:1] if sign == "." and len(found[1]) < 3 else orders:
        try:
            yield datetime(_full_year(year), month, day)  # noqa: DTZ001 - the zone is put on later
        except ValueError:
            continue


def _full_year(year: int) -> int:
    return year if year > 99 else year + (2000 if year < TWO_DIGIT_PIVOT else 1900)


def _by_dateutil(words: str) -> _Reading | None:
    if words.strip().isdigit():  # six figures have as many readings as sites that write them
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # words that dateutil takes for zones are named as guesses above
        one, two = (dateutil_parser.parse(words, default=default, ignoretz=True) for default in DEFAULTS)
    if one.year != two.year or one.month != two.month:
        return None
    if one.day != two.day:
        return _Reading(one.replace(day=1, hour=0, minute=0, second=0), "month")
    precision: TimePrecision = "day" if one.hour != two.hour else "minute" if one.second != two.second else "second"
    if precision == "day":
        one = one.replace(hour=0, minute=0, second=0)
    return _Reading(one.replace(microsecond=0), precision)
