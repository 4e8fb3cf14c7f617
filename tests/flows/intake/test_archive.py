"""Captures: written so that nothing is lost, read back whatever became of the file."""

import errno
import gzip
import io
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import brotli  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.http import Fetched, Limits
from flows.http.outcome import Headers
from flows.intake.archive import Archive, ArchiveError, Captured, CaptureRef, Skipped, iter_warc, read_capture
from tests.flows.http.asking import ask
from tests.site import Reply, Site, faults

AT = datetime(2026, 11, 2, 10, 30, 5, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"v1"'))
SMALL = Limits(max_wire_bytes=100_000, max_body_bytes=200_000)


def response(number: int, body: bytes | None = None, headers: Headers = HTML, raw: bytes | None = None) -> Fetched:
    body = f"<p>Report number {number} from Freedonia.</p>".encode() if body is None else body
    return Fetched(
        requested_url=f"https://paper.example/{number}",
        url=f"https://paper.example/{number}?a=b",
        status=200,
        phrase="OK",
        headers=headers,
        request_headers=(("Host", "paper.example"), ("User-Agent", "Tocsin/0.1")),
        raw_body=body if raw is None else raw,
        body=body,
        body_hash="",
    )


def archive(folder: Path, **options: int) -> Archive:
    return Archive(folder, software="Tocsin/0.1", operator="somebody", **options)  # type: ignore[arg-type]


def fill(folder: Path, count: int, start: int = 0) -> list[CaptureRef]:
    with archive(folder) as writer:
        return [writer.write(response(number), at=AT) for number in range(start, start + count)]


def bodies(path: Path, limits: Limits = SMALL) -> tuple[list[bytes], list[str]]:
    records = list(iter_warc(path, limits))
    read = [record.body for record in records if isinstance(record, Captured)]
    return read, [record.reason for record in records if isinstance(record, Skipped)]


def only_file(folder: Path) -> Path:
    (path,) = folder.glob("*.warc.gz")
    return path


CODED: dict[str, tuple[Headers, Callable[[bytes], bytes]]] = {
    "plain": (HTML, bytes),
    "gzip": ((*HTML, ("Content-Encoding", "gzip")), gzip.compress),
    "brotli": ((*HTML, ("Content-Encoding", "br")), brotli.compress),
    "once chunked": ((*HTML, ("Transfer-Encoding", "chunked")), bytes),
    "odd header": ((*HTML, ("X-Läufer", "Grüße \xff")), bytes),
}


@pytest.mark.parametrize(("headers", "encode"), CODED.values(), ids=CODED)
def test_what_was_fetched_is_read_back(tmp_path: Path, headers: Headers, encode: Callable[[bytes], bytes]) -> None:
    body = "<p>Die Gespräche dauern an.</p>".encode()
    with archive(tmp_path) as writer:
        ref = writer.write(response(1, body, headers, encode(body)), at=AT)
    captured = read_capture(tmp_path, ref)
    assert (captured.url, captured.status, captured.body) == ("https://paper.example/1?a=b", 200, body)
    assert (captured.captured_at, captured.ref) == (AT, ref)
    assert captured.header("content-type") == "text/html; charset=utf-8"


def test_headers_are_stored_as_they_came(tmp_path: Path) -> None:
    headers = (("X-Läufer", "Grüße \xff"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
    with archive(tmp_path) as writer:
        ref = writer.write(response(1, headers=headers), at=AT)
    assert read_capture(tmp_path, ref).headers == headers


def test_what_came_through_the_door_is_read_back_without_it(tmp_path: Path) -> None:
    page = "<p>Die Gespräche dauern an.</p>".encode() * 50
    with Site() as site, archive(tmp_path) as writer:
        site.put("/zipped", faults.coded(gzip.compress(page), "gzip"))
        site.put("/chunked", faults.good_chunks(brotli.compress(page), headers=b"Content-Encoding: br\r\n"))
        site.put("/file.gz", Reply(200, gzip.compress(page)))
        for path in ("/zipped", "/chunked", "/file.gz"):
            fetched = ask(site.url(path))
            assert isinstance(fetched, Fetched)
            captured = read_capture(tmp_path, writer.write(fetched, at=AT))
            assert (captured.url, captured.body) == (fetched.url, fetched.body) == (site.url(path), page)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(payloads=st.lists(st.binary(max_size=300), min_size=1, max_size=4))
def test_any_bodies_come_back_one_by_one_and_in_a_row(tmp_path: Path, payloads: list[bytes]) -> None:
    with archive(tmp_path) as writer:
        refs = writer.write_all([(response(n, body), AT) for n, body in enumerate(payloads)])
    assert [read_capture(tmp_path, ref).body for ref in refs] == payloads
    assert [body for path in sorted(tmp_path.glob("*.gz")) for body in bodies(path)[0]][-len(payloads) :] == payloads


def test_other_tools_can_read_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refs = fill(tmp_path, 2)
    with only_file(tmp_path).open("rb") as stream:
        records = [
            (record.rec_type, record.http_headers and record.http_headers.protocol)
            for record in ArchiveIterator(stream, check_digests=True)
        ]
        stream.seek(0)
        iterator = ArchiveIterator(stream)
        places = [(iterator.get_record_offset(), iterator.get_record_length()) for record in iterator]
    assert [kind for kind, _ in records] == ["warcinfo", "response", "request", "response", "request"]
    assert [(ref.offset, ref.length) for ref in refs] == [places[1], places[3]]
    arguments = type("Arguments", (), {"inputs": [str(only_file(tmp_path))], "verbose": False})
    assert Checker(arguments).process_all() == 0


def test_a_full_file_is_followed_by_another(tmp_path: Path) -> None:
    with archive(tmp_path, rotate_bytes=4000) as writer:
        refs = [writer.write(response(number, os.urandom(900)), at=AT) for number in range(6)]
    files = sorted(path.name for path in tmp_path.glob("*.warc.gz"))
    assert 2 <= len(files) <= 5
    assert all((tmp_path / name).stat().st_size >= 4000 for name in files[:-1])
    assert {ref.file for ref in refs} == set(files)
    assert all(read_capture(tmp_path, ref).status == 200 for ref in refs)


def test_the_newest_file_is_taken_up_again(tmp_path: Path) -> None:
    first, second = fill(tmp_path, 2), fill(tmp_path, 2, start=2)
    assert {ref.file for ref in first + second} == {only_file(tmp_path).name}
    assert len(bodies(only_file(tmp_path))[0]) == 4


def test_two_writers_never_share_a_file(tmp_path: Path) -> None:
    with archive(tmp_path) as one, archive(tmp_path) as other:
        refs = [writer.write(response(number), at=AT) for number in range(3) for writer in (one, other)]
    assert len({ref.file for ref in refs}) == 2
    assert all(read_capture(tmp_path, ref) for ref in refs)


@pytest.mark.parametrize("cut", [1, 5, 30, 200, 500])
def test_a_cut_file_is_read_up_to_the_cut_and_mended_before_it_grows(tmp_path: Path, cut: int) -> None:
    refs = fill(tmp_path, 3)
    path = only_file(tmp_path)
    for note in tmp_path.glob(".*"):
        note.unlink()
    os.truncate(path, path.stat().st_size - cut)
    read, reasons = bodies(path)
    assert len(read) >= 2
    assert reasons == ["cut"]
    (ref,) = fill(tmp_path, 1, start=9)
    assert ref.file == path.name
    assert bodies(path)[1] == []
    assert read_capture(tmp_path, ref).body == response(9).body
    assert [read_capture(tmp_path, kept).body for kept in refs[:2]] == [response(n).body for n in range(2)]


def test_every_possible_cut_is_mended(tmp_path: Path) -> None:
    fill(tmp_path, 2)
    path = only_file(tmp_path)
    whole = path.read_bytes()
    for size in range(0, len(whole), 7):
        path.write_bytes(whole[:size])
        assert len(bodies(path)[1]) <= 1
        fill(tmp_path, 1, start=5)
        read, reasons = bodies(path)
        assert (read[-1], reasons) == (response(5).body, [])
        for note in tmp_path.glob(".*"):
            note.unlink()


def test_zeros_after_a_power_cut_are_cut_off(tmp_path: Path) -> None:
    fill(tmp_path, 2)
    with only_file(tmp_path).open("ab") as stream:
        stream.write(bytes(5000))
    fill(tmp_path, 1, start=2)
    assert len(bodies(only_file(tmp_path))[0]) == 3


def test_a_file_damaged_in_the_middle_is_never_cut(tmp_path: Path) -> None:
    refs = fill(tmp_path, 4)
    path = only_file(tmp_path)
    data = bytearray(path.read_bytes())
    data[refs[1].offset + 20 : refs[1].offset + 60] = b"\xff" * 40
    path.write_bytes(data)
    for note in tmp_path.glob(".*"):
        note.unlink()
    (ref,) = fill(tmp_path, 1, start=9)
    assert ref.file != path.name
    assert path.read_bytes() == data
    read, reasons = bodies(path)
    assert read == [response(n).body for n in (0, 2, 3)]
    assert set(reasons) == {"damaged"}
    with pytest.raises(ArchiveError, match="damaged"):
        read_capture(tmp_path, refs[1])


def test_a_full_disk_stores_nothing_and_the_next_write_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with archive(tmp_path) as writer:
        writer.write(response(0), at=AT)
        size = only_file(tmp_path).stat().st_size
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            with pytest.raises(ArchiveError, match="No space left"):
                writer.write(response(1), at=AT)
        assert only_file(tmp_path).stat().st_size == size
        writer.write(response(2), at=AT)
    assert bodies(only_file(tmp_path)) == ([response(0).body, response(2).body], [])


def write_for_ever(folder: Path, told: Path) -> None:
    with archive(folder) as writer, told.open("a") as told_refs:
        for number in range(100_000):
            ref = writer.write(response(number, random.Random(number).randbytes(3000)), at=AT)
            told_refs.write(f"{number} {ref.file} {ref.offset} {ref.length} {ref.digest}\n")
            told_refs.flush()


def test_what_a_killed_writer_promised_is_there(tmp_path: Path) -> None:
    told = tmp_path / "told"
    for turn in range(4):
        process = multiprocessing.get_context("fork").Process(target=write_for_ever, args=(tmp_path / "a", told))
        process.start()
        time.sleep(0.1 + 0.05 * turn)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    promises = [line.split() for line in told.read_text().splitlines() if line.count(" ") == 4]
    assert len(promises) > 4
    for number, file, offset, length, digest in promises:
        captured = read_capture(tmp_path / "a", CaptureRef(file, int(offset), int(length), digest))
        assert captured.body == random.Random(int(number)).randbytes(3000)
    fill(tmp_path / "a", 1)
    assert {reason for path in (tmp_path / "a").glob("*.gz") for reason in bodies(path)[1]} == set()


@pytest.mark.parametrize(
    "change",
    [{"file": "none.warc.gz"}, {"offset": 3}, {"offset": 10**9}, {"length": 40}, {"length": 0}, {"digest": "x"}],
)
def test_a_reference_to_something_else_is_an_error(tmp_path: Path, change: dict[str, int]) -> None:
    ref = replace(fill(tmp_path, 2)[1], **change)  # type: ignore[arg-type]
    with pytest.raises(ArchiveError):
        read_capture(tmp_path, ref)


def foreign(*records: "Raw", compress: bool = True) -> bytes:
    """Write records (type, URL, HTTP message, WARC headers) as another crawler would."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=compress)
    for kind, url, message, headers in records:
        head, _, body = message.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        pairs = [tuple(line.split(": ", 1)) for line in lines]
        http = StatusAndHeaders(first.partition(" ")[2], pairs, first.partition(" ")[0]) if message else None
        writer.write_record(
            writer.create_warc_record(
                url, kind, payload=io.BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=headers
            )
        )
    return buffer.getvalue()


Raw: TypeAlias = tuple[str, str, bytes, dict[str, str]]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
ONE = ("response", "http://a.example/1", OK + b"<p>one</p>", {"WARC-Payload-Digest": "sha1:ONE"})
TWO = ("response", "http://a.example/2", OK + b"<p>two</p>", {"WARC-Payload-Digest": "sha1:TWO"})
OTHERS: list[Raw] = [
    ("metadata", "http://a.example/1", b"", {}),
    ("resource", "file:///etc/hosts", b"", {}),
    ("response", "dns:a.example", b"", {}),
    ("conversion", "http://a.example/1", b"", {}),
]
LAYOUTS: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda plain: plain,
    "compressed as a whole": gzip.compress,
    "blank lines before": lambda plain: b"\r\n\r\n" + plain,
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_files_of_every_layout_are_read(tmp_path: Path, layout: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(layout(foreign(*OTHERS, ONE, *OTHERS, TWO, compress=False)))
    assert bodies(path) == ([b"<p>one</p>", b"<p>two</p>"], [])


def test_a_large_file_compressed_as_a_whole_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    records: list[Raw] = [("response", f"http://a.example/{n}", OK + b"%d" % n * 20_000, {}) for n in range(100)]
    path.write_bytes(gzip.compress(foreign(*records, compress=False)))
    found = list(iter_warc(path, SMALL))
    assert [type(record) for record in found] == [Captured] * 100
    assert {record.ref.length for record in found if isinstance(record, Captured)} == {0}
    path.write_bytes(path.read_bytes()[:-200])
    assert bodies(path)[1] == ["cut"]


def test_members_give_places_that_can_be_read_again(tmp_path: Path) -> None:
    for name, compress in (("x.warc.gz", True), ("x.warc", False)):
        (tmp_path / name).write_bytes(foreign(*OTHERS, ONE, TWO, compress=compress))
        for record in iter_warc(tmp_path / name):
            assert isinstance(record, Captured)
            assert read_capture(tmp_path, record.ref) == record


def test_a_revisit_gives_the_body_seen_before_or_a_word(tmp_path: Path) -> None:
    known = ("revisit", "http://a.example/again", OK, {"WARC-Payload-Digest": "sha1:ONE"})
    unknown = ("revisit", "http://a.example/lost", OK, {"WARC-Payload-Digest": "sha1:LOST"})
    path = tmp_path / "x.warc.gz"
    path.write_bytes(foreign(ONE, known, unknown, TWO))
    one, again, lost, two = iter_warc(path)
    assert isinstance(one, Captured)
    assert isinstance(again, Captured)
    assert isinstance(two, Captured)
    assert (again.url, again.body, again.is_revisit, again.ref) == (
        "http://a.example/again",
        b"<p>one</p>",
        True,
        one.ref,
    )
    assert isinstance(lost, Skipped)
    assert lost.reason == "revisit"


def test_codings_of_other_crawlers_are_undone(tmp_path: Path) -> None:
    coded = OK[:-2] + b"Content-Encoding: gzip\r\n\r\n"
    chunked = OK[:-2] + b"Transfer-Encoding: chunked\r\n\r\n"
    path = tmp_path / "x.warc.gz"
    path.write_bytes(
        foreign(
            ("response", "http://a.example/1", coded + gzip.compress(b"coded"), {}),
            ("response", "http://a.example/2", coded + b"said to be coded", {}),
            ("response", "http://a.example/3", chunked + b"7\r\nchunked\r\n0\r\n\r\n", {}),
            ("response", "http://a.example/4", chunked + b"said to be chunked", {}),
            ("response", "http://a.example/5", coded + gzip.compress(bytes(150_000))[:-9], {}),
            ("response", "http://a.example/6", coded + gzip.compress(bytes(10_000_000)), {}),
        )
    )
    assert bodies(path) == (
        [b"coded", b"said to be coded", b"chunked", b"said to be chunked"],
        ["decompression", "too-large"],
    )


@pytest.mark.parametrize("compress", [True, False])
def test_a_record_too_large_is_named_and_stepped_over(tmp_path: Path, compress: bool) -> None:
    path = tmp_path / "x.warc"
    huge: Raw = ("response", "http://a.example/huge", OK + bytes(3_000_000), {})
    path.write_bytes(foreign(ONE, huge, TWO, compress=compress))
    assert bodies(path) == ([b"<p>one</p>", b"<p>two</p>"], ["too-large"])


@pytest.mark.parametrize("compress", [True, False])
@pytest.mark.parametrize(
    "damage", [b"", b"\0" * 40, b"no WARC at all", b"WARC/1.0\r\n\r\n", b"\x1f\x8b\x08" + b"\xff" * 30, b"\n\n\n"]
)
def test_damage_between_records_costs_no_record(tmp_path: Path, compress: bool, damage: bytes) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(foreign(ONE, compress=compress) + damage + b"\r\n" + foreign(TWO, compress=compress))
    read, reasons = bodies(path)
    assert read == [b"<p>one</p>", b"<p>two</p>"]
    assert set(reasons) <= {"damaged"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    compress=st.booleans(), at=st.integers(0, 2000), junk=st.binary(max_size=60), cut=st.integers(0, 2000) | st.none()
)
def test_any_damage_is_survived(tmp_path: Path, compress: bool, at: int, junk: bytes, cut: int | None) -> None:
    path = tmp_path / "x.warc"
    data = foreign(ONE, *OTHERS, TWO, compress=compress)
    path.write_bytes((data[:at] + junk + data[at + len(junk) :])[:cut])
    assert len(list(iter_warc(path, SMALL))) <= 20


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=400), head=st.sampled_from([b"", b"WARC/1.0\r\n", b"\x1f\x8b\x08\0"]))
def test_any_bytes_are_survived(tmp_path: Path, data: bytes, head: bytes) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(head + data)
    assert not [record for record in iter_warc(path) if isinstance(record, Captured)]


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError):
        list(iter_warc(tmp_path / "none.warc.gz"))
