"""Scanning WARC files: what is kept of them, how each kind of file is read back, what damage costs."""

from pathlib import Path

import pytest

from config.load import load_configuration
from extractors.model import Article, Rejected
from extractors.topics.matching import TopicMatcher, compile_topics
from extractors.topics.names import topic_names
from flows.intake.archive import Archive, CaptureRef
from flows.intake.in_workers import read_archived
from flows.intake.scan import scan_warc
from tests.flows.crawls import page, record, records, write_crawl
from tests.flows.live import write_live_config
from tests.warehouse.values import NOON
from warehouse.storing.articles import Reading
from warehouse.storing.captures import Capture


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> TopicMatcher:
    configuration = load_configuration(write_live_config(tmp_path_factory.mktemp("config")))
    return compile_topics(configuration.topics, topic_names(configuration.gazetteer))


def scan(
    path: Path, matcher: TopicMatcher, known: set[tuple[str, str]] | None = None
) -> tuple[list[Capture], list[Reading]]:
    with Archive(path.parent / "archive", software="test") as archive:
        batches = list(scan_warc(path, "source", matcher, archive, set() if known is None else known, limit=2))
    return [one for batch in batches for one in batch.captures], [one for batch in batches for one in batch.damaged]


def test_pages_that_can_belong_to_no_topic_are_not_kept(matcher: TopicMatcher, tmp_path: Path) -> None:
    others = [
        record(70, page(70), kind="image/png"),
        record(71, page(71), status="404 Not Found"),
        record(72, b"User-agent: *", kind="text/plain"),
    ]
    captures, damaged = scan(write_crawl(tmp_path / "a.warc.gz", records(range(6)) + others), matcher)
    assert [one.url.rpartition("/")[2] for one in captures] == ["0", "1", "3", "4"]
    assert not damaged
    assert captures[1].captured_at.isoformat() == "2024-04-02T06:00:00+00:00"


@pytest.mark.parametrize("packing", ["records", "plain", "whole"])
def test_what_is_kept_can_be_read_back_however_the_file_is_packed(
    packing: str, matcher: TopicMatcher, tmp_path: Path
) -> None:
    captures, _ = scan(write_crawl(tmp_path / "a.warc.gz", records(range(3)), packing), matcher)
    assert len(captures) == 2
    for number, one in enumerate(captures):
        ref = CaptureRef(one.file, one.offset, one.length, one.digest)
        read = read_archived(tmp_path / "archive", ref, NOON)
        assert isinstance(read, Article), read
        assert read.title == f"Ferry notice {number}"
    assert (tmp_path / "archive").exists() == (packing == "whole")


def test_what_was_kept_before_is_passed_over(matcher: TopicMatcher, tmp_path: Path) -> None:
    path, known = write_crawl(tmp_path / "a.warc.gz", records(range(6)), "whole"), set[tuple[str, str]]()
    assert len(scan(path, matcher, known)[0]) == 4
    assert scan(path, matcher, known) == ([], [])


def test_damage_is_named_and_costs_no_other_record(matcher: TopicMatcher, tmp_path: Path) -> None:
    path = write_crawl(tmp_path / "a.warc.gz", records(range(4)))
    data = bytearray(path.read_bytes())
    second = data.index(b"\x1f\x8b", 10)
    data[second + 40 : second + 60] = b"\0" * 20
    path.write_bytes(data[:-30])
    captures, damaged = scan(path, matcher)
    assert [one.url.rpartition("/")[2] for one in captures] == ["0"]
    reasons = [one.outcome.reason for one in damaged if isinstance(one.outcome, Rejected)]
    assert (reasons[0], reasons[-1]) == ("record-damaged", "record-cut")
    assert damaged[0].location == f"a.warc.gz:{second}"
