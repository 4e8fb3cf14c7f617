"""Features: short lists of patterns with a name (hedge, deadline, nuclear ...) looked for around a hit."""

from dataclasses import dataclass

from extractors.escalation.grammar.statement import Reading
from extractors.escalation.rules.hits import Hit
from extractors.escalation.rules.patterns import find_matches


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature that was found, with its tokens."""

    name: str
    tokens: tuple[int, ...]


def find_feature(reading: Reading, name: str, hit: Hit | None = None, *, cue: bool = False) -> Feature | None:
    """Return the feature's first words in the hit's sentence (the whole content without a hit), or around the cue."""
    index = reading.lexicon.feature_patterns.get(name)
    if not index:
        return None
    for part in _ranges(reading, hit, cue=cue):
        for _, match in find_matches(index, reading.words, part):
            return Feature(name, match.tokens)
    return None


def _ranges(reading: Reading, hit: Hit | None, *, cue: bool) -> list[range]:
    parts = list(reading.content)
    if hit is not None:
        numbers = {reading.words.sentence[index] for index in hit.tokens}
        parts = [part for part in parts if _touches(reading, part, numbers)] or parts
        parts = [_within(reading, part, numbers) for part in parts]
    if cue and reading.cue is not None:
        parts.append(range(max(0, reading.cue - 2), min(len(reading.words), reading.cue + 3)))
    return parts


def _touches(reading: Reading, part: range, numbers: set[int]) -> bool:
    return any(reading.words.sentence[index] in numbers for index in part)


def _within(reading: Reading, part: range, numbers: set[int]) -> range:
    inside = [index for index in part if reading.words.sentence[index] in numbers]
    return range(inside[0], inside[-1] + 1) if inside else part
