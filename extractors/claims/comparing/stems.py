"""Content words of a statement as stems with weights.

Weights come from the general frequency of English words, not from the warehouse: the same two statements are as alike
today as next year, whatever came in between, which is what makes the outcome independent of the order of arrival.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path
from typing import cast

from extractors.claims.values import Thesaurus

# Zipf frequencies run from 1 (rare) to 8 (the). Words at COMMON or above keep MIN_WEIGHT, unseen ones get MAX_WEIGHT.
COMMON = 6.0
RAREST = 2.5
MIN_WEIGHT = 0.4

# Words of reporting, time and politeness: they stand beside every utterance and say nothing of which one it is.
_FILLER_WORDS = """say said says saying told tell tells add added adds according also would could will shall may might
today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday week month year day statement
mr mrs ms dr let us going go"""
_FILLER = frozenset(_FILLER_WORDS.split())
NEGATIONS = frozenset({"not", "no", "never", "neither", "nor", "none", "nobody", "nothing", "cannot", "deni", "denial"})

NUMERALS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40",
    "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
}  # fmt: skip

_TOKEN = re.compile(r"[^\W\d_]+(?:['.][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def fold(text: str) -> str:
    """Return the text without accents, with plain quotes."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Return the text folded and in lower case: every pair it is in asks for it again."""
    return fold(text).lower()


def tokenise(text: str) -> list[str]:
    """Split into words and numbers; possessive endings and dots of abbreviations go."""
    return [_clean(token) for token in _TOKEN.findall(fold(text))]


def _clean(token: str) -> str:
    token = re.sub(r"(?:'s|')$", "", token)
    return NUMERALS.get(token.lower(), token.replace(".", "") if not token[0].isdigit() else token.replace(",", ""))


def is_content(word: str) -> bool:
    """Tell whether a lower-case word carries meaning of its own."""
    return word not in _stop_words() and word not in _FILLER and (len(word) > 1 or word.isdigit())


@cache
def _stop_words() -> frozenset[str]:
    """Return spaCy's own list, without the seconds that importing spaCy takes."""
    spec = find_spec("spacy")
    folder = Path(spec.origin or "").parent if spec else Path()
    return frozenset(run_path(str(folder / "lang" / "en" / "stop_words.py"))["STOP_WORDS"])


@cache
def _stemmer() -> Callable[[str], str]:
    import snowballstemmer

    return cast("Callable[[str], str]", snowballstemmer.stemmer("english").stemWord)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of a lower-case word."""
    return _stemmer()(word)


@lru_cache(maxsize=100_000)
def weight(word: str) -> float:
    """Return how telling a lower-case word is: MIN_WEIGHT if common, up to 1 if rare or a large number."""
    from wordfreq import zipf_frequency

    if word[0].isdigit():
        return 1.0 if len(word) > 1 else MIN_WEIGHT
    frequency = max(float(zipf_frequency(word, "en", wordlist="small")), RAREST)
    return MIN_WEIGHT + (1 - MIN_WEIGHT) * max(0.0, min(1.0, (COMMON - frequency) / (COMMON - RAREST)))


def stems(words: Iterable[str]) -> tuple[str, ...]:
    """Return the stems of the words, in order."""
    return tuple(stem(word) for word in words)


def conceptualise(stemmed: Sequence[str], thesaurus: Thesaurus) -> Iterator[tuple[str, int, int]]:
    """Yield the terms with where they start and how many stems they stand for, the longest known phrases first."""
    at = 0
    while at < len(stemmed):
        term, size = _longest(stemmed, at, thesaurus)
        yield term, at, size
        at += size


def _longest(stemmed: Sequence[str], at: int, thesaurus: Thesaurus) -> tuple[str, int]:
    for size in range(min(thesaurus.longest, len(stemmed) - at), 0, -1):
        concept = thesaurus.concepts.get(tuple(stemmed[at : at + size]))
        if concept is not None:
            return concept, size
    return stemmed[at], 1
