"""The schema: applied once, in transactions, never edited, never from the future."""

from pathlib import Path

import duckdb
import pytest

from warehouse.connection import open_reader, open_writer
from warehouse.errors import MigrationError, WarehouseError
from warehouse.upkeep.migrations import LEDGER, Migration, migrate, packaged_migrations
from warehouse.upkeep.snapshot import publish


def test_a_fresh_file_gets_every_migration_and_a_second_opening_changes_nothing(path: Path) -> None:
    with open_writer(path) as con:
        first = con.execute("FROM schema_migrations ORDER BY version").fetchall()
    with open_writer(path) as con:
        assert con.execute("FROM schema_migrations ORDER BY version").fetchall() == first
    assert [row[0] for row in first] == [0, *(one.version for one in packaged_migrations())]


def test_migrations_are_numbered_without_gaps() -> None:
    versions = [one.version for one in packaged_migrations()]
    assert versions == list(range(1, len(versions) + 1))


def test_a_failing_migration_leaves_nothing_behind() -> None:
    con = duckdb.connect()
    broken = Migration(1, "0001_broken.sql", "CREATE TABLE half (n INTEGER); SELECT * FROM nowhere;")
    with pytest.raises(duckdb.Error):
        migrate(con, (broken,))
    assert con.execute("SELECT count(*) FROM duckdb_tables()").fetchone() == (0,)


def test_an_edited_migration_is_refused() -> None:
    con = duckdb.connect()
    migrate(con, packaged_migrations())
    edited = tuple(Migration(one.version, one.name, one.sql + "\n-- edited") for one in packaged_migrations())
    with pytest.raises(MigrationError, match="edited after it was applied"):
        migrate(con, edited)


def test_a_warehouse_of_a_newer_version_is_refused_by_writers_and_readers(path: Path) -> None:
    with open_writer(path) as con:
        con.execute("INSERT INTO schema_migrations VALUES (9999, '9999_future.sql', 'x')")
        published = publish(con, path)
    with pytest.raises(MigrationError, match="upgrade Tocsin"), open_writer(path):
        pass
    with pytest.raises(MigrationError, match="upgrade Tocsin"), open_reader(published):
        pass


@pytest.mark.parametrize("content", [b"", b"this is no database" * 400, b"\x00" * 9000])
def test_a_file_that_is_no_warehouse_is_named_in_one_line(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(WarehouseError) as caught, open_writer(path):
        pass
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_every_table_column_and_view_has_a_comment(con: duckdb.DuckDBPyConnection) -> None:
    bare = con.execute(
        """
        SELECT table_name, NULL FROM duckdb_tables() WHERE comment IS NULL
        UNION ALL
        SELECT view_name, NULL FROM duckdb_views() WHERE NOT internal AND comment IS NULL
        UNION ALL
        SELECT table_name, column_name FROM duckdb_columns()
        WHERE NOT internal AND comment IS NULL AND table_name IN (SELECT table_name FROM duckdb_tables())
        """
    ).fetchall()
    assert bare == []


def test_the_example_in_every_view_comment_runs(con: duckdb.DuckDBPyConnection) -> None:
    comments = con.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall()
    assert comments
    for name, comment in comments:
        _, found, example = comment.partition("Example: ")
        assert found, f"{name} has no example"
        con.execute(example)


def test_copies_of_an_older_file_get_the_last_instant_their_date_allows() -> None:
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    con.execute(LEDGER)
    for one in packaged_migrations()[:10]:
        con.execute(one.sql)
        con.execute("INSERT INTO schema_migrations VALUES ($1, $2, $3)", [one.version, one.name, one.checksum])
    for name, precision in (("by-day", "day"), ("timed", "minute"), ("undated", None)):
        at = "2031-03-04" if precision else None
        con.execute(
            "INSERT INTO articles BY NAME SELECT $name AS article_id, '' AS title, '' AS text, [] AS paragraphs, "
            "[] AS dropped, 0 AS n_words, now() AS first_seen_at, $at::TIMESTAMPTZ AS published_at, "
            "$precision AS published_precision",
            {"name": name, "at": at, "precision": precision},
        )
        con.execute(
            "INSERT INTO copies BY NAME SELECT $name AS copy_id, $name AS article_id, $name AS text_id, "
            "'s' AS source_id, 'a' AS location, $at::TIMESTAMPTZ AS published_at, 'first' AS reason, "
            "1.0 AS similarity, now() AS seen_at",
            {"name": name, "at": at},
        )
    migrate(con)
    found = con.execute("SELECT published_by::VARCHAR FROM copies ORDER BY copy_id").fetchall()
    assert found == [("2031-03-04 23:59:59.999999+00",), ("2031-03-04 00:00:00+00",), (None,)]
