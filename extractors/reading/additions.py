"""What was added to a page since it was last read, as a text of its own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from extractors.identity import content_hash
from extractors.model import Article, Moment
from extractors.reading.paragraphs import join_paragraphs


def added_part(article: Article, paragraphs: Sequence[int], seen_at: datetime) -> Article:
    """Return the article with these paragraphs alone, published when they were seen: the page's date is not theirs."""
    kept = [article.paragraphs[number] for number in paragraphs]
    text, placed = join_paragraphs([one.span.of(article.text) for one in kept], [one.source_start for one in kept])
    published = Moment(seen_at, "minute", "addition", is_inferred=True)
    return replace(article, content_hash=content_hash(text), text=text, paragraphs=placed, published=published)
