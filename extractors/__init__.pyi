from .feeds import read_feed
from .pipeline import classify, extract
from .reading import read_body, read_html, read_text

__all__ = ["classify", "extract", "read_body", "read_feed", "read_html", "read_text"]
