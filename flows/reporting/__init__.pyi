from .earlier import NO_PAGE, Earlier, parse_page
from .page import Frame, report_html
from .refresh import Written, refresh_report, report_path, vocabulary_of, write_report
from .wording import Vocabulary

__all__ = [
    "NO_PAGE",
    "Earlier",
    "Frame",
    "Vocabulary",
    "Written",
    "parse_page",
    "refresh_report",
    "report_html",
    "report_path",
    "vocabulary_of",
    "write_report",
]
