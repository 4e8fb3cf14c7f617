"""Every table and view is released or withheld by decision, and texts only where every source allows it."""

from pathlib import Path

import duckdb
import pytest

from tests.flows.published import INN, REPLY, WARNING, publish_example
from tests.warehouse.values import article
from warehouse.connection import open_writer
from warehouse.errors import MigrationError, QueryError
from warehouse.releasing import DATABASE, RELEASED, WITHHELD, write_data
from warehouse.upkeep import publish, published_path

pytestmark = pytest.mark.slow

Texts = dict[str, str | None]


def released_texts(warehouse: Path, folder: Path, *changes: str) -> Texts:
    """Publish the example after ``changes``, release it, and return the texts of its articles by id."""
    publish_example(warehouse)
    with open_writer(warehouse) as con:
        for one in changes:
            con.execute(one)
        publish(con, warehouse)
    folder.mkdir()
    write_data(published_path(warehouse), folder, version="1.2.3")
    with duckdb.connect(str(folder / DATABASE), read_only=True) as con:
        return dict(con.execute("SELECT article_id, text FROM articles").fetchall())


def test_every_table_and_view_is_released_or_withheld(con: duckdb.DuckDBPyConnection) -> None:
    """A new table is neither until somebody has decided what it is."""
    known = {
        row[0] for row in con.execute("SELECT DISTINCT table_name FROM duckdb_columns() WHERE NOT internal").fetchall()
    }
    released = {one.name for one in RELEASED}
    assert released | WITHHELD == known
    assert not released & WITHHELD


def test_columns_that_are_named_exist(con: duckdb.DuckDBPyConnection) -> None:
    """What stays here, or is replaced, is a column of its table."""
    for one in RELEASED:
        columns = {row[0] for row in con.execute(f'DESCRIBE "{one.name}"').fetchall()}
        assert {*one.without, *(name for name, _ in one.instead), *([one.month_of] if one.month_of else [])} <= columns


def test_texts_stay_here_unless_their_sources_share_them(tmp_path: Path) -> None:
    """Nothing said of a source means that its texts are not passed on."""
    assert set(released_texts(tmp_path / "w.duckdb", tmp_path / "out").values()) == {None}


def test_texts_of_sources_that_share_are_released(tmp_path: Path) -> None:
    """Those that say so give theirs, whole."""
    texts = released_texts(tmp_path / "w.duckdb", tmp_path / "out", "UPDATE sources SET texts = 'share'")
    assert set(texts.values()) == {WARNING, REPLY, INN}


def test_a_text_that_also_came_from_a_source_that_keeps_it_is_not_released(tmp_path: Path) -> None:
    """Who shares a reprint does not share for whom he reprints."""
    other = """
        INSERT INTO copies BY NAME SELECT * REPLACE ('another' AS copy_id, 'gone-from-sources-toml' AS source_id)
        FROM copies WHERE article_id = (SELECT article_id FROM articles WHERE text LIKE 'Spain%')
    """
    texts = released_texts(tmp_path / "w.duckdb", tmp_path / "out", "UPDATE sources SET texts = 'share'", other)
    assert texts[article(REPLY).content_hash] is None
    assert texts[article(WARNING).content_hash] == WARNING


def test_where_a_corpus_lay_is_not_released(tmp_path: Path) -> None:
    """A folder or an archive keeps its name and loses its path."""
    released_texts(tmp_path / "w.duckdb", tmp_path / "out", "UPDATE sources SET location = '/home/ana/desk/may'")
    with duckdb.connect(str(tmp_path / "out" / DATABASE), read_only=True) as con:
        assert con.execute("SELECT location FROM sources").fetchall() == [("may",)]


def test_a_release_is_not_released_again(tmp_path: Path) -> None:
    """It says so in words."""
    released_texts(tmp_path / "w.duckdb", tmp_path / "out")
    with pytest.raises(QueryError, match="is a release already"):
        write_data(tmp_path / "out" / DATABASE, tmp_path / "again", version="1.2.3")


def test_what_an_older_version_published_is_not_released(tmp_path: Path) -> None:
    """It lacks what the release would hold; the next run makes it anew."""
    published = published_path(publish_example(tmp_path / "w.duckdb"))
    with duckdb.connect(str(published)) as con:
        con.execute("DELETE FROM schema_migrations WHERE version = (SELECT max(version) FROM schema_migrations)")
    (tmp_path / "out").mkdir()
    with pytest.raises(MigrationError, match="next run"):
        write_data(published, tmp_path / "out", version="1.2.3")


def test_a_release_cannot_be_written(tmp_path: Path) -> None:
    """Nor is anything left beside it by whoever tries."""
    released_texts(tmp_path / "w.duckdb", tmp_path / "out")
    before = sorted(path.name for path in (tmp_path / "out").iterdir())
    with pytest.raises(MigrationError, match="can be read, not written"), open_writer(tmp_path / "out" / DATABASE):
        pass
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == before
