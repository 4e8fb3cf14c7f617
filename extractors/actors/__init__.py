"""Actors: who is known, who is mentioned, who speaks."""

from extractors.actors.gazetteer import Gazetteer
from extractors.actors.index import MentionIndex, Sighting
from extractors.actors.mentions import find_mentions
from extractors.actors.speakers import resolve_speakers

VERSION = "1"

__all__ = ["VERSION", "Gazetteer", "MentionIndex", "Sighting", "find_mentions", "resolve_speakers"]
