"""Versions of an article: both kept, their statements compared."""

from datetime import timedelta

import duckdb

from extractors.identity.history import PageHistory
from extractors.model import Article, Rejected
from tests.warehouse.values import NOON, article, findings, statement
from warehouse.storing.articles import Reading, add_readings, source_for
from warehouse.storing.findings import Extracted, add_findings
from warehouse.storing.texts import PageRecord, save_records

SOURCE = source_for("feed", "https://quay.example/feed").source_id
URL = "https://quay.example/1"
BEFORE = "The envoy said the strait stays open. She said patrols go on."
AFTER = "The envoy said the strait stays open. She said ships will be turned back."


def read_page(con: duckdb.DuckDBPyConnection, *texts: Article) -> None:
    """Store texts that one address had, an hour apart."""
    hashes = tuple(dict.fromkeys(one.content_hash for one in texts))
    save_records(con, {URL: PageRecord(PageHistory(hashes, len(texts), len(hashes) - 1))})
    add_readings(con, [Reading(SOURCE, URL, "h", one, NOON + timedelta(hours=n)) for n, one in enumerate(texts)])


def test_an_edit_is_compared_statement_by_statement(con: duckdb.DuckDBPyConnection) -> None:
    old, new = article(BEFORE), article(AFTER)
    read_page(con, old, new)
    found = [
        Extracted(
            findings(old, statement(BEFORE, "the strait stays open"), statement(BEFORE, "patrols go on")), "1", NOON
        ),
        Extracted(
            findings(new, statement(AFTER, "the strait stays open"), statement(AFTER, "ships will be turned back")),
            "1",
            NOON,
        ),
    ]
    add_findings(con, found, {})
    rows = con.execute("SELECT change, before, after FROM version_changes ORDER BY change").fetchall()
    assert rows == [
        ("added", None, "ships will be turned back"),
        ("dropped", "patrols go on", None),
        ("kept", "the strait stays open", "the strait stays open"),
    ]


def test_an_address_read_twice_with_one_text_has_one_version(con: duckdb.DuckDBPyConnection) -> None:
    one = article(BEFORE)
    read_page(con, one, one)
    add_readings(con, [Reading(SOURCE, URL, "x", Rejected("empty"), NOON)])
    assert con.execute("SELECT version, replaces FROM article_versions").fetchall() == [(1, None)]
