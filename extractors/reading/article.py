"""Bytes to an article: plain text, a body given as text, a web page."""

import re
from collections.abc import Mapping
from datetime import datetime

from extractors.dates import parse_feed_date
from extractors.identity import content_hash
from extractors.model import Article, Rejected
from extractors.reading.decoding import MAX_BYTES, decode_markup, decode_text
from extractors.reading.langid import identify_language
from extractors.reading.paragraphs import join_paragraphs
from extractors.reading.texts.furniture import Sorting, sort_pieces
from extractors.reading.texts.plaintext import split_pieces

MIN_CHARS = 40  # the shortest sentence that says who said what; a file with less was cut or is a placeholder
MAX_PAGE_BYTES = 20_000_000  # live blogs reach 5 MB; beyond this the parser costs minutes

_PAGE_TYPE = re.compile(
    r"text/(?:html|plain|xml|vnd\.wap\.wml)|application/(?:xhtml\+xml|xml|octet-stream|x-unknown)|unknown/.*"
)


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


def read_html(
    data: bytes,
    url: str | None = None,
    headers: Mapping[str, str] | None = None,
    *,
    now: datetime | None = None,
    max_bytes: int = MAX_PAGE_BYTES,
) -> Article | Rejected:
    """Read a web page: its main text whole as trafilatura finds it, its metadata, or why it is no article.

    No date after ``now`` (else the response's Date header) is believed. A page that hangs the parser is the caller's.
    """
    fields = {name.lower(): value for name, value in (headers or {}).items()}
    kind = fields.get("content-type", "").partition(";")[0].strip().lower()
    if kind and not _PAGE_TYPE.fullmatch(kind):
        return Rejected("not-html", kind[:100])
    decoded = decode_markup(data, fields.get("content-type"), max_bytes=max_bytes)
    if isinstance(decoded, Rejected):
        return decoded
    from extractors.reading.pages.web import read_page

    return read_page(decoded.text, url, now or _response_date(fields))


def _response_date(fields: Mapping[str, str]) -> datetime | None:
    moment = parse_feed_date(fields.get("date", ""))
    return moment.at if moment else None


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
