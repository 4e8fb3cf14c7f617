from .additions import added_part
from .article import read_body, read_html, read_text
from .completion import with_entry
from .feed_words import read_own_words
from .joining import join_pages
from .offsets import in_given_text, paragraph_at
from .pages.second_pages import next_page
from .pages.visible import Visible, visible_words

__all__ = [
    "Visible",
    "added_part",
    "in_given_text",
    "join_pages",
    "next_page",
    "paragraph_at",
    "read_body",
    "read_html",
    "read_own_words",
    "read_text",
    "visible_words",
    "with_entry",
]
