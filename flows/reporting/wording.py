"""How the page words things: sides, days, labels; and every word from outside made harmless."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from flows.delivery import clean_line, clean_url, label_of

QUOTE_LIMIT, NAME_LIMIT = 1_500, 160
SOMEBODY = "somebody"
METHODS = {"rule": "rules", "network": "the network alone", "both": "rules and network"}

__all__ = [
    "Vocabulary",
    "clean_name",
    "clean_quote",
    "clean_url",
    "day_words",
    "label_of",
    "rests_on",
    "stamp",
    "words",
]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names of countries and actors by their codes and ids, and what the codebook says of each category."""

    countries: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)

    def side(self, code: str | None) -> str:
        """Return the name of a side."""
        known = self.countries.get(code or "") or self.actors.get(code or "")
        return clean_name(known or code) or SOMEBODY

    def definition(self, category: str) -> str:
        """Return what a category means, empty where the codebook does not know it."""
        return clean_name(self.definitions.get(category, ""))


@lru_cache(maxsize=20_000)
def clean_name(text: str | None) -> str:
    """Return a name, a title or a place as one harmless line."""
    return clean_line(text or "", NAME_LIMIT)


def clean_quote(text: str) -> str:
    """Return somebody's words as one harmless line."""
    return clean_line(text, QUOTE_LIMIT)


def words(quote: str, form: str) -> str:
    """Return the words, in quotation marks only where they were said so."""
    return f"“{clean_quote(quote)}”" if form == "direct" else clean_quote(quote)


def day_words(day: date | None, precision: str | None = "day") -> str:
    """Return a day as people write it, with a word where it is only the day of publication."""
    if day is None:
        return "undated"
    return f"{'reported ' if precision == 'publication' else ''}{day.day} {day:%b} {day.year}"


def stamp(at: datetime | None) -> str:
    """Return a moment to the minute."""
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


def rests_on(method: str | None, confidence: float | None) -> str:
    """Return what a label rests on and how sure it is; nothing for labels older than that is recorded."""
    if method not in METHODS:
        return ""
    return METHODS[method] if confidence is None else f"{METHODS[method]}, confidence {confidence:.0%}"
