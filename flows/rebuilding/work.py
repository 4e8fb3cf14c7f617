"""The work of a rebuild: extract and relate again in a working copy, as far as it is not done yet; take it over."""

import fcntl
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from config.load import Configuration, load_configuration
from config.settings import Settings
from extractors.knowledge import Knowledge
from flows.analysis import (
    Extracting,
    current_crew,
    extract_guarded,
    keep_crew,
    present,
    reference_knowledge,
    relate_batch,
)
from flows.clock import utc_now
from flows.intake import Patience
from flows.rebuilding.code import code_digest
from flows.rebuilding.remembering import Remembering
from flows.rebuilding.sorting import sort_again, topics_digest
from flows.telling import UnderWayError, WorkFailedError, current_progress
from flows.version import tocsin_version
from warehouse.alerting import Ringing
from warehouse.connection import open_writer, transaction
from warehouse.rebuilding import (
    Begun,
    Comparison,
    MovedOnError,
    articles_to_rebuild,
    begin_rebuild,
    begun_rebuild,
    compare_rebuilt,
    count_unrelated,
    discard,
    finish_rebuild,
    forget_found,
    mark_of,
    open_found,
    take_over,
    working_path,
)
from warehouse.storing import Counts, Run

ACCEPT_TRIES = 3  # how often a warehouse may move on while it is rebuilt before somebody has to stop what writes to it
SILENT: tuple[()] = ()  # no rule: nothing rings


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A rebuild that is done: its working copy, what it was made from, and what it changed."""

    warehouse: Path
    working: Path
    begun: Begun
    version: str
    comparison: Comparison


def rebuild(warehouse: Path, config_folder: Path | None, *, examples: int) -> Rebuilt:
    """Extract and relate everything stored again in a working copy; the live warehouse is only copied.

    One that was cut off goes on where it was, unless rules, code or the live warehouse are others by now.
    """
    with _alone(warehouse):
        return _rebuild(warehouse, config_folder, examples=examples)


def accept(found: Rebuilt, config_folder: Path | None) -> bool:
    """Take a rebuild over; returns whether it was: the live warehouse may have moved on since it was copied."""
    with _alone(found.warehouse), present(found.warehouse) as is_alone:
        if not is_alone:
            raise UnderWayError(
                f"a run is under way on {found.warehouse}: accept the rebuild when it has ended; what was done is kept"
            )
        try:
            _take_over(found, config_folder)
        except MovedOnError:
            return False
        discard(found.working)
        forget_found(found.working)
        return True


def rebuild_and_accept(
    warehouse: Path, config_folder: Path | None, *, examples: int, is_wanted: Callable[[Rebuilt], bool]
) -> tuple[Rebuilt, bool]:
    """Rebuild and take it over where it ``is_wanted``; returns it, and whether it was taken over.

    Where the live warehouse moves on meanwhile, it is done again; raises ``WorkFailedError`` where that never ends.
    """
    for _ in range(ACCEPT_TRIES):
        found = rebuild(warehouse, config_folder, examples=examples)
        if not is_wanted(found):
            return found, False
        if accept(found, config_folder):
            return found, True
    raise WorkFailedError(
        f"{warehouse} changes faster than it is rebuilt: stop `tocsin up` until `tocsin rebuild --accept` is done"
    )


def _rebuild(warehouse: Path, config_folder: Path | None, *, examples: int) -> Rebuilt:
    configuration, knowledge = load_configuration(config_folder), reference_knowledge(config_folder)
    working = working_path(warehouse)
    version = f"{knowledge.version} {code_digest()}"
    begun = _begin(warehouse, working, version, topics_digest(config_folder, configuration))
    _extract(working, config_folder, configuration, knowledge, version)
    sort_again(working, config_folder, configuration)
    _relate(working, configuration, knowledge)
    with open_writer(working) as con:
        with transaction(con):
            undone = finish_rebuild(con)
        comparison = compare_rebuilt(con, undone=undone, examples=examples)
    return Rebuilt(warehouse, working, begun, knowledge.version, comparison)


def _begin(warehouse: Path, working: Path, version: str, topics: str) -> Begun:
    """Go on with a working copy that was made for this version from what still stands, or make one.

    What was found goes by the version, whatever the topics are.
    """
    found, wanted = begun_rebuild(working), f"{version} {topics}"
    if found is not None and found.version == wanted and warehouse.is_file():
        with open_writer(warehouse) as con:
            if mark_of(con) == found.mark:
                return found
    if found is not None and found.version.rpartition(" ")[0] != version:
        forget_found(working)
    current_progress().advance("copy the warehouse", 0, 0)
    return begin_rebuild(warehouse, working, wanted, at=utc_now())


def _extract(
    working: Path, config_folder: Path | None, configuration: Configuration, knowledge: Knowledge, version: str
) -> None:
    """Extract what is left; then what failed among others, one by one and as often as it may be tried."""
    settings = configuration.settings
    with (
        keep_crew(config_folder, settings),
        open_found(working) as found,
        current_crew(config_folder, settings) as crew,
    ):
        extracting = Remembering(crew, found, version)
        for number in range(1 + settings.extract.article_tries):
            with open_writer(working) as con:
                waiting = articles_to_rebuild(con, is_alone=number > 0)
            if waiting:
                _extract_all(waiting, working, extracting, settings, knowledge, is_alone=number > 0)


def _extract_all(
    article_ids: Sequence[str],
    working: Path,
    crew: Extracting,
    settings: Settings,
    knowledge: Knowledge,
    *,
    is_alone: bool,
) -> None:
    waiting, tries = deque(article_ids), settings.extract.article_tries
    # What ended or held up a worker each time is no word on the text: the article keeps what was found before.
    patience = Patience(suspect_tries=tries, machine_tries=sys.maxsize, waits=False)
    while waiting:
        batch = [waiting.popleft() for _ in range(min(len(waiting), settings.batches.articles))]
        done = extract_guarded(working, batch, knowledge, crew, now=utc_now(), is_alone=is_alone, patience=patience)
        waiting.extendleft(reversed(done.left))
        current_progress().advance("extract again", len(article_ids) - len(waiting), len(article_ids))


def _relate(working: Path, configuration: Configuration, knowledge: Knowledge) -> None:
    ringing = Ringing(SILENT, now=utc_now())
    with open_writer(working) as con:
        total = count_unrelated(con)
    done = 0
    while True:
        related = relate_batch(working, knowledge, ringing, articles=configuration.settings.batches.articles)
        if not related.statements:
            return
        done += related.statements
        current_progress().advance("relate again", done, max(total, done))


def _take_over(found: Rebuilt, config_folder: Path | None) -> None:
    now, totals = utc_now(), found.comparison.totals
    run = Run(str(uuid4()), "rebuild", now, str(found.warehouse), tocsin_version(), found.version)
    counts = Counts(statements=totals.added)
    rules = load_configuration(config_folder).rules
    current_progress().advance("take it over", 0, 0)
    take_over(found.warehouse, found.working, found.begun.mark, rules, run, counts, at=now)


@contextmanager
def _alone(warehouse: Path) -> Iterator[None]:
    """Let one rebuild of a warehouse be under way at a time; the system ends the lock with the process."""
    folder = working_path(warehouse).parent
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise UnderWayError(f"another `tocsin rebuild` of {warehouse} is under way") from error
    try:
        yield
    finally:
        os.close(handle)
