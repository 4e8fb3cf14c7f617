"""Articles: one text once, every place it was seen, every rejection once."""

from dataclasses import replace
from datetime import timedelta

import duckdb

from extractors.model import Dropped, Moment, Rejected, Span
from tests.warehouse.values import NOON, article
from warehouse.storing.articles import Reading, Stored, add_readings, load_articles, source_for

SOURCE = source_for("folder", "somewhere").source_id


def test_the_same_text_in_two_places_is_one_article_and_two_copies(con: duckdb.DuckDBPyConnection) -> None:
    one = article("The envoy warned.")
    readings = [Reading(SOURCE, "a.txt", "h1", one, NOON), Reading(SOURCE, "b.txt", "h2", one, NOON)]
    assert add_readings(con, readings) == Stored(articles=1, copies=2)
    found = con.execute("SELECT location, reason FROM copies ORDER BY location").fetchall()
    assert found == [("a.txt", "first"), ("b.txt", "same-text")]


def test_storing_a_batch_again_adds_nothing(con: duckdb.DuckDBPyConnection) -> None:
    readings = [
        Reading(SOURCE, "a.txt", "h1", article("One."), NOON),
        Reading(SOURCE, "b.txt", "h2", Rejected("empty"), NOON),
    ]
    assert add_readings(con, readings) == Stored(articles=1, copies=1, rejections=1)
    assert add_readings(con, readings) == Stored()


def test_a_file_rejected_again_with_other_content_is_a_new_rejection(con: duckdb.DuckDBPyConnection) -> None:
    for content in ("h1", "h2"):
        add_readings(con, [Reading(SOURCE, "b.txt", content, Rejected("binary"), NOON)])
    assert con.execute("SELECT count(*) FROM rejections").fetchone() == (2,)


def test_articles_come_back_as_they_went_in_and_in_the_order_asked_for(con: duckdb.DuckDBPyConnection) -> None:
    first = replace(article("One “quoted” text\nwith ünïcode 🛎."), dropped=(Dropped("caption", "x", Span(3, 4)),))
    second = replace(article("Two.", at=None), dropped=(Dropped("menu", "y", None),))
    readings = [Reading(SOURCE, str(n), "h", one, NOON + timedelta(n)) for n, one in enumerate((first, second))]
    add_readings(con, readings)
    assert load_articles(con, [second.content_hash, first.content_hash]) == [second, first]


def test_hostile_text_is_only_text(con: duckdb.DuckDBPyConnection) -> None:
    nasty = article("'); DROP TABLE articles; --\x00\u202e")
    add_readings(con, [Reading(SOURCE, "'; DROP TABLE copies; --", "h", nasty, NOON)])
    assert load_articles(con, [nasty.content_hash]) == [nasty]


def test_a_report_known_by_its_day_alone_gives_way_to_one_with_a_time_whenever_it_comes(
    con: duckdb.DuckDBPyConnection,
) -> None:
    one = article("The envoy warned.")
    timed = replace(one, outlet="Quay Gazette", published=Moment(NOON, "minute", "meta"))
    by_day = replace(one, published=Moment(NOON.replace(hour=0), "day", "meta"))
    add_readings(con, [Reading(SOURCE, "a.txt", "h1", by_day, NOON)])
    add_readings(con, [Reading(SOURCE, "b.txt", "h1", timed, NOON)])
    found = con.execute("SELECT location, reason FROM copies ORDER BY location").fetchall()
    assert found == [("a.txt", "same-text"), ("b.txt", "first")]
    assert con.execute("SELECT outlet FROM articles").fetchall() == [("Quay Gazette",)]
