from .parquet import BUILDING, PartWriter, is_whole, iter_rows, remove_remains
from .rows import (
    FindingsRow,
    PageRow,
    TextRow,
    article_of,
    end_of_pages,
    findings_of,
    json_of,
    topics_of,
)

__all__ = [
    "BUILDING",
    "FindingsRow",
    "PageRow",
    "PartWriter",
    "TextRow",
    "article_of",
    "end_of_pages",
    "findings_of",
    "is_whole",
    "iter_rows",
    "json_of",
    "remove_remains",
    "topics_of",
]
