"""Watching live sources: every matching article, once, whatever the web does and wherever the cycle is killed."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from extractors.identity.urls import canonical_url
from tests.flows.watching import Cycle, Reader, Report, content, count_readable, kill
from tests.newsroom import ExpectedArticle, Newsroom

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

UNDATED = "Old Quay Courier"  # its feed gives no date and its pages only the day


@dataclass(frozen=True, slots=True)
class Watched:
    """Four cycles: the first, one with nothing new, one with new items, one with edited articles."""

    first: Cycle
    idle: Cycle
    more: Cycle
    edited: Cycle
    added: tuple[ExpectedArticle, ...]
    changed: tuple[ExpectedArticle, ...]
    warehouse: Path


@pytest.fixture(scope="module")
def watched(prefect_env: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Watch thirty outlets with 300 articles over four cycles."""
    folder = tmp_path_factory.mktemp("watched")
    newsroom = Newsroom(7, n_articles=300)
    with newsroom.serve():
        reader = Reader(newsroom, newsroom.write_config(folder / "config"), folder / "watched.duckdb", prefect_env)
        first, idle = reader.cycle(), reader.cycle()
        added = newsroom.publish_more(30)
        more = reader.cycle()
        changed = newsroom.edit(6)
        yield Watched(first, idle, more, reader.cycle(), tuple(added), tuple(changed), reader.warehouse)


def test_every_matching_article_is_there_once(watched: Watched) -> None:
    """One place for each article that matches and can be had; none for any other."""
    for cycle in (watched.first, watched.more):
        whole = [article for article in cycle.expected if not article.broken]
        counts = {article.url: len(cycle.reports_of(article)) for article in whole}
        assert counts == {article.url: int(article.matches) for article in whole}


def test_the_words_of_the_listing_stand_where_the_page_cannot_be_had(watched: Watched) -> None:
    """All of the text where it is listed in full; else at most the summary; and nothing of such a page itself."""
    broken = [article for article in watched.first.expected if article.broken]
    reports = {article.url: watched.first.reports_of(article) for article in broken}
    assert all(len(found) <= 1 and all(one.basis == "feed" for one in found) for found in reports.values())
    in_full = [article.url for article in broken if article.matches and article.is_listed_in_full]
    assert in_full
    assert all(reports[url] for url in in_full)


def test_title_date_and_outlet_are_right(watched: Watched) -> None:
    """To the second where page or listing tell; the day where nobody does."""
    for article in watched.more.wanted():
        (report,) = watched.more.reports_of(article)
        assert (report.title, report.outlet) == (article.title, article.outlet)
        assert is_same_time(report, article), (report, article)


def is_same_time(report: Report, article: ExpectedArticle) -> bool:
    """Compare the dates, by the outlet's own day where it gives no more."""
    if report.published is None:
        return False
    off = abs((report.published - article.published).total_seconds())
    return off < 60 or (article.outlet == UNDATED and off <= 24 * 3600 + 5 * 3600)


def test_every_copy_is_attached_to_its_original(watched: Watched) -> None:
    """Texts are grouped as they were written, and nothing else is merged."""
    cycle = watched.more
    stories: defaultdict[str, set[str]] = defaultdict(set)
    for article in cycle.wanted():
        (report,) = cycle.reports_of(article)
        stories[report.article_id].add(article.copy_of or article.url)
    assert {key: urls for key, urls in stories.items() if len(urls) > 1} == {}
    assert len(stories) == sum(article.copy_of is None for article in cycle.wanted())
    assert sum(article.copy_of is not None for article in cycle.wanted()) == 23


def test_the_earliest_report_is_the_article(watched: Watched) -> None:
    """All others are its copies, with the reason."""
    for article in watched.first.wanted():
        (report,) = watched.first.reports_of(article)
        assert report.reason in ("first", "same-text", "near-duplicate")
        is_sure = article.outlet != UNDATED and not (article.copy_of or "").startswith(undated_base(watched.first))
        assert not is_sure or (report.reason == "first") == (article.copy_of is None), report


def undated_base(cycle: Cycle) -> str:
    """Return the address of the outlet whose listing gives no dates: what came first is not known there."""
    return next(one.url for one in cycle.expected if one.outlet == UNDATED).rpartition("/")[0]


def test_what_cannot_be_had_is_on_record(watched: Watched) -> None:
    """Each broken page has the reason it deserves."""
    for article in watched.first.expected:
        if article.broken:
            assert watched.first.ends[canonical_url(article.url)] in article.reasons, article


def test_a_second_cycle_fetches_nothing_again(watched: Watched) -> None:
    """Listings are asked, pages are not, and nothing is added."""
    assert watched.idle.pages == {}
    assert watched.idle.listings
    assert set(watched.idle.reports) == set(watched.first.reports)
    assert "nothing new" in watched.idle.outcome.out


def test_a_third_cycle_fetches_only_what_is_new(watched: Watched) -> None:
    """Only addresses of new items are asked for, each of them once."""
    new = {canonical_url(article.url) for article in watched.added}
    assert {canonical_url(url) for url in watched.more.pages} <= new
    assert set(watched.more.pages.values()) == {1}
    added = [article for article in watched.added if article.matches]
    assert all(watched.more.reports_of(article) for article in added)


def test_an_edited_article_becomes_a_version(watched: Watched) -> None:
    """Both texts are kept under one address, and only edited pages were asked for."""
    asked = {canonical_url(url) for url in watched.edited.pages}
    assert asked == {canonical_url(article.url) for article in watched.changed}
    for article in watched.changed:
        assert len({report.article_id for report in watched.edited.reports_of(article)}) == 2, article


def test_every_capture_can_be_read_again(watched: Watched) -> None:
    count, skipped = count_readable(watched.warehouse)
    assert count >= len(watched.more.wanted())
    assert skipped == []


# -- killed in between


@pytest.fixture(scope="module")
def undisturbed(
    prefect_env: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Reader, dict[str, set[tuple[object, ...]]]]]:
    """Return a reader of a small newsroom, and what two whole cycles of it give."""
    folder = tmp_path_factory.mktemp("killed")
    newsroom = Newsroom(11, n_outlets=6, n_articles=60)
    with newsroom.serve():
        reader = Reader(newsroom, newsroom.write_config(folder / "config"), folder / "whole.duckdb", prefect_env)
        reader.cycle()
        yield reader, content(reader.warehouse)


def asked_listings(n: int) -> Callable[[Reader], bool]:
    """Hold once so many listings were asked for."""
    return lambda reader: sum(reader.newsroom.listing_requests().values()) >= n


def asked_pages(n: int) -> Callable[[Reader], bool]:
    """Hold once so many pages were asked for."""
    return lambda reader: sum(reader.newsroom.page_requests().values()) >= n


MOMENTS = {
    "in the middle of polling": asked_listings(4),
    "in the middle of fetching": asked_pages(20),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_while_asking(
    moment: str, undisturbed: tuple[Reader, dict[str, set[tuple[object, ...]]]], tmp_path: Path
) -> None:
    """A new cycle after the kill gives what an undisturbed one gives."""
    whole, expected = undisturbed
    reader = replace(whole, warehouse=tmp_path / "killed.duckdb")
    reader.killed_cycle(MOMENTS[moment])
    assert_recovered(reader, expected)


@pytest.mark.parametrize("seed", [0])
def test_killed_while_working(
    seed: int, undisturbed: tuple[Reader, dict[str, set[tuple[object, ...]]]], tmp_path: Path
) -> None:
    """Killed twice at random moments after the pages are in: while reading, extracting, relating or publishing."""
    whole, expected = undisturbed
    chance = random.Random(seed)
    reader = replace(whole, warehouse=tmp_path / "killed.duckdb")
    for stage in ("fetch: ", "extract: "):
        kill_in_stage(reader, stage, chance.uniform(0, 3))
    assert_recovered(reader, expected)


def kill_in_stage(reader: Reader, stage: str, delay_s: float) -> None:
    """Kill a cycle some time after it speaks of a stage, if it lives that long."""
    import time

    from tests.flows.command import start

    process = start(*reader.words(), env=reader.env)
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(stage):
            time.sleep(delay_s)
            break
    if process.poll() is None:
        kill(process)
    else:
        process.communicate()


def assert_recovered(reader: Reader, expected: dict[str, set[tuple[object, ...]]]) -> None:
    """Run a cycle to its end and compare everything that an analyst could see."""
    reader.cycle()
    found = content(reader.warehouse)
    for name, rows in expected.items():
        assert found[name] == rows, name
    _, skipped = count_readable(reader.warehouse)
    assert len(skipped) <= 2  # a record that a kill cut, named as such
