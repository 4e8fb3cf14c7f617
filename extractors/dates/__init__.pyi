from .clocks import TOLERANCE, is_ahead, is_over
from .document_days import document_day
from .timestamps import parse_feed_date, read_feed_date
from .utterances import date_statements, said_on

__all__ = [
    "TOLERANCE",
    "date_statements",
    "document_day",
    "is_ahead",
    "is_over",
    "parse_feed_date",
    "read_feed_date",
    "said_on",
]
