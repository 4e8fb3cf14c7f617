"""Finding the known names in a row of words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.actors.known.folding import Word
from extractors.actors.known.gazetteer import Alias


@dataclass(frozen=True, slots=True)
class Match:
    """Words ``first`` to before ``last`` bear a known name; ``aliases`` are its possible meanings."""

    first: int
    last: int
    aliases: tuple[Alias, ...]

    @property
    def is_short(self) -> bool:
        """Tell whether it is a single word, which a longer unknown name may contain."""
        return self.last - self.first == 1


def match_aliases(words: Sequence[Word], aliases: Mapping[str, tuple[Alias, ...]]) -> list[Match]:
    """Return the longest known names from left to right, none overlapping."""
    found: list[Match] = []
    position = 0
    while position < len(words):
        match = match_at(words, position, aliases.get(words[position].folded, ()))
        if match is None:
            position += 1
        else:
            found.append(match)
            position = match.last
    return found


def match_at(words: Sequence[Word], position: int, candidates: Sequence[Alias]) -> Match | None:
    """Return the longest of the candidates (sorted so) that stands at the position, with all its meanings."""
    length = 0
    fitting: list[Alias] = []
    for alias in candidates:
        if length and len(alias.words) < length:
            break
        if stands_at(words, position, alias):
            length = len(alias.words)
            fitting.append(alias)
    return Match(position, position + length, tuple(fitting)) if fitting else None


def stands_at(words: Sequence[Word], position: int, alias: Alias) -> bool:
    """Tell whether the alias stands there with its capitals."""
    end = position + len(alias.words)
    if end > len(words):
        return False
    for index, (word, folded) in enumerate(zip(words[position:end], alias.words, strict=True)):
        if word.folded != folded or (alias.upper[index] and not is_upper(word.text)):
            return False
        # the third part of a hyphenated name may be small: Suk Yeol, Suk-yeol
        if alias.capitalised[index] and index < 2 and not word.is_capitalised:
            return False
    return True


def is_upper(text: str) -> bool:
    """Tell whether all letters are capitals."""
    return text == text.upper()
