from .comparisons import compared_in
from .parquet import BUILDING, PartWriter, is_whole, iter_rows, remove_remains
from .rows import (
    ComparedRow,
    FindingsRow,
    PageRow,
    ReportRow,
    TextRow,
    article_of,
    end_of_pages,
    findings_of,
    json_of,
    report_of,
    topics_of,
)

__all__ = [
    "BUILDING",
    "ComparedRow",
    "FindingsRow",
    "PageRow",
    "PartWriter",
    "ReportRow",
    "TextRow",
    "article_of",
    "compared_in",
    "end_of_pages",
    "findings_of",
    "is_whole",
    "iter_rows",
    "json_of",
    "remove_remains",
    "report_of",
    "topics_of",
]
