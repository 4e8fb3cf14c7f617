"""A long watch, compressed: ``python -m tests.bench.soak [--cycles 200] [--sources 200] [--csv FILE]``.

A process watches feeds on loopback, cycle after cycle, under one Prefect server: in each cycle a twentieth of the feeds
have a new article and a fiftieth fail. Every cycle's processor time, memory, open files and processes, and the size of
all that is kept are measured.
"""

import csv
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import IO

import click

from tests.newsroom.configuration import write_config
from tests.newsroom.stories import DISPUTE, Story, write_story
from tests.site import Reply, Site, conditional

N_HOSTS = 50
NEW_SHARE, FAILING_SHARE = 0.05, 0.02
KEPT = 20  # items that a feed goes on listing
WARM = 20  # cycles before growth is measured: caches fill up to then


@dataclass(frozen=True, slots=True)
class Measured:
    """What a cycle cost in processor seconds, and what there was after it: MB, counts."""

    cycle: int
    seconds: float
    server_seconds: float
    memory_mb: float
    peak_mb: float
    server_mb: float
    files: int
    processes: int
    warehouse_mb: float
    keys_mb: float
    captures_mb: float
    prefect_mb: float
    articles: int
    alerts: int


class World:
    """Feeds that go on publishing; the same seed publishes the same."""

    def __init__(self, site: Site, hosts: Sequence[str], n_sources: int) -> None:
        """Serve empty feeds."""
        self._site, self._hosts, self._chance = site, hosts, random.Random(1)
        self._items: list[list[str]] = [[] for _ in range(n_sources)]
        self._n_articles = 0
        self.urls = [site.url(f"/{number}.xml", self._host(number)) for number in range(n_sources)]
        self._titles: set[str] = set()
        for number in range(n_sources):
            self._serve(number)

    def go_on(self) -> None:
        """Publish in some feeds and let some fail until the next time."""
        n_sources = len(self._items)
        for number in range(n_sources):
            self._serve(number)
        for number in self._chance.sample(range(n_sources), max(1, round(n_sources * NEW_SHARE))):
            self._publish(number)
        for number in self._chance.sample(range(n_sources), max(1, round(n_sources * FAILING_SHARE))):
            self._site.put(f"//{self._host(number)}/{number}.xml", Reply(503))

    def _publish(self, number: int) -> None:
        story, host, at = self._story(), self._host(number), datetime.now(UTC)
        self._n_articles += 1
        path = f"/a/{self._n_articles}"
        url = self._site.put(f"//{host}{path}", Reply(200, _page(story, at).encode()))
        item = (
            f"<item><title>{escape(story.title)}</title><link>{url}</link><description>{escape(story.summary)}"
            f"</description><pubDate>{format_datetime(at)}</pubDate></item>"
        )
        self._items[number] = [item, *self._items[number]][:KEPT]
        self._serve(number)

    def _story(self) -> Story:
        while True:
            story = write_story(self._chance, DISPUTE)
            if story.title not in self._titles or len(self._titles) > 2_000:
                self._titles.add(story.title)
                return story

    def _serve(self, number: int) -> None:
        body = (
            f'<rss version="2.0"><channel><title>Paper {number}</title>{"".join(self._items[number])}</channel></rss>'
        )
        route = conditional(body.encode(), etag=f'"{hash(body)}"', content_type="application/rss+xml")
        self._site.put(f"//{self._host(number)}/{number}.xml", route)

    def _host(self, number: int) -> str:
        return self._hosts[number % len(self._hosts)]


def _page(story: Story, at: datetime) -> str:
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in story.paragraphs)
    return (
        f'<html lang="en"><head><title>{escape(story.title)}</title>'
        f'<meta property="article:published_time" content="{at.isoformat()}"></head>'
        f"<body><article><h1>{escape(story.title)}</h1>{paragraphs}</article></body></html>"
    )


def configure(folder: Path, urls: Sequence[str]) -> Path:
    """Write a configuration that watches the feeds for the invented dispute."""
    write_config(folder, [])
    sources = [f'[[sources]]\nid = "paper-{n}"\nurl = "{url}"\noutlet = "Paper {n}"\n' for n, url in enumerate(urls)]
    (folder / "sources.toml").write_text("\n".join(sources), encoding="utf-8")
    return folder


@contextmanager
def watcher(config: Path, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Start the process that watches; it runs a cycle for each line that it is sent and answers with a line."""
    call = [sys.executable, "-m", "tests.bench.soaking", str(folder / "soak.duckdb"), str(config), str(folder)]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            _stream(process.stdin).close()
            process.wait(60)


def _stream(found: IO[str] | None) -> IO[str]:
    assert found is not None
    return found


def growth(measured: Sequence[Measured]) -> dict[str, float]:
    """Return by what share each figure grew from the warm cycle to the last: means of five."""
    warm = measured[min(WARM, len(measured) // 3) :]
    found = {}
    for field in fields(Measured)[1:]:
        first, last = ([getattr(one, field.name) for one in part] for part in (warm[:5], warm[-5:]))
        found[field.name] = sum(last) / max(sum(first), 1e-9) - 1
    return found


@click.command()
@click.option("--cycles", type=click.IntRange(min=1), default=200, show_default=True)
@click.option("--sources", type=click.IntRange(min=1), default=200, show_default=True)
@click.option("--csv", "table", type=click.Path(dir_okay=False, path_type=Path), help="Where to write every cycle.")
def main(cycles: int, sources: int, table: Path | None) -> None:
    """Run the cycles and print what each came to, then how much grew."""
    hosts = [f"127.0.3.{number + 1}" for number in range(min(N_HOSTS, sources))]
    measured: list[Measured] = []
    with Site(hosts) as site, tempfile.TemporaryDirectory() as made:
        world, folder = World(site, hosts, sources), Path(made)
        with watcher(configure(folder / "config", world.urls), folder) as process:
            for _ in range(cycles):
                world.go_on()
                print(file=_stream(process.stdin), flush=True)
                line = _stream(process.stdout).readline()
                if not line:
                    raise SystemExit("the watching process ended")
                measured.append(Measured(len(measured) + 1, **json.loads(line)))
                print(" ".join(f"{key}={value:g}" for key, value in asdict(measured[-1]).items()), flush=True)
                site.forget()
    if table is not None:
        with table.open("w", newline="") as file:
            writer = csv.DictWriter(file, [field.name for field in fields(Measured)])
            writer.writeheader()
            writer.writerows(map(asdict, measured))
    for name, share in growth(measured).items():
        print(f"{name:16} {share:+.1%}")


if __name__ == "__main__":
    main()
