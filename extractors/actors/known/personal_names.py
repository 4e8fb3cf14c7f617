"""Comparing personal names: which word is the family name, and whether two spellings are one person."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from extractors.actors.known.name_lexicon import Gender, NameLexicon

# one romanised syllable of a Korean or Chinese given name ("hyung", "eul", "xiang"), not "davis" or "carson"
SYLLABLE = re.compile(
    r"(?:[bcdfghjklmnprstwxyz]|ch|sh|zh|ts|hs|kh|ph|th|hw|kw|gw)?[aeiouwy]{1,4}(?:ng|n|k|l|m|p|t|b|h|r)?"
)
EAST_ASIAN = frozenset({"KOR", "PRK", "CHN", "TWN", "HKG", "VNM"})
# Georgy/Georgiy give 92, Sergei/Sergey 83, Zelensky/Zelenskyy 94, Rudenko/Rudenka 86; Ivan/Igor 50, Andrei/Sergei 67
SAME_SPELLING = 82
# what the customs of transliteration from Cyrillic and Arabic letters differ in
SOUNDS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"ks", "x"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"\b(?:iu|ju)", "yu"),
        (r"\b(?:ia|ja)", "ya"),
        (r"(?:iy|yy|ii|ij|yi|ey|ei|ay|ai|y|i)\b", "i"),
        (r"[yj](?=[aeou])", "i"),
        (r"y", "i"),
        (r"w", "v"),
        (r"q", "k"),
        (r"(.)\1", r"\1"),
    )
)
# Slavic feminine endings, for names that no list knows
FEMININE = re.compile(r".{2,}(?:ova|eva|ina|skaya|ska|aya|kyna)")


def core(words: Sequence[str], names: NameLexicon) -> list[str]:
    """Return the name without initials and suffixes (J., Jr., III), at least one word."""
    kept = [word for word in words if len(word) > 1 and word not in names.suffixes]
    return kept or list(words)


def is_family_first(words: Sequence[str], names: NameLexicon, country: str | None) -> bool:
    """Tell whether a full name begins with its family name, by its country and the shape of its words."""
    first, rest = words[0], words[1:]
    if not 1 <= len(rest) <= 3:
        return False
    if country is not None:
        return country in EAST_ASIAN and first in names.family_first.get(family_list(country), frozenset())
    return names.may_be_family(first) and all(SYLLABLE.fullmatch(word) for word in rest) and rest[-1] not in names.given


def family_list(country: str) -> str:
    """Return whose list of family names serves the country."""
    return {"PRK": "KOR", "HKG": "CHN"}.get(country, country)


def family_name(words: Sequence[str], names: NameLexicon, country: str | None = None) -> str:
    """Return the word by which the person is called later in a text."""
    kept = core(words, names)
    return kept[0] if len(kept) > 1 and is_family_first(kept, names, country) else kept[-1]


def short_forms(words: Sequence[str], names: NameLexicon, country: str | None) -> frozenset[str]:
    """Return the single words that may stand for the person: family name, and in Vietnam the given name."""
    kept = core(words, names)
    forms = {family_name(kept, names, country)}
    if country in {"VNM", "MMR", "IDN", "ETH", "THA"}:
        forms |= {kept[0], kept[-1]}
    return frozenset(forms)


def gender_of_name(words: Sequence[str], names: NameLexicon, country: str | None) -> Gender | None:
    """Return the gender that the given name, or a Slavic family name, tells."""
    kept = core(words, names)
    if is_family_first(kept, names, country):
        return None
    known = names.given.get(kept[0])
    if (
        known is None
        and len(kept) > 1
        and FEMININE.fullmatch(kept[-1])
        and country in {None, "RUS", "UKR", "BLR", "BGR"}
    ):
        return "f" if country else None
    return known


def extends(short: Sequence[str], full: Sequence[str]) -> bool:
    """Tell whether ``short`` stands inside ``full`` in one piece."""
    width = len(short)
    return any(list(full[start : start + width]) == list(short) for start in range(len(full) - width + 1))


def is_same_person(one: Sequence[str], other: Sequence[str], names: NameLexicon) -> bool:
    """Tell whether two full names are one: the same words but for initials, order, or a variant spelling."""
    left, right = core(one, names), core(other, names)
    if len(left) < 2 or len(right) < 2:
        return False
    if "".join(left) == "".join(right) or sorted(left) == sorted(right):
        return True
    if left[0] == right[0] and left[-1] == right[-1] and not names.may_be_family(left[0]):
        return len(left) == 2 or len(right) == 2
    return len(left) == len(right) and all(is_same_word(a, b) for a, b in zip(left, right, strict=True))


def is_same_word(one: str, other: str) -> bool:
    """Tell whether two words are one name in two spellings."""
    if one == other:
        return True
    if min(len(one), len(other)) <= 3:
        return False
    return sound(one) == sound(other) or ratio(one, other) >= SAME_SPELLING


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """Return a name without the choices of its transliterator: Aleksei and Alexey, Yuri and Iurii are alike."""
    for pattern, plain in SOUNDS:
        word = pattern.sub(plain, word)
    return word
