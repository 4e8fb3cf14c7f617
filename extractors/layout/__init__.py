"""Layout: what kind of document a text is, and in whose voice each of its paragraphs stands."""

from extractors.layout.model import Layout, Part, PartKind, Voice
from extractors.layout.read import read_layout

VERSION = "layout/1"

__all__ = ["VERSION", "Layout", "Part", "PartKind", "Voice", "read_layout"]
