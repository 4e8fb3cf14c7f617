"""Which sitemaps of an index are read: what changed, the newest first, and over time all."""

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from extractors.feeds.listing import read_feed
from extractors.feeds.parts import MAX_PARTS, Part, choose_parts
from extractors.model import Feed

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
YEARS = [f"https://quay.example/sitemap-{year}.xml" for year in range(2015, 2027)]
DATES = [datetime(year, 12, 31, tzinfo=UTC) for year in range(2015, 2026)] + [NOW - timedelta(hours=1)]


def poll(
    links: Sequence[str], dates: Sequence[datetime | None], known: Mapping[str, Part], now: datetime
) -> tuple[list[str], dict[str, Part]]:
    """Return what is read, and what is known then."""
    chosen = choose_parts(links, dates, known, now=now)
    assert len(chosen) <= MAX_PARTS
    return [one.url for one in chosen], {**known, **{one.url: replace(one, read_at=now) for one in chosen}}


def test_the_newest_of_a_dated_index_come_first_in_whatever_order_it_lists_them() -> None:
    for links, dates in ((YEARS, DATES), (YEARS[::-1], DATES[::-1]), (YEARS[6:] + YEARS[:6], DATES[6:] + DATES[:6])):
        read, _ = poll(links, dates, {}, NOW)
        assert read[:4] == YEARS[:-5:-1]


@pytest.mark.parametrize("dates", [DATES, [None] * len(YEARS)])
def test_all_are_read_over_time_and_what_changes_each_time(dates: list[datetime | None]) -> None:
    known: dict[str, Part] = {}
    for n in range(12):
        now = NOW + timedelta(minutes=30 * n)
        read, known = poll(YEARS, [*dates[:-1], now if dates[-1] else None], known, now)
        known[YEARS[-1]] = replace(known[YEARS[-1]], new_at=now)
        assert YEARS[-1] in read
    assert set(known) == set(YEARS)


def test_a_dated_one_that_has_not_changed_is_left_alone_for_a_day() -> None:
    known: dict[str, Part] = {}
    for _ in range(4):
        _, known = poll(YEARS, DATES, known, NOW)
    assert poll(YEARS, DATES, known, NOW + timedelta(hours=20))[0] == []
    assert len(poll(YEARS, DATES, known, NOW + timedelta(hours=25))[0]) == MAX_PARTS
    changed = [*DATES[:3], NOW, *DATES[4:]]
    assert poll(YEARS, changed, known, NOW + timedelta(hours=1))[0] == [YEARS[3]]


def test_a_date_that_stands_still_is_not_believed_where_something_new_came_lately() -> None:
    known: dict[str, Part] = {}
    for _ in range(4):
        _, known = poll(YEARS, DATES, known, NOW)
    for n, place in enumerate((4, 1, 7)):
        known[YEARS[place]] = replace(known[YEARS[place]], new_at=NOW + timedelta(minutes=n))
    assert poll(YEARS, DATES, known, NOW + timedelta(minutes=10))[0] == [YEARS[7], YEARS[1]]
    assert poll(YEARS, DATES, known, NOW + timedelta(hours=23))[0] == [YEARS[7], YEARS[1]]
    changed = [NOW + timedelta(hours=1)] * 5 + DATES[5:]
    assert not {YEARS[7], YEARS[8]} & set(poll(YEARS, changed, known, NOW + timedelta(hours=2))[0])


def test_where_many_change_all_the_time_the_others_come_too() -> None:
    known: dict[str, Part] = {}
    seen: set[str] = set()
    for n in range(12):
        now = NOW + timedelta(hours=n)
        read, known = poll(YEARS, [now] * len(YEARS), known, now)
        seen |= set(read)
    assert seen == set(YEARS)


def test_failed_ones_are_tried_again_and_take_two_places_at_most() -> None:
    known = {url: Part(url, read_at=NOW, n_errors=3) for url in YEARS[:4]}
    read, _ = poll(YEARS, DATES, known, NOW + timedelta(hours=1))
    assert sum(url in YEARS[:4] for url in read) == 2
    assert YEARS[-1] in read


@pytest.mark.parametrize(
    "names",
    [
        ["tag-sitemap.xml", "post-sitemap1.xml", "post-sitemap2.xml"],
        ["page.xml", "news-2025-12.xml", "news-2026-02.xml"],
    ],
)
def test_without_dates_names_tell_news_from_the_rest(names: list[str]) -> None:
    links = [f"https://quay.example/{name}" for name in names]
    chosen = choose_parts(links, [], {}, now=NOW)
    assert [one.url for one in chosen] == links[::-1]


INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'
LISTS = {
    "plain": b"https://quay.example/a\nhttps://quay.example/b\n",
    "windows": b"\xef\xbb\xbfhttps://quay.example/a\r\n\r\nhttps://quay.example/b\r\n",
    "remark": b"# ours\n" + b"".join(b"https://quay.example/%d\n" % n for n in range(20)),
}


def test_an_index_gives_each_link_its_date() -> None:
    items = "<sitemap><loc>/1.xml</loc><lastmod>2026-03-04T10:00:00+01:00</lastmod></sitemap>"
    items += "<sitemap><loc>/2.xml</loc></sitemap>"
    found = read_feed(INDEX.format(items).encode(), "https://quay.example/sitemap.xml", now=NOW)
    assert isinstance(found, Feed)
    assert found.links == ("https://quay.example/1.xml", "https://quay.example/2.xml")
    assert found.link_dates == (datetime(2026, 3, 4, 9, tzinfo=UTC), None)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_addresses_is_a_sitemap(name: str) -> None:
    for data in (LISTS[name], gzip.compress(LISTS[name])):
        found = read_feed(data, "https://quay.example/sitemap.txt", now=NOW)
        assert isinstance(found, Feed)
        assert (found.kind, len(found.entries)) == ("sitemap", LISTS[name].count(b"https"))


def test_a_text_with_an_address_in_it_is_none() -> None:
    assert not isinstance(
        read_feed(b"See https://quay.example/a for more\nor ask us\n", "https://quay.example/x"), Feed
    )
