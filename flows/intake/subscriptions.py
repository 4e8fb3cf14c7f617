"""Changing which sources are watched: each change is written to the warehouse and published at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config.files import ConfigError
from config.places import warehouse_path
from config.sources import check_source, load_sources
from config.topics import load_topics
from extractors.feeds import Source, free_id
from extractors.identity import canonical_url
from extractors.model import Feed
from warehouse.connection import Connection, open_writer, transaction
from warehouse.storing import add_unknown_sources, known_addresses, sync_sources, taken_ids
from warehouse.upkeep import publish


def configured_sources(config_folder: Path | None) -> tuple[Source, ...]:
    """Return the sources of sources.toml; raises ``ConfigError``."""
    sources, problems = load_sources(config_folder)
    if sources is None:
        raise ConfigError(problems)
    return sources


def topic_names_of(config_folder: Path | None) -> list[str]:
    """Return the names of the topics of topics.toml; raises ``ConfigError``."""
    topics, problems = load_topics(config_folder)
    if topics is None:
        raise ConfigError(problems)
    return [one.name for one in topics]


@contextmanager
def changing_sources(config_folder: Path | None, warehouse: Path | None) -> Iterator[Connection]:
    """Open the warehouse with the configured sources in it; what the block changed is published."""
    configured = configured_sources(config_folder)
    target = warehouse or warehouse_path(config_folder)
    with open_writer(target) as con:
        with transaction(con):
            sync_sources(con, configured)
            yield con
        publish(con, target)


def facts_of(url: str, listing: Feed) -> dict[str, str]:
    """Return what a listing says of itself, in the words of sources.toml."""
    facts = {"url": url, "kind": "sitemap" if listing.kind.startswith("sitemap") else "feed"}
    language = (listing.language or "").replace("_", "-").split("-")[0].lower()
    return facts | ({"language": language} if len(language) in (2, 3) and language.isascii() else {})


def suggested_id(outlet: str | None, title: str | None, url: str, taken: Collection[str]) -> str:
    """Return a free id made from the outlet, else the listing's title, else the host."""
    return free_id(outlet or title or urlsplit(url).hostname or url, taken)


def describe_source(fields: Mapping[str, Any], topics: Collection[str]) -> Source:
    """Return the source with these keys of sources.toml; raises ``ConfigError`` with all that is wrong with them."""
    source, problems = check_source(fields, topics)
    if source is None:
        raise ConfigError(problems)
    return source


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to; ``problems`` says why some were refused."""

    n_added: int
    n_known: int
    n_refused: int
    problems: tuple[str, ...]


def import_sources(con: Connection, found: Sequence[Source], topics: Collection[str]) -> Imported:
    """Add the sources of another list, each under a free id; one with unknown topics or wrong codes is refused."""
    taken, addresses = taken_ids(con), known_addresses(con)
    unknown = [one for one in found if canonical_url(one.url) not in addresses]
    added, problems = [], []
    for one in unknown:
        source, wrong = check_source(_fields(one, taken), topics)
        problems += [f"{one.url}: {problem}" for problem in wrong]
        if source is not None:
            added.append(source)
            taken.add(source.source_id)
    add_unknown_sources(con, added)
    return Imported(len(added), len(found) - len(unknown), len(unknown) - len(added), tuple(problems))


def _fields(source: Source, taken: Collection[str]) -> dict[str, Any]:
    """Return a foreign source as the keys of sources.toml."""
    names = ("url", "kind", "outlet", "issuer", "country", "standing", "note", "licence", "texts", "topics")
    fields = {name: getattr(source, name) for name in names} | {"id": free_id(source.source_id, taken)}
    return fields | ({"language": source.language.split("-")[0].lower()} if source.language else {})
