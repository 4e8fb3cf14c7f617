"""Speed of reading pages: ``python -m tests.bench.reading [N_PAGES]``; our reader against trafilatura alone.

All ways take the same pages of an invented newsroom, in turns within one run; the best of the turns counts.
"""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from time import perf_counter

from trafilatura import bare_extraction

from extractors.model import Article
from extractors.reading.article import read_html
from flows.workers import READERS, Bounds, run_guarded
from tests.newsroom.newsroom import Newsroom

N_PAGES = 500
TURNS = 3
NOW = datetime(2026, 1, 1, tzinfo=UTC)

Page = tuple[bytes, str, dict[str, str]]


def make_pages(count: int) -> list[Page]:
    """Return pages with their URLs and headers."""
    newsroom = Newsroom(1, n_articles=max(count + count // 8, 60))
    whole = [item for item in newsroom.items if not item.is_broken][:count]
    pages = []
    for item in whole:
        data, content_type = newsroom.page(item)
        pages.append((data, newsroom.base(item.outlet.number) + item.path, {"content-type": content_type}))
    return pages


def with_trafilatura(pages: Sequence[Page]) -> int:
    """Read text and metadata as the library does by itself."""
    return sum(bare_extraction(data, url=url, with_metadata=True) is not None for data, url, _ in pages)


def with_ours(pages: Sequence[Page]) -> int:
    """Read with our reader in this process."""
    return sum(isinstance(read_html(*page, now=NOW), Article) for page in pages)


def guarded(workers: int) -> Callable[[Sequence[Page]], int]:
    """Read with our reader in killable processes, as the flow does."""
    bounds = Bounds(workers=workers, preload=READERS)

    def read(pages: Sequence[Page]) -> int:
        ended = run_guarded(read_html, pages, bounds=bounds, arguments=lambda page: page)
        return sum(isinstance(getattr(one, "value", None), Article) for one in ended)

    return read


def main(count: int) -> None:
    """Print seconds, pages a second and the ratio to trafilatura alone."""
    pages = make_pages(count)
    ways = {
        "trafilatura alone": with_trafilatura,
        "our reader": with_ours,
        "guarded, 1 process": guarded(1),
        "guarded, 2 processes": guarded(2),
    }
    best: dict[str, float] = {}
    read: dict[str, int] = {}
    for _ in range(TURNS):
        for name, way in ways.items():
            began = perf_counter()
            read[name] = way(pages)
            best[name] = min(best.get(name, float("inf")), perf_counter() - began)
    print(f"{len(pages)} pages, {sum(len(data) for data, *_ in pages) // 1000} kB; best of {TURNS}")
    for name, seconds in best.items():
        ratio = seconds / best["trafilatura alone"]
        print(f"{name:22} {read[name]:>4} read {seconds:>7.2f} s {len(pages) / seconds:>7.0f} pages/s  x{ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else N_PAGES)
