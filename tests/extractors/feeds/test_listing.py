"""Listings of every dialect are read whole, broken ones as far as they go, and none raises or takes long."""

import gzip
import json
import time
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.feeds import repairs
from extractors.feeds.listing import read_feed, read_listing
from extractors.model import Feed, Rejected
from tests.extractors.feeds.feed_cases import FOLDER, NAMES, NOW, URL, reading_of

VALID = [
    (FOLDER / f"{name}.feed").read_bytes()
    for name in ("rdf-with-items-beside-channel", "atom-03", "json-whole", "sitemap-news", "page-announcing-feeds")
] + [(FOLDER / "summary-and-content.feed").read_bytes(), (FOLDER / "title-xhtml.feed").read_bytes()]
ITEM = "<item><title>Ferry {n}</title><link>https://news.example/{n}</link><guid>{n}</guid>{more}</item>"


def rss(items: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()


def read(data: bytes) -> Feed:
    found = read_feed(data, URL, now=NOW)
    assert isinstance(found, Feed)
    return found


def test_there_are_enough_cases_and_each_has_its_expectation() -> None:
    assert len(NAMES) >= 60
    assert {path.stem for path in FOLDER.glob("*.json")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_malformed_listing_gives_what_can_be_had(name: str) -> None:
    assert reading_of(name) == json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@given(st.binary(max_size=300))
def test_any_bytes_are_survived(data: bytes) -> None:
    assert isinstance(read_listing(data, URL, now=NOW), Feed | Rejected)


pieces = st.sampled_from(
    [
        b"<!--",
        b"<![CDATA[",
        b"]]>",
        b"&",
        b"&#0;",
        b"<item>",
        b"</title>",
        b"\x00",
        b"\xff\xfe",
        b"<!DOCTYPE x [",
        b'"',
        b"\x92",
    ]
)


@settings(deadline=None)
@given(st.sampled_from(VALID), st.data())
def test_mutations_of_good_listings_are_survived(valid: bytes, data: st.DataObject) -> None:
    mutated = valid
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(mutated)))
        end = min(len(mutated), start + data.draw(st.integers(0, 40)))
        mutated = mutated[:start] + data.draw(pieces | st.binary(max_size=6)) + mutated[end:]
    found = read_listing(mutated, URL, now=NOW)
    assert isinstance(found, Feed | Rejected)
    if isinstance(found, Feed):
        dates = [entry.published.at for entry in found.entries if entry.published]
        assert all(date <= NOW for date in dates)
        assert len({entry.guid for entry in found.entries}) == len(found.entries)


@given(st.sampled_from(VALID), st.integers(0, 2000))
def test_a_listing_cut_off_anywhere_keeps_its_first_entries(valid: bytes, length: int) -> None:
    found, whole = read_feed(valid[:length], URL, now=NOW), read(valid)
    if isinstance(found, Feed):
        assert len(found.entries) <= len(whole.entries)


@pytest.mark.parametrize(
    "bomb",
    [
        b"<rss><channel>" + b"<!--" * 100_000,
        b"<rss><channel>" + b"<![CDATA[" * 50_000,
        b"<rss><channel><item><title>" + b"&" * 60_000,
        b"<rss><channel>" + b"<" * 80_000,
        b"<rss><channel><item><description>" + b"&lt;!--" * 50_000,
        b"<rss><channel><item><description>" + b"&lt;script>" * 30_000,
        b"<rss><channel><item><description>" + b"&lt;div>" * 30_000,
        b'<!DOCTYPE r [<!ENTITY a "' + b"x" * 1900 + b'">]><rss><channel><item><title>' + b"&a;" * 100_000,
        b"<rss><channel><item " + b"".join(b'a%d="" ' % n for n in range(20_000)) + b">",
        b"<html>" + b"<div>" * 100_000,
        b"<html>" + b"<a href=" * 50_000,
        b"<urlset>" + b"<url><loc>" * 30_000,
        b'{"items":[' + b"[" * 200_000,
        b"<?xml " * 20_000,
        b"<!DOCTYPE " * 50_000,
        b"<!ENTITY " * 50_000,
    ],
    ids=lambda bomb: bomb[:40].decode(),
)
def test_what_is_built_to_be_slow_is_over_soon(bomb: bytes) -> None:
    start = time.process_time()
    read_listing(bomb, URL, now=NOW)
    assert time.process_time() - start < 5


def test_a_gzip_bomb_is_refused_before_it_unfolds() -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * 60_000_000, 9), 9)
    assert len(bomb) < 100_000
    found = read_feed(bomb, URL, now=NOW)
    assert found == Rejected("too-large", found.detail if isinstance(found, Rejected) else "")


def test_a_feed_of_ten_megabytes_is_read_whole() -> None:
    words = "<description>" + "ferry talks " * 4200 + "</description>"
    feed = read(rss("".join(ITEM.format(n=n, more=words) for n in range(200))))
    assert [entry.guid for entry in feed.entries] == [str(n) for n in range(200)]


def test_entries_beyond_any_reason_are_cut_and_the_cut_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repairs, "MAX_ENTRIES", 20)
    feed = read(rss("".join(ITEM.format(n=n, more="") for n in range(30))))
    assert len(feed.entries) == 20
    assert "too-many-entries" in feed.flaws


def test_the_same_bytes_give_the_same_feed() -> None:
    for data in VALID:
        assert read_feed(data, URL, now=NOW) == read_feed(data, URL, now=NOW)


def test_without_a_clock_no_date_is_held_against_the_future() -> None:
    data = rss(ITEM.format(n=1, more=f"<pubDate>{NOW + timedelta(days=400):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"))
    ahead, bounded = read_feed(data, URL), read(data)
    assert isinstance(ahead, Feed)
    assert ahead.entries[0].published is not None
    assert bounded.entries[0].published is None
    assert "future-date" in bounded.flaws


def test_the_charset_of_the_header_counts_where_the_document_is_silent() -> None:
    data = rss(ITEM.format(n="Ø", more="")).decode().encode("iso-8859-1")
    found = read_feed(data, URL, content_type="text/xml; charset=ISO-8859-1")
    assert isinstance(found, Feed)
    assert found.entries[0].title == "Ferry Ø"
    assert "unknown-encoding" not in found.flaws
