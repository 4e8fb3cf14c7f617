"""Standard error as JSON Lines, for whoever collects logs: an object a line, with the run it belongs to.

Without that, what is said stays what people read; the loggers of our packages are as quiet as ever.
"""

import json
import logging
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, TextIO, TypeAlias, cast

from flows.telling.terminal import one_line

LogFormat: TypeAlias = Literal["text", "json"]
VARIABLE = "TOCSIN_LOG_FORMAT"  # hands the choice to the processes of cycles
PACKAGES = ("flows", "warehouse", "config", "extractors")
FIELDS = "tocsin_fields"
SAID = logging.getLogger("flows.said")
_run: dict[str, str] = {}  # of this process: whatever thread logs


class JsonLines(logging.Formatter):
    """Formats a record as one JSON object, plain ASCII."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line: time, level, logger, message, run and whatever fields the record brings."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_run,
            **getattr(record, FIELDS, {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, default=str)


class Standing(logging.Handler):
    """Writes to the stream that stood there before; what cannot be written is let go."""

    def __init__(self, stream: TextIO) -> None:
        """Write to ``stream``."""
        super().__init__()
        self.setFormatter(JsonLines())
        self._stream = stream

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        try:
            self._stream.write(f"{self.format(record)}\n")
            self._stream.flush()
        except (OSError, ValueError):
            return


class LoggedStream:
    """A text stream that makes a line of the log of each line that anybody writes to it."""

    def __init__(self, stream: TextIO) -> None:
        """Stand in for ``stream``, which has all else."""
        self._stream = stream
        self._begun = ""

    def write(self, text: str) -> int:
        """Log the lines that are complete."""
        *whole, self._begun = (self._begun + text).split("\n")
        for line in whole:
            if line.strip():
                SAID.info("%s", line.strip())
        return len(text)

    def isatty(self) -> bool:
        """Tell that nobody is looking."""
        return False

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        """Return what the stream has."""
        return getattr(self._stream, name)


def use_log_format(chosen: LogFormat) -> None:
    """Have this process, and those it starts, log so; what was chosen by variable or option outweighs a file."""
    if os.environ.get(VARIABLE, chosen) != "json" or is_json():
        return
    os.environ[VARIABLE] = "json"
    handler = Standing(sys.stderr)
    for name in PACKAGES:
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(logging.INFO)
        logger.propagate = False  # Prefect's handler of the root would say it again, in words
    sys.stderr = cast("TextIO", LoggedStream(sys.stderr))


def hush_callbacks() -> None:
    """Keep asyncio from printing tracebacks in this process.

    Where a server goes first, callbacks of Prefect's observers fail while all is being ended; what that means for the
    work is said in one line by whoever waits for it.
    """
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)


def is_json() -> bool:
    """Tell whether this process logs as JSON."""
    return isinstance(sys.stderr, LoggedStream)


def name_run(run_id: str, flow: str) -> None:
    """Name the run in every line from here on, until the next one begins."""
    _run.update(run_id=run_id, flow=flow)


def say(words: str, *, level: int = logging.INFO) -> None:
    """Say something as Tocsin on standard error: a line for people, or one of the log with its level."""
    if is_json():
        SAID.log(level, "%s", words)
    else:
        print(f"tocsin: {one_line(words)}", file=sys.stderr, flush=True)


def note(words: str, fields: Mapping[str, Any]) -> None:
    """Log something with its figures; people are not told."""
    if is_json():
        SAID.info("%s", words, extra={FIELDS: dict(fields)})
