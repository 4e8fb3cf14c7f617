"""Reading WARC files, ours and others', as a stream: what is cut or damaged is named and stepped over.

Records are framed here, so that every offset is known and damage stays where it is, and parsed by warcio.
"""

import gzip
import hashlib
import io
import re
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

# Room for the record's and the response's headers beside the body.
HEAD_BYTES = MEBIBYTE
PIECE = 1 << 16
CONTENT_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


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
class _Frame:
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
    frame = next(_frames(io.BytesIO(piece), limits), None)
    found = _read(replace(frame, offset=ref.offset), ref.file, limits) if frame else None
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
        for frame in _frames(stream, limits):
            record = _read(frame, path.name, limits)
            if isinstance(record, _Revisit):
                record = _revisited(record, seen, path.parent, limits)
            elif isinstance(record, Captured) and record.ref.length:
                seen[record.ref.digest] = record.ref
            if record is not None:
                yield record


@dataclass(frozen=True, slots=True)
class _Revisit:
    """A record that refers to an earlier one by the digest of its payload."""

    ref: CaptureRef
    url: str
    headers: Headers
    captured_at: datetime | None


def _revisited(revisit: _Revisit, seen: dict[str, CaptureRef], folder: Path, limits: Limits) -> Record:
    """Return the response with the earlier body, where that lies in the same file."""
    original = seen.get(revisit.ref.digest)
    if original is None:
        return Skipped(revisit.ref.file, revisit.ref.offset, "revisit", f"of what is not in this file: {revisit.url}")
    captured = read_capture(folder, original, limits)
    headers = revisit.headers or captured.headers
    return replace(
        captured, ref=original, url=revisit.url, headers=headers, captured_at=revisit.captured_at, is_revisit=True
    )


def _read(frame: _Frame, file: str, limits: Limits) -> Record | _Revisit | None:
    """Parse one record; None for one that is no response."""
    if frame.flaw is not None:
        return Skipped(file, frame.offset, frame.flaw)
    try:
        record = ArcWarcRecordLoader(verify_http=True, arc2warc=False).parse_record_stream(
            io.BytesIO(frame.data), known_format="warc"
        )
        return _response(record, frame, file, limits)
    except Failure as failure:
        return Skipped(file, frame.offset, failure.reason, failure.detail)
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, AttributeError) as error:
        # AttributeError: warcio takes for granted that a response has a URL.
        return Skipped(file, frame.offset, "damaged", str(error)[:200])


def _response(record: ArcWarcRecord, frame: _Frame, file: str, limits: Limits) -> Record | _Revisit | None:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    moment = _moment(record.rec_headers.get_header("WARC-Date"))
    headers = _headers(record)
    named = record.rec_headers.get_header("WARC-Payload-Digest") or ""
    if record.rec_type == "revisit":
        return _Revisit(CaptureRef(file, frame.offset, frame.length, named), url, headers, moment)
    if record.rec_type != "response" or record.http_headers is None:
        return None
    raw = record.raw_stream.read()
    digest = named or f"sha256:{hashlib.sha256(raw).hexdigest()}"
    status = int(record.http_headers.get_statuscode())
    body = _decoded(raw, headers, limits)
    return Captured(CaptureRef(file, frame.offset, frame.length, digest), url, status, headers, body, moment)


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
    return unpack(decode_body(raw, codings, limits), limits)


def _moment(date: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(date or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _frames(stream: IO[bytes], limits: Limits) -> Iterator[_Frame]:
    limit = limits.max_wire_bytes + HEAD_BYTES
    magic = stream.read(len(GZIP_MAGIC))
    stream.seek(-len(magic), io.SEEK_CUR)
    return _gzip_frames(stream, limit) if magic == GZIP_MAGIC else _plain_frames(stream, limit)


def _plain_frames(stream: IO[bytes], limit: int) -> Iterator[_Frame]:
    """Yield the records of an uncompressed stream."""
    while True:
        offset = stream.tell()
        head = _head(stream)
        if head is None:
            return
        length = CONTENT_LENGTH.search(head)
        if not head.startswith(b"WARC/") or length is None:
            yield _Frame(offset, 0, flaw="cut" if _is_at_end(stream) else "damaged")
            stream.seek(-1, io.SEEK_CUR)  # back to the line break, which belongs to the mark
            if not _seek_next(stream, b"\nWARC/1."):
                return
            continue
        offset = stream.tell() - len(head)
        size = int(length[1])
        block = stream.read(min(size, limit))
        if len(block) < min(size, limit):
            yield _Frame(offset, 0, flaw="cut")
            return
        if size > limit:
            stream.seek(size - limit, io.SEEK_CUR)
            yield _Frame(offset, 0, flaw="too-large")
        else:
            yield _Frame(offset, len(head) + size, head + block)


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


def _gzip_frames(stream: IO[bytes], limit: int) -> Iterator[_Frame]:
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
            yield _Frame(offset, 0, flaw=flaw)
            if flaw == "damaged":
                stream.seek(offset + 1)
                if not _seek_next(stream, GZIP_MAGIC):
                    return
            continue
        frames = list(_plain_frames(io.BytesIO(data), limit))
        length = stream.tell() - offset if len(frames) == 1 else 0
        yield from (replace(frame, offset=offset, length=length) for frame in frames)


def _guarded(frames: Iterator[_Frame]) -> Iterator[_Frame]:
    """End with a word where the compressed stream does not go on."""
    try:
        yield from frames
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield _Frame(0, 0, flaw="cut" if isinstance(error, EOFError) else "damaged")


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
