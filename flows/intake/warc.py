"""Reading WARC files, ours and others', as a stream: what is cut or damaged is named and stepped over.

Records are framed here, so that every offset is known and damage stays where it is, and parsed by warcio.
"""

import gzip
import hashlib
import io
import re
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TypeAlias

from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from flows.http import GZIP_MAGIC, MEBIBYTE, Failure, Headers, Limits, decode_body, find_header, unpack

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# Room for the record's and the response's headers beside the body.
HEAD_BYTES = MEBIBYTE
PIECE = 1 << 16
CONTENT_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


SAMPLE = 4096
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
ZSTD_DICTIONARY = b"\x5d\x2a\x4d\x18"  # a frame that holds the dictionary of all others (warc.zst)
MAX_DICTIONARY = 16 * MEBIBYTE
FLAWS = {
    "cut": "the file ends inside a record",
    "damaged": "bytes that are no record, up to the next one",
    "too-large": "a record beyond the bound",
}
_FOURTEEN = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")  # the dates of ARC files


class ArchiveError(Exception):
    """A capture could not be written, or is not where its reference says."""


@dataclass(frozen=True, slots=True)
class CaptureRef:
    """Where a response lies: ``file`` is a name inside its folder, ``digest`` is that of the payload as stored.

    ``length`` is 0 in a file compressed as a whole, where no record can be reached by its offset.
    """

    file: str
    offset: int
    length: int
    digest: str


@dataclass(frozen=True, slots=True)
class Captured:
    """A response read back; ``body`` is decoded. ``captured_at`` is None where the record does not say.

    ``is_revisit``: the record only says that the body was seen before; it is taken from there.
    """

    ref: CaptureRef
    url: str
    status: int
    headers: Headers
    body: bytes
    captured_at: datetime | None
    is_revisit: bool = False

    def header(self, name: str) -> str | None:
        """Return the first header of that name, whatever its case."""
        return find_header(self.headers, name)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A piece of a file that gave no response: ``cut``, ``damaged``, ``too-large``, ``decompression``, ``revisit``."""

    file: str
    offset: int
    reason: str
    detail: str = ""


Record: TypeAlias = Captured | Skipped


@dataclass(frozen=True, slots=True)
class Frame:
    """One record's bytes (``data``) and its place in the file; or, with ``flaw``, why there are none."""

    offset: int
    length: int
    data: bytes = b""
    flaw: str | None = None


def read_capture(folder: Path, ref: CaptureRef, limits: Limits = Limits()) -> Captured:  # noqa: B008 - frozen
    """Return the response at ``ref``; raises ``ArchiveError`` where it is not there, whole and as it was."""
    try:
        with (folder / ref.file).open("rb") as stream:
            stream.seek(ref.offset)
            piece = stream.read(ref.length)
    except OSError as error:
        raise ArchiveError(f"{ref.file}: {error.strerror}") from error
    frame = next(iter_frames(io.BytesIO(piece), limits), None)
    found = read_frame(replace(frame, offset=ref.offset), ref.file, limits) if frame else None
    if not isinstance(found, Captured) or len(piece) != ref.length:
        why = f": {found.reason} {found.detail}".rstrip() if isinstance(found, Skipped) else ""
        raise ArchiveError(f"{ref.file}: no response at {ref.offset}{why}")
    if found.ref.digest != ref.digest:
        raise ArchiveError(f"{ref.file}: the response at {ref.offset} is another one")
    return replace(found, ref=ref)


def iter_warc(path: Path, limits: Limits = Limits()) -> Iterator[Record]:  # noqa: B008 - frozen
    """Yield the responses of a .warc or .warc.gz file in order, and a word for what gave none.

    Records that are no responses are passed over; raises ``ArchiveError`` only where the file cannot be opened.
    """
    seen: dict[str, CaptureRef] = {}
    try:
        stream = path.open("rb")
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror}") from error
    with stream:
        for frame in iter_frames(stream, limits):
            record = read_frame(frame, path.name, limits)
            if isinstance(record, Revisit):
                record = _revisited(record, seen, path.parent, limits)
            elif isinstance(record, Captured) and record.ref.length:
                seen[record.ref.digest] = record.ref
            if record is not None:
                yield record


@dataclass(frozen=True, slots=True)
class Revisit:
    """A record that refers to an earlier one by the digest of its payload."""

    ref: CaptureRef
    url: str
    headers: Headers
    captured_at: datetime | None


def _revisited(revisit: Revisit, seen: dict[str, CaptureRef], folder: Path, limits: Limits) -> Record:
    """Return the response with the earlier body, where that lies in the same file."""
    original = seen.get(revisit.ref.digest)
    if original is None:
        return Skipped(revisit.ref.file, revisit.ref.offset, "revisit", f"of what is not in this file: {revisit.url}")
    captured = read_capture(folder, original, limits)
    headers = revisit.headers or captured.headers
    return replace(
        captured, ref=original, url=revisit.url, headers=headers, captured_at=revisit.captured_at, is_revisit=True
    )


def read_frame(
    frame: Frame,
    file: str,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Record | Revisit | None:
    """Parse one record; None for one that is no response."""
    if frame.flaw is not None:
        return Skipped(file, frame.offset, frame.flaw, FLAWS.get(frame.flaw, ""))
    try:
        record = _Loader(verify_http=True, arc2warc=False).parse_record_stream(
            io.BytesIO(frame.data), known_format="warc"
        )
        return _response(record, frame, file, limits)
    except Failure as failure:
        return Skipped(file, frame.offset, failure.reason, failure.detail)
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, AttributeError) as error:
        # AttributeError: warcio takes for granted that a response has a URL.
        why = "a response without an address" if isinstance(error, AttributeError) else str(error)[:200]
        return Skipped(file, frame.offset, "damaged", why)


class _Loader(ArcWarcRecordLoader):  # type: ignore[misc]
    """warcio's loader; browser crawlers write the status line of whatever HTTP they spoke."""

    HTTP_TYPES = (
        "HTTP/1.0",
        "HTTP/1.1",
        "HTTP/2.0",
        "HTTP/3.0",
        "HTTP/2",
        "HTTP/3",
    )  # by their beginning: longer first


def _response(record: ArcWarcRecord, frame: Frame, file: str, limits: Limits) -> Record | Revisit | None:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    moment = _moment(record.rec_headers.get_header("WARC-Date"))
    headers = _headers(record)
    named = record.rec_headers.get_header("WARC-Payload-Digest") or ""
    if record.rec_type == "revisit":
        return Revisit(CaptureRef(file, frame.offset, frame.length, named), url, headers, moment)
    if record.rec_type == "resource":
        return _resource(record, CaptureRef(file, frame.offset, frame.length, named), url, moment)
    if record.rec_type != "response" or record.http_headers is None:
        return None
    raw = record.raw_stream.read()
    digest = named or f"sha256:{hashlib.sha256(raw).hexdigest()}"
    status = int(record.http_headers.get_statuscode())
    body = _decoded(raw, headers, limits)
    return Captured(CaptureRef(file, frame.offset, frame.length, digest), url, status, headers, body, moment)


def _resource(record: ArcWarcRecord, ref: CaptureRef, url: str, moment: datetime | None) -> Captured | None:
    """Return a file that was stored without the answer it came in: its type stands in the record's own header."""
    if not url.startswith(("http://", "https://")):
        return None  # what a browser rendered or a crawler noted down
    body = record.raw_stream.read()
    kind = record.rec_headers.get_header("Content-Type") or ""
    digest = ref.digest or f"sha256:{hashlib.sha256(body).hexdigest()}"
    return Captured(replace(ref, digest=digest), url, 200, (("Content-Type", kind),), body, moment)


def _headers(record: ArcWarcRecord) -> Headers:
    if record.http_headers is None:
        return ()
    return tuple((str(name), str(value)) for name, value in record.http_headers.headers)


def _decoded(raw: bytes, headers: Headers, limits: Limits) -> bytes:
    """Undo chunks and codings, where they are there: some crawlers store what they have undone under its old name."""
    if (find_header(headers, "transfer-encoding") or "").lower() == "chunked":
        raw = ChunkedDataReader(io.BytesIO(raw)).read()
    codings = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    if "gzip" in codings.lower() and not raw.startswith(GZIP_MAGIC):
        return raw
    try:
        return unpack(decode_body(raw, codings, limits), limits)
    except Failure as failure:
        if failure.reason == "decompression" and _is_plain(raw):
            return raw
        raise


def _is_plain(raw: bytes) -> bool:
    """Tell whether bytes are a text as it is: no coding begins with a tag or keeps to printable letters."""
    start = raw[:SAMPLE].lstrip(b"\xef\xbb\xbf \t\r\n")
    n_controls = sum(byte < 32 and byte not in b"\t\r\n\f\x1b" for byte in start)
    return bool(start) and n_controls == 0 and (start[:1] in b"<{[" or start.isascii())


def _moment(date: str | None) -> datetime | None:
    if date and (old := _FOURTEEN.fullmatch(date.strip())):
        date = "{}-{}-{}T{}:{}:{}".format(*old.groups())
    try:
        moment = datetime.fromisoformat(date or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def iter_frames(stream: IO[bytes], limits: Limits = Limits()) -> Iterator[Frame]:  # noqa: B008 - frozen
    """Yield the records of a stream in order, unparsed; what is cut or damaged has a flaw."""
    limit = limits.max_wire_bytes + HEAD_BYTES
    magic = stream.read(len(ZSTD_MAGIC))
    stream.seek(-len(magic), io.SEEK_CUR)
    if magic in (ZSTD_MAGIC, ZSTD_DICTIONARY):
        return _zstd_frames(stream, limit)
    magic = magic[: len(GZIP_MAGIC)]
    return _gzip_frames(stream, limit) if magic == GZIP_MAGIC else _plain_frames(stream, limit)


def _plain_frames(stream: IO[bytes], limit: int) -> Iterator[Frame]:
    """Yield the records of an uncompressed stream."""
    while True:
        offset = stream.tell()
        head = _head(stream)
        if head is None:
            return
        length = CONTENT_LENGTH.search(head)
        if not head.startswith(b"WARC/") or length is None:
            yield Frame(offset, 0, flaw="cut" if _is_at_end(stream) else "damaged")
            stream.seek(-1, io.SEEK_CUR)  # back to the line break, which belongs to the mark
            if not _seek_next(stream, b"\nWARC/1."):
                return
            continue
        offset = stream.tell() - len(head)
        size = int(length[1])
        block = stream.read(min(size, limit))
        if len(block) < min(size, limit):
            yield Frame(offset, 0, flaw="cut")
            return
        if size > limit:
            stream.seek(size - limit, io.SEEK_CUR)
            yield Frame(offset, 0, flaw="too-large")
        else:
            yield Frame(offset, len(head) + size, head + block)


def _head(stream: IO[bytes]) -> bytes | None:
    """Return the lines up to and with the next empty one, blank lines before them left out; None at the end."""
    lines: list[bytes] = []
    size = 0
    while size < HEAD_BYTES and (line := stream.readline(HEAD_BYTES)):
        if line.strip() or lines:
            lines.append(line)
            size += len(line)
        if lines and (not line.strip() or not lines[0].startswith(b"WARC/")):
            break
    return b"".join(lines) or None


def _is_at_end(stream: IO[bytes]) -> bool:
    here = stream.read(1)
    stream.seek(-len(here), io.SEEK_CUR)
    return not here


def _seek_next(stream: IO[bytes], mark: bytes) -> bool:
    """Go to the next place where ``mark`` stands (behind a leading line break); tell whether there is one."""
    behind = mark.startswith(b"\n")
    data = b""
    while more := stream.read(PIECE):
        data = data[-len(mark) :] + more
        found = data.find(mark)
        if found >= 0:
            stream.seek(found + behind - len(data), io.SEEK_CUR)
            return True
    return False


def _gzip_frames(stream: IO[bytes], limit: int) -> Iterator[Frame]:
    """Yield the records of a stream of gzip members, one record a member as it should be, or as it comes."""
    while not _is_at_end(stream):
        offset = stream.tell()
        data, flaw = _member(stream, limit)
        if flaw == "too-large" and _holds_several(data):
            stream.seek(offset)
            # Buffered, so that a step back does not inflate all over again.
            with io.BufferedReader(gzip.GzipFile(fileobj=stream)) as whole:
                yield from (replace(frame, length=0) for frame in _guarded(_plain_frames(whole, limit)))
            return
        if flaw is not None:
            yield Frame(offset, 0, flaw=flaw)
            if flaw == "damaged":
                stream.seek(offset + 1)
                if not _seek_next(stream, GZIP_MAGIC):
                    return
            continue
        frames = list(_plain_frames(io.BytesIO(data), limit))
        length = stream.tell() - offset if len(frames) == 1 else 0
        yield from (replace(frame, offset=offset, length=length) for frame in frames)


def _zstd_frames(stream: IO[bytes], limit: int) -> Iterator[Frame]:
    """Yield the records of a stream compressed with zstandard; none of them can be reached by its offset."""
    try:
        dictionary = _dictionary(stream)
        with zstd.ZstdFile(stream, zstd_dict=dictionary) as whole:
            yield from (replace(frame, length=0) for frame in _guarded(_plain_frames(whole, limit)))  # type: ignore[arg-type]
    except zstd.ZstdError:
        yield Frame(0, 0, flaw="damaged")


def _dictionary(stream: IO[bytes]) -> zstd.ZstdDict | None:
    if stream.read(len(ZSTD_DICTIONARY)) != ZSTD_DICTIONARY:
        stream.seek(0)
        return None
    content = stream.read(min(int.from_bytes(stream.read(4), "little"), MAX_DICTIONARY))
    if content.startswith(ZSTD_MAGIC):
        content = zstd.ZstdDecompressor().decompress(content, MAX_DICTIONARY)
    return zstd.ZstdDict(content)


def _guarded(frames: Iterator[Frame]) -> Iterator[Frame]:
    """End with a word where the compressed stream does not go on."""
    try:
        yield from frames
    except (EOFError, zlib.error, gzip.BadGzipFile, zstd.ZstdError) as error:
        yield Frame(0, 0, flaw="cut" if isinstance(error, EOFError) else "damaged")


def _member(stream: IO[bytes], limit: int) -> tuple[bytes, str | None]:
    """Return the next member's content, not more than ``limit`` of it, and what is wrong; go to its end."""
    inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
    content = bytearray()
    flaw = None
    data = b""
    while not inflating.eof:
        data = inflating.unconsumed_tail or stream.read(PIECE)
        if not data:
            return bytes(content), "cut"
        try:
            piece = inflating.decompress(data, PIECE)
        except zlib.error:
            return bytes(content), "damaged"
        if len(content) + len(piece) > limit:
            flaw = "too-large"
        else:
            content += piece
    stream.seek(-len(inflating.unused_data), io.SEEK_CUR)
    return bytes(content), flaw


def _holds_several(data: bytes) -> bool:
    """Tell whether the start of an overlong member has room for its first record and more."""
    stream = io.BytesIO(data)
    head = _head(stream) or b""
    length = CONTENT_LENGTH.search(head)
    return length is not None and len(head) + int(length[1]) < len(data)
