"""From places in an article's text to places in the text as it was given."""

from extractors.model import Article, Span


def in_given_text(article: Article, paragraph: int, span: Span) -> Span:
    """Return where ``span`` of that paragraph stood in the input; HTML has no such offsets, there it is the span."""
    place = article.paragraphs[paragraph]
    if place.source_start is None:
        return span
    shift = place.source_start - place.span.start
    return Span(span.start + shift, span.end + shift)


def paragraph_at(article: Article, position: int) -> int:
    """Return the paragraph in which ``position`` of the article's text lies."""
    return next(number for number, one in enumerate(article.paragraphs) if position < one.span.end)
