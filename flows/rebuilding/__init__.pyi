from .code import code_digest
from .showing import line_tables, rebuilt_markdown, rebuilt_record, rebuilt_text
from .work import Rebuilt, accept, rebuild

__all__ = [
    "Rebuilt",
    "accept",
    "code_digest",
    "line_tables",
    "rebuild",
    "rebuilt_markdown",
    "rebuilt_record",
    "rebuilt_text",
]
