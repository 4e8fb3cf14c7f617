"""The step from files to articles: read a batch, store it in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from config.settings import Settings
from config.sidecar import ArticleFacts, sidecar_facts, sidecar_terms
from extractors.model import Article, Rejected
from extractors.topics import TopicMatcher
from flows.clock import utc_now
from flows.intake.corpus import PAGE_SUFFIXES, ReadFile, clock_of, modification_time, read_corpus_file
from flows.intake.in_workers import read_guarded_file
from flows.intake.place import Arrival, stow
from flows.intake.web import reading_bounds
from flows.workers import Abandoned, Done, Ended, run_guarded
from warehouse.connection import open_writer, transaction
from warehouse.keys import make_key
from warehouse.storing import (
    Reading,
    Stored,
    Try,
    add_sources,
    clear_tries,
    count_tries,
    save_tries,
    source_for,
    state_terms,
)

# Tries of a file in one replay, all but the first alone; what cannot be read then, the next replay reads.
TRIES = 3
FileEnd: TypeAlias = Ended[str, ReadFile]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder of files, with what is known of each beside its text."""

    folder: Path
    facts: Mapping[str, ArticleFacts]
    max_bytes: int
    settings: Settings


def read_batch(
    corpus: Path,
    locations: Sequence[str],
    warehouse: Path,
    *,
    max_bytes: int,
    settings: Settings | None = None,
    matcher: TopicMatcher | None = None,
) -> Stored:
    """Read some files of a corpus and store what they came to; running it again changes nothing.

    What belongs to no topic is kept too; ``matcher`` tells which topics the rest belongs to.
    """
    ended = _read_all(Corpus(corpus, sidecar_facts(corpus), max_bytes, settings or Settings()), locations)
    read = [_read_file(corpus, one) for one in ended if not _is_put_off(one)]
    source, terms = source_for("folder", corpus.name), sidecar_terms(corpus)
    arrivals = [
        Arrival(
            one.location,
            Reading(source.source_id, one.location, one.input_hash, one.outcome, clock_of(one)),
            topics=_topics(one.outcome, matcher),
        )
        for one in read
    ]
    keys = {location: make_key("file", source.source_id, location) for location in locations}
    failed = [one for one in ended if isinstance(one, Abandoned) and _is_put_off(one)]
    with open_writer(warehouse) as con, transaction(con):
        add_sources(con, [source])
        state_terms(con, source.source_id, terms.licence, terms.texts)
        before = count_tries(con, list(keys.values()))
        clear_tries(con, [keys[one.location] for one in read])
        save_tries(con, [_to_try(one, keys[one.item], before.get(keys[one.item], 0)) for one in failed])
        return stow(con, arrivals).stored


def _topics(outcome: Article | Rejected, matcher: TopicMatcher | None) -> dict[str, float]:
    """Return the topics of an article by its full text, with their scores."""
    if matcher is None or isinstance(outcome, Rejected):
        return {}
    return {match.topic: match.score for match in matcher.decide_article(outcome.title, outcome.text)}


def _read_all(corpus: Corpus, locations: Sequence[str]) -> list[FileEnd]:
    """Read the files; again, alone, those that failed where content need not be to blame."""
    ended = {one.item: one for one in _read_once(corpus, locations, is_alone=False)}
    for _ in range(TRIES - 1):
        again = [location for location, one in ended.items() if isinstance(one, Abandoned) and one.blame != "content"]
        ended |= {one.item: one for one in _read_once(corpus, again, is_alone=True)}
    return list(ended.values())


def _read_once(corpus: Corpus, locations: Sequence[str], *, is_alone: bool) -> Iterator[FileEnd]:
    """Read texts here, and pages in processes that can be killed: their parser cannot be trusted."""
    pages = [one for one in locations if Path(one).suffix.lower() in PAGE_SUFFIXES]
    for location in locations:
        if location not in pages:
            yield _read_here(corpus, location)
    if pages:
        bounds = reading_bounds(corpus.settings)

        def arguments(location: str) -> Sequence[Any]:
            return (corpus.folder, location, corpus.facts.get(location), corpus.max_bytes)

        yield from run_guarded(
            read_guarded_file, pages, bounds=bounds.alone if is_alone else bounds, arguments=arguments, in_order=False
        )


def _read_here(corpus: Corpus, location: str) -> FileEnd:
    try:
        facts = corpus.facts.get(location)
        return Done(location, read_corpus_file(corpus.folder, location, facts, max_bytes=corpus.max_bytes))
    except OSError as error:
        return Abandoned(location, "unavailable", error.strerror or str(error))


def _read_file(folder: Path, ended: FileEnd) -> ReadFile:
    if isinstance(ended, Done):
        return ended.value
    why = Rejected(ended.reason, ended.detail)
    return ReadFile(ended.item, "", why, modification_time(folder / ended.item))


def _is_put_off(ended: FileEnd) -> bool:
    return isinstance(ended, Abandoned) and ended.blame == "machine"


def _to_try(ended: Abandoned[str], subject_id: str, n_tries: int) -> Try:
    now, why = utc_now(), f"{ended.reason}: {ended.detail}".rstrip(": ")
    return Try("read", subject_id, ended.item, n_tries + 1, why, now, now)
