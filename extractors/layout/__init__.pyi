from .labels import is_question
from .lines import plain
from .model import Layout, Part, PartKind, Voice
from .read import read_layout
from .salutation import greeting
from .turns import labels_of

VERSION: str

__all__ = [
    "VERSION",
    "Layout",
    "Part",
    "PartKind",
    "Voice",
    "greeting",
    "is_question",
    "labels_of",
    "plain",
    "read_layout",
]
