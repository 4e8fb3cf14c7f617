"""Versions of an article: both kept, their statements compared."""

import duckdb

from extractors.model import Rejected
from tests.warehouse.values import NOON, article, findings, statement
from warehouse.articles import Reading, add_readings, source_for
from warehouse.findings import Extracted, add_findings
from warehouse.texts import Version, add_versions

SOURCE = source_for("feed", "https://quay.example/feed").source_id
URL = "https://quay.example/1"
BEFORE = "The envoy said the strait stays open. She said patrols go on."
AFTER = "The envoy said the strait stays open. She said ships will be turned back."


def test_an_edit_is_compared_statement_by_statement(con: duckdb.DuckDBPyConnection) -> None:
    old, new = article(BEFORE), article(AFTER)
    add_readings(con, [Reading(SOURCE, URL, "h", one, NOON) for one in (old, new)])
    add_versions(con, [Version(URL, old.content_hash, NOON), Version(URL, new.content_hash, NOON)])
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
    add_readings(con, [Reading(SOURCE, URL, "h", one, NOON), Reading(SOURCE, URL, "x", Rejected("empty"), NOON)])
    add_versions(con, [Version(URL, one.content_hash, NOON), Version(URL, one.content_hash, NOON)])
    assert con.execute("SELECT version, replaces FROM article_versions").fetchall() == [(1, None)]
