"""The words a feed itself gives of an article, read in the place of a page that cannot be had."""

from dataclasses import replace

from extractors.language import count_words
from extractors.model import Article, Entry, Rejected
from extractors.reading.article import read_body

MIN_WORDS = 30  # the shortest brief that says who said what; less is a teaser, which the title says as well


def read_own_words(entry: Entry) -> Article | Rejected:
    """Return the article that the entry's own text makes, marked as what it is."""
    text = entry.content or entry.summary or ""
    if count_words(text) < MIN_WORDS:
        return Rejected("too-short", f"{count_words(text)} words in the feed, at least {MIN_WORDS} are needed")
    found = read_body(text)
    if isinstance(found, Rejected):
        return found
    return replace(
        found,
        title=entry.title or found.title,
        author=entry.author,
        url=entry.url,
        language=found.language or entry.language,
        published=entry.published,
        basis="feed",
    )
