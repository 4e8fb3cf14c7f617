"""Content codings undone piece by piece within bounds: a bomb is noticed before it is in memory."""

import re
import sys
import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]

from flows.http.limits import Limits
from flows.http.outcome import Failure

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PIECE = 1 << 16
# More than one coding is rare and more than three is an attack on the reader.
MAX_CODINGS = 3
# RFC 9659: a zstd window over HTTP is at most 8 MiB.
ZSTD_WINDOW_LOG = 23
NO_CODINGS = frozenset(
    {"", "identity", "none", "null", "plain", "text", "text/html", "binary", "7bit", "8bit", "chunked"}
)
CHARSET = re.compile(
    r"(?:charset=)?\"?(?:utf-?\d{1,2}|iso-?8859-?\d{1,2}|(?:windows|cp)-?\d{3,4}|us-ascii|gbk?\d*|euc-\w{2}|koi8-\w)\"?"
)
GZIP_MAGIC = b"\x1f\x8b\x08"
ACCEPT_ENCODING = "gzip, deflate, br, zstd"


class Coding(Protocol):
    """Undoes one coding; ``feed`` yields bounded pieces, ``finish`` raises where the data ended early."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what ``data`` decodes to."""

    def finish(self) -> Iterator[bytes]:
        """Yield what is left."""


class BodyDecoder:
    """Undoes all codings of one body and keeps count; raises ``Failure`` when a bound is passed."""

    def __init__(self, content_encoding: str, limits: Limits) -> None:
        """Set up one coding per name in the header, last applied first undone."""
        names = [name for part in content_encoding.lower().split(",") if _is_coding(name := part.strip())]
        if len(names) > MAX_CODINGS:
            raise Failure("decompression", f"{len(names)} content codings")
        self._codings = [_coding(name) for name in reversed(names)]
        self._limits = limits
        self._wire = 0
        self._size = 0
        self._pieces: list[bytes] = []

    def feed(self, data: bytes) -> None:
        """Decode the next part of the wire."""
        self._wire += len(data)
        if self._wire > self._limits.max_wire_bytes:
            raise Failure("too-large", f"more than {self._limits.max_wire_bytes} bytes on the wire")
        for piece in self._guarded(self._decode(data, self._codings)):
            self._keep(piece)

    def finish(self) -> bytes:
        """Return the whole body; an empty one is valid under any coding."""
        for index, coding in enumerate(self._codings if self._wire else ()):
            for tail in self._guarded(coding.finish()):
                for piece in self._guarded(self._decode(tail, self._codings[index + 1 :])):
                    self._keep(piece)
        return b"".join(self._pieces)

    def _decode(self, data: bytes, codings: list[Coding]) -> Iterator[bytes]:
        if not codings:
            yield data
            return
        for piece in codings[0].feed(data):
            yield from self._decode(piece, codings[1:])

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        self._pieces.append(piece)
        if self._size > self._limits.max_body_bytes:
            raise Failure("too-large", f"more than {self._limits.max_body_bytes} bytes decoded")
        if self._size > max(self._limits.ratio_floor_bytes, self._wire * self._limits.max_ratio):
            raise Failure("decompression", f"{self._wire} bytes became more than {self._size}")

    @staticmethod
    def _guarded(pieces: Iterator[bytes]) -> Iterator[bytes]:
        try:
            yield from pieces
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
            raise Failure("decompression", str(error)) from error


def decode_body(raw: bytes, content_encoding: str, limits: Limits) -> bytes:
    """Return ``raw`` with its codings undone; raises ``Failure`` (reason, detail) where it cannot be within bounds."""
    decoder = BodyDecoder(content_encoding, limits)
    for start in range(0, len(raw), PIECE):
        decoder.feed(raw[start : start + PIECE])
    return decoder.finish()


def unpack(body: bytes, limits: Limits) -> bytes:
    """Return the document inside a body that is itself a gzip file, as sitemaps often are; else the body.

    Pages and listings are all the door is for, and none of them begins like that. What only looks like gzip is left
    to its reader; raises ``Failure`` for a bomb.
    """
    if not body.startswith(GZIP_MAGIC):
        return body
    try:
        return decode_body(body, "gzip", limits)
    except Failure as failure:
        if isinstance(failure.__cause__, zlib.error | EOFError):
            return body
        raise


def _is_coding(name: str) -> bool:
    """Tell whether a name in the header is a coding: some servers write the charset there, or that there is none."""
    return name not in NO_CODINGS and not CHARSET.fullmatch(name)


def _coding(name: str) -> Coding:
    match name:
        case "gzip" | "x-gzip":
            return _Gzip()
        case "deflate":
            return _Deflate()
        case "br":
            return _Brotli()
        case "zstd":
            return _Zstd()
    raise Failure("decompression", f"unknown content coding {name[:40]!r}")


class _Gzip:
    """Gzip of any number of members; what follows the last one and is no member is padding, and dropped."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._members = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._zlib.eof:
                if not data.startswith(b"\x1f"):
                    return
                self._zlib = zlib.decompressobj(zlib.MAX_WBITS | 16)
            yield self._zlib.decompress(data, PIECE)
            data = self._zlib.unused_data if self._zlib.eof else self._zlib.unconsumed_tail

    def finish(self) -> Iterator[bytes]:
        yield self._zlib.flush()
        if not self._zlib.eof:
            raise EOFError("the gzip stream ends early")


class _Deflate:
    """What HTTP calls deflate: zlib by the standard, bare deflate by many servers."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj()
        self._head = b""
        self._is_settled = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if not self._is_settled:
            self._head += data
            if len(self._head) < 2:
                return
            data, self._is_settled = self._head, True
            if not _is_zlib_header(data):
                self._zlib = zlib.decompressobj(-zlib.MAX_WBITS)
        while data and not self._zlib.eof:
            yield self._zlib.decompress(data, PIECE)
            data = self._zlib.unconsumed_tail

    def finish(self) -> Iterator[bytes]:
        yield self._zlib.flush()
        if not self._zlib.eof:
            raise EOFError("the deflate stream ends early")


def _is_zlib_header(data: bytes) -> bool:
    return data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0


class _Brotli:
    def __init__(self) -> None:
        self._brotli = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        piece = self._brotli.process(data, output_buffer_limit=PIECE)
        yield piece
        # A full piece means there may be more inside, whether or not the input was all taken.
        while not self._brotli.is_finished() and (len(piece) >= PIECE or not self._brotli.can_accept_more_data()):
            piece = self._brotli.process(b"", output_buffer_limit=PIECE)
            yield piece

    def finish(self) -> Iterator[bytes]:
        if not self._brotli.is_finished():
            raise EOFError("the brotli stream ends early")
        yield b""


class _Zstd:
    """Zstandard of any number of frames."""

    def __init__(self) -> None:
        self._zstd = self._frame()

    def feed(self, data: bytes) -> Iterator[bytes]:
        while True:
            if self._zstd.eof:
                if not data:
                    return
                self._zstd = self._frame()
            yield self._zstd.decompress(data, PIECE)
            if self._zstd.needs_input:
                return
            data = self._zstd.unused_data if self._zstd.eof else b""

    def finish(self) -> Iterator[bytes]:
        if not self._zstd.eof:
            raise EOFError("the zstd stream ends early")
        yield b""

    @staticmethod
    def _frame() -> zstd.ZstdDecompressor:
        return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG})
