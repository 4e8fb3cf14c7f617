from .failures import WORK_FAILED, WRONG_CALL, WorkFailedError, explain
from .progress import current_progress, show_progress
from .terminal import guard_output, guarded_output, in_xml, one_line, visible

__all__ = [
    "WORK_FAILED",
    "WRONG_CALL",
    "WorkFailedError",
    "current_progress",
    "explain",
    "guard_output",
    "guarded_output",
    "in_xml",
    "one_line",
    "show_progress",
    "visible",
]
