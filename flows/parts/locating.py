"""Which WARC files are meant: paths, addresses on the web, and lists of either, such as a monthly warc.paths.gz."""

import asyncio
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urljoin

from config.settings import FetchSettings
from extractors.identity import is_fetchable
from flows.http import Failure, download, redact, remote_size
from flows.intake import door_settings
from flows.parts.scanning import CrawlFile, crawl_file, is_url
from flows.telling import WorkFailedError

LISTS = (".paths", ".paths.gz", ".txt", ".txt.gz")
MOST_BYTES = 64 << 20  # of a list; a month of the largest public crawl has half a megabyte


def locate(words: Sequence[str | Path], fetch: FetchSettings) -> list[CrawlFile]:
    """Return the files that are meant, each once, in order; raises ``WorkFailedError`` where one cannot be had."""
    places = dict.fromkeys(place for word in words for place in _places(str(word), fetch))
    return [_file(place, fetch) for place in places]


def _places(word: str, fetch: FetchSettings) -> Iterator[str]:
    """Yield the absolute places that a word stands for."""
    if is_url(word):
        if not is_fetchable(word):
            raise WorkFailedError(f"{redact(word)}: no address that can be fetched: no credentials, please")
        # A list of the web names its files from the root of its host on.
        yield from _listed(_fetched(word, fetch), urljoin(word, "/")) if word.endswith(LISTS) else [word]
    elif word.endswith(LISTS):
        path = Path(word).resolve()
        yield from _listed(_read(path), f"{path.parent}/")
    else:
        yield str(Path(word).resolve())


def _listed(data: bytes, base: str) -> Iterator[str]:
    for line in _lines(data):
        if is_url(line) or is_url(base):
            yield urljoin(base, line)
        else:
            yield str(Path(base, line).resolve())


def _lines(data: bytes) -> Iterable[str]:
    if data.startswith(b"\x1f\x8b"):
        try:
            with gzip.open(io.BytesIO(data)) as stream:
                data = stream.read(MOST_BYTES)
        except (OSError, EOFError, zlib.error) as error:
            raise WorkFailedError(f"a list of WARC files is damaged: {error}") from error
    lines = (line.strip() for line in data.decode("utf-8", "replace").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES)
    except OSError as error:
        raise WorkFailedError(f"{path}: {error.strerror}") from error


def _fetched(url: str, fetch: FetchSettings) -> bytes:
    size = _size(url, fetch)
    if size > MOST_BYTES:
        raise WorkFailedError(f"{url}: too large for a list of WARC files ({size} bytes)")
    stream = io.BytesIO()
    try:
        asyncio.run(download(url, stream, size, door_settings(fetch)))
    except Failure as failure:
        raise _unfetched(url, failure) from failure
    return stream.getvalue()


def _file(place: str, fetch: FetchSettings) -> CrawlFile:
    if is_url(place):
        if not is_fetchable(place):
            raise WorkFailedError(f"{redact(place)}: no address that can be fetched")
        return CrawlFile(place, _size(place, fetch))
    try:
        return crawl_file(Path(place))
    except OSError as error:
        raise WorkFailedError(f"{place}: {error.strerror}") from error


def _size(url: str, fetch: FetchSettings) -> int:
    try:
        return asyncio.run(remote_size(url, door_settings(fetch)))
    except Failure as failure:
        raise _unfetched(url, failure) from failure


def _unfetched(url: str, failure: Failure) -> WorkFailedError:
    return WorkFailedError(f"{url}: {failure.reason} {failure.detail}".rstrip())
