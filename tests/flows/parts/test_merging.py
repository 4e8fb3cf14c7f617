"""Merging parts: once and no more, whatever is done again, moved, grown or put off."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from config.load import load_configuration
from flows.analysis import topic_matcher
from flows.intake import Archive, CaptureRef, read_pages
from flows.intake.warc import read_capture
from flows.parts import Bundle, Crawl, Merged, begin_crawl, crawl_file, let_go, merge_pages, pack, scan_file
from tests.flows.crawls import page, records, write_crawl
from tests.flows.live import write_live_config
from tests.warehouse.values import NOON
from warehouse.connection import open_writer
from warehouse.parts import PageRow, PartWriter, iter_rows

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield write_live_config(tmp_path_factory.mktemp("config"), ("quay-gazette", "https://quay.example/feed"))
    let_go()


@pytest.fixture
def bundle(config: Path) -> Bundle:
    return pack(config)


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "w.duckdb"


def rows(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    with open_writer(warehouse) as con:
        return con.execute(query).fetchall()


def begun(warehouse: Path, path: Path, bundle: Bundle) -> Crawl:
    crawl = begin_crawl(warehouse, crawl_file(path), bundle.version)
    assert crawl is not None
    return crawl


def take_in(warehouse: Path, path: Path, bundle: Bundle) -> Merged:
    """Scan and merge a file."""
    crawl = begun(warehouse, path, bundle)
    part = scan_file(crawl.file, bundle, path.parent / "parts", NOON)
    return merge(warehouse, crawl, part)


def merge(warehouse: Path, crawl: Crawl, part: Path) -> Merged:
    with Archive(warehouse.parent / "w.captures", software="test") as archive:
        return merge_pages(warehouse, crawl, part, archive, now=NOON)


TABLES = ("sources", "captures", "articles", "copies", "article_topics", "page_fetches", "rejections", "text_bands")


def state(warehouse: Path) -> dict[str, list[tuple[Any, ...]]]:
    with open_writer(warehouse) as con:
        found = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        return {one: con.execute(f"FROM {one} ORDER BY ALL").fetchall() for one in TABLES if one in found}


def test_pages_become_articles_with_their_outlet_and_the_file_is_done(
    warehouse: Path, bundle: Bundle, tmp_path: Path
) -> None:
    path = write_crawl(tmp_path / "a.warc.gz", records(range(6)))
    with open_writer(warehouse) as con:
        con.execute(
            "INSERT INTO sources BY NAME SELECT 'quay' AS source_id, 'feed' AS kind, "
            "'https://quay.example/feed' AS location, 'Quay Gazette' AS outlet, 'config' AS origin"
        )
    done = take_in(warehouse, path, bundle)
    assert (done.responses, done.captures, done.counts.articles, done.damaged) == (6, 4, 4, [])
    assert rows(warehouse, "SELECT DISTINCT outlet FROM articles") == [("Quay Gazette",)]
    assert begin_crawl(warehouse, crawl_file(path), bundle.version) is None


def test_merging_again_changes_nothing(warehouse: Path, bundle: Bundle, tmp_path: Path) -> None:
    path = write_crawl(tmp_path / "a.warc.gz", records(range(9)))
    crawl = begun(warehouse, path, bundle)
    part = scan_file(crawl.file, bundle, tmp_path / "parts", NOON)
    merge(warehouse, crawl, part)
    before = state(warehouse)
    again = merge(warehouse, crawl, part)
    assert (again.captures, again.counts.articles, again.counts.copies) == (0, 0, 0)
    assert state(warehouse) == before


def test_a_merge_that_was_cut_off_goes_on_where_it_was(warehouse: Path, bundle: Bundle, tmp_path: Path) -> None:
    path = write_crawl(tmp_path / "a.warc.gz", records(range(12)))
    whole = tmp_path / "whole.duckdb"
    crawl, same = begun(warehouse, path, bundle), begun(whole, path, bundle)
    part = scan_file(crawl.file, bundle, tmp_path / "parts", NOON)
    found = [row for batch in iter_rows(part, PageRow, 50) for row in batch]
    with PartWriter(tmp_path / "half.parquet", PageRow) as writer:
        writer.add(found[: len(found) // 2])
    merge(warehouse, crawl, tmp_path / "half.parquet")
    merge(warehouse, crawl, part)
    merge(whole, same, part)
    assert state(warehouse) == state(whole)


def test_a_file_that_was_moved_is_the_same_and_its_pages_are_found_there(
    warehouse: Path, bundle: Bundle, tmp_path: Path
) -> None:
    path = write_crawl(tmp_path / "a.warc.gz", records(range(3)))
    take_in(warehouse, path, bundle)
    (tmp_path / "shelf").mkdir()
    moved = path.rename(tmp_path / "shelf" / "a.warc.gz")
    assert begin_crawl(warehouse, crawl_file(moved), bundle.version) is None
    assert rows(warehouse, "SELECT location FROM sources WHERE kind = 'warc'") == [(str(moved),)]
    assert rows(warehouse, "SELECT DISTINCT file FROM captures") == [(str(moved),)]


def test_of_a_file_that_has_grown_only_what_is_new_is_added(warehouse: Path, bundle: Bundle, tmp_path: Path) -> None:
    path = write_crawl(tmp_path / "a.warc.gz", records(range(3)))
    take_in(warehouse, path, bundle)
    write_crawl(path, records(range(6)))
    done = take_in(warehouse, path, bundle)
    assert (done.responses, done.captures, done.counts.articles) == (6, 2, 2)
    assert rows(warehouse, "SELECT count(*), count(DISTINCT article_id) FROM copies") == [(4, 4)]


def test_a_page_that_stands_twice_in_a_file_is_read_once(warehouse: Path, bundle: Bundle, tmp_path: Path) -> None:
    pieces = records(range(2))
    done = take_in(warehouse, write_crawl(tmp_path / "a.warc.gz", [*pieces, *pieces]), bundle)
    assert (done.responses, done.captures, done.counts.articles) == (4, 2, 2)


def test_pages_that_cannot_be_reached_in_their_file_are_copied_once(
    warehouse: Path, bundle: Bundle, tmp_path: Path
) -> None:
    path = write_crawl(tmp_path / "a.warc.gz", records(range(3)), "whole")
    crawl = begun(warehouse, path, bundle)
    part = scan_file(crawl.file, bundle, tmp_path / "parts", NOON)
    merge(warehouse, crawl, part)
    size = sum(one.stat().st_size for one in (tmp_path / "w.captures").glob("*.gz"))
    merge(warehouse, crawl, part)
    assert sum(one.stat().st_size for one in (tmp_path / "w.captures").glob("*.gz")) == size
    places = rows(warehouse, 'SELECT file, "offset", "length", digest FROM captures ORDER BY url')
    assert [read_capture(tmp_path / "w.captures", CaptureRef(*one)).body for one in places] == [page(0), page(1)]


def test_a_page_whose_reading_failed_is_tried_again_from_its_file(
    warehouse: Path, bundle: Bundle, config: Path, tmp_path: Path
) -> None:
    path = write_crawl(tmp_path / "a.warc.gz", records(range(2)))
    crawl = begun(warehouse, path, bundle)
    part = scan_file(crawl.file, bundle, tmp_path / "parts", NOON)
    first, *others = [row for batch in iter_rows(part, PageRow, 50) for row in batch]
    failed = replace(first, kind="failed", reason="killed", detail="SIGKILL", article=None, topics=None)
    with PartWriter(tmp_path / "failed.parquet", PageRow) as writer:
        writer.add([failed, *others])
    merge(warehouse, crawl, tmp_path / "failed.parquet")
    assert rows(warehouse, "SELECT reason, n_tries FROM tries") == [("killed: SIGKILL", 0)]
    merge(warehouse, crawl, part)  # what is put off is for the tries
    assert rows(warehouse, "SELECT count(*) FROM articles") == [(1,)]
    settings, later = load_configuration(config).settings, NOON + timedelta(hours=1)
    done = read_pages(warehouse, tmp_path, settings, topic_matcher(config), now=later, limit=50, is_backfill=True)
    assert (done.captures, done.stored.articles) == (1, 1)
    assert rows(warehouse, "FROM tries") == []
