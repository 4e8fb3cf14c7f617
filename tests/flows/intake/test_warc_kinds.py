"""WARC files as other crawlers write them: codings undone under their old name, status lines, resources, zstandard."""

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from extractors.model import Article
from extractors.reading.article import read_html
from flows.http import Limits, decode_body
from flows.intake.warc import Captured, Skipped, iter_warc
from tests.flows.crawls import page, record

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = page(1)


def response(
    payload: bytes, *headers: str, status: str = "HTTP/1.1 200 OK", date: str = "2024-04-02T06:00:00Z"
) -> bytes:
    """Return a record put together by hand."""
    head = "\r\n".join((status, "Content-Type: text/html; charset=utf-8", *headers)).encode()
    return raw_record("response", "application/http; msgtype=response", head + b"\r\n\r\n" + payload, date)


def raw_record(kind: str, content_type: str, block: bytes, date: str = "2024-04-02T06:00:00Z") -> bytes:
    lines = (
        "WARC/1.0", f"WARC-Type: {kind}", "WARC-Target-URI: https://quay.example/notices/1", f"WARC-Date: {date}",
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>", f"Content-Type: {content_type}",
        f"Content-Length: {len(block)}",
    )  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def found(folder: Path, *records: bytes, name: str = "crawl.warc.gz") -> list[Captured | Skipped]:
    """Return what a file of these records holds, each compressed by itself."""
    (folder / name).write_bytes(b"".join(map(gzip.compress, records)))
    return list(iter_warc(folder / name))


def assert_page(read: list[Captured | Skipped], n: int = 1) -> None:
    """The records are pages, whole."""
    assert len(read) == n
    for one in read:
        assert isinstance(one, Captured), one
        assert one.body == PAGE
        assert (one.status, one.url) == (200, "https://quay.example/notices/1")
        assert isinstance(read_html(one.body, one.url, dict(one.headers)), Article)


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "zstd", "UTF-8", "none", "iso-8859-1", "gzip, br"])
def test_a_payload_that_was_decoded_under_its_codings_name_is_read_as_it_is(tmp_path: Path, coding: str) -> None:
    assert_page(found(tmp_path, response(PAGE, f"Content-Encoding: {coding}")))


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip"])
def test_one_that_was_not_is_decoded(tmp_path: Path, coding: str) -> None:
    pack = {"br": brotli.compress, "zstd": zstd.compress, "gzip": gzip.compress}[coding]
    assert_page(found(tmp_path, response(pack(PAGE), f"Content-Encoding: {coding}")))


def test_one_that_is_damaged_is_skipped_with_a_word(tmp_path: Path) -> None:
    (one,) = found(tmp_path, response(brotli.compress(PAGE)[:-40], "Content-Encoding: br"))
    assert isinstance(one, Skipped)
    assert one.reason == "decompression"
    assert one.detail


def test_a_live_answer_that_names_its_charset_there_is_read() -> None:
    for name in ("UTF-8", "utf8", "iso-8859-1", "charset=utf-8", "none"):
        assert decode_body(PAGE, name, Limits()) == PAGE


@pytest.mark.parametrize("status", ["HTTP/2 200", "HTTP/2.0 200 OK", "HTTP/3 200", "HTTP/1.1 200"])
def test_status_lines_of_any_http_are_read(tmp_path: Path, status: str) -> None:
    assert_page(found(tmp_path, response(PAGE, status=status)))


def test_a_resource_is_a_page_and_what_is_rendered_or_noted_is_none(tmp_path: Path) -> None:
    assert_page(found(tmp_path, raw_record("resource", "text/html; charset=utf-8", PAGE)))
    noted = raw_record("resource", "text/plain", b"log").replace(b"https://quay.example/notices/1", b"urn:pageinfo:x")
    assert found(tmp_path, noted) == []


@pytest.mark.parametrize("date", ["20240402060000", "2024-04-02T06:00:00Z", "2024-04-02T06:00:00.000000Z"])
def test_dates_of_old_and_new_crawlers_are_read(tmp_path: Path, date: str) -> None:
    (one,) = found(tmp_path, response(PAGE, date=date))
    assert isinstance(one, Captured)
    assert one.captured_at is not None
    assert one.captured_at.isoformat() == "2024-04-02T06:00:00+00:00"


def zstd_files() -> Iterator[tuple[str, bytes]]:
    records = [response(PAGE), response(PAGE)]
    yield "whole", zstd.compress(b"".join(records))
    yield "by record", b"".join(map(zstd.compress, records))
    dictionary = zstd.train_dict([page(n) for n in range(60)], 4096)
    framed = b"".join(zstd.compress(one, zstd_dict=dictionary) for one in records)
    for name, content in (("plain", dictionary.dict_content), ("packed", zstd.compress(dictionary.dict_content))):
        head = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little")
        yield f"with its dictionary, {name}", head + content + framed


@pytest.mark.parametrize(("name", "data"), list(zstd_files()), ids=lambda one: one if isinstance(one, str) else "")
def test_files_packed_with_zstandard_are_read(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / f"{name}.warc.zst"
    path.write_bytes(data)
    assert_page(list(iter_warc(path)), 2)


def test_a_cut_file_of_zstandard_gives_what_came_before_and_a_word(tmp_path: Path) -> None:
    path = tmp_path / "cut.warc.zst"
    path.write_bytes(zstd.compress(response(PAGE)) + zstd.compress(record(2, page(2)))[:-20])
    read = list(iter_warc(path))
    assert_page(read[:1])
    assert [isinstance(one, Skipped) for one in read[1:]] == [True]
    assert all(one.detail for one in read if isinstance(one, Skipped))


def test_every_skip_has_a_word(tmp_path: Path) -> None:
    nameless = response(PAGE).replace(b"WARC-Target-URI", b"WARC-Some-Thing")
    read = found(tmp_path, nameless, b"no record at all\r\n\r\n", response(PAGE))
    assert [one.detail for one in read if isinstance(one, Skipped) and not one.detail] == []
    assert sum(isinstance(one, Captured) for one in read) == 1
