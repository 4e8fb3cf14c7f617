"""Actors: who is known, who is mentioned, who speaks."""

from extractors.actors.index import MentionIndex, Sighting
from extractors.actors.known.gazetteer import Gazetteer
from extractors.actors.mentions.finding import find_mentions
from extractors.actors.speakers.resolution import Resolution, resolve, resolve_speakers

VERSION = "2"

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
