"""What of a page's bytes a reader may show: its words without tags, comments, scripts and styles.

A glance for pages by the million: no tree is built. Nothing that a reader of pages takes for title or text is left out;
much that it would leave out (menus, teasers) stays. Every step is linear in the length of the page, whatever is left
open in it.
"""

import html
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from extractors.model import Rejected
from extractors.reading.decoding import META_CHARSET, decode_markup, refuse_bytes

MIN_TITLE_WORDS = 4  # a page whose titles say less may show its headline anywhere
_META = re.compile(rb"<meta\b[^<>]*?\bcontent\s*=\s*(?:\"([^\"]{0,2000})\"|'([^']{0,2000})')[^<>]*>", re.IGNORECASE)
_OF_TITLE = re.compile(rb"title|headline", re.IGNORECASE)
_HEADLINE = re.compile(rb"<(?:title|h1)\b[^<>]*>", re.IGNORECASE)
_HEADLINE_END = re.compile(rb"</(?:title|h1)\b", re.IGNORECASE)
MAX_HEADLINES, HEADLINE_BYTES = 200, 2_000  # pictures have titles too
_LINKED = re.compile(rb"\"(headline|name)\"\s*:\s*\"((?:[^\"\\]|\\.){0,500})\"")
# Linked data is kept: readers look into it for headlines, and where a page shows no text for its body.
_OPENER = re.compile(rb"<!--(?!-?>)|<(script|style)\b(?![^<>]*\bld\+json)[^<>]*>", re.IGNORECASE)
_CLOSERS = {
    b"": re.compile(rb"-->"),
    b"script": re.compile(rb"</script(?:\s[^<>]*)?>", re.IGNORECASE),
    b"style": re.compile(rb"</style(?:\s[^<>]*)?>", re.IGNORECASE),
}
_INLINE = re.compile(
    rb"</?(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike"
    rb"|strong|sub|sup|time|tt|u|var|wbr)(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
_TAG = re.compile(rb"<[/a-z!?][^<>]*>", re.IGNORECASE)
# Letters that are not seen and stand where a word may be broken: readers leave them in or take them out.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_COMBINING = re.compile("[\u0300-\u036f]")
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})", re.IGNORECASE)
_NOT_BY_BYTE = (b"\0", b"\x1b", b"~{")
# Stands where a tag stood that breaks no line: it parts words, or it does not.
_SEAM = "\x7f"
_SEAMED_WORD = re.compile(rf"\w{_SEAM}+\w")
_END_OF_TITLES = "\n" + 8 * _SEAM + "\n"


@dataclass(frozen=True, slots=True)
class Visible:
    """The words of a page's text, and each piece of it that may be its title; none where anything may be.

    Both are there once, or where something stands inside words twice, parted there and joined.
    """

    titles: tuple[str, ...]
    texts: tuple[str, ...]


def visible_words(data: bytes, content_type: str | None = None) -> Visible | Rejected:
    """Return what a reader may show of a page's bytes, or why they are no text."""
    shown = _shown(data, content_type)
    if isinstance(shown, Rejected):
        return shown
    if "\\u" in shown:
        shown = _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), shown)
    if "&" in shown:
        shown = html.unescape(shown)
    titles, _, text = shown.partition(_END_OF_TITLES)
    lines = {line.strip() for line in titles.split("\n")}
    if not any(len(line.split()) >= MIN_TITLE_WORDS for line in lines):
        return Visible((), _readings(f"{titles}\n{text}"))
    return Visible(tuple(one for line in sorted(lines) if line for one in _readings(line)), _readings(text))


def _readings(shown: str) -> tuple[str, ...]:
    """Return the words as they stand, and as they are without what stands inside them."""
    if not shown.isascii():
        shown = _UNSEEN.sub(_SEAM, shown)
    parted = shown.replace(_SEAM, " ")
    texts = (parted, shown.replace(_SEAM, "")) if _SEAMED_WORD.search(shown) else (parted,)
    return texts + tuple(unicodedata.normalize("NFC", text) for text in texts if _COMBINING.search(text))


def _shown(data: bytes, content_type: str | None) -> str | Rejected:
    """Strip the bytes, then decode what is left; in codings where a tag's bytes may be a letter's, decode first."""
    if refusal := refuse_bytes(data, max_bytes=sys.maxsize):
        return refusal
    if any(sign in data for sign in _NOT_BY_BYTE):
        decoded = decode_markup(data, content_type, max_bytes=sys.maxsize)
        return decoded if isinstance(decoded, Rejected) else _stripped(decoded.text.encode("utf-8", "replace")).decode()
    charset = META_CHARSET.search(data[:4096])
    declared = charset[0] if charset else b""
    decoded = decode_markup(declared + b"\n" + _stripped(data), content_type, max_bytes=sys.maxsize)
    return decoded if isinstance(decoded, Rejected) else decoded.text.partition("\n")[2]


def _stripped(data: bytes) -> bytes:
    said = [(tag[0], tag[1] or tag[2] or b"") for tag in _META.finditer(data)]
    titles = [content for tag, content in said if _OF_TITLE.search(tag)]
    others = [content for tag, content in said if not _OF_TITLE.search(tag)]
    shown = b"\n".join((*others, _without_hidden(data)))
    return _without_tags(b"\n".join((*titles, *_headlines(data)))) + _END_OF_TITLES.encode() + _without_tags(shown)


def _headlines(data: bytes) -> list[bytes]:
    """Return the page's own titles and the headlines of its linked data, there the names where it has none."""
    linked = _LINKED.findall(data)
    key = b"headline" if any(key == b"headline" for key, _ in linked) else b"name"
    return [*_marked(data), *(words for one, words in linked if one == key)]


def _marked(data: bytes) -> Iterator[bytes]:
    for opener in islice(_HEADLINE.finditer(data), MAX_HEADLINES):
        closer = _HEADLINE_END.search(data, opener.end(), opener.end() + HEADLINE_BYTES)
        if closer:
            yield data[opener.end() : closer.start()]


def _without_tags(data: bytes) -> bytes:
    return _TAG.sub(b"\n", _INLINE.sub(_SEAM.encode(), data))


def _without_hidden(data: bytes) -> bytes:
    """Leave out comments, scripts and styles; one that is never closed stays, as text."""
    pieces: list[bytes] = []
    at, unclosed = 0, set[bytes]()
    while opener := _OPENER.search(data, at):
        kind = (opener[1] or b"").lower()
        closer = None if kind in unclosed else _CLOSERS[kind].search(data, opener.end())
        if closer is None:
            unclosed.add(kind)
        pieces += (data[at : opener.start()], b" ")
        at = closer.end() if closer else opener.end()
    return b"".join((*pieces, data[at:]))
