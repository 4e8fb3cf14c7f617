"""Scanning WARC files: what is kept of them, how each kind of file is read, what damage costs, what is done already."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from flows.parts import Bundle, crawl_file, let_go, pack, pages_part, scan_file
from flows.telling import WorkFailedError
from tests.flows.crawls import page, record, records, write_crawl
from tests.flows.live import write_live_config
from tests.flows.workers.test_guarded import children_of
from tests.warehouse.values import NOON
from warehouse.parts import PageRow, article_of, iter_rows, topics_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bundle]:
    yield pack(write_live_config(tmp_path_factory.mktemp("config")))
    let_go()


def rows_of(part: Path) -> list[PageRow]:
    return [row for rows in iter_rows(part, PageRow, 3) for row in rows]


def scan(path: Path, bundle: Bundle) -> list[PageRow]:
    """Return the rows of the part of a file."""
    return rows_of(scan_file(crawl_file(path), bundle, path.parent / "parts", now=NOON))


def names(rows: list[PageRow], kind: str) -> list[str]:
    return [row.url.rpartition("/")[2] for row in rows if row.kind == kind]


def test_pages_that_can_belong_to_no_topic_are_not_kept(bundle: Bundle, tmp_path: Path) -> None:
    others = [
        record(70, page(70), kind="image/png"),
        record(71, page(71), status="404 Not Found"),
        record(72, b"User-agent: *", kind="text/plain"),
    ]
    rows = scan(write_crawl(tmp_path / "a.warc.gz", records(range(6)) + others), bundle)
    assert names(rows, "article") == ["0", "1", "3", "4"]
    assert [row.kind for row in rows[4:]] == ["end"]
    assert rows[-1].offset == 9
    at = rows[1].captured_at
    assert at is not None
    assert at.isoformat() == "2024-04-02T06:00:00+00:00"
    assert article_of(rows[1].article or "").title == "Ferry notice 1"
    assert list(topics_of(rows[1])) == ["ferries"]


@pytest.mark.parametrize("packing", ["records", "plain", "whole"])
def test_pages_are_the_same_however_the_file_is_packed_and_copied_where_they_cannot_be_reached(
    packing: str, bundle: Bundle, tmp_path: Path
) -> None:
    rows = scan(write_crawl(tmp_path / "a.warc.gz", records(range(3)), packing), bundle)
    assert names(rows, "article") == ["0", "1"]
    assert [row.body for row in rows[:2]] == ([page(0), page(1)] if packing == "whole" else [None, None])
    assert all(bool(row.length) == (packing != "whole") for row in rows[:2])


def test_damage_is_named_and_costs_no_other_record(bundle: Bundle, tmp_path: Path) -> None:
    path = write_crawl(tmp_path / "a.warc.gz", records(range(4)))
    data = bytearray(path.read_bytes())
    second = data.index(b"\x1f\x8b", 10)
    data[second + 40 : second + 60] = b"\0" * 20
    path.write_bytes(data[:-30])
    rows = scan(path, bundle)
    assert names(rows, "article") == ["0"]
    damaged = [(row.offset, row.reason) for row in rows if row.kind == "damaged"]
    assert damaged[0] == (second, "damaged")
    assert damaged[-1][1] == "cut"


def test_a_part_that_is_there_is_not_made_again_and_one_that_is_broken_is(bundle: Bundle, tmp_path: Path) -> None:
    path = write_crawl(tmp_path / "a.warc.gz", records(range(3)))
    rows = scan(path, bundle)
    part = pages_part(crawl_file(path), bundle, tmp_path / "parts")
    before = part.stat().st_mtime_ns
    assert scan(path, bundle) == rows
    assert part.stat().st_mtime_ns == before
    part.write_bytes(part.read_bytes()[:-20])
    assert scan(path, bundle) == rows
    assert [one.name for one in (tmp_path / "parts").iterdir()] == [part.name]


def test_a_part_is_named_by_the_file_and_the_topics_wherever_the_file_lies(bundle: Bundle, tmp_path: Path) -> None:
    here = write_crawl(tmp_path / "a.warc.gz", records(range(3)))
    (tmp_path / "elsewhere").mkdir()
    there = tmp_path / "elsewhere" / "a.warc.gz"
    there.write_bytes(here.read_bytes())
    others = pack(write_live_config(tmp_path / "other"))
    (tmp_path / "other" / "topics.toml").write_text((tmp_path / "other" / "topics.toml").read_text() + "\n")
    assert pages_part(crawl_file(here), bundle, tmp_path) == pages_part(crawl_file(there), others, tmp_path)
    changed = pack(tmp_path / "other")
    assert pages_part(crawl_file(here), changed, tmp_path) != pages_part(crawl_file(here), bundle, tmp_path)


def test_what_kills_the_workers_costs_no_page(bundle: Bundle, tmp_path: Path) -> None:
    """Workers that the system kills are replaced; a page that has no luck twice waits for the warehouse's own tries."""
    path = write_crawl(tmp_path / "a.warc.gz", records(range(60)))

    def kill() -> None:
        for _ in range(12):
            time.sleep(0.25)
            for server in children_of(os.getpid()):
                for worker in children_of(server):
                    os.kill(worker, signal.SIGKILL)

    killer = Thread(target=kill)
    killer.start()
    rows = scan(path, bundle)
    killer.join()
    found = [int(name) for name in names(rows, "article") + names(rows, "failed")]
    assert len(found) == len(set(found))
    assert set(found) >= {n for n in range(60) if n % 3 != 2}
    assert rows[-1].offset == 60


def test_a_worker_with_another_tocsin_refuses(bundle: Bundle, tmp_path: Path) -> None:
    path = write_crawl(tmp_path / "a.warc.gz", records(range(3)))
    with pytest.raises(WorkFailedError, match="another version of Tocsin"):
        scan(path, Bundle("of another release", bundle.folders))
