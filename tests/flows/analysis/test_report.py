"""What a run says it added."""

from flows.analysis.report import counts_words
from warehouse.storing.runs import Counts


def test_an_articles_own_place_is_no_copy() -> None:
    told = counts_words(Counts(articles=5, copies=7, rejections=1, statements=9, claims=8, alerts=1))
    assert told == "added 5 articles, 2 copies, 1 rejection, 9 statements, 8 claims, 1 alert"


def test_nothing_new_is_said_in_words() -> None:
    assert counts_words(Counts()).startswith("nothing new")
