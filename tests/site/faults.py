"""Everything that goes wrong on the web, as replies of the test site."""

import gzip
import itertools
import zlib
from collections.abc import Iterator

import brotli  # type: ignore[import-untyped]
from backports import zstd

from tests.site.reply import Act, Reply, Step, scripted

OK = b"HTTP/1.1 200 OK\r\n"
MEBIBYTE = 1 << 20


def silence() -> Reply:
    """Accept the request and never answer."""
    return scripted(Act.HANG)


def slow_headers(pause: float = 0.05) -> Reply:
    """Send one header every ``pause`` seconds, for ever: each read succeeds, the whole never ends."""

    def script() -> Iterator[Step]:
        yield OK
        for number in itertools.count():
            yield f"X-Header-{number}: value\r\n".encode()
            yield pause

    return Reply(script=script)


def slow_body(pause: float = 0.05) -> Reply:
    """Send the body a byte at a time, for ever."""

    def script() -> Iterator[Step]:
        yield OK + b"Content-Type: text/html\r\nConnection: close\r\n\r\n"
        while True:
            yield b"."
            yield pause

    return Reply(script=script)


def stalled_body() -> Reply:
    """Send half of what was declared and fall silent."""
    return scripted(OK + b"Content-Length: 100\r\n\r\n" + b"x" * 50, Act.HANG)


def truncated() -> Reply:
    """Close in the middle of a declared length."""
    return scripted(OK + b"Content-Length: 100\r\n\r\n" + b"x" * 50, Act.CLOSE)


def truncated_chunks() -> Reply:
    """Close in the middle of a chunk."""
    return scripted(OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\nabc", Act.CLOSE)


def bad_chunks() -> Reply:
    """Announce chunks and send something else."""
    return scripted(OK + b"Transfer-Encoding: chunked\r\n\r\nzz what?\r\nabc\r\n", Act.CLOSE)


def good_chunks(body: bytes, size: int = 7, headers: bytes = b"") -> Reply:
    """Send a body in chunks, as it should be."""
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    return scripted(OK + headers + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")


def two_lengths() -> Reply:
    """Declare two different lengths."""
    return scripted(OK + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde", Act.CLOSE)


def short_length() -> Reply:
    """Declare less than is sent: the rest would be taken for the next response."""
    return scripted(OK + b"Content-Length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")


def huge_headers() -> Reply:
    """Send two megabytes of headers."""
    return scripted(OK, b"".join(b"X-%d: %b\r\n" % (n, b"v" * 1000) for n in range(2000)), b"\r\n", Act.CLOSE)


def endless_header() -> Reply:
    """Send one header that does not end."""
    return Reply(script=lambda: itertools.chain([OK, b"X: "], itertools.repeat(b"v" * 65536)))


def endless_body() -> Reply:
    """Send as much as is taken."""
    return Reply(script=lambda: itertools.chain([OK + b"Connection: close\r\n\r\n"], itertools.repeat(b"x" * 65536)))


def big_declared() -> Reply:
    """Declare a terabyte."""
    return scripted(OK + b"Content-Length: 1000000000000\r\n\r\n", Act.HANG)


def not_http() -> Reply:
    """Answer in another protocol."""
    return scripted(b"220 mail.example ESMTP ready\r\n", Act.CLOSE)


def noise() -> Reply:
    """Answer with bytes of no meaning."""
    return scripted(bytes(range(256)) * 64, Act.CLOSE)


def nothing() -> Reply:
    """Close without a word."""
    return scripted(Act.CLOSE)


def reset_early() -> Reply:
    """Reset instead of an answer."""
    return scripted(Act.RESET)


def reset_midway() -> Reply:
    """Reset in the middle of the body."""
    return scripted(OK + b"Content-Length: 100\r\n\r\nabc", 0.05, Act.RESET)


def coded(body: bytes, coding: str) -> Reply:
    """Return ``body`` already encoded, under that name."""
    return Reply(200, body, (("Content-Encoding", coding),))


def gzip_bomb(size: int = 100 * MEBIBYTE) -> Reply:
    """Return zeros that are a thousandth as long on the wire."""
    return coded(squeezed_zeros(size), "gzip")


def nested_bomb(size: int = 100 * MEBIBYTE) -> Reply:
    """Return zeros, compressed twice: a millionth as long."""
    return coded(gzip.compress(squeezed_zeros(size)), "gzip, gzip")


def brotli_bomb(size: int = 100 * MEBIBYTE) -> Reply:
    """Return zeros in brotli."""
    compressor = brotli.Compressor(quality=5)
    pieces = [compressor.process(bytes(MEBIBYTE)) for _ in range(size // MEBIBYTE)]
    return coded(b"".join(pieces) + compressor.finish(), "br")


def zstd_bomb(size: int = 100 * MEBIBYTE) -> Reply:
    """Return zeros in zstd."""
    compressor = zstd.ZstdCompressor()
    pieces = [compressor.compress(bytes(MEBIBYTE)) for _ in range(size // MEBIBYTE)]
    return coded(b"".join(pieces) + compressor.flush(), "zstd")


def squeezed_zeros(size: int) -> bytes:
    """Return that many zeros, gzipped without ever holding them."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    pieces = [compressor.compress(bytes(MEBIBYTE)) for _ in range(size // MEBIBYTE)]
    return b"".join(pieces) + compressor.flush()
