"""An article that its site spreads over several pages, put together."""

from collections.abc import Iterable
from dataclasses import replace

from extractors.identity import content_hash
from extractors.model import Article, Rejected
from extractors.reading.paragraphs import join_paragraphs


def join_pages(first: Article, further: Iterable[Article | Rejected]) -> Article:
    """Return the first page's article with the paragraphs of the others that it has not; what holds none adds none."""
    lines = [one.span.of(first.text) for one in first.paragraphs]
    known = set(lines)
    for page in further:
        if isinstance(page, Article):
            added = [line for one in page.paragraphs if (line := one.span.of(page.text)) not in known]
            lines += added
            known.update(added)
    if len(lines) == len(first.paragraphs):
        return first
    text, paragraphs = join_paragraphs(lines, [None] * len(lines))
    return replace(first, content_hash=content_hash(text), text=text, paragraphs=paragraphs)
