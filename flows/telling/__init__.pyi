from .counting import counted
from .failures import WORK_FAILED, WRONG_CALL, UnderWayError, WorkFailedError, explain
from .logs import VARIABLE, LogFormat, hush_callbacks, name_run, note, say, use_log_format
from .progress import current_progress, show_progress
from .terminal import guard_output, guarded_output, in_xml, one_line, visible

__all__ = [
    "VARIABLE",
    "WORK_FAILED",
    "WRONG_CALL",
    "LogFormat",
    "UnderWayError",
    "WorkFailedError",
    "counted",
    "current_progress",
    "explain",
    "guard_output",
    "guarded_output",
    "hush_callbacks",
    "in_xml",
    "name_run",
    "note",
    "one_line",
    "say",
    "show_progress",
    "use_log_format",
    "visible",
]
