"""What feeds write beside the rules: dates merely named so, addresses for authors, RSS as JSON, odd labels."""

import json
from datetime import UTC, datetime

import pytest

from extractors.dates import read_feed_date
from extractors.feeds.listing import read_feed
from extractors.language import encoding_of
from extractors.model import Article, Entry, Feed
from extractors.reading.article import read_html

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RSS = (
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:x="https://quay.example/ns"><channel>'
    "<title>Quay</title><link>https://quay.example/</link><item><title>Ferry leaves</title><link>/1</link>{}</item>"
    "</channel></rss>"
)


def entry(item: str, url: str = "https://quay.example/feed") -> Entry:
    """Return the one entry of a feed."""
    found = read_feed(RSS.format(item).encode(), url, now=NOW)
    assert isinstance(found, Feed)
    (one,) = found.entries
    return one


@pytest.mark.parametrize(
    "name", ["expirationDate", "startDate", "eventDate", "birthdate", "validUntilDate", "embargo_date"]
)
def test_a_date_of_something_else_is_not_that_of_the_item(name: str) -> None:
    other = f"<x:{name}>2021-01-05T10:00:00Z</x:{name}>"
    assert entry(other).published is None
    found = entry(f"{other}<dc:date>2026-11-20T10:00:00Z</dc:date>").published
    assert found is not None
    assert found.at == datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_a_date_that_is_merely_named_so_comes_after_one_of_the_format() -> None:
    named = "<x:publicationDate>2025-01-01T10:00:00Z</x:publicationDate>"
    first, second = entry(named).published, entry(f"{named}<dc:date>2026-11-20T10:00:00Z</dc:date>").published
    assert first is not None
    assert second is not None
    assert (first.at.year, second.at.year) == (2025, 2026)


EXACT = {
    "026, 26 Mar 2023 22:43:38 +0000": "2023-03-26T22:43:38+00:00",
    "7, 5 May 2024 08:00:00 GMT": "2024-05-05T08:00:00+00:00",
    "Sun, 26 Mar 2023 22:43:38 -0500": "2023-03-27T03:43:38+00:00",
    "26 mar 2023 22:43 utc": "2023-03-26T22:43:00+00:00",
    "2023-03-26T22:43:38.123+05:30": "2023-03-26T17:13:38+00:00",
    "/Date(1732096800000)/": "2024-11-20T10:00:00+00:00",
    "\\/Date(1732096800000+0200)\\/": "2024-11-20T10:00:00+00:00",
}


@pytest.mark.parametrize("raw", EXACT)
def test_a_date_with_its_zone_is_no_guess(raw: str) -> None:
    moment = read_feed_date(raw, now=NOW).moment
    assert moment is not None
    assert (moment.at.isoformat(), moment.is_inferred) == (EXACT[raw], False)


@pytest.mark.parametrize("raw", ["26 Mar 2023 22:43:38", "03/04/2023", "/Date(x)/", "Sun, 40 Mar 2023 22:43:38 +0000"])
def test_a_guess_is_marked_as_one_or_is_none(raw: str) -> None:
    moment = read_feed_date(raw, now=NOW).moment
    assert moment is None or moment.is_inferred


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("desk@quay.example (Ilse Tarn)", "Ilse Tarn"),
        ("Ilse Tarn &lt;tarn@quay.example&gt;", "Ilse Tarn"),
        ("desk@quay.example", None),
        ("Ilse Tarn", "Ilse Tarn"),
    ],
)
def test_an_address_is_no_author(written: str, name: str | None) -> None:
    assert entry(f"<author>{written}</author>").author == name


def test_links_of_a_feed_hosted_elsewhere_are_of_the_site_it_is_of() -> None:
    assert entry("", "https://feeds.hosting.example.net/rss/7").url == "https://quay.example/1"
    assert entry("", "https://quay.example/deep/feed").url == "https://quay.example/1"


@pytest.mark.parametrize("text", [str, lambda words: {"#value": words, "@x": "1"}, lambda words: {"$t": words}])
def test_rss_written_as_json_is_read(text: object) -> None:
    assert callable(text)
    item = {"title": text("Ferry leaves"), "link": "https://quay.example/1", "guid": text("n-1"),
            "pubDate": text("Fri, 20 Nov 2026 10:00:00 GMT"), "description": text("It left.")}  # fmt: skip
    for items in ([item, item | {"guid": "n-2", "link": "https://quay.example/2"}], item):
        data = json.dumps({"rss": {"version": "2.0", "channel": {"title": "Quay", "item": items}}}).encode()
        found = read_feed(data, "https://quay.example/feed.json", now=NOW)
        assert isinstance(found, Feed)
        assert len(found.entries) == (2 if isinstance(items, list) else 1)
        one = found.entries[0]
        assert (one.guid, one.title, one.url, one.summary) == (
            "n-1",
            "Ferry leaves",
            "https://quay.example/1",
            "It left.",
        )
        assert one.published is not None
        assert one.published.at == datetime(2026, 11, 20, 10, tzinfo=UTC)


LABELS = {
    "windows-31j": "cp932", "x-sjis": "cp932", "Shift_JIS": "cp932", "x-euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp_2",
    "iso-8859-6-e": "iso8859-6", "ISO-8859-8-I": "iso8859-8", "x-gbk": "gb18030",
    "x-x-big5": "big5hkscs", "koi8": "koi8-r",
    "cp-1251": "cp1251", "x-cp1251": "cp1251", "win1251": "cp1251", "latin1": "cp1252", "ks_c_5601-1987": "cp949",
    "utf8": "utf-8",
}  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
def test_a_label_means_what_browsers_take_it_for(label: str) -> None:
    assert encoding_of(label) == LABELS[label]
    assert "x".encode(LABELS[label]) == b"x"


@pytest.mark.parametrize("label", ["", "nothing", "punycode", "undefined", "base64", "utf-8; x"])
def test_what_names_no_encoding_means_none(label: str) -> None:
    assert encoding_of(label) is None


@pytest.mark.parametrize("encoding", ["iso-2022-jp", "x-euc-jp", "windows-31j"])
def test_a_page_in_its_declared_encoding_is_read(encoding: str) -> None:
    words = "港湾局長は火曜日、嵐が夜に海岸へ達した場合、朝の点検が終わるまで全ての船を港にとどめると述べた。" * 4
    page = (
        f'<html><head><meta charset="{encoding}"><title>港</title></head><body><article><p>{words}</p></article></html>'
    )
    found = read_html(page.encode(LABELS.get(encoding, "cp932").replace("_2", "")), "https://quay.example/a", {})
    assert isinstance(found, Article)
    assert found.text == words
