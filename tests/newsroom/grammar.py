"""Sentences from lists of words: ``{town}`` stands for an entry of the list ``town``, ``{2-90}`` for a figure."""

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
MAX_DEPTH = 12

_SLOT = re.compile(r"\{(?:([a-z_]+)(\^?)|(\d+)-(\d+))\}")
_ARTICLE = re.compile(r"\b([Aa]) (?=[aeiouAEIOU])")


@cache
def read_words(name: str) -> dict[str, Any]:
    """Return the lists of one file."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


class Grammar:
    """Word lists, the later ones going before the earlier ones; all chance comes in."""

    def __init__(self, *lists: Mapping[str, Sequence[str]]) -> None:
        """Merge the lists."""
        self._words: dict[str, Sequence[str]] = {}
        for one in lists:
            self._words.update(one)

    def say(self, chance: random.Random, template: str, context: Mapping[str, str] | None = None) -> str:
        """Return the template with every slot filled; what ``context`` knows stays the same throughout."""
        text = template
        for _ in range(MAX_DEPTH):
            filled = _SLOT.sub(lambda slot: self._fill(chance, slot, context or {}), text)
            if filled == text:
                break
            text = filled
        text = _ARTICLE.sub(r"\1n ", text)
        return text[:1].upper() + text[1:] if text[:1] != "“" else text

    def pick(self, chance: random.Random, key: str, context: Mapping[str, str] | None = None) -> str:
        """Return one filled entry of a list."""
        return self.say(chance, chance.choice(self._words[key]), context)

    def _fill(self, chance: random.Random, slot: re.Match[str], context: Mapping[str, str]) -> str:
        name, is_capital, low, high = slot.groups()
        if low is not None:
            return str(chance.randint(int(low), int(high)))
        word = context[name] if name in context else chance.choice(self._words[name])
        return _capitalised(word) if is_capital else word


def _capitalised(word: str) -> str:
    """Put the capital where the entry begins, also where it begins with a slot of its own."""
    begins = _SLOT.match(word)
    if begins and begins[1]:
        return f"{{{begins[1]}^}}{word[begins.end() :]}"
    return word[:1].upper() + word[1:]
