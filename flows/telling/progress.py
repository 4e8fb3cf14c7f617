"""Progress of long work on standard error: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from flows.telling.logs import is_json, note
from flows.telling.terminal import guarded_output, one_line

PLAIN_EVERY_S = 5.0


class Progress(Protocol):
    """Told by a flow how far each stage is."""

    def advance(self, stage: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` units of the stage are finished."""


class Silent:
    """Shows nothing."""

    def advance(self, stage: str, done: int, total: int) -> None:
        """Do nothing."""


class Plain:
    """One line when a stage starts, ends, and every few seconds between."""

    def __init__(self) -> None:
        """Start without any line shown."""
        self._shown_at: dict[str, float] = {}

    def advance(self, stage: str, done: int, total: int) -> None:
        """Print a line if one is due."""
        now = time.monotonic()
        is_due = now - self._shown_at.get(stage, -PLAIN_EVERY_S) >= PLAIN_EVERY_S
        if is_due or done >= total:
            self._shown_at[stage] = now
            self._show(stage, done, total)

    def _show(self, stage: str, done: int, total: int) -> None:
        print(f"{stage}: {done}/{total}" if total else stage, file=sys.stderr, flush=True)


class Logged(Plain):
    """The same as lines of the log."""

    def _show(self, stage: str, done: int, total: int) -> None:
        note(stage, {"done": done, "total": total} if total else {})


class Bar:
    """A bar for each stage."""

    def __init__(self) -> None:
        """Start the display."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),  # file names stand in it
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        raw = getattr(sys.stderr, "unguarded", sys.stderr)  # a bar moves the cursor; what it shows is made visible
        self.display = RichProgress(*columns, console=Console(file=raw), transient=True)
        self._tasks: dict[str, int] = {}

    def advance(self, stage: str, done: int, total: int) -> None:
        """Move the stage's bar."""
        if stage not in self._tasks:
            self._tasks[stage] = int(self.display.add_task(one_line(stage)))
        from rich.progress import TaskID

        self.display.update(TaskID(self._tasks[stage]), completed=done, total=total or None)


_LOGGED = Logged()
_CURRENT: ContextVar[Progress] = ContextVar("progress", default=Silent())  # noqa: B039 - it holds no state


def current_progress() -> Progress:
    """Return the display of the command under way; flows look it up, as it is no value to pass through Prefect."""
    found = _CURRENT.get()
    return _LOGGED if is_json() and isinstance(found, Silent) else found


@contextmanager
def show_progress(*, is_quiet: bool = False) -> Iterator[Progress]:
    """Yield the progress display that fits standard error."""
    if is_json():
        yield from _as_current(Logged())
    elif is_quiet:
        yield from _as_current(Silent())
    elif sys.stderr.isatty():
        bar = Bar()
        with bar.display, guarded_output():  # for as long as it lasts the display takes what is printed
            yield from _as_current(bar)
    else:
        yield from _as_current(Plain())


def _as_current(progress: Progress) -> Iterator[Progress]:
    token = _CURRENT.set(progress)
    try:
        yield progress
    finally:
        _CURRENT.reset(token)
