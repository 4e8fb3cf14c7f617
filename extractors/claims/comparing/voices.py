"""Whose voice a report carries, and whether two reports can be of one voice.

Three ranks: a person; an institution; a government, named by its capital or country or by the state media that carry
its words. A person also speaks for his institution and his government, an institution for its government, never one
person for another and never one ministry for another. Unnamed officials count as the institution or government they
are said to speak for. States that speak together are one voice, for which each of their people may speak. A person of
whom only the country is known may be any voice of it, and words that leave open who spoke (they, the statement)
anybody's: then the words must carry more.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz import fuzz

from extractors.claims.comparing.stems import fold
from extractors.claims.values import Report

# Two spellings of one name are this alike by rapidfuzz ratio once accents and hyphens are gone; set on invented
# transliteration pairs (-y/-iy/-ii, ou/u, doubled letters) against pairs of different people with one surname.
SAME_NAME = 88.0

# A family name alone is enough where it is long: short ones are borne by too many in one country.
LONE_NAME = 5
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "ben", "de", "der", "van", "von", "da", "di", "abd"})
_VARIANTS = (("j", "y"), ("w", "v"), ("ou", "u"), ("iy", "y"), ("ii", "y"), ("yi", "y"), ("ph", "f"))

_SOURCES = frozenset({"source", "sources"})
_OPEN = frozenset(
    {"he", "she", "they", "it", "who", "statement", "letter", "post", "message", "spokesman", "spokeswoman"}
    | {"spokesperson", "official", "officials", "source", "sources"}
)
TOGETHER = "+"  # between the states in the id of those that speak together
_GOVERNMENTS = frozenset({"country", "government"})
_ARMS = frozenset({"government", "ministry", "military", "agency"})


class Rank(IntEnum):
    """How specific a voice is."""

    NOBODY = 0
    GOVERNMENT = 1
    INSTITUTION = 2
    PERSON = 3


class Kinship(IntEnum):
    """How two voices stand: one, one speaking for the other, of one side, one of them open, or apart."""

    NONE = 0
    UNKNOWN = 1
    SIDE = 2
    FOR = 3
    SAME = 4


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
    if len(report.speaks_for) > 1 and TOGETHER in report.speaks_for[0]:
        return Voice(Rank.GOVERNMENT, report.speaks_for[0], words, None, report.speaks_for[1:])
    if len(report.speaks_for) > 1:
        return Voice(Rank.INSTITUTION, report.speaks_for[0], words, report.speaker_country, report.speaks_for[1:])
    if report.speaks_for:
        return Voice(Rank.GOVERNMENT, report.speaks_for[0], words, report.speaker_country, ())
    key = "sources" if _SOURCES & set(words.split()) else words
    return Voice(Rank.NOBODY, key, words, report.speaker_country, ())


def is_same_voice(one: Voice, other: Voice) -> bool:
    """Tell whether the two are the same speaker, not merely one speaking for the other."""
    if one.rank != other.rank or not one.key:
        return False
    return one.key == other.key or (one.rank is Rank.PERSON and _is_one_name(one, other))


def _is_one_name(one: Voice, other: Voice) -> bool:
    """Tell whether two names can be spellings of one, in full or shortened, the family name first or last."""
    if not one.country or not other.country:
        is_whole = len(one.name.split()) > 1 and len(other.name.split()) > 1
    else:
        is_whole = one.country == other.country
    if not is_whole:
        return False
    short, long = sorted((_parts(one.name), _parts(other.name)), key=len)
    if not short or (len(short) == 1 and len(short[0]) < LONE_NAME):
        return False
    is_family = any(_is_near(a, b) for a in (short[0], short[-1]) for b in {long[0], long[-1]})
    return is_family and all(any(_is_near(part, found) for found in long) for part in short)


def _parts(name: str) -> list[str]:
    return [part for part in name.split() if part not in _PARTICLES]


def family_names(voice: Voice) -> frozenset[str]:
    """Return the skeletons of what may be a person's family name, alike for most spellings of it."""
    parts = _parts(voice.name)
    return frozenset(_skeleton(part) for part in (parts[:1] + parts[-1:]) if len(part) > 1)


def _skeleton(name: str) -> str:
    """Return the first letter and the consonants: vowels and doubled letters differ between spellings."""
    return name[0] + re.sub(r"[aeiouyh]", "", name[1:])


def _is_near(one: str, other: str) -> bool:
    return fuzz.ratio(one, other) >= SAME_NAME or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _romanise(name: str) -> str:
    """Return a name with what transliterations differ in made alike: j/y, w/v, ou/u, iy/ii/y, doubled letters."""
    plain = fold(name).lower().replace("-", " ")
    for variant, letter in _VARIANTS:
        plain = plain.replace(variant, letter)
    return re.sub(r"([a-z])\1", r"\1", plain)


@lru_cache(maxsize=200_000)
def kinship(one: Voice, other: Voice) -> Kinship:
    """Return how the two voices can carry the same utterance, if at all."""
    if is_same_voice(one, other):
        return Kinship.SAME
    if Rank.NOBODY in (one.rank, other.rank):
        return Kinship.UNKNOWN if _is_open(one) or _is_open(other) else Kinship.NONE
    if one.rank == other.rank:
        return Kinship.NONE
    high, low = (one, other) if one.rank > other.rank else (other, one)
    is_for = low.key in high.speaks_for or (
        low.rank is Rank.GOVERNMENT and any(x in high.speaks_for for x in low.speaks_for)
    )
    if is_for:
        return Kinship.FOR
    is_unplaced = set(high.speaks_for) <= {high.country}
    return Kinship.SIDE if is_unplaced and high.country and high.country == low.country else Kinship.NONE


def can_be_one(one: Voice, other: Voice) -> bool:
    """Tell whether the two voices can carry the same utterance."""
    return kinship(one, other) is not Kinship.NONE


def _is_open(voice: Voice) -> bool:
    """Tell whether the words for somebody leave open who it is, as a pronoun does, and 'the statement'."""
    return voice.rank is Rank.NOBODY and bool(_OPEN & set(voice.name.split()))
