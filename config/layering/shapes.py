"""How the lists of each file are laid over those below: by a name, by their words, or instead of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Shape:
    """What the arrays of a file go by.

    ``names`` gives for an array of tables the field that names an entry, ``words`` for one of nameless entries the
    field with their words. Where ``adds``, lists of words add up; else the upper one holds. Where ``splits``, strings
    are lists of words, parted by white space.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    adds: bool = True
    splits: bool = False


SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "tocsin.toml": Shape(adds=False),
        "sources.toml": Shape({"sources": "id"}, adds=False),
        "alerts.toml": Shape({"rule": "name", "channel": "name"}, adds=False),
        "topics.toml": Shape({"topics": "name"}),
        "queries.toml": Shape({"query": "name"}, adds=False),
        "actors.toml": Shape(),
        "roles.toml": Shape(),
        "names.toml": Shape(splits=True),
        "cues.toml": Shape(words=dict.fromkeys(("verb", "noun", "adjective", "phrase"), "lemmas")),
        "escalation.toml": Shape({"act": "name"}, {"phrase": "match", "cue": "words"}),
        "codebook.toml": Shape({"category": "code"}),
        "conflicts.toml": Shape({"conflict": "name"}),
        "claims.toml": Shape(),
    }
)
