"""Content codings, whole and in pieces."""

import gzip
import zlib
from contextlib import suppress

import brotli  # type: ignore[import-untyped]
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.http.body import BodyDecoder, decode_body, unpack
from flows.http.limits import Limits
from flows.http.outcome import Failure

LIMITS = Limits()


def bare_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()


def two_members(data: bytes) -> bytes:
    return gzip.compress(data[: len(data) // 2]) + gzip.compress(data[len(data) // 2 :])


def two_frames(data: bytes) -> bytes:
    return bytes(zstd.compress(data[: len(data) // 2]) + zstd.compress(data[len(data) // 2 :]))


CODINGS = {
    "identity": ("identity", bytes),
    "none": ("", bytes),
    "gzip": ("gzip", gzip.compress),
    "old name of gzip": ("x-gzip", gzip.compress),
    "gzip in two members": ("GZIP", two_members),
    "padded gzip": ("gzip", lambda data: gzip.compress(data) + bytes(512)),
    "deflate": ("deflate", zlib.compress),
    "bare deflate": ("deflate", bare_deflate),
    "brotli": ("br", brotli.compress),
    "zstd": ("zstd", zstd.compress),
    "zstd in two frames": ("zstd", two_frames),
    "twice": ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
}


@pytest.mark.parametrize("name", CODINGS)
@settings(deadline=None)
@given(data=st.binary(max_size=2000), zeros=st.sampled_from([0, 0, 70_000, 200_000]), size=st.integers(1, 500))
def test_what_was_encoded_comes_back_however_it_is_cut(name: str, data: bytes, zeros: int, size: int) -> None:
    data += bytes(zeros)
    size = max(size, zeros // 1000)
    coding, encode = CODINGS[name]
    wire = encode(data)
    decoder = BodyDecoder(coding, LIMITS)
    for start in range(0, len(wire), size):
        decoder.feed(wire[start : start + size])
    assert decoder.finish() == data


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, br"])
@settings(deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_decode_or_fail_with_a_reason(coding: str, data: bytes) -> None:
    with suppress(Failure):
        decode_body(data, coding, LIMITS)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_an_empty_body_needs_no_coding(coding: str) -> None:
    assert decode_body(b"", coding, LIMITS) == b""


def test_a_page_that_compresses_well_is_no_bomb() -> None:
    page = b"<li><a href='/news/'>News of the day</a></li>\n" * 20_000
    assert decode_body(gzip.compress(page), "gzip", LIMITS) == page


def test_a_ratio_no_page_has_is_a_bomb() -> None:
    with pytest.raises(Failure) as raised:
        decode_body(gzip.compress(bytes(8 << 20)), "gzip", LIMITS)
    assert raised.value.reason == "decompression"


def test_a_window_larger_than_http_allows_is_refused() -> None:
    compressor = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
    wide = compressor.compress(b"x" * 1000) + compressor.flush()
    with pytest.raises(Failure):
        decode_body(wide, "zstd", LIMITS)


def test_what_only_looks_like_a_gzip_file_is_left_alone() -> None:
    for body in (b"\x1f\x8b\x08", b"\x1f\x8b\x08" + b"noise" * 9, gzip.compress(b"news" * 99)[:-4], b"plain", b""):
        assert unpack(body, LIMITS) == body
    assert unpack(gzip.compress(b"news"), LIMITS) == b"news"
    with pytest.raises(Failure):
        unpack(gzip.compress(bytes(8 << 20)), LIMITS)
