"""Speed of polling: ``python -m tests.bench.polling [N_FEEDS]``; unchanged feeds, our step against bare asyncio.

The feeds stand on 250 loopback hosts of a server process; both ways ask all of them with the same validators and the
same bound on concurrency, in turns within one run; the best of the turns counts. Ours includes politeness, guarded
addresses and keeping every source's state and every poll in the warehouse.
"""

import asyncio
import multiprocessing
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter

from config.settings import settings_of
from extractors.feeds.sources import Source
from extractors.topics.matching import TopicMatcher
from flows.intake.poll import poll_due
from tests.newsroom.listings import Document
from tests.newsroom.newsroom import Newsroom
from tests.site import Route, Site, conditional
from warehouse.connection import open_writer
from warehouse.storing.sources import sync_sources

N_FEEDS, N_HOSTS, TURNS = 1000, 250, 3
TAG = '"unchanged"'
FETCH = '[fetch]\nallowed_networks = ["127.0.0.0/8"]\ndelay_seconds = 0.0\n'


def serve(count: int, pipe: Connection) -> None:
    """Serve the feeds until told to stop; first send their URLs."""
    (document,) = Newsroom(1, n_outlets=4, n_articles=60).listing_documents(0).values()
    hosts = [f"127.0.2.{number + 1}" for number in range(min(N_HOSTS, count))]
    with Site(hosts) as site:
        pipe.send([site.put(f"//{hosts[n % len(hosts)]}/{n}.xml", _feed(document)) for n in range(count)])
        pipe.recv()


def _feed(document: Document) -> Route:
    return conditional(document.body, etag=TAG, content_type=document.content_type)


async def ask_all(urls: Sequence[str], concurrent: int) -> int:
    """Ask with nothing but sockets; return how many had not changed."""
    bound = asyncio.Semaphore(concurrent)

    async def ask(url: str) -> bool:
        host, _, path = url.removeprefix("http://").partition("/")
        name, _, port = host.partition(":")
        async with bound:
            reader, writer = await asyncio.open_connection(name, int(port))
            lines = (f"GET /{path} HTTP/1.1", f"Host: {host}", f"If-None-Match: {TAG}", "Connection: close", "", "")
            writer.write("\r\n".join(lines).encode())
            answer = await reader.read()
            writer.close()
        return answer.startswith(b"HTTP/1.1 304")

    return sum(await asyncio.gather(*map(ask, urls)))


def main(count: int) -> None:
    """Print seconds, feeds a second and the ratio to the bare client."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(count, theirs))
    server.start()
    theirs.close()
    urls: list[str] = ours.recv()
    try:
        with tempfile.TemporaryDirectory() as folder:
            _measure(urls, Path(folder))
    finally:
        ours.send(None)
        server.join(10)


def _measure(urls: Sequence[str], folder: Path) -> None:
    (folder / "tocsin.toml").write_text(FETCH, encoding="utf-8")
    settings, matcher, warehouse = settings_of(folder), TopicMatcher((), {}), folder / "polled.duckdb"
    with open_writer(warehouse) as con:
        sync_sources(con, [Source(f"feed-{number}", url) for number, url in enumerate(urls)])
    began = perf_counter()
    first = poll_due(warehouse, settings, matcher, now=datetime.now(UTC))
    print(f"first poll, all read: {first.sources} feeds, {first.new} entries in {perf_counter() - began:.1f} s")
    bare, whole = [], []
    for _ in range(TURNS):
        began = perf_counter()
        n_bare = asyncio.run(ask_all(urls, settings.fetch.concurrent))
        bare.append(perf_counter() - began)
        with open_writer(warehouse) as con:
            con.execute("UPDATE source_states SET next_at = NULL")
        began = perf_counter()
        polled = poll_due(warehouse, settings, matcher, now=datetime.now(UTC))
        whole.append(perf_counter() - began)
        assert (n_bare, polled.sources, polled.failed, polled.new) == (len(urls), len(urls), 0, 0)
    for name, seconds in (("bare asyncio", min(bare)), ("our poll step", min(whole))):
        print(f"{name:14} {seconds:>6.2f} s {len(urls) / seconds:>7.0f} feeds/s  x{seconds / min(bare):.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else N_FEEDS)
