"""Expressions of time in a text and the day or period each comes to, looking back from a given day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.parser import ParserError
from dateutil.parser import parse as parse_date

from extractors.model import DayPrecision, SaidOn, Span

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)|may|june?\.?|july?\.?|aug(?:ust|\.)?|sept?(?:ember|\.)?"
    r"|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
NUMBERS = {
    word: n
    for n, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
NUMBERS |= {"a": 1, "an": 1, "a couple of": 2, "a few": 3, "several": 3}
NUMBER = r"(?:\d{1,3}|a couple of|a few|an?|" + "|".join(list(NUMBERS)[1:13]) + r"|several)"
EXPRESSION = re.compile(
    rf"\b(?:(?P<ago>(?P<count>{NUMBER})\s(?P<unit>day|week|month|year|hour|minute)s?\s(?:ago|earlier))"
    rf"|(?P<full>{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?\b(?!\s?[-–]\s?\d)|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{MONTH}(?:,?\s\d{{4}})?\b"
    r"|\d{4}-\d{2}-\d{2}\b)"
    r"|(?P<month>(?:in|during|back in|last|early in|late in)\s(?:early\s|late\s|mid-)?"
    rf"{MONTH}(?:\s\d{{4}}|,?\s(?:of\s)?(?:last|this)\syear)?\b(?!\s\d))"
    rf"|(?P<which>last|this|past|the previous|next|this past|this coming|coming)?\s?(?P<day>{DAY})\b"
    r"|(?P<today>today|tonight|this (?:morning|afternoon|evening)|(?:earlier|later) in the day"
    r"|hours (?:earlier|ago|later))\b"
    r"|(?P<yesterday>yesterday|last night)\b"
    r"|(?P<same>(?:on )?(?:the|that) same day|(?:on )?that day)\b"
    r"|(?P<eve>(?:a|one) day (?:earlier|before)|the (?:day before|previous day))\b"
    r"|(?P<weekend>(?:over|at|during|on)? ?(?:the|last|this) (?:past )?weekend)\b"
    r"|(?P<period>(?:earlier |late |later |early |in the )?(?:this|last|the previous|the past) "
    r"(?P<what>week|month|year))\b"
    r"|in (?P<year>(?:19|20)\d\d)\b)",
    re.IGNORECASE,
)
YEAR_OF_MONTH = re.compile(rf"(?P<month>{MONTH}),?\s(?:of\s)?(?P<which>last|this)\syear$", re.IGNORECASE)
REACH = 60  # characters beside a date in which a word that binds it stands
# "since Monday", "by Friday", "before last week" bound something else; they do not date the speech
BOUNDS = re.compile(
    r"\b(?:since|until|till|by|before|after|from|through|between|ahead of|starting|beginning|for)\s*(?:the\s*)?$",
    re.IGNORECASE,
)
PAPERS = re.compile(
    r"^['’]s?\s|^\s(?:times|post|herald|mirror|edition|summit|meeting|vote|election|attack|deadline)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression: where it stands and what it comes to; ``is_bare`` marks a weekday set off by a comma."""

    span: Span
    said: SaidOn
    is_bare: bool = False


def expressions(text: str, start: int, base: date, anchor: date | None, *, zone_day: int = 0) -> Iterator[Found]:
    """Yield the date expressions of a text that come to a day not after ``base``.

    With ``zone_day`` 1 a plain weekday may be the day after: an article dated by day alone may be read further east.
    """
    for match in EXPRESSION.finditer(text):
        before = text[max(0, match.start() - REACH) : match.start()]
        if BOUNDS.search(before) or PAPERS.match(text[match.end() : match.end() + REACH]):
            continue
        plain = zone_day and match["day"] is not None and not match["which"]
        day_after = base + timedelta(days=1)
        is_next = plain and DAYS[day_after.weekday()] == match["day"].lower()
        said = SaidOn(day_after, "day") if is_next else resolve(match, base, anchor)
        if said is not None and (said.on <= base or is_next):
            is_bare = match["day"] is not None and text.endswith(", ", 0, match.start("day")) and match["which"] is None
            yield Found(Span(start + match.start(), start + match.end()), said, is_bare)


def resolve(match: re.Match[str], base: date, anchor: date | None) -> SaidOn | None:
    """Return the day, or the first day of the period, that an expression means."""
    for kind in ("full", "month", "day", "ago", "today", "yesterday", "same", "eve", "weekend", "period", "year"):
        if match[kind]:
            return RESOLVERS[kind](match, base, anchor)
    return None


def by_calendar(match: re.Match[str], base: date, _: date | None) -> SaidOn | None:
    """Read "November 7", "26 June 2024"; without a year the last such day."""
    return calendar_day(match["full"], base, "day")


def by_month(match: re.Match[str], base: date, _: date | None) -> SaidOn | None:
    """Read "in June", "in June 2023"."""
    relative = YEAR_OF_MONTH.search(match["month"])
    if relative is not None:
        year = base.year - (relative["which"].lower() == "last")
        return calendar_day(f"1 {relative['month']} {year}", base, "month")
    named = re.search(rf"{MONTH}(?:\s\d{{4}})?$", match["month"], re.IGNORECASE)
    return calendar_day(f"1 {named.group()}", base, "month") if named else None


def calendar_day(text: str, base: date, precision: DayPrecision) -> SaidOn | None:
    """Parse a date of the calendar, going back a year where it lacks one and would lie ahead."""
    try:
        day = parse_date(text.replace("of ", ""), default=datetime(base.year, base.month, 1)).date()  # noqa: DTZ001
    except (ParserError, OverflowError):
        return None
    if day > base and re.search(r"\d{4}", text) is None:
        try:
            day = day.replace(year=day.year - 1)
        except ValueError:
            return None
    return SaidOn(day, precision)


def by_weekday(match: re.Match[str], base: date, _: date | None) -> SaidOn | None:
    """Read "Wednesday", "last Friday": the last such day, today included unless it says "last"."""
    which = (match["which"] or "").lower()
    if which in {"next", "this coming", "coming"}:
        return None
    back = (base.weekday() - DAYS.index(match["day"].lower())) % 7
    return SaidOn(base - timedelta(days=back or (7 if which in {"last", "past", "the previous"} else 0)), "day")


def by_count(match: re.Match[str], base: date, _: date | None) -> SaidOn | None:
    """Read "two weeks ago", "a month earlier"."""
    word = match["count"].lower()
    count = int(word) if word.isdigit() else NUMBERS.get(word, 3)
    unit = match["unit"].lower()
    if unit in {"hour", "minute"}:
        return SaidOn(base, "day")
    if unit == "day":
        return SaidOn(base - timedelta(days=count), "day" if word not in {"a few", "several"} else "week")
    if unit == "week":
        return week_of(base - timedelta(weeks=count))
    months = count * (12 if unit == "year" else 1)
    index = base.year * 12 + base.month - 1 - months
    return SaidOn(date(index // 12, 1 if unit == "year" else index % 12 + 1, 1), "year" if unit == "year" else "month")


def by_today(_: re.Match[str], base: date, __: date | None) -> SaidOn | None:
    """Read "today", "this morning"."""
    return SaidOn(base, "day")


def by_yesterday(_: re.Match[str], base: date, __: date | None) -> SaidOn | None:
    """Read "yesterday"."""
    return SaidOn(base - timedelta(days=1), "day")


def by_anchor(_: re.Match[str], __: date, anchor: date | None) -> SaidOn | None:
    """Read "the same day": the day last spoken of."""
    return SaidOn(anchor, "day") if anchor else None


def by_eve(_: re.Match[str], base: date, anchor: date | None) -> SaidOn | None:
    """Read "a day earlier", "the previous day"."""
    return SaidOn((anchor or base) - timedelta(days=1), "day")


def by_weekend(_: re.Match[str], base: date, __: date | None) -> SaidOn | None:
    """Read "over the weekend": the week whose weekend was the last to begin."""
    return week_of(base - timedelta(days=(base.weekday() - 5) % 7))


def by_period(match: re.Match[str], base: date, _: date | None) -> SaidOn | None:
    """Read "earlier this week", "last month"."""
    is_last = " last " in f" {match['period'].lower()} " or "previous" in match["period"].lower()
    if match["what"].lower() == "week":
        return week_of(base - timedelta(weeks=1 if is_last else 0))
    if match["what"].lower() == "year":
        return SaidOn(date(base.year - is_last, 1, 1), "year")
    index = base.year * 12 + base.month - 1 - is_last
    return SaidOn(date(index // 12, index % 12 + 1, 1), "month")


def by_year(match: re.Match[str], _: date, __: date | None) -> SaidOn | None:
    """Read "in 2016"."""
    return SaidOn(date(int(match["year"]), 1, 1), "year")


def week_of(day: date) -> SaidOn:
    """Return the Monday of a day's week."""
    return SaidOn(day - timedelta(days=day.weekday()), "week")


RESOLVERS = {
    "full": by_calendar,
    "month": by_month,
    "day": by_weekday,
    "ago": by_count,
    "today": by_today,
    "yesterday": by_yesterday,
    "same": by_anchor,
    "eve": by_eve,
    "weekend": by_weekend,
    "period": by_period,
    "year": by_year,
}
