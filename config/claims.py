"""claims.toml: words that translators and editors put for one another."""

from pathlib import Path
from types import MappingProxyType

from pydantic import field_validator

from config.files import ConfigError, Section, read_file
from extractors.claims.model import Thesaurus
from extractors.claims.words import is_content, stems, tokenise

FILE = "claims.toml"


class ClaimsFile(Section):
    """Sets of words or phrases that can stand for one another in two reports of one utterance."""

    variants: dict[str, tuple[str, ...]]

    @field_validator("variants")
    @classmethod
    def _in_sets_of_two(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        lonely = [name for name, words in value.items() if len(words) < 2]
        if lonely:
            raise ValueError(f"a set needs at least two words: {', '.join(lonely)}")
        empty = [word for words in value.values() for word in words if not _phrase(word)]
        if empty:
            raise ValueError(f"only stop words: {', '.join(empty)}")
        seen: dict[tuple[str, ...], str] = {}
        for name, words in value.items():
            for word in words:
                other = seen.setdefault(_phrase(word), name)
                if other != name:
                    raise ValueError(f"{word!r} stands in two sets: {other} and {name}")
        return value


def _phrase(words: str) -> tuple[str, ...]:
    return stems(word for word in map(str.lower, tokenise(words)) if is_content(word))


def build_thesaurus(file: ClaimsFile) -> Thesaurus:
    """Return the sets as a lookup from stemmed phrase to concept; a concept's name cannot be mistaken for a stem."""
    concepts = {_phrase(word): f"={name}" for name, words in file.variants.items() for word in words}
    return Thesaurus(MappingProxyType(concepts), max(map(len, concepts), default=1))


def load_thesaurus(folder: Path | None = None) -> Thesaurus:
    """Read claims.toml from the user's folder or the packaged one; raises ConfigError with every problem."""
    file, problems = read_file(folder, FILE, ClaimsFile)
    if file is None:
        raise ConfigError(problems)
    return build_thesaurus(file)
