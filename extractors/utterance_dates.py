"""When a statement was made, as far as its own clause says so, looking back from the day of publication."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.parser import ParserError
from dateutil.parser import parse as parse_date
from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from extractors.language import ParsedParagraph
from extractors.model import Attribution, DayPrecision, Moment, SaidOn, Span, Speaker

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
    rf"{MONTH}(?:\s\d{{4}})?\b(?!\s\d))"
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
# "since Monday", "by Friday", "before last week" bound something else; they do not date the speech
BOUNDS = re.compile(
    r"\b(?:since|until|till|by|before|after|from|through|between|ahead of|starting|beginning|for)\s*(?:the\s*)?$",
    re.IGNORECASE,
)
PAPERS = re.compile(
    r"^\s(?:times|post|herald|mirror|edition|editorial|summit|meeting|vote|election|attack|deadline)\b",
    re.IGNORECASE,
)
SAME_OCCASION = 2  # paragraphs over which an undated statement still belongs to the speaker's last dated one
CHAIN = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression of a paragraph: where it stands and what it comes to."""

    span: Span
    said: SaidOn


def said_on(
    paragraph: ParsedParagraph, attribution: Attribution, published: Moment | None, *, anchor: date | None = None
) -> SaidOn | None:
    """Return the date that the cue's clause gives; None where it gives none (the caller falls back).

    ``anchor`` is the day last spoken of, for "the same day".
    """
    if attribution.cue is None or published is None:
        return None
    cue = paragraph.tokens(attribution.cue)
    if cue is None or not len(cue):
        return None
    sentence = cue.root.sent
    here = paragraph.span(sentence)
    found = [
        one
        for one in expressions(sentence.text, here.start, published.at.date(), anchor)
        if not any(span.covers(one.span) for span in attribution.spans) and dates_cue(paragraph, one, cue, attribution)
    ]
    if not found:
        return None
    stands = paragraph.span(cue)
    return min(found, key=lambda one: distance(one.span, stands)).said


def expressions(text: str, start: int, base: date, anchor: date | None) -> Iterator[Found]:
    """Yield the date expressions of a text that come to a day not after ``base``."""
    for match in EXPRESSION.finditer(text):
        if BOUNDS.search(text[: match.start()]) or PAPERS.match(text[match.end() :]):
            continue
        said = resolve(match, base, anchor)
        if said is not None and said.on <= base:
            yield Found(Span(start + match.start(), start + match.end()), said)


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


def dates_cue(paragraph: ParsedParagraph, found: Found, cue: TokenSpan, attribution: Attribution) -> bool:
    """Tell whether the expression dates the cue rather than what is said or another deed of the sentence."""
    tokens = paragraph.tokens(found.span)
    if tokens is None or not len(tokens):
        return False
    chain = verb_chain(cue.root)
    verb = governing_verb(tokens.root)
    if verb is not None and verb.i in chain:
        return True
    outside = [
        token
        for token in tokens.doc[min(tokens.end, cue.end) : max(tokens.start, cue.start)]
        if token.pos_ == "VERB" and not any(span.covers(paragraph.span(token)) for span in attribution.spans)
    ]
    if outside:
        return False
    is_nearer = verb is not None and abs(verb.i - tokens.root.i) < abs(cue.root.i - tokens.root.i)
    return not is_nearer or any(span.covers(paragraph.span(verb)) for span in attribution.spans if verb is not None)


def verb_chain(token: Token) -> set[int]:
    """Return the cue and the verbs it hangs on within its sentence, up to the main one."""
    chain = {token.i}
    for _ in range(CHAIN):
        if token.head is token or token.dep_ in {"ccomp", "relcl"}:
            break
        token = token.head
        chain.add(token.i)
    return chain


def governing_verb(token: Token) -> Token | None:
    """Return the nearest verb above a token."""
    for _ in range(CHAIN):
        if token.head is token:
            return token if token.pos_ in {"VERB", "AUX"} else None
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            return token
    return None


def distance(one: Span, other: Span) -> int:
    """Return how many letters lie between two spans."""
    return max(0, one.start - other.end, other.start - one.end)


def date_statements(
    paragraphs: Sequence[ParsedParagraph],
    attributions: Sequence[Attribution],
    speakers: Sequence[Speaker],
    published: Moment | None,
) -> tuple[SaidOn | None, ...]:
    """Return the date of each statement: its clause's, its occasion's, else the day of publication."""
    if published is None:
        return (None,) * len(attributions)
    dates: list[SaidOn | None] = []
    last: dict[str, int] = {}
    anchor: date | None = None
    starts = [one.start for one in paragraphs]
    for number, (one, speaker) in enumerate(zip(attributions, speakers, strict=True)):
        own = said_on(paragraphs[home(one, starts)], one, published, anchor=anchor)
        who = speaker.actor_id or speaker.text or ""
        before = last.get(who)
        if own is None:
            own = inherited(one, attributions, dates, before)
        if own is not None:
            anchor = own.on if own.precision == "day" else anchor
            last[who] = number
        dates.append(own)
    refine(attributions, speakers, dates)
    fallback = SaidOn(published.at.date(), "publication")
    return tuple(one or fallback for one in dates)


def home(one: Attribution, starts: Sequence[int]) -> int:
    """Return the paragraph of the cue, which for a quote may not be its own."""
    return one.paragraph if one.cue is None else bisect_right(starts, one.cue.start) - 1


def inherited(
    one: Attribution, attributions: Sequence[Attribution], dates: Sequence[SaidOn | None], before: int | None
) -> SaidOn | None:
    """Return the date of the statement this one goes on from, or of the speaker's last dated one nearby."""
    if one.carried_from is not None and one.carried_from < len(dates):
        return dates[one.carried_from]
    if before is not None and one.paragraph - attributions[before].paragraph <= SAME_OCCASION:
        return dates[before]
    return None


def refine(attributions: Sequence[Attribution], speakers: Sequence[Speaker], dates: list[SaidOn | None]) -> None:
    """Give a statement dated by week or month the day that the same speaker's next one in its paragraph names."""
    for number in range(len(dates) - 1, 0, -1):
        day, coarse = dates[number], dates[number - 1]
        if day is None or coarse is None or day.precision != "day" or coarse.precision not in {"week", "month"}:
            continue
        same = speakers[number].actor_id == speakers[number - 1].actor_id is not None
        if same and attributions[number].paragraph == attributions[number - 1].paragraph and is_within(day.on, coarse):
            dates[number - 1] = day


def is_within(day: date, coarse: SaidOn) -> bool:
    """Tell whether the day lies in the week or month."""
    if coarse.precision == "week":
        return 0 <= (day - coarse.on).days < 7
    return (day.year, day.month) == (coarse.on.year, coarse.on.month)
