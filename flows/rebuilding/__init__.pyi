from .code import code_digest
from .showing import line_tables, rebuilt_line, rebuilt_markdown, rebuilt_record, rebuilt_text
from .work import Rebuilt, accept, rebuild, rebuild_and_accept

__all__ = [
    "Rebuilt",
    "accept",
    "code_digest",
    "line_tables",
    "rebuild",
    "rebuild_and_accept",
    "rebuilt_line",
    "rebuilt_markdown",
    "rebuilt_record",
    "rebuilt_text",
]
