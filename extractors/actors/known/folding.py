"""Words as names are compared: without accents, case, hyphens and dots, but with their place in the text."""

import re
import unicodedata
from dataclasses import dataclass

# letters that Unicode does not take apart into a base and an accent
PLAIN = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe"}
    | {"ð": "d", "þ": "th", "ħ": "h", "ə": "e", "Ə": "E"}
)
# dotted abbreviations ("U.S.", "J.D.") and O'Neill are one word; other apostrophes and hyphens end a word
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\b[A-Z]['’][A-Z][^\W_]+|[^\W_]+")
INNER = str.maketrans("", "", ".'’")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its place, as written and folded."""

    start: int
    end: int
    text: str
    folded: str

    @property
    def is_capitalised(self) -> bool:
        """Tell whether it could be part of a name."""
        return self.text[:1].isupper()


def fold_word(text: str) -> str:
    """Return the word without accents, dots and case."""
    if text.isascii():
        return text.translate(INNER).lower()
    plain = unicodedata.normalize("NFKD", text.translate(PLAIN))
    return "".join(char for char in plain if not unicodedata.combining(char)).translate(INNER).lower()


def find_words(text: str, offset: int = 0) -> list[Word]:
    """Return the words of ``text`` in order; places count from ``offset``."""
    return [
        Word(offset + match.start(), offset + match.end(), match.group(), fold_word(match.group()))
        for match in WORD.finditer(text)
    ]


def fold(text: str) -> str:
    """Return the key under which spelling variants of a name meet."""
    return " ".join(word.folded for word in find_words(text))


def slug(text: str) -> str:
    """Return a folded name fit for an identifier."""
    return fold(text).replace(" ", "-")
