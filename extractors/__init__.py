"""Pure extraction: bytes and text in, frozen values out.

Each name below is imported from its module when it is first used, so that importing the package costs nothing.
"""

from importlib import import_module

_HOMES = {
    "classify": "extractors.pipeline",
    "extract": "extractors.pipeline",
    "read_feed": "extractors.feeds.listing",
    "read_body": "extractors.reading.article",
    "read_html": "extractors.reading.article",
    "read_text": "extractors.reading.article",
}

__all__ = ["classify", "extract", "read_body", "read_feed", "read_html", "read_text"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *_HOMES]
