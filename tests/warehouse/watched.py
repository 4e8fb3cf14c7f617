"""A watched source in a few words: its polls, its entries and its articles."""

from datetime import datetime, timedelta

import duckdb

from extractors.feeds.novelty import entry_keys
from extractors.feeds.schedule import PollState
from extractors.feeds.sources import Source
from extractors.model import Entry
from tests.warehouse.values import NOON, article
from warehouse.storing.articles import Reading, add_readings
from warehouse.storing.listings import Listed, Poll, ReadEnd, add_entries, add_polls, end_readings, entry_id_of
from warehouse.storing.sources import save_states, sync_sources

QUAY = Source("quay", "https://quay.example/feed", outlet="Quay News", country="GBR")


def watch(con: duckdb.DuckDBPyConnection, state: PollState, *, source: Source = QUAY) -> None:
    """Configure the source and save what is known of it."""
    sync_sources(con, [source])
    save_states(con, [(source.source_id, state)])


def listed(number: int, *, source: Source = QUAY, is_wanted: bool = True) -> Listed:
    """Return the entry of that number."""
    entry = Entry(f"g-{number}", f"https://quay.example/{number}", f"Notice number {number} of the quay", None, None)
    return Listed(source.source_id, entry, "fetch" if is_wanted else "skip", (), "", is_wanted)


def list_entries(con: duckdb.DuckDBPyConnection, ends: str, *, at: datetime = NOON) -> None:
    """List one entry for each letter, an hour apart: a(rticle), o(ff topic), r(ejected), f(ailed), p(ending)."""
    status = {"a": "read", "o": "rejected", "r": "rejected", "f": "failed", "p": "pending"}
    reason = {"a": "article", "o": "off-topic: no topic", "r": "too-short: 3 words", "f": "http-404", "p": None}
    for number, letter in enumerate(ends):
        one = listed(number)
        add_entries(con, [(one, at + timedelta(hours=number))])
        entry_id = entry_id_of(one.source_id, entry_keys(one.entry))
        end_readings(con, [ReadEnd(entry_id, status[letter], reason[letter], None)])


def store_articles(con: duckdb.DuckDBPyConnection, lengths: list[int]) -> None:
    """Store an article of each length, an hour apart."""
    for number, n_words in enumerate(lengths):
        text = " ".join([f"word{number}", *["again"] * (n_words - 1)])
        reading = Reading(QUAY.source_id, f"{number}", "h", article(text), NOON + timedelta(hours=number))
        add_readings(con, [reading])


def poll(con: duckdb.DuckDBPyConnection, at: datetime, *, error: str | None = None, n_new: int = 0) -> None:
    """Record a poll."""
    outcome = "error" if error else "changed" if n_new else "unchanged"
    add_polls(con, [Poll(QUAY.source_id, at, outcome, None, error, n_new, n_new, 0)])
