"""What a feed's entry adds to the article read from its page."""

from dataclasses import replace

from extractors.model import Article, Entry, Moment
from extractors.reading.published import first_known

GUESSED = ("page", "url")  # origins that a feed's own date is better than


def with_entry(article: Article, entry: Entry) -> Article:
    """Return the article with what the page did not say; the page's own metadata goes before the feed's."""
    return replace(
        article,
        title=article.title or entry.title,
        author=article.author or entry.author,
        url=article.url or entry.url,
        language=article.language or entry.language,
        published=_published(article.published, entry.published),
    )


def _published(page: Moment | None, feed: Moment | None) -> Moment | None:
    """Return the page's date, sharpened by the feed's where they agree; the feed's where the page's is a guess."""
    is_guess = page is None or page.origin in GUESSED
    return first_known([feed, page] if is_guess else [page, feed])
