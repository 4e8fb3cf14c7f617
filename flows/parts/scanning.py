"""From a WARC file to a part: its pages that belong to a topic, read, and what was damaged; no warehouse is needed."""

import asyncio
import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from config.load import load_configuration
from config.settings import settings_of
from flows.http import Failure, download
from flows.intake import Captured, Frame, Skipped, door_settings, iter_frames, read_frame, reading_bounds
from flows.parts.bundle import Bundle, unpack
from flows.parts.keeping import kept
from flows.parts.sifting import Chunk, Clock, Sifted, damaged_row, is_page, load_topics, page_row, sift_records
from flows.telling import current_progress
from flows.workers import Abandoned, Bounds, Crew, Done, Setup
from warehouse.keys import make_key
from warehouse.parts import BUILDING, PageRow, PartWriter, end_of_pages, is_whole

# Records that a worker process takes at once: the way there costs little, and what fails is soon done again by one.
CHUNK_RECORDS = 16
CHUNK_BYTES = 4 << 20
GLANCE_SECONDS = 1.0  # what each record may add to the time that one page may take; a glance takes a hundredth
CHUNKS_PER_WORKER = 200
ROWS = 200  # written together
_WANTED = re.compile(rb"^warc-type:[ \t]*(?:response|revisit|resource)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_HEAD = 2048


@dataclass(frozen=True, slots=True)
class CrawlFile:
    """A WARC file as workers find it: at a path or a URL; it is known by its name and size wherever it lies."""

    location: str
    size: int

    @property
    def key(self) -> str:
        """Return what identifies it."""
        return make_key("source", "warc", self.name, self.size)

    @property
    def name(self) -> str:
        """Return the file's name."""
        return self.location.partition("?")[0].rpartition("/")[2]

    @property
    def is_remote(self) -> bool:
        """Tell whether it is fetched, and so not at hand later."""
        return is_url(self.location)


def is_url(location: str) -> bool:
    """Tell a place on the web from one on the disk."""
    return location.startswith(("http://", "https://"))


def crawl_file(path: Path) -> CrawlFile:
    """Return the file at a path; raises ``OSError``."""
    return CrawlFile(str(path), path.stat().st_size)


def pages_part(file: CrawlFile, bundle: Bundle, folder: Path) -> Path:
    """Return where the part of a file belongs: named by the file and by what it was read for."""
    return folder / f"pages-{file.key}-{bundle.version}.parquet"


def scan_file(file: CrawlFile, bundle: Bundle, folder: Path, now: datetime, *, workers: int = 1) -> Path:
    """Return the part with the pages of a file, made unless it is there; raises ``OSError``, ``WarehouseDiskError``.

    A page that failed for no fault of its own is left to be read again, alone, by who has the warehouse.
    """
    part = pages_part(file, bundle, folder)
    if is_whole(part):
        return part
    config = unpack(bundle)
    with (
        _at_hand(file, config, folder) as path,
        PartWriter(part, PageRow) as writer,
        _sieve(config, bundle, workers) as sieve,
    ):
        clock = Clock(now, now if file.is_remote else datetime.fromtimestamp(path.stat().st_mtime, UTC))
        n_responses, rows = 0, list[PageRow]()
        for sifted in sieve.run(_chunks(path, clock, file)):
            n_responses += sifted.n_responses
            rows += sifted.rows
            if len(rows) >= ROWS:
                writer.add(rows)
                rows = []
        writer.add([*rows, end_of_pages(n_responses)])
    return part


@contextmanager
def _at_hand(file: CrawlFile, config: Path | None, folder: Path) -> Iterator[Path]:
    """Yield where a file lies; one of the web lies there for so long."""
    if not file.is_remote:
        yield Path(file.location)
        return
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(suffix=BUILDING, dir=folder) as place:
        path = Path(place) / "crawl"
        with path.open("w+b") as stream:
            try:
                asyncio.run(download(file.location, stream, file.size, door_settings(settings_of(config).fetch)))
            except Failure as failure:
                raise OSError(f"{file.location}: {failure.reason} {failure.detail}".rstrip()) from failure
        yield path


def _chunks(path: Path, clock: Clock, file: CrawlFile) -> Iterator[Chunk]:
    """Yield the records of a file that may be pages, some at a time; who looks on here sees how far it is."""
    frames, size, progress, stage = list[Frame](), 0, current_progress(), f"scan {file.name} (MiB)"
    with path.open("rb") as stream:
        for frame in iter_frames(stream):
            if frame.flaw is None and not _WANTED.search(frame.data[:_HEAD].partition(b"\r\n\r\n")[0]):
                continue
            frames.append(frame)
            size += len(frame.data)
            if len(frames) == CHUNK_RECORDS or size >= CHUNK_BYTES:
                yield Chunk(tuple(frames), clock, is_copied=file.is_remote)
                frames, size = [], 0
                progress.advance(stage, stream.tell() >> 20, (file.size >> 20) + 1)
    yield Chunk(tuple(frames), clock, is_copied=file.is_remote)


@dataclass(frozen=True, slots=True)
class _Sieve:
    """Processes that sift chunks, and one apart for records that are tried alone."""

    crew: Crew[Chunk, Sifted]
    alone: Crew[Chunk, Sifted]

    def run(self, chunks: Iterable[Chunk]) -> Iterator[Sifted]:
        """Yield what the chunks came to, in order."""
        for ended in self.crew.run(chunks):
            if isinstance(ended, Done):
                yield ended.value
            else:
                yield from self._one_by_one(ended.item)

    def _one_by_one(self, chunk: Chunk) -> Iterator[Sifted]:
        singles = (replace(chunk, frames=(frame,)) for frame in chunk.frames)
        for ended in self.alone.run(singles):
            yield ended.value if isinstance(ended, Done) else _failed(ended)

    def stop(self) -> None:
        """End the processes."""
        self.crew.stop()
        self.alone.stop()


def _failed(ended: Abandoned[Chunk]) -> Sifted:
    """Return a page that nobody could read: judged where its content made the reader raise, else left for later."""
    record = read_frame(ended.item.frames[0], "")
    if isinstance(record, Skipped):
        return Sifted(0, (damaged_row(record),))
    if not isinstance(record, Captured) or not is_page(record):
        return Sifted(int(record is not None), ())
    row = replace(page_row(record, ended.item), reason=ended.reason, detail=ended.detail, location=record.url)
    return Sifted(1, (replace(row, kind="rejected") if ended.blame == "content" else row,))


def _sieve(config: Path | None, bundle: Bundle, workers: int) -> AbstractContextManager[_Sieve]:
    bounds = reading_bounds(load_configuration(config).settings)
    bounds = replace(
        bounds,
        workers=max(bounds.workers, workers),
        items_per_worker=CHUNKS_PER_WORKER,
        preload=(*bounds.preload, "flows.parts.sifting"),
    )

    def crew(bounds: Bounds) -> Crew[Chunk, Sifted]:
        return Crew(
            sift_records,
            bounds,
            arguments=lambda chunk: (config, chunk),
            setup=Setup(load_topics, (config,)),
            seconds=lambda chunk: bounds.seconds + GLANCE_SECONDS * (len(chunk.frames) - 1),
        )

    return kept(("sieve", bundle.digest, bounds.workers), lambda: _Sieve(crew(bounds), crew(bounds.alone)))
