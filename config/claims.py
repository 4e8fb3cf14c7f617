"""claims.toml: words that translators and editors put for one another."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Self

from pydantic import Field, model_validator

from config.actors import FILE as ACTORS
from config.actors import ActorFile, CountryRow
from config.files import ConfigError, Section, read_file
from extractors.claims import Thesaurus, stems, tokenise

FILE = "claims.toml"


class ClaimsFile(Section):
    """Sets of words or phrases that can stand for one another in two reports of one utterance."""

    frames: dict[str, tuple[str, ...]]
    common: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    variants: dict[str, tuple[str, ...]]

    @property
    def sets(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return all sets by name."""
        return *self.frames.items(), *self.common.items(), *self.variants.items()

    @model_validator(mode="after")
    def _each_word_in_one_set_of_two(self) -> Self:
        seen: dict[tuple[str, ...], str] = {}
        for name, words in self.sets:
            if len(words) < 2:
                raise ValueError(f"{name}: a set needs at least two words")
            for word in words:
                other = seen.setdefault(phrase(word), name)
                if other != name or not phrase(word):
                    raise ValueError(f"{word!r} stands in two sets or is no word: {other}, {name}")
        return self


def phrase(words: str) -> tuple[str, ...]:
    """Return the words as they are looked up."""
    return stems(word.lower() for word in tokenise(words))


def build_thesaurus(file: ClaimsFile, countries: Mapping[str, CountryRow]) -> Thesaurus:
    """Return the sets as a lookup from stemmed phrase to concept; a concept's name cannot be mistaken for a stem."""
    concepts = {
        phrase(name): f"@{code}"
        for code, row in countries.items()
        for name in (row.name, *row.names, *row.capitals, *row.adjectives, *row.people, *row.seats)
    }
    concepts |= {phrase(word): f"={name}" for name, words in file.sets for word in words}
    light = {f"={name}" for name in file.frames} | {f"@{code}" for code in countries}
    common = {f"={name}" for name in file.common}
    return Thesaurus(
        MappingProxyType(concepts), frozenset(light), frozenset(common), max(map(len, concepts), default=1)
    )


def load_thesaurus(folder: Path | None = None) -> Thesaurus:
    """Read claims.toml and the names of states from the user's folder or the packaged ones.

    Raises ConfigError with every problem.
    """
    file, problems = read_file(folder, FILE, ClaimsFile)
    actors, more = read_file(folder, ACTORS, ActorFile)
    if file is None or actors is None:
        raise ConfigError([*problems, *more])
    return build_thesaurus(file, actors.countries)
