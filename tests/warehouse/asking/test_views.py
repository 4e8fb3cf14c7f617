"""The views are described to the last column, leave out no country that is known, and show what was known then."""

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from tests.flows.published import publish_example
from tests.warehouse.values import NOON
from warehouse.connection import open_writer

STATES = {
    "events": "SELECT event_id, said_on, severity, category, headline, n_claims, n_outlets FROM events{} ORDER BY ALL",
    "claims": 'SELECT claim_id, said_on, severity, category, speaker, "quote", n_reports FROM claims{} ORDER BY ALL',
}


@pytest.fixture
def filled(path: Path) -> Path:
    return publish_example(path)


def test_every_column_of_every_view_has_a_comment(con: duckdb.DuckDBPyConnection) -> None:
    bare = con.execute(
        """
        SELECT view_name, column_name FROM duckdb_columns() JOIN duckdb_views() ON view_name = table_name
        WHERE NOT duckdb_views.internal AND duckdb_columns.comment IS NULL
        """
    ).fetchall()
    assert bare == []


def test_every_example_of_a_view_or_macro_can_be_run(filled: Path) -> None:
    with open_writer(filled) as con:
        told = con.execute(
            """
            SELECT comment FROM duckdb_views() WHERE NOT internal
            UNION ALL SELECT comment FROM duckdb_functions() WHERE NOT internal AND schema_name = 'main'
            """
        ).fetchall()
        examples = [comment.partition(" Example: ")[2] for (comment,) in told]
        assert len(examples) > 12
        for example in examples:
            con.execute(example).fetchall()


@pytest.mark.parametrize("kind", STATES)
def test_what_is_known_now_is_what_the_view_shows(kind: str, filled: Path) -> None:
    with open_writer(filled) as con:
        now = con.execute(STATES[kind].format("")).fetchall()
        assert now
        assert con.execute(STATES[kind].format("_as_of('2100-01-01')")).fetchall() == now


def test_before_the_first_article_nothing_was_known_and_after_one_of_two_its_wording_alone(filled: Path) -> None:
    with open_writer(filled) as con:
        con.execute("UPDATE articles SET first_seen_at = first_seen_at + INTERVAL 2 DAY WHERE outlet = 'Pass Gazette'")
        con.execute("UPDATE copies SET seen_at = seen_at + INTERVAL 2 DAY WHERE outlet = 'Pass Gazette'")
        query = 'SELECT n_reports, n_outlets, "quote" FROM claims_as_of($then)'
        assert con.execute(query, {"then": NOON - timedelta(days=1)}).fetchall() == []
        assert con.execute(query, {"then": NOON}).fetchall() == [(1, 1, "we will close the pass to every lorry")]
        assert con.execute("SELECT n_outlets, has_rung FROM events_as_of($then)", {"then": NOON}).fetchall() == [
            (1, False)
        ]
        assert [row[0] for row in con.execute(query, {"then": NOON + timedelta(days=3)}).fetchall()] == [2]


def test_a_country_known_of_the_actor_is_in_every_view(filled: Path) -> None:
    with open_writer(filled) as con:
        con.execute("UPDATE statements SET speaker_country = NULL, speaker_id = 'tamsin-vole'")
        con.execute("DELETE FROM actors WHERE actor_id = 'tamsin-vole'")
        con.execute(
            """
            INSERT INTO actors BY NAME
            SELECT 'tamsin-vole' AS actor_id, 'Tamsin Vole' AS name, 'person' AS kind, 'AND' AS country,
                   true AS is_known
            """
        )
        for view in ("escalations", "actor_activity", "actor_directory", "claims_as_of('2100-01-01')"):
            found = {row[0] for row in con.execute(f"SELECT country FROM {view} WHERE country IS NOT NULL").fetchall()}
            assert found == {"AND"}, view
