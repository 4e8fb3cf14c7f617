"""Dates of the layout: "“We will answer.” (6/17/25)", "May 4, 2024: “We will ...”", or such a day as a heading."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from extractors.dates.time_expressions import MONTH, calendar_day
from extractors.language import ParsedParagraph
from extractors.model import Attribution, SaidOn

Order: TypeAlias = Literal["month first", "day first"]

FEWEST_HEADINGS = 2  # one alone is the day of publication
FEWEST_RUN = 3  # days that show an order
LONGEST = 100  # code points around a quote in which its date stands
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?"
DAY_WITH_YEAR = (
    rf"{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s{MONTH},?\s\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}"
)
_FIGURES = r"(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>\d{2}|\d{4})"
DAY_OF_MONTH = rf"{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b(?!,?\s\d)|\d{{1,2}}(?:st|nd|rd|th)?\s{MONTH}\b(?!,?\s\d)"
_DATE = rf"{_WEEKDAY}(?:(?P<worded>{DAY_WITH_YEAR}|{DAY_OF_MONTH})|{_FIGURES})"
_MARKUP = r"[\s*_#>•·-]*"
AFTER = re.compile(
    rf"[\s.,;!?…”\"»’'*_]*(?:[(\[]|[—–-]+\s?)(?:[^()\[\]\d]{{1,60}},\s)?{_DATE}(?:[)\]]|\.?\s*$)", re.IGNORECASE
)
_PLACE = r"(?:,?\s[(\[]?[^“”\":\n]{1,40}[:—–])"  # "May 4, 2024, Morning Talk: “We will ..."
BEFORE = re.compile(rf"{_MARKUP}[(\[]?(?:on\s)?{_DATE}[)\]]?[\s*_]*(?:[:—–|-]|{_PLACE})?[\s*_]*[“\"«]?$", re.IGNORECASE)
_VENUE = r"(?:,|\s?[–—|(-])\s?[^“”\".;!?\n]{1,60}"  # "May 4, 2024 – Rally in Osten"
HEADING = re.compile(rf"{_MARKUP}(?:on\s)?{_DATE}(?:{_VENUE})?[\s*_:]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LayoutDates:
    """Days by the number of an attribution: ``beside`` stand at a quote without a verb, ``above`` in a heading."""

    beside: Mapping[int, SaidOn]
    above: Mapping[int, SaidOn]


def layout_dates(paragraphs: Sequence[ParsedParagraph], attributions: Sequence[Attribution], base: date) -> LayoutDates:
    """Return the days that the layout gives to statements, none after ``base``, the day of publication."""
    texts = [one.doc.text for one in paragraphs]
    quotes = [(at, one) for at, one in enumerate(attributions) if one.cue_lemma is None]
    beside = {at: found for at, one in quotes if (found := _beside(one, texts, paragraphs)) is not None}
    heads = _heads(texts)
    above = {at: heads[one.paragraph] for at, one in enumerate(attributions) if one.paragraph in heads}
    order = _order([*beside.values(), *heads.values()], base)
    return LayoutDates(_days(beside, order, base), _days(above, order, base))


def _days(found: Mapping[int, re.Match[str]], order: Order | None, base: date) -> dict[int, SaidOn]:
    days = ((at, _day(match, order, base)) for at, match in found.items())
    return {at: SaidOn(day, "day") for at, day in days if day is not None}


def _beside(one: Attribution, texts: Sequence[str], paragraphs: Sequence[ParsedParagraph]) -> re.Match[str] | None:
    """Return the date right after a quote, or that with which its paragraph begins."""
    start = paragraphs[one.paragraph].start
    text = texts[one.paragraph]
    first, last = one.spans[0].start - start, one.spans[-1].end - start
    beside = _after(text, last) or BEFORE.match(text[:first] if first <= LONGEST else "")
    return beside or (_below(one.paragraph, texts) if not text[last:].strip("”\"»’'.,*_ ") else None)


def _below(at: int, texts: Sequence[str]) -> re.Match[str] | None:
    """Return the date of the line below a quote that begins with a dash: "— Rally in Osten, May 4, 2024"."""
    line = texts[at + 1] if at + 1 < len(texts) else ""
    return AFTER.fullmatch(line) if line.lstrip()[:1] in set("—–-") and len(line) <= LONGEST else None


def _after(text: str, place: int) -> re.Match[str] | None:
    """Return the date right behind a place; none that is only what was read of a longer one."""
    found = AFTER.match(text, place, place + LONGEST)
    return None if found is None or found.end() == place + LONGEST < len(text) else found


def _heads(texts: Sequence[str]) -> dict[int, re.Match[str]]:
    """Return the dated heading above each paragraph, where the text has several."""
    dated = {at: match for at, text in enumerate(texts) if (match := HEADING.match(text)) is not None}
    if len({match.group().strip().lower() for match in dated.values()}) < FEWEST_HEADINGS:
        return {}
    heads: dict[int, re.Match[str]] = {}
    for at in range(min(dated), len(texts)):
        heads[at] = dated[at] if at in dated else heads[at - 1]
    return heads


def _order(found: Iterable[re.Match[str]], base: date) -> Order | None:
    """Return the order in which all dates in figures can be read, none of them after the day of publication."""
    figures = [one for one in found if one["first"]]
    orders: tuple[Order, ...] = ("month first", "day first")
    fitting = [one for one in orders if all(_in_figures(match, one, base) for match in figures)]
    if len(fitting) > 1:  # a list runs through time one way
        fitting = [one for one in fitting if _runs_one_way([_in_figures(match, one, base) for match in figures])]
    return fitting[0] if len(fitting) == 1 else None


def _runs_one_way(days: Sequence[date | None]) -> bool:
    """Tell whether the days only rise or only fall."""
    known = [one for one in days if one is not None]
    return len(known) >= FEWEST_RUN and known in (sorted(known), sorted(known, reverse=True))


def _day(match: re.Match[str], order: Order | None, base: date) -> date | None:
    if match["worded"]:
        said = calendar_day(match["worded"], base, "day")
        return said.on if said is not None and said.on <= base else None
    return _in_figures(match, order, base) if order else None


def _in_figures(match: re.Match[str], order: Order, base: date) -> date | None:
    """Read "6/17/25" in an order; None where there is no such day, or it is still to come."""
    one, other, year = int(match["first"]), int(match["second"]), int(match["year"])
    month, day = (one, other) if order == "month first" else (other, one)
    try:
        found = date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    return found if found <= base else None
