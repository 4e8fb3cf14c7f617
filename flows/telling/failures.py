"""What the user is told when something fails, and the exit code: 1 the work failed, 2 call or files are wrong."""

import logging
import os
import traceback

import click

from flows.telling.logs import say

WORK_FAILED = 1
WRONG_CALL = 2
INTERRUPTED = 130
DEBUG = "TOCSIN_DEBUG"


class WorkFailedError(Exception):
    """The work could not be done; the message is one line for the user."""


class UnderWayError(WorkFailedError):
    """Another run is under way that this work cannot go beside: it can be done when that one has ended."""


def explain(error: BaseException) -> int:
    """Print the error on standard error, one clear line or one for each problem; return the exit code."""
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    lines, code = _lines_and_code(error)
    for line in lines:
        say(line, level=logging.ERROR)
    return code


def _lines_and_code(error: BaseException) -> tuple[list[str], int]:
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return ["stopped; what was committed stays, the next run goes on from there"], INTERRUPTED
    if isinstance(error, click.ClickException):
        hint = f" (see `{error.ctx.command_path} --help`)" if isinstance(error, click.UsageError) and error.ctx else ""
        return [f"{error.format_message()}{hint}"], error.exit_code
    if isinstance(error, WorkFailedError):
        return [str(error)], WORK_FAILED
    return _of_our_packages(error)


def _of_our_packages(error: BaseException) -> tuple[list[str], int]:
    from config.files import ConfigError

    if isinstance(error, ConfigError):
        return [str(one) for one in error.problems], WRONG_CALL
    # Looked up by name: importing the warehouse would import DuckDB for every command that fails.
    names = {base.__name__ for base in type(error).__mro__}
    if "ArchiveError" in names:
        return [str(error)], WORK_FAILED
    if "WarehouseError" in names:
        return [str(error)], WRONG_CALL if "QueryError" in names else WORK_FAILED
    if isinstance(error, OSError):
        return [f"{error.filename or ''}: {error.strerror or error}".lstrip(": ")], WORK_FAILED
    first = (str(error).strip() or type(error).__name__).splitlines()[0]
    return [f"{type(error).__name__}: {first} (set {DEBUG}=1 to see where)"], WORK_FAILED
