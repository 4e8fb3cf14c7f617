"""The flows as Prefect's schedules and pages start them: typed parameters, one line told at the end, one process each.

Import it after ``flows.serving.settings.use_embedded_defaults()``: Prefect reads its settings when it is imported.
"""

import atexit
import os
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import stamina
from prefect import flow, runtime
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import FlowRun, State
from prefect.flows import Flow
from prefect.states import Cancelled
from pydantic import Field

from flows.analysis import counts_words
from flows.monitoring import read_record
from flows.telling import UnderWayError, counted, guard_output, hush_callbacks, use_log_format
from flows.watch import Watched, watch
from flows.workers import end_with_who_asked

Warehouse: TypeAlias = Annotated[Path, Field(description="The warehouse file, as the machine that runs this sees it.")]
ConfigFolder: TypeAlias = Annotated[
    Path | None,
    Field(description="Folder with TOML files of your own; else that of TOCSIN_CONFIG, else the packaged one."),
]
Corpus: TypeAlias = Annotated[Path, Field(description="Folder with .txt and .html files, and perhaps sources.toml.")]
WarcFiles: TypeAlias = Annotated[
    list[Path], Field(min_length=1, description="WARC files (.warc, .warc.gz); they stay where they are.")
]
Accepting: TypeAlias = Annotated[bool, Field(description="Take it over, too; else it is only shown.")]
Examples: TypeAlias = Annotated[int, Field(ge=0, le=1_000, description="Examples of each kind of change to show.")]
Age: TypeAlias = Annotated[int, Field(ge=0, le=36_500, description="How many days old something must be to go.")]
Rehearsing: TypeAlias = Annotated[bool, Field(description="Count what would go, and let nothing go.")]
Sending: TypeAlias = Annotated[bool, Field(description="Send the alerts to outside channels too, marked as replayed.")]

PATIENCE_S = 6 * 3600.0
LOOK_AGAIN_S = 10.0
TIME = "%Y-%m-%d %H:%M:%S"
_is_leaving = threading.Event()


def _tell_crash(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001 - Prefect's names
    if not _is_leaving.is_set():
        reason = (state.message or "").split(". ")[0]
        print(f"{_now()} {_word(flow.name)} ended from outside: {reason}", file=sys.stderr, flush=True)


def leave_quietly() -> None:
    """From now on a run that is ended is ended by us, which needs no word."""
    _is_leaving.set()


@flow(name="watch on schedule", on_crashed=[_tell_crash])
def scheduled_watch(warehouse: Warehouse, config_folder: ConfigFolder = None) -> State[Any] | None:
    """Run a cycle and print what it came to; one that was due before the last began has been made up for."""
    _settle()
    if _is_made_up_for(warehouse, runtime.flow_run.scheduled_start_time, datetime.now(UTC)):
        return Cancelled(message="missed: a later cycle has done its work")
    _told("cycle", lambda: watched_words(watch.fn(warehouse, _folder(config_folder))))
    return None


@flow(name="replay on request", on_crashed=[_tell_crash])
def requested_replay(
    corpus: Corpus, warehouse: Warehouse, config_folder: ConfigFolder = None, is_sending: Sending = False
) -> None:
    """Run the flows over a corpus, as if each article came in on its own date."""
    _settle()
    from flows.replay import replay

    def work() -> str:
        done = replay.fn(corpus, warehouse, _folder(config_folder), is_sending=is_sending)
        return f"replay of {done.files} files: {counts_words(done.counts)}"

    _told("replay", work)


@flow(name="backfill on request", on_crashed=[_tell_crash])
def requested_backfill(files: WarcFiles, warehouse: Warehouse, config_folder: ConfigFolder = None) -> None:
    """Take WARC files through every step; one that was read to its end before is passed over."""
    _settle()
    from flows.backfill import backfill

    def work() -> str:
        return f"backfill: {counts_words(backfill.fn(files, warehouse, _folder(config_folder)).counts)}"

    _told("backfill", work)


@flow(name="rebuild on request", on_crashed=[_tell_crash])
def requested_rebuild(
    warehouse: Warehouse,
    config_folder: ConfigFolder = None,
    is_accepted: Accepting = False,
    examples: Examples = 5,
) -> None:
    """Find everything stored again with today's rules, and show on the run's page what that changes; nothing rings."""
    _settle()
    from flows.rebuilding import rebuild_and_accept, rebuilt_line, rebuilt_markdown

    def work() -> str:
        found, was_taken_over = rebuild_and_accept(
            warehouse, _folder(config_folder), examples=examples, is_wanted=lambda _: is_accepted
        )
        create_markdown_artifact(key="tocsin-rebuild", markdown=rebuilt_markdown(found), description="Rebuild")
        return f"rebuild{' accepted' if was_taken_over else ''}: {rebuilt_line(found)}"

    _told("rebuild", lambda: _when_alone(work))


@flow(name="prune on request", on_crashed=[_tell_crash])
def requested_prune(warehouse: Warehouse, days: Age, is_rehearsal: Rehearsing = False) -> None:
    """Let go of fetched pages, polls and texts that are older than so many days."""
    _settle()
    from flows.keeping import prune, pruned_line

    def work() -> str:
        now = datetime.now(UTC)
        done = prune(warehouse, now - timedelta(days=days), now=now, is_rehearsal=is_rehearsal)
        return f"prune: {pruned_line(done, is_rehearsal=is_rehearsal)}"

    _told("prune", lambda: _when_alone(work))


def watched_words(done: Watched) -> str:
    """Return what a cycle came to as one line."""
    polled, fetched = done.polled, done.fetched
    return (
        f"polled {counted(polled.sources, 'source')} ({polled.failed} failed), {counted(polled.new, 'new entry')}; "
        f"fetched {counted(fetched.captured, 'page')}; {counts_words(done.counts)}"
    )


def _folder(given: Path | None) -> Path | None:
    """Return the folder of the configuration; where the deployment names none, that of the machine that runs it."""
    own = os.environ.get("TOCSIN_CONFIG")
    return given or (Path(own) if own else None)


def _is_made_up_for(warehouse: Path, due: datetime, now: datetime) -> bool:
    """Tell whether a cycle that began after ``due`` has come to its end; one dated after now says nothing."""
    record = read_record(warehouse)
    last = record.last("watch") if record else None
    return last is not None and last.status == "completed" and due < last.started_at <= now


def _when_alone(work: Callable[[], str]) -> str:
    """Do it as soon as no other run is under way: who asked for it here is not there to ask again."""
    for attempt in stamina.retry_context(
        on=UnderWayError, attempts=None, timeout=PATIENCE_S, wait_initial=LOOK_AGAIN_S, wait_max=LOOK_AGAIN_S
    ):
        with attempt:
            return work()
    raise AssertionError  # the last attempt raises what it met


def _settle() -> None:
    """Make this process one that says only what is harmless, and that ends with whoever asked for it."""
    guard_output()
    hush_callbacks()
    use_log_format("text")  # as the variable says, should one be set
    end_with_who_asked()
    atexit.register(_fall_silent)


def _told(word: str, work: Callable[[], str]) -> None:
    """Do the work and print what it came to, or why it failed, as one line."""
    try:
        words = work()
    except Exception as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        print(f"{_now()} {word} failed: {reason}", file=sys.stderr, flush=True)
        raise
    print(f"{_now()} {words}", flush=True)


def _fall_silent() -> None:
    """Close standard error for what is left of this process: DuckDB's binding complains of modules kept alive."""
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _word(flow_name: str) -> str:
    return "cycle" if flow_name == scheduled_watch.name else flow_name.partition(" ")[0]


def _now() -> str:
    return datetime.now(UTC).strftime(TIME)
