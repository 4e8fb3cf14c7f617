"""The world in which commands are killed: a site with reprints, edits and poison, a corpus and crawls."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.flows.crawls import records, write_crawl
from tests.flows.live import write_live_config
from tests.newsroom import Newsroom
from tests.site import text

N_OUTLETS, N_ARTICLES = 8, 100
N_POISON = 12_500
N_CRAWLED = 60
# The cycles of a schedule must not wait for each other.
SETTINGS = """
[batches]
articles = 8

[watch]
interval_minutes = 0.05
"""


@dataclass(frozen=True, slots=True)
class World:
    """What there is to read, and the configurations to read it with."""

    newsroom: Newsroom
    config: Path
    corpus: Path
    crawls: tuple[Path, Path]
    crawl_config: Path


@contextmanager
def serve_world(
    folder: Path,
    seed: int,
    *,
    n_articles: int = N_ARTICLES,
    n_poison: int = N_POISON,
    n_crawled: int = N_CRAWLED,
) -> Iterator[World]:
    """Serve the site and write corpus and crawls; the same seed gives the same world, but for the port.

    ``n_poison`` says how often the poison quotes without an end.
    """
    newsroom = Newsroom(seed, n_outlets=N_OUTLETS, n_articles=n_articles)
    with newsroom.serve() as site:
        config = newsroom.write_config(folder / "config")
        host = newsroom.outlets[0].host
        page = site.put(f"//{host}/poison", text(poison_page(n_poison)))
        item = f"<item><title>Veldoria warns Tamarzia over the strait</title><link>{page}</link></item>"
        feed = f"<rss version='2.0'><channel><title>Poison</title>{item}</channel></rss>"
        url = site.put(f"//{host}/poison.xml", text(feed, "application/rss+xml"))
        with (config / "sources.toml").open("a", encoding="utf-8") as file:
            file.write(f'[[sources]]\nid = "poison"\nurl = "{url}"\noutlet = "Poison"\n')
        with (config / "tocsin.toml").open("a", encoding="utf-8") as file:
            file.write(SETTINGS)
        yield World(newsroom, config, write_corpus(newsroom, folder / "corpus"), *write_crawls(folder, n_crawled))


def poison_page(n_quotes: int) -> str:
    """Return a page that belongs to the topic and quotes without end."""
    news = (
        "Veldoria warned Tamarzia on Monday that its navy would sink any warship in the Strait of Ombrel. "
        "Tamarzia said that its fleet would answer an attack on the treaty waters with missiles."
    )
    filler = "".join(f"<p>The harbour log of day {n} speaks of fog and of no sail at all.</p>" for n in range(8))
    return f"<html lang='en'><body><article><p>{news}</p>{filler}<p>{'“x said ' * n_quotes}</p></article></body></html>"


def write_corpus(newsroom: Newsroom, folder: Path) -> Path:
    """Write the texts of the site as a corpus, with what is known of each."""
    folder.mkdir(parents=True)
    known = []
    for number, article in enumerate(newsroom.expected()):
        name = f"{number:03}.txt"
        (folder / name).write_text(f"{article.title}\n\n{article.text}\n", encoding="utf-8")
        outlet = json.dumps(article.outlet, ensure_ascii=False)
        known.append(f'[files."{name}"]\npublished = {article.published.isoformat()}\noutlet = {outlet}\n')
    (folder / "sources.toml").write_text("\n".join(known), encoding="utf-8")
    return folder


def write_crawls(folder: Path, n_pages: int) -> tuple[tuple[Path, Path], Path]:
    """Write two crawls, packed differently, and the configuration to read them with."""
    crawls = folder / "crawls"
    crawls.mkdir()
    half = n_pages // 2
    paths = (
        write_crawl(crawls / "a.warc.gz", records(range(half))),
        write_crawl(crawls / "b.warc.gz", records(range(half, n_pages)), "whole"),
    )
    config = write_live_config(folder / "crawl-config", ("quay-gazette", "https://quay.example/feed"))
    with (config / "tocsin.toml").open("a", encoding="utf-8") as file:
        file.write("[batches]\narticles = 8\n")
    return paths, config
