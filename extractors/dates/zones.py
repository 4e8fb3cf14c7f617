"""The time zone of a feed's date: offsets, abbreviations and IANA names, taken off the date's words."""

import re
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

# Minutes east of UTC. RFC 822's names first, then those that news sites write.
ABBREVIATIONS = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "EST": -300, "EDT": -240, "CDT": -300, "MDT": -360,
    "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600, "NST": -210, "NDT": -150, "WEST": 60,
    "CET": 60, "CEST": 120, "MET": 60, "MEST": 120, "MEZ": 60, "MESZ": 120, "EET": 120, "EEST": 180, "SAST": 120,
    "CAT": 120, "WAT": 60, "EAT": 180, "MSK": 180, "MSD": 240, "TRT": 180, "SAMT": 240, "YEKT": 300, "OMST": 360,
    "KRAT": 420, "IRKT": 480, "YAKT": 540, "VLAT": 600, "MAGT": 660, "IDT": 180, "IRST": 210, "AFT": 270, "PKT": 300,
    "UZT": 300, "NPT": 345, "ICT": 420, "WIB": 420, "WITA": 480, "WIT": 540, "HKT": 480, "SGT": 480, "MYT": 480,
    "PHT": 480, "AWST": 480, "ULAT": 480, "JST": 540, "KST": 540, "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660,
    "NZST": 720, "NZDT": 780, "BRT": -180, "ART": -180, "CLT": -240, "BOT": -240, "PET": -300, "VET": -240,
    "A": -60, "N": 60, "M": -720, "Y": 720,
}  # fmt: skip
# Letters that stand for several zones, or for either half of the year: read, and flagged as a guess.
AMBIGUOUS = {
    "CST": -360, "MST": -420, "BST": 60, "IST": 330, "AST": -240, "ADT": -180, "GST": 240, "SST": -660, "ECT": -300,
    "AT": -240, "ET": -300, "CT": -360, "MT": -420, "PT": -480,
}  # fmt: skip
NOT_ZONES = frozenset(
    "AM PM MON TUE WED THU FRI SAT SUN JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC T TH ND RD".split()  # noqa: SIM905
)
MAX_OFFSET_MINUTES = 14 * 60  # the zones of the world run from -12 to +14 hours

_OFFSET = re.compile(r"\s*\b(?:UTC|GMT|UT|Z)?\s*([+\-\u2212])\s?(\d{1,2})(?::?(\d{2}))?(?:\s*Z)?$", re.IGNORECASE)
_NAMED_OFFSET = re.compile(r"\s*\b(?:UTC|GMT)\s*([+\-\u2212])\s*(\d{1,2})(?::?(\d{2}))?\b", re.IGNORECASE)
_MIDDLE_OFFSET = re.compile(r"(?<=:\d\d)\s*([+\-])(\d{2}):?(\d{2})(?=\s+\d{4}$)")  # "... 10:00:00 +0000 2016"
_DAY_OFFSET = re.compile(r"(?<=\d{4})\s+([+\-])(\d{2}):?(\d{2})$")  # after a day without a time of day
_REGION = re.compile(r"\s*\b([A-Z][A-Za-z]+/[A-Za-z_+\-0-9/]+)$")
_LAST_WORD = re.compile(r"(?<=[\d\s.,:])\s*([A-Za-z]{1,5})$")
_UPPER_WORD = re.compile(r"(?<![A-Za-z])([A-Z]{2,5})(?![A-Za-z])")
_COMMENT = re.compile(r"\s*\(([^()]*)\)\s*$")
_CLOCK = re.compile(r"\d[:.h]\d\d|T\d{2}|\d\s?[ap]\.?m", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Zoned:
    """A date's words without their zone; ``zone`` is None where none was given or known."""

    words: str
    zone: tzinfo | None
    is_inferred: bool


def take_zone(text: str) -> Zoned:
    """Split the zone off a date's words."""
    comment = _COMMENT.search(text)
    words = text[: comment.start()] if comment else text
    zoned = _offset(words) or _region(words) or _abbreviation(words)
    if zoned is None and comment:
        named = _known(comment[1].strip().upper())
        zoned = Zoned(words, *named) if named else None
    return zoned or Zoned(words, None, is_inferred=False)


def _offset(text: str) -> Zoned | None:
    match = _MIDDLE_OFFSET.search(text) or _DAY_OFFSET.search(text)
    return _offset_from(match, text) if match else _offset_at_end(text)


def _offset_at_end(text: str) -> Zoned | None:
    match = _OFFSET.search(text)
    is_named = match is not None and match[0].strip()[:1].isalpha()
    if match is None or not (is_named or _CLOCK.search(text[: match.start()] + " ")):
        match = _NAMED_OFFSET.search(text)  # "... GMT+0900 2016": a browser's order
    if match is None or (match[0].strip()[:1] == "-" and not _CLOCK.search(text[: match.start()])):
        return None
    return _offset_from(match, text)


def _offset_from(match: re.Match[str], text: str) -> Zoned | None:
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes >= 24 * 60:
        return None
    sign = 1 if match[1] == "+" else -1
    words = f"{text[: match.start()]} {text[match.end() :]}".strip()
    return Zoned(words, timezone(sign * timedelta(minutes=minutes)), is_inferred=minutes > MAX_OFFSET_MINUTES)


def _region(text: str) -> Zoned | None:
    match = _REGION.search(text)
    if match is None:
        return None
    words = text[: match.start()]
    try:
        return Zoned(words, ZoneInfo(match[1]), is_inferred=False)
    except (KeyError, OSError, ValueError):  # no such place, or a path in disguise
        return Zoned(words, None, is_inferred=True)


def _abbreviation(text: str) -> Zoned | None:
    candidates = [*_LAST_WORD.finditer(text), *_UPPER_WORD.finditer(text)]
    for match in candidates:
        named = _known(match[1].upper())
        is_sure = match[1].isupper() and len(match[1]) > 1
        if named and (is_sure or _CLOCK.search(text)):
            return Zoned(f"{text[: match.start()]} {text[match.end() :]}".strip(), *named)
    last = _LAST_WORD.search(text)
    if last and last[1].isupper() and last[1] not in NOT_ZONES and ":" in text[: last.start()]:
        return Zoned(text[: last.start()], None, is_inferred=True)
    return None


def _known(name: str) -> tuple[tzinfo, bool] | None:
    minutes = ABBREVIATIONS.get(name, AMBIGUOUS.get(name))
    if minutes is None:
        return None
    return (timezone(timedelta(minutes=minutes)) if minutes else UTC), name in AMBIGUOUS or (
        len(name) == 1 and name != "Z"
    )
