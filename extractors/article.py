"""Text to an article: the one way in for plain text, and what all ways in share."""

from collections.abc import Sequence

from extractors.decoding import MAX_BYTES, decode_text
from extractors.fingerprint import content_hash
from extractors.furniture import Sorting, sort_pieces
from extractors.langid import identify_language
from extractors.model import Article, Paragraph, Rejected, Span
from extractors.plaintext import split_pieces

MIN_CHARS = 40  # the shortest sentence that says who said what; a file with less was cut or is a placeholder
BREAK = "\n\n"


def read_text(data: bytes, *, max_bytes: int = MAX_BYTES, min_chars: int = MIN_CHARS) -> Article | Rejected:
    """Read a text file: its body, title, byline and date, and on record what was dropped as furniture.

    Source offsets count the code points of the file as decoded, line ends and a UTF-8 byte order mark included.
    """
    decoded = decode_text(data, max_bytes=max_bytes)
    if isinstance(decoded, Rejected):
        return decoded
    return _assemble(decoded.text, sort_pieces(split_pieces(decoded.text)), min_chars)


def read_body(text: str, *, max_chars: int = MAX_BYTES, min_chars: int = 1) -> Article | Rejected:
    """Read text that is known to be an article's body: only a title line and certain furniture are dropped."""
    if len(text) > max_chars:
        return Rejected("too-large", f"{len(text):,} characters, the limit is {max_chars:,}")
    return _assemble(text, sort_pieces(split_pieces(text), cautious=True), min_chars)


def _assemble(text: str, sorting: Sorting, min_chars: int) -> Article | Rejected:
    kept = [sorting.pieces[index] for index in sorting.kept()]
    body, paragraphs = join_paragraphs([piece.text for piece in kept], [piece.start for piece in kept])
    if not body:
        return Rejected("empty", "nothing but white space" if not text.strip() else "nothing but page furniture")
    if len(body) < min_chars:
        return Rejected("too-short", f"{len(body)} characters of text, at least {min_chars} are needed")
    head = sorting.head
    return Article(
        content_hash=content_hash(body),
        text=body,
        paragraphs=paragraphs,
        title=head.title,
        author=head.author,
        outlet=head.outlet,
        section=head.section,
        url=head.url,
        language=identify_language(body),
        published=head.published,
        dropped=sorting.dropped(),
    )


def join_paragraphs(texts: Sequence[str], source_starts: Sequence[int | None]) -> tuple[str, tuple[Paragraph, ...]]:
    """Return the paragraphs as one text with a blank line between, and where each stands in it."""
    paragraphs: list[Paragraph] = []
    position = 0
    for text, source_start in zip(texts, source_starts, strict=True):
        paragraphs.append(Paragraph(Span(position, position + len(text)), source_start))
        position += len(text) + len(BREAK)
    return BREAK.join(texts), tuple(paragraphs)
