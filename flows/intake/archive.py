"""Captures: raw responses in rotating WARC files, durable before anything reads them, readable again by anyone.

One writer a file (a lock sees to it). A file that a crash cut is cut back to its last whole record before it is
appended to. Reading is in ``flows/intake/warc.py``.
"""

import contextlib
import fcntl
import hashlib
import io
import logging
import os
import threading
import zlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.files import replace_file
from flows.http import MEBIBYTE, Fetched, Headers
from flows.intake.warc import ArchiveError, Captured, CaptureRef, Record, Skipped, iter_warc, read_capture

__all__ = ["Archive", "ArchiveError", "CaptureRef", "Captured", "Record", "Skipped", "iter_warc", "read_capture"]

logger = logging.getLogger(__name__)

# Small enough to be checked and copied at leisure, large enough that a year of news is some hundred files.
ROTATE_BYTES = 256 * MEBIBYTE
PIECE = 1 << 16


class Archive:
    """Appends captures to the newest file of its folder, starting another one when that is full or in use.

    Safe to share between threads; ``write`` blocks until the disk has the bytes, so call it off the event loop.
    """

    def __init__(
        self,
        folder: Path,
        *,
        software: str,
        operator: str = "",
        rotate_bytes: int = ROTATE_BYTES,
        prefix: str = "tocsin",
    ) -> None:
        """Write into ``folder`` (made when first needed); ``software`` and ``operator`` are named in each file."""
        self._folder = folder
        self._info = {"software": software, "operator": operator, "format": "WARC File Format 1.0"}
        self._rotate_bytes = rotate_bytes
        self._prefix = prefix
        self._file: FileIO | None = None
        self._path = folder
        self._lock = threading.Lock()
        self.trouble: str | None = None  # why the last write failed, where one did

    def __enter__(self) -> Self:
        """Return the archive; no file is touched before the first write."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file and note that it is whole."""
        with self._lock:
            self._close()

    def write(self, fetched: Fetched, *, at: datetime) -> CaptureRef:
        """Store one response, received ``at``, durably; raises ``ArchiveError``, and then nothing was stored."""
        return self.write_all([(fetched, at)])[0]

    def write_all(self, captures: Iterable[tuple[Fetched, datetime]]) -> list[CaptureRef]:
        """Store several responses with one wait for the disk."""
        pairs = [(fetched, _members(fetched, at), at) for fetched, at in captures]
        if not pairs:
            return []
        with self._lock:
            try:
                return self._append([(fetched, members) for fetched, members, _ in pairs], pairs[0][2])
            except OSError as error:
                self._abandon()
                self.trouble = f"{self._path}: {error.strerror or error}"
                raise ArchiveError(self.trouble) from error

    def _append(self, captures: Sequence[tuple[Fetched, Sequence[bytes]]], at: datetime) -> list[CaptureRef]:
        file, offset = self._ready(at)
        start = offset
        whole = bytearray()
        if offset == 0:
            whole += _warcinfo(self._path.name, self._info)
        refs = []
        for fetched, members in captures:
            refs.append(CaptureRef(self._path.name, offset + len(whole), len(members[0]), _digest(fetched.raw_body)))
            whole += b"".join(members)
        try:
            _write_through(file, whole)
        except OSError:
            file.truncate(start)
            raise
        return refs

    def _ready(self, at: datetime) -> tuple[FileIO, int]:
        """Return the file to append to and its length."""
        if self._file is not None and self._file.seek(0, os.SEEK_END) >= self._rotate_bytes:
            self._close()
        if self._file is None:
            self._file = self._reopen() or self._create(at)
        return self._file, self._file.seek(0, os.SEEK_END)

    def _reopen(self) -> FileIO | None:
        """Take up the newest file where it is not full and nobody else writes to it."""
        paths = sorted(self._folder.glob(f"{self._prefix}-*.warc.gz"))
        if not paths or paths[-1].stat().st_size >= self._rotate_bytes:
            return None
        file = FileIO(paths[-1], "r+")
        if not _lock(file) or not repair(paths[-1], file):
            file.close()
            return None
        self._path = paths[-1]
        return file

    def _create(self, at: datetime) -> FileIO:
        self._folder.mkdir(parents=True, exist_ok=True)
        stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        for number in range(10_000):
            self._path = self._folder / f"{self._prefix}-{stamp}-{number:04d}.warc.gz"
            try:
                file = FileIO(self._path, "x+")
            except FileExistsError:
                continue
            _lock(file)
            _sync_folder(self._folder)
            return file
        raise ArchiveError(f"{self._folder}: no free name for {stamp}")

    def _close(self) -> None:
        if self._file is not None:
            length = self._file.seek(0, os.SEEK_END)
            self._file.close()
            self._file = None
            _note_length(self._path, length)

    def _abandon(self) -> None:
        """Let go of a file that could not be written; the next write looks for its place anew."""
        if self._file is not None:
            self._file.close()
            self._file = None


def repair(path: Path, file: FileIO) -> bool:
    """Cut an unfinished record off the end of ``file``; tell whether it may be appended to.

    A file that is damaged elsewhere is not touched: what comes after the damage may be whole.
    """
    size = file.seek(0, os.SEEK_END)
    whole = _whole_length(file, _noted_length(path, size))
    if whole is None:
        logger.warning("archive file=%s is damaged before its end: left as it is", path.name)
        return False
    if whole < size:
        logger.warning("archive file=%s cut %d bytes of an unfinished record at %d", path.name, size - whole, whole)
        file.truncate(whole)
        os.fsync(file.fileno())
    return True


def _whole_length(file: FileIO, start: int) -> int | None:
    """Return where the last whole gzip member ends, reading on from ``start``, which is such an end.

    None where something else than an early end is wrong with what follows.
    """
    whole = start
    file.seek(start)
    inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
    data = b""
    while data := data or file.read(PIECE):
        try:
            inflating.decompress(data, PIECE)
        except zlib.error:
            return whole if _is_blank(file, whole) else None
        data = inflating.unconsumed_tail
        if inflating.eof:
            data = inflating.unused_data
            whole = file.tell() - len(data)
            inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
    return whole


def _is_blank(file: FileIO, start: int) -> bool:
    """Tell whether only zeros follow: a length that reached the disk before its bytes did."""
    file.seek(start)
    while data := file.read(PIECE):
        if data.strip(b"\0"):
            return False
    return True


def _write_through(file: FileIO, data: bytes | bytearray) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
    os.fsync(file.fileno())


def _note_length(path: Path, length: int) -> None:
    """Remember that all up to ``length`` is whole, so that it need not be read again; without a note it is read."""
    with contextlib.suppress(OSError):
        replace_file(_note_path(path), f"{length}\n".encode("ascii"))


def _noted_length(path: Path, size: int) -> int:
    """Return the length at the last orderly close, 0 where that is not known for certain."""
    try:
        noted = _note_path(path).read_text(encoding="ascii")
    except (OSError, ValueError):
        return 0
    length = int(noted) if noted.endswith("\n") and noted.strip().isdigit() else 0
    return length if length <= size else 0


def _note_path(path: Path) -> Path:
    return path.with_name(f".{path.name}.whole")


def _lock(file: FileIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(payload: bytes) -> str:
    return f"sha256:{hashlib.sha256(payload).hexdigest()}"


def _warcinfo(name: str, info: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    writer.write_record(writer.create_warcinfo_record(name, info))
    return buffer.getvalue()


class _AsSent(StatusAndHeaders):  # type: ignore[misc]
    """Headers that are stored as they came: warcio would escape what is not ASCII, and fails where names are not."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:  # noqa: ARG002 - warcio's signature
        """Set the bytes of status line and headers."""
        self.headers_buff = self.to_str().encode("latin-1", errors="replace") + b"\r\n"


def _members(fetched: Fetched, at: datetime) -> tuple[bytes, bytes]:
    """Return the response and the request as compressed records."""
    date = {"WARC-Date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    response = writer.create_warc_record(
        fetched.url,
        "response",
        payload=io.BytesIO(fetched.raw_body),
        length=len(fetched.raw_body),
        http_headers=_AsSent(f"{fetched.status} {fetched.phrase}", _unframed(fetched.headers), "HTTP/1.1"),
        warc_headers_dict={**date, "WARC-Payload-Digest": _digest(fetched.raw_body)},
    )
    writer.write_record(response)
    length = buffer.tell()
    parts = urlsplit(fetched.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    asked = _AsSent(f"GET {path} HTTP/1.1", fetched.request_headers, is_http_request=True)
    concurrent = {**date, "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")}
    writer.write_record(
        writer.create_warc_record(fetched.url, "request", http_headers=asked, warc_headers_dict=concurrent)
    )
    data = buffer.getvalue()
    return data[:length], data[length:]


def _unframed(headers: Headers) -> list[tuple[str, str]]:
    """Rename the header of a framing that is not stored, as other crawlers do."""
    renamed = {"transfer-encoding": "X-Crawler-Transfer-Encoding"}
    return [(renamed.get(name.lower(), name), value) for name, value in headers]
