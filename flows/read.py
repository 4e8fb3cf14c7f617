"""The step from files to articles: read a batch, store it in one transaction."""

from collections.abc import Sequence
from pathlib import Path

from config.sidecar import load_sidecar
from flows.corpus import clock_of, read_corpus_file
from flows.place import Arrival, stow
from warehouse.articles import Reading, Stored, add_sources, source_for
from warehouse.connection import open_writer, transaction


def read_batch(corpus: Path, locations: Sequence[str], warehouse: Path, *, max_bytes: int) -> Stored:
    """Read some files of a corpus and store what they came to; running it again changes nothing."""
    facts, _ = load_sidecar(corpus)
    read = [read_corpus_file(corpus, one, facts.get(one), max_bytes=max_bytes) for one in locations]
    source = source_for("folder", corpus.name)
    arrivals = [
        Arrival(one.location, Reading(source.source_id, one.location, one.input_hash, one.outcome, clock_of(one)))
        for one in read
    ]
    with open_writer(warehouse) as con, transaction(con):
        add_sources(con, [source])
        return stow(con, arrivals).stored
