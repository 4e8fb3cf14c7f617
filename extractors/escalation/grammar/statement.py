"""One statement as the rules see it: the words, which of them are content, who says them and in answer to what cue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from extractors.escalation.grammar.parse import Words
from extractors.escalation.lexicon import Cue, EscalationLexicon
from extractors.model import ActorKind

LONGEST_PLACE = 3


@dataclass(frozen=True, slots=True)
class Voice:
    """The speaker as far as the rules need him: the words he is named by, his office and country.

    ``countries`` holds more than one where several speak together.
    """

    text: str = ""
    role: str = ""
    country: str | None = None
    countries: frozenset[str] = frozenset()
    kind: ActorKind | None = None
    is_known: bool = False

    @property
    def words(self) -> frozenset[str]:
        """Return the lower-case words of his name and office."""
        return frozenset(f"{self.text} {self.role}".lower().replace("'s", " ").replace("’s", " ").split())


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement prepared for the rules; ``content`` holds ranges of token indices."""

    words: Words
    content: tuple[range, ...]
    lexicon: EscalationLexicon
    voice: Voice = Voice()
    cue: int | None = None
    cue_entry: Cue | None = None
    is_direct: bool = True
    addressee: tuple[int, ...] = ()
    places: Mapping[int, str] | None = None
    on: date | None = None
    is_bare: bool = False

    @property
    def indices(self) -> list[int]:
        """Return the token indices of the content."""
        return [index for part in self.content for index in part]

    def has(self, index: int) -> bool:
        """Tell whether the token is content."""
        return any(index in part for part in self.content)

    def feature(self, name: str) -> frozenset[str]:
        """Return one of the lexicon's lists of words."""
        return self.lexicon.features.get(name, frozenset())


def countries_in(text: str, places: Mapping[str, str]) -> list[str]:
    """Return the countries a speaker's description names by name, demonym or capital, in order."""
    tokens = text.lower().replace("’s", "").replace("'s", "").replace(",", " ").split()
    found, start = [], 0
    while start < len(tokens):
        size, code = _place_at(tokens, start, places)
        found += [code] if code is not None else []
        start += size
    return list(dict.fromkeys(found))


def _place_at(tokens: list[str], start: int, places: Mapping[str, str]) -> tuple[int, str | None]:
    for size in range(LONGEST_PLACE, 0, -1):
        code = places.get(" ".join(tokens[start : start + size]))
        if code is not None:
            return size, code
    return 1, None


def find_places(words: Words, places: Mapping[str, str]) -> dict[int, str]:
    """Return the country code of every token that is part of a country's name, demonym or capital."""
    found: dict[int, str] = {}
    for index, word in enumerate(words.lower):
        if index in found or not words.text[words.starts[index]].isupper():
            continue
        for size in range(LONGEST_PLACE, 0, -1):
            code = places.get(" ".join(words.lower[index : index + size]) if size > 1 else word)
            if code is not None:
                found.update(dict.fromkeys(range(index, index + size), code))
                break
    return found
