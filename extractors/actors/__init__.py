"""Actors: who is known, who is mentioned, who speaks."""

from extractors.actors.gazetteer import Gazetteer
from extractors.actors.index import MentionIndex, Sighting
from extractors.actors.mentions import find_mentions
from extractors.actors.speakers import Resolution, resolve, resolve_speakers

VERSION = "3"

__all__ = [
    "VERSION",
    "Gazetteer",
    "MentionIndex",
    "Resolution",
    "Sighting",
    "find_mentions",
    "resolve",
    "resolve_speakers",
]
