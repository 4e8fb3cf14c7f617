from .additions import added_part
from .article import read_body, read_html, read_text
from .completion import with_entry
from .feed_words import read_own_words
from .offsets import in_given_text, paragraph_at

__all__ = [
    "added_part",
    "in_given_text",
    "paragraph_at",
    "read_body",
    "read_html",
    "read_own_words",
    "read_text",
    "with_entry",
]
