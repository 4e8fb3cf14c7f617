"""Whose voice a report carries, and whether two reports can be of one voice.

Three ranks: a person; an institution; a government, named by its capital or country or by the state media that carry
its words. A person also speaks for his institution and his government, an institution for its government, never one
person for another and never one ministry for another. Unnamed officials count as the institution or government they
are said to speak for.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz

from extractors.claims.comparing.stems import fold
from extractors.claims.values import Report

# Two spellings of one name are this alike by rapidfuzz ratio once accents and hyphens are gone; set on invented
# transliteration pairs (-y/-iy/-ii, ou/u, doubled letters) against pairs of different people with one surname.
SAME_NAME = 88.0

_VARIANTS = (("j", "y"), ("w", "v"), ("ou", "u"), ("iy", "y"), ("ii", "y"), ("yi", "y"), ("ph", "f"))

_GOVERNMENTS = frozenset({"country", "government"})
_ARMS = frozenset({"government", "ministry", "military", "agency"})


class Rank(IntEnum):
    """How specific a voice is."""

    NOBODY = 0
    GOVERNMENT = 1
    INSTITUTION = 2
    PERSON = 3


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is speaking, as far as comparing needs it: ``key`` identifies the speaker within his rank."""

    rank: Rank
    key: str
    name: str
    country: str | None
    speaks_for: tuple[str, ...]


def voice_of(report: Report) -> Voice:
    """Return the voice a report carries."""
    if report.speaker_id is None:
        return _unnamed(report)
    name = _romanise(report.speaker_name or report.speaker_text or "")
    speaks_for = report.speaks_for or _state_of(report)
    if report.speaker_kind in _GOVERNMENTS or (report.speaker_kind == "media" and speaks_for):
        key = speaks_for[-1] if speaks_for else report.speaker_id
        return Voice(Rank.GOVERNMENT, key, name, report.speaker_country, (report.speaker_id, *speaks_for))
    rank = Rank.PERSON if report.speaker_kind in (None, "person") else Rank.INSTITUTION
    return Voice(rank, report.speaker_id, name, report.speaker_country, speaks_for)


def _state_of(report: Report) -> tuple[str, ...]:
    """Return the state an arm of it speaks for where nobody said so; states have their country's code for an id."""
    return (report.speaker_country,) if report.speaker_kind in _ARMS and report.speaker_country else ()


def _unnamed(report: Report) -> Voice:
    words = " ".join(fold(report.speaker_text or "").lower().split())
    if len(report.speaks_for) > 1:
        return Voice(Rank.INSTITUTION, report.speaks_for[0], words, report.speaker_country, report.speaks_for[1:])
    if report.speaks_for:
        return Voice(Rank.GOVERNMENT, report.speaks_for[0], words, report.speaker_country, ())
    return Voice(Rank.NOBODY, words, words, report.speaker_country, ())


def is_same_voice(one: Voice, other: Voice) -> bool:
    """Tell whether the two are the same speaker, not merely one speaking for the other."""
    if one.rank != other.rank or not one.key:
        return False
    return one.key == other.key or (one.rank is Rank.PERSON and _is_one_name(one, other))


def _is_one_name(one: Voice, other: Voice) -> bool:
    if " " not in one.name or " " not in other.name or (one.country and other.country and one.country != other.country):
        return False
    mine, theirs = one.name.split(), other.name.split()
    orders = (theirs, theirs[1:] + theirs[:1], theirs[-1:] + theirs[:-1])  # the family name may come first
    return len(mine) == len(theirs) and any(
        all(fuzz.ratio(a, b) >= SAME_NAME for a, b in zip(mine, order, strict=True)) for order in orders
    )


def _romanise(name: str) -> str:
    """Return a name with what transliterations differ in made alike: j/y, w/v, ou/u, iy/ii/y, doubled letters."""
    plain = fold(name).lower().replace("-", " ")
    for variant, letter in _VARIANTS:
        plain = plain.replace(variant, letter)
    return re.sub(r"([a-z])\1", r"\1", plain)


def can_be_one(one: Voice, other: Voice) -> bool:
    """Tell whether the two voices can carry the same utterance."""
    if is_same_voice(one, other):
        return True
    if Rank.NOBODY in (one.rank, other.rank) or one.rank == other.rank:
        return False
    high, low = (one, other) if one.rank > other.rank else (other, one)
    return low.key in high.speaks_for or (
        low.rank is Rank.GOVERNMENT and any(x in high.speaks_for for x in low.speaks_for)
    )
