"""Extraction in worker processes that live as long as the step: no article can stop another one.

Articles go to a worker in chunks, so that the parser's batches are full. Of a chunk that fails it is not known which of
its articles did it; each is tried again by itself.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path
from typing import Self

from config.settings import Settings
from extractors.model import Article, Findings
from flows.analysis.extractor import Chunk, extract_chunk, load_knowledge
from flows.intake import WORKING_SHARE, within
from flows.workers import Bounds, Crew, Ended, Setup

# A chunk fills many batches of the parser, and is soon done again one by one.
CHUNK_ARTICLES = 16
CHUNK_CHARACTERS = 60_000
# A text of so many characters may take twice the time of a short one, and so on: with a minute for each that is three
# times what ordinary text took (37 microseconds a character).
LONG_TEXT = 600_000
CHUNKS_PER_WORKER = 200


class ExtractionCrew:
    """The workers, each with the language model loaded once."""

    def __init__(
        self,
        config_folder: Path | None,
        settings: Settings,
        function: Callable[[Path | None, Chunk], list[Findings]] | None = None,
    ) -> None:
        """Start no worker before there is something to extract; ``function`` is what they do, by default extract."""
        self._function = function or extract_chunk
        self._budget = WORKING_SHARE * settings.batches.timeout_seconds
        self._bounds = extraction_bounds(settings)
        self._article_seconds = min(settings.extract.article_seconds, self._budget)
        self._config_folder = config_folder
        self._crew = self._make(self._bounds)
        self._alone = self._crew if self._bounds.workers == 1 else self._make(replace(self._bounds, workers=1))

    def __enter__(self) -> Self:
        """Return the crew."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End the workers."""
        self.stop()

    def stop(self) -> None:
        """End the workers."""
        self._crew.stop()
        self._alone.stop()

    def extract(self, articles: Sequence[Article], *, is_alone: bool) -> Iterator[Ended[Chunk, list[Findings]]]:
        """Yield how chunks of the articles ended, or of each article alone; stops before a task's time is over."""
        chunks = ((one,) for one in articles) if is_alone else in_chunks(articles)
        crew = self._alone if is_alone else self._crew
        yield from crew.run(within(chunks, self._budget, self._clock_seconds), in_order=False)

    def _make(self, bounds: Bounds) -> Crew[Chunk, list[Findings]]:
        return Crew(
            self._function,
            bounds,
            arguments=lambda chunk: (self._config_folder, chunk),
            setup=Setup(load_knowledge, (self._config_folder,)),
            seconds=self._seconds,
        )

    def _seconds(self, chunk: Chunk) -> float:
        characters = sum(len(one.text) for one in chunk)
        return min(self._article_seconds * (1 + characters / LONG_TEXT), self._budget)

    def _clock_seconds(self, chunk: Chunk) -> float:
        return self._bounds.clock_seconds(self._seconds(chunk))


def extraction_bounds(settings: Settings) -> Bounds:
    """Return what extracting may take."""
    extract = settings.extract
    return Bounds(
        memory_bytes=extract.article_memory_bytes,
        workers=extract.workers,
        items_per_worker=CHUNKS_PER_WORKER,
        longest_seconds=WORKING_SHARE * settings.batches.timeout_seconds,
    )


def in_chunks(articles: Iterable[Article]) -> Iterator[Chunk]:
    """Cut articles into chunks; one that is long by itself is a chunk by itself."""
    chunk: list[Article] = []
    characters = 0
    for article in articles:
        if chunk and (len(chunk) == CHUNK_ARTICLES or characters + len(article.text) > CHUNK_CHARACTERS):
            yield tuple(chunk)
            chunk, characters = [], 0
        chunk.append(article)
        characters += len(article.text)
    if chunk:
        yield tuple(chunk)


_CURRENT: ContextVar[ExtractionCrew | None] = ContextVar("extraction crew", default=None)


@contextmanager
def keep_crew(config_folder: Path | None, settings: Settings) -> Iterator[None]:
    """Let the tasks of a step share one crew; they look it up, as it is no value to pass through Prefect."""
    with ExtractionCrew(config_folder, settings) as crew:
        token = _CURRENT.set(crew)
        try:
            yield
        finally:
            _CURRENT.reset(token)


@contextmanager
def current_crew(config_folder: Path | None, settings: Settings) -> Iterator[ExtractionCrew]:
    """Yield the crew that is kept, or one for this once."""
    kept = _CURRENT.get()
    if kept is not None:
        yield kept
        return
    with ExtractionCrew(config_folder, settings) as crew:
        yield crew
