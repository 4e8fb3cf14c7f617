"""Bytes to text: which encoding a file is in, and whether it is text at all."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.language import encoding_of
from extractors.model import Rejected

MAX_BYTES = 5_000_000  # the longest newspaper articles stay below 200 kB; the rest are dumps and logs
SAMPLE = 50_000  # bytes that detection looks at; more changes no verdict and costs seconds
WESTERN_SHARE = 0.08  # below this share of high bytes a legacy file is Latin script: accents, typographic quotes
CONTROL_SHARE = 0.005  # above this share of control characters it is no text
REPLACED_SHARE = 0.002  # UTF-8 with a few broken sequences (a file cut in a character) is still UTF-8

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
META_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,300}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text: exactly ``data.decode(encoding, errors)``, a UTF-8 byte order mark included."""

    text: str
    encoding: str
    errors: str = "strict"


def decode_text(data: bytes, *, max_bytes: int = MAX_BYTES) -> Decoded | Rejected:
    """Decode a text file, UTF-8 first; say why where it holds no text."""
    if refusal := refuse_bytes(data, max_bytes=max_bytes):
        return refusal
    decoded = _decode(data)
    if decoded is None:
        return Rejected("binary", "the bytes are in no known text encoding")
    if len(_CONTROLS.findall(decoded.text)) > CONTROL_SHARE * len(decoded.text):
        return Rejected("binary", "the bytes hold control characters that text does not have")
    if not decoded.text.strip("\ufeff \t\r\n\f\v\u00a0\u200b"):
        return Rejected("empty", "nothing but white space")
    return decoded


def decode_markup(data: bytes, content_type: str | None, *, max_bytes: int = MAX_BYTES) -> Decoded | Rejected:
    """Decode a page: byte order mark, valid UTF-8, the header's charset, the page's own, a guess."""
    if refusal := refuse_bytes(data, max_bytes=max_bytes):
        return refusal
    marked = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)
    if marked:
        return decode_as(data, marked, errors="replace") or Rejected("binary", "a byte order mark and no text")
    declared = list(_declared_encodings(data, content_type))
    wide = _decode_wide(data) if b"\0" in data[:SAMPLE] else None
    # encodings in seven bits look like valid UTF-8: there the label has to be believed
    seven = next((name for name in declared if name.startswith(("iso2022", "hz"))), None) if b"\x1b" in data else None
    decoded = (
        wide
        or (decode_as(data, seven) if seven else None)
        or decode_as(data, "utf-8-sig")
        or next((one for name in declared if (one := decode_as(data, name))), None)
    )
    if decoded is None and declared and b"\0" not in data[:SAMPLE]:
        decoded = next((one for name in declared if (one := decode_as(data, name, errors="replace"))), None)
    decoded = decoded or _decode_damaged(data) or _decode_legacy(data)
    if decoded is None or len(_CONTROLS.findall(decoded.text)) > CONTROL_SHARE * len(decoded.text):
        return Rejected("binary", "the bytes are no text")
    return decoded if decoded.text.strip() else Rejected("empty", "nothing but white space")


def _declared_encodings(data: bytes, content_type: str | None) -> Iterator[str]:
    """Name the encodings that the header and the page claim, by what browsers take them to mean."""
    in_header = _CHARSET.search(content_type or "")
    in_page = META_CHARSET.search(data[:4096])
    for label in (in_header[1] if in_header else None, in_page[1].decode("ascii", "replace") if in_page else None):
        encoding = encoding_of(label) if label else None
        if encoding and not encoding.startswith(("utf-16", "utf-32")):  # bytes that could be read this far are neither
            yield encoding


def refuse_bytes(data: bytes, *, max_bytes: int) -> Rejected | None:
    """Return a rejection for bytes that are not worth decoding."""
    if not data:
        return Rejected("empty", "no bytes")
    if len(data) > max_bytes:
        return Rejected("too-large", f"{len(data):,} bytes, the limit is {max_bytes:,}")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return Rejected("binary", what)
    return None


def _decode(data: bytes) -> Decoded | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return decode_as(data, encoding, errors="replace")
    wide = _decode_wide(data) if b"\0" in data[:SAMPLE] else None
    return wide or decode_as(data, "utf-8") or _decode_damaged(data) or _decode_legacy(data)


def decode_as(data: bytes, encoding: str, *, errors: str = "strict") -> Decoded | None:
    """Decode by a named encoding; None where the name is unknown or the bytes are not in it."""
    try:
        return Decoded(data.decode(encoding, errors), encoding, errors)
    except (LookupError, UnicodeError, ValueError):
        return None


def _decode_wide(data: bytes) -> Decoded | None:
    """Decode UTF-16 without a mark: Latin text in it has a NUL for every other byte."""
    sample = data[:SAMPLE]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        nuls = sample[offset::2].count(0)
        if nuls > 0.4 * len(sample) / 2 and sample[1 - offset :: 2].count(0) < 0.02 * len(sample):
            return decode_as(data, encoding)
    return None


def _decode_damaged(data: bytes) -> Decoded | None:
    """Decode UTF-8 with a few broken sequences; a legacy file has almost no valid ones."""
    text = data.decode("utf-8", "replace")
    replaced = text.count("\ufffd")
    valid = sum(1 for char in text if char > "\x7f") - replaced
    if replaced < valid and replaced <= max(1, REPLACED_SHARE * len(text)):
        return Decoded(text, "utf-8", "replace")
    return None


def _decode_legacy(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    high = sum(1 for byte in data if byte > 0x7F)
    if b"\0" in data:
        return None
    if high < WESTERN_SHARE * len(data):
        return decode_as(data, "cp1252") or decode_as(data, "latin-1")
    best = from_bytes(data[:SAMPLE]).best()
    return decode_as(data, best.encoding, errors="replace") if best else None
