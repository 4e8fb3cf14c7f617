"""Bytes of a listing to text: gzip with a bound, byte-order marks, declared and undeclared encodings."""

import codecs
import re
import zlib
from dataclasses import dataclass

from charset_normalizer import from_bytes

from extractors.language import encoding_of
from extractors.model import Rejected

MAX_BYTES = 50 * 1024 * 1024  # what the sitemap protocol allows; feeds of news sites stay under 5 MB
MAX_LAYERS = 2  # a .xml.gz that the server compressed once more
SAMPLE = 64 * 1024  # enough to guess an encoding from; the guess costs time by the byte
BAD_SHARE = 0.02  # bytes that are not UTF-8 in a text that else is: one pasted passage, not another encoding

_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([A-Za-z0-9._:\-]{2,40})", re.DOTALL)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:\-]{2,40})", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:\-]{2,40})", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = (
    (re.compile(rb"\0\0\0[<{\s]"), "utf-32-be"),
    (re.compile(rb"[<{\s]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0[<{\s]"), "utf-16-be"),
    (re.compile(rb"[<{\s]\0"), "utf-16-le"),
    (re.compile(rb"\x4c\x6f\xa7\x94"), "cp037"),
)
# Encodings in seven bits look like valid UTF-8: here the declaration has to be believed.
_SEVEN_BITS = ("iso-2022", "iso2022", "hz", "utf-7", "utf7")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with what had to be put up with to get it."""

    text: str
    flaws: tuple[str, ...] = ()


def decode_listing(data: bytes, content_type: str | None) -> Decoded | Rejected:
    """Return the text of a listing, whatever bytes it comes in; refuse what is too large or empty."""
    unpacked = _unpack(data)
    if isinstance(unpacked, Rejected):
        return unpacked
    body, flaws = unpacked
    if not body.strip(b" \t\r\n\0"):
        return Rejected("empty")
    text, more = _decode(body, content_type or "")
    return Decoded(text, (*flaws, *more))


def _unpack(data: bytes) -> tuple[bytes, tuple[str, ...]] | Rejected:
    flaws: tuple[str, ...] = ()
    for _ in range(MAX_LAYERS):
        if not data.startswith(b"\x1f\x8b"):
            break
        unpacked = _gunzip(data)
        if unpacked is None:
            return Rejected("too-large", f"more than {MAX_BYTES} bytes when unpacked")
        data, is_whole = unpacked
        flaws = flaws if is_whole else (*flaws, "truncated-gzip")
    if len(data) > MAX_BYTES:
        return Rejected("too-large", f"{len(data)} bytes")
    return data, flaws


def _gunzip(data: bytes) -> tuple[bytes, bool] | None:
    """Unpack gzip members up to the bound; None beyond it. A cut or broken tail leaves what came before."""
    out = bytearray()
    while data:
        reader = zlib.decompressobj(wbits=31)
        try:
            out += reader.decompress(data, MAX_BYTES - len(out) + 1)
        except zlib.error:
            return bytes(out), False
        if len(out) > MAX_BYTES:
            return None
        if not reader.eof:
            return bytes(out), False
        data = reader.unused_data.lstrip(b"\0")
    return bytes(out), True


def _decode(body: bytes, content_type: str) -> tuple[str, tuple[str, ...]]:
    marked = _marked(body)
    if marked:
        try:
            return body.decode(marked), ()
        except UnicodeError:
            errors = "tocsin-windows-1252" if marked == "utf-8-sig" else "replace"
            return body.decode(marked, errors=errors), ("bad-encoding",)
    declared = [name for name in (_declared(body), _http(content_type), _meta(body)) if name]
    seven = next((name for name in declared if name.startswith(_SEVEN_BITS)), None)
    for name in [seven] if seven else ["utf-8", *declared]:
        text = _try(body, name)
        if text is not None:
            is_expected = not declared or codecs.lookup(name).name == codecs.lookup(declared[0]).name or body.isascii()
            return text, () if is_expected else ("wrong-encoding",)
    return _best_effort(body, declared)


def _marked(body: bytes) -> str | None:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return name
    return next((name for pattern, name in _UNMARKED if pattern.match(body)), None)


def _declared(body: bytes) -> str | None:
    match = _DECLARED.match(body[:400])
    return _usable(match[1].decode("ascii")) if match else None


def _http(content_type: str) -> str | None:
    match = _CHARSET.search(content_type)
    return _usable(match[1]) if match else None


def _meta(body: bytes) -> str | None:
    match = _META.search(body[:2048])
    return _usable(match[1].decode("ascii")) if match else None


def _usable(name: str) -> str | None:
    """Return the encoding that a label means, None for one that cannot be meant: zero bytes would show a wide one."""
    found = encoding_of(name)
    return None if found is None or found.startswith(("utf-16", "utf-32")) else found


def _try(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except UnicodeError:
        return None


def _best_effort(body: bytes, declared: list[str]) -> tuple[str, tuple[str, ...]]:
    replaced = body.decode("utf-8", errors="replace")
    n_bad, n_letters = replaced.count("\ufffd"), sum(byte > 127 for byte in body[:SAMPLE])
    if n_bad <= max(2, BAD_SHARE * len(replaced)) and n_bad < n_letters / 2:
        return body.decode("utf-8", errors="tocsin-windows-1252"), ("mixed-encoding",)
    guess = from_bytes(body[:SAMPLE]).best()
    name = (_usable(guess.encoding) if guess else None) or (declared[0] if declared else "windows-1252")
    return body.decode(name, errors="replace"), ("unknown-encoding",)


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("windows-1252", errors="replace"), error.end


codecs.register_error("tocsin-windows-1252", _as_windows_1252)
