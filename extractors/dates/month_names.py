"""Month and weekday names in the languages feeds are written in, from dateparser's translation data."""

import importlib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
# English first: where a word names two months, its reading wins; other disputed words are dropped.
LANGUAGES = "en de fr es it pt nl sv da nb fi pl cs sk uk ru bg sr ro hu el tr id et lv lt ka fa ar he hi".split()  # noqa: SIM905
EXTRA_WEEKDAYS = {"thur": 3, "thurs": 3, "tues": 1, "weds": 2}
FILLERS = frozenset(
    "at on of the um uhr kl klo à a às le de del di den der om o в г года год р року på i il am.".split()  # noqa: SIM905
)
_WORD = re.compile(r"[^\W\d_]+(?:\.(?=\s|,|$|\d))?")


@lru_cache(maxsize=1)
def month_names() -> dict[str, int]:
    """Map folded month names of all languages to 1..12, without those two languages disagree on."""
    return {word: number for word, number in _names(MONTHS).items() if number}


@lru_cache(maxsize=1)
def weekday_names() -> dict[str, int]:
    """Map folded weekday names to 0 (Monday) .. 6; a word that two languages use for different days gives -1."""
    names = {word: number - 1 for word, number in _names(WEEKDAYS).items()}
    return names | EXTRA_WEEKDAYS


def fold(word: str) -> str:
    """Return the word without case, accents and a closing full stop."""
    plain = unicodedata.normalize("NFD", word.casefold().rstrip("."))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def translate(text: str) -> tuple[str, int | None]:
    """Return the text with its month in English and its weekday taken off, and the weekday (None if unsure)."""
    words = list(_WORD.finditer(text))
    months = [word for word in words if fold(word[0]) in month_names()]
    if len(months) > 1 and fold(months[0][0]) in weekday_names():
        months = months[1:]  # "mar., 01 déc.": a Tuesday, not a March
    out, last, weekday = [], 0, None
    for word in words:
        folded = fold(word[0])
        if word in months[:1]:
            replacement = MONTHS[month_names()[folded] - 1]
        elif folded in weekday_names():
            replacement, weekday = " ", weekday_names()[folded]
        else:
            replacement = " " if folded in FILLERS else word[0]
        out += [text[last : word.start()], replacement]
        last = word.end()
    return "".join([*out, text[last:]]), None if weekday == -1 else weekday


def _names(keys: list[str]) -> dict[str, int]:
    """Return each word with its key's number from 1; 0 marks a word of two meanings, unless English decides."""
    readings: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for word, number in _words_of(language, keys):
            readings.setdefault(word, set()).add(number)
    names = {word: next(iter(numbers)) if len(numbers) == 1 else 0 for word, numbers in readings.items()}
    return names | dict(_words_of("en", keys)) | {key[:3]: number for number, key in enumerate(keys, start=1)}


def _words_of(language: str, keys: list[str]) -> Iterator[tuple[str, int]]:
    info = importlib.import_module(f"dateparser.data.date_translation_data.{language}").info
    for number, key in enumerate(keys, start=1):
        for word in map(fold, info.get(key, ())):
            # initials, figures and roman numerals are too short to tell
            if len(word) > 1 and not word.isdigit() and not set(word) <= set("ivx"):
                yield word, number
