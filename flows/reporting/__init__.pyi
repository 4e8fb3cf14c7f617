from .earlier import NO_PAGE, Earlier, parse_page
from .page import Frame, report_html
from .refresh import Written, report_path, write_report
from .wording import Vocabulary

__all__ = [
    "NO_PAGE",
    "Earlier",
    "Frame",
    "Vocabulary",
    "Written",
    "parse_page",
    "report_html",
    "report_path",
    "write_report",
]
