"""What scanning WARC files in parts costs: ``python -m tests.bench.parts [--files 8] [--pages 2000] [--json]``.

Invented pages of the size of news pages, one in twenty on the topic. By this process with its own, by one Dask worker
and by two: processor time a page, which a busy machine does not change; pages a second of processor time; time by the
clock; the most memory a worker and its processes held. Framing alone stands beside it, as its share is what a faster
framing could save.
"""

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.clock import utc_now
from flows.intake import iter_frames
from flows.parts import Bundle, Call, CrawlFile, crawl_file, let_go, open_engine, pack, scan_file
from flows.workers import Done
from tests.flows.crawls import page, record, write_crawl
from tests.flows.live import write_live_config
from warehouse.parts import PageRow, iter_rows

ON_TOPIC = 20  # one page in so many
TICK = os.sysconf("SC_CLK_TCK")
SCRIPT_WORDS, MENU_WORDS = 4_000, 600


@dataclass(frozen=True, slots=True)
class Figures:
    """What one way of scanning came to; times a page are of the processor, in milliseconds."""

    name: str
    pages: int
    kept: int
    ms_a_page: float
    pages_a_core_second: float
    clock_seconds: float
    worker_megabytes: float


def write_crawls(folder: Path, n_files: int, n_pages: int) -> list[Path]:
    """Return files of pages that are mostly off the topic, among menus and scripts as pages of news are."""
    draw = random.Random(11)
    words = ["".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=draw.randint(3, 9))) for _ in range(5_000)]
    return [
        write_crawl(folder / f"{file}.warc.gz", (record(n, news_page(n, words)) for n in _numbers(file, n_pages)))
        for file in range(n_files)
    ]


def _numbers(file: int, n_pages: int) -> range:
    return range(file * n_pages, (file + 1) * n_pages)


def news_page(n: int, words: Sequence[str]) -> bytes:
    """Return a page of some 50 kB: a script, a menu, and one of the small pages of the tests."""
    draw = random.Random(n)
    script = f"<script>{' '.join(draw.choices(words, k=SCRIPT_WORDS))}</script>"
    menu = "".join(f"<li><a href='/{one}'>{one}</a></li>" for one in draw.choices(words, k=MENU_WORDS))
    body = page(n, is_ferry=n % ON_TOPIC == 0)
    return body.replace(b"<article>", f"{script}<nav><ul>{menu}</ul></nav><article>".encode(), 1)


def framing_ms(files: Sequence[Path]) -> float:
    """Return the milliseconds that finding a record's bytes takes."""
    start, n_frames = time.process_time(), 0
    for file in files:
        with file.open("rb") as stream:
            n_frames += sum(1 for _ in iter_frames(stream))
    return 1000 * (time.process_time() - start) / max(1, n_frames)


def measured_scan(file: CrawlFile, bundle: Bundle, folder: Path, *, workers: int = 1) -> Path:
    """Scan a file and write down what this process and those below it took so far, beside the part."""
    part = scan_file(file, bundle, folder, utc_now(), workers=workers)
    seconds, peak = taken(os.getpid())
    part.with_suffix(".json").write_text(json.dumps({"pid": os.getpid(), "seconds": seconds, "bytes": peak}))
    return part


def taken(pid: int) -> tuple[float, int]:
    """Return the processor seconds of a process and all below it, and the most memory each held, added up."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    seconds = sum(int(one) for one in fields[11:15]) / TICK
    status = Path(f"/proc/{pid}/status").read_text()
    peak = 1024 * int(status.partition("VmHWM:")[2].split()[0])
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            below = taken(int(child))
            seconds, peak = seconds + below[0], peak + below[1]
    return seconds, peak


def measure(name: str, cluster: str | None, files: Sequence[Path], bundle: Bundle, n_pages: int) -> Figures:
    """Return the figures of scanning all files in one way; by the clock the start of the workers counts too."""
    with tempfile.TemporaryDirectory() as folder, open_engine(cluster, lambda work: work) as engine:
        calls = [Call(str(file), (crawl_file(file), bundle, Path(folder))) for file in files]
        start = time.monotonic()
        parts = [ended.value for ended in engine.run(measured_scan, calls) if isinstance(ended, Done)]
        clock_seconds = time.monotonic() - start
        notes = [json.loads(part.with_suffix(".json").read_text()) for part in parts]
        kept = sum(row.kind == "article" for part in parts for rows in iter_rows(part, PageRow, 500) for row in rows)
    seconds, n_files = _settled(notes)
    total = n_pages * n_files
    return Figures(
        name, total, kept, round(1000 * seconds / total, 2), round(total / seconds, 1), round(clock_seconds, 1),
        round(max(one["bytes"] for one in notes) / 1e6),
    )  # fmt: skip


def _settled(notes: Sequence[dict[str, float]]) -> tuple[float, int]:
    """Return the processor seconds and the number of files behind the first of each process, which bears its start."""
    by_process: dict[float, list[float]] = {}
    for one in notes:
        by_process.setdefault(one["pid"], []).append(one["seconds"])
    seconds = sum(max(found) - min(found) for found in by_process.values())
    return seconds, len(notes) - len(by_process)


def main(arguments: Sequence[str] | None = None, show: Callable[[str], None] = print) -> None:
    """Print the figures of each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        bundle = pack(write_live_config(Path(folder) / "config"))
        files = write_crawls(Path(folder), given.files, given.pages)
        framing = framing_ms(files)
        ways = (("this process", None), ("one Dask worker", "local:1"), ("two Dask workers", "local:2"))
        found = [measure(name, cluster, files, bundle, given.pages) for name, cluster in ways]
        let_go()
    if given.json:
        show(json.dumps({"framing_ms": round(framing, 2), "ways": [asdict(one) for one in found]}))
        return
    show(f"{given.files} files of {given.pages} pages; framing alone {framing:.2f} ms a page")
    for one in found:
        show(
            f"{one.name}: {one.ms_a_page} ms a page ({one.pages_a_core_second} pages a second and core), "
            f"{one.clock_seconds} s by the clock, {one.worker_megabytes} MB, {one.kept} kept"
        )
    show(f"two workers {found[1].clock_seconds / found[2].clock_seconds:.2f} times one by the clock")


if __name__ == "__main__":
    main()
