from .comparison import Comparison, Example, FadedAlert, Label, Line, Totals, compare_rebuilt
from .found import Found, forget_found, open_found
from .taking import MovedOnError, take_over
from .working import (
    Begun,
    articles_to_rebuild,
    begin_rebuild,
    begun_rebuild,
    count_unrelated,
    discard,
    finish_rebuild,
    mark_of,
    working_path,
)

__all__ = [
    "Begun",
    "Comparison",
    "Example",
    "FadedAlert",
    "Found",
    "Label",
    "Line",
    "MovedOnError",
    "Totals",
    "articles_to_rebuild",
    "begin_rebuild",
    "begun_rebuild",
    "compare_rebuilt",
    "count_unrelated",
    "discard",
    "finish_rebuild",
    "forget_found",
    "mark_of",
    "open_found",
    "take_over",
    "working_path",
]
