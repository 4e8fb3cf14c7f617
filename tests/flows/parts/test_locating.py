"""Which files are meant: paths, addresses, and lists of either."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import FetchSettings
from flows.parts import CrawlFile, let_go, locate, pack, scan_file
from flows.telling import WorkFailedError
from tests.flows.crawls import page, records, write_crawl
from tests.flows.http.test_large_files import ranged
from tests.flows.live import write_live_config
from tests.site import Site
from tests.warehouse.values import NOON
from warehouse.parts import PageRow, iter_rows

pytestmark = pytest.mark.slow

FETCH = FetchSettings.model_validate({"allowed_networks": ["127.0.0.0/8"]})


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as found:
        yield found
    let_go()


def test_a_list_names_files_beside_it_each_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_crawl(tmp_path / f"{name}.warc.gz", records(range(3)))
    (tmp_path / "month.paths").write_text(f"# of March\na.warc.gz\n\n{tmp_path}/b.warc.gz\na.warc.gz\n")
    found = locate([tmp_path / "b.warc.gz", tmp_path / "month.paths"], FETCH)
    assert [one.name for one in found] == ["b.warc.gz", "a.warc.gz"]
    assert found[0] == CrawlFile(str(tmp_path / "b.warc.gz"), (tmp_path / "b.warc.gz").stat().st_size)


def test_a_list_on_the_web_names_files_from_the_root_of_its_host(site: Site, tmp_path: Path) -> None:
    data = write_crawl(tmp_path / "a.warc.gz", records(range(3))).read_bytes()
    site.put("/crawl/2024/a.warc.gz", ranged(data))
    listed = site.put("/crawl/2024/warc.paths.gz", ranged(gzip.compress(b"crawl/2024/a.warc.gz\n")))
    assert locate([listed], FETCH) == [CrawlFile(site.url("/crawl/2024/a.warc.gz"), len(data))]


def test_a_file_of_the_web_is_the_file_it_is_here_and_its_pages_are_kept(site: Site, tmp_path: Path) -> None:
    here = write_crawl(tmp_path / "a.warc.gz", records(range(3)))
    [there] = locate([site.put("/far/a.warc.gz", ranged(here.read_bytes()))], FETCH)
    assert there.key == locate([here], FETCH)[0].key
    part = scan_file(there, pack(write_live_config(tmp_path / "config")), tmp_path / "parts", NOON)
    rows = [row for batch in iter_rows(part, PageRow, 9) for row in batch]
    assert [(row.kind, row.length, row.body) for row in rows[:2]] == [("article", 0, page(0)), ("article", 0, page(1))]
    assert [one.name for one in (tmp_path / "parts").iterdir()] == [part.name]


@pytest.mark.parametrize("word", ["nowhere.warc.gz", "nowhere.paths"])
def test_what_is_not_there_is_named(word: str, tmp_path: Path) -> None:
    with pytest.raises(WorkFailedError, match="nowhere"):
        locate([tmp_path / word], FETCH)


def test_addresses_that_must_not_be_asked_are_refused_without_their_secrets(site: Site) -> None:
    url = site.put("/a.warc.gz", ranged(b"x"))
    with pytest.raises(WorkFailedError, match="private-address"):
        locate([url], FetchSettings())
    with pytest.raises(WorkFailedError) as refused:
        locate([url.replace("http://", "http://me:secret@")], FETCH)
    assert "secret" not in str(refused.value)
