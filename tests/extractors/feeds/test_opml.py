"""Subscription lists come in from other readers and go out without loss."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.feeds.opml import read_opml, write_opml
from extractors.feeds.sources import Source
from extractors.model import Rejected

LIST = """<?xml version="1.0"?><opml version="1.1"><head><title>x</title></head><body>
<outline text="Asia"><outline text="Harbour &amp; Sea" type="rss" xmlUrl="https://news.example/feed" htmlUrl="https://news.example/"/>
<outline title="Ärger" XMLURL="https://other.example/rss"/><outline text="again" xmlUrl="https://www.news.example/feed/"/></outline>
<outline text="a link" type="link" url="https://news.example/"/><outline text="bad" xmlUrl="file:///etc/hostname"/>
<outline text="Harbour Sea" xmlUrl="https://third.example/rss"/></body></opml>"""

names = st.text(string.ascii_letters + "é&<>\"' 語", min_size=1, max_size=20).map(lambda s: " ".join(s.split()) or "x")
sources = st.builds(
    Source,
    st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True),
    st.integers(0, 10**6).map(lambda n: f"https://news.example/{n}?a=1&b=<2>"),
    st.sampled_from(["feed", "sitemap", "page"]),
    names,
    st.none() | st.sampled_from(["KOR", "USA"]),
    st.sampled_from(["agency", "unknown"]),
    st.just("") | names,
    st.none() | st.just("en"),
    st.lists(st.sampled_from(["north-korea", "us-china"]), max_size=2).map(tuple),
)
unique = st.lists(sources, min_size=1, max_size=5, unique_by=(lambda s: s.source_id, lambda s: s.url))


def test_a_list_of_another_reader_is_read() -> None:
    found = read_opml(LIST.encode())
    assert not isinstance(found, Rejected)
    assert [(source.source_id, source.outlet, source.url) for source in found] == [
        ("harbour-sea", "Harbour & Sea", "https://news.example/feed"),
        ("arger", "Ärger", "https://other.example/rss"),
        ("harbour-sea-2", "Harbour Sea", "https://third.example/rss"),
    ]


@pytest.mark.parametrize("cut", range(0, len(LIST), 37))
def test_a_list_cut_off_gives_what_stands_before(cut: int) -> None:
    found = read_opml(LIST[:cut].encode())
    assert isinstance(found, Rejected) or len(found) <= 3


@settings(max_examples=30)
@given(unique)
def test_what_is_written_is_read_back(given_sources: list[Source]) -> None:
    assert read_opml(write_opml(given_sources)) == tuple(given_sources)


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(data: bytes) -> None:
    assert isinstance(read_opml(data), tuple | Rejected)


def test_an_empty_list_is_named_so() -> None:
    assert read_opml(b"<opml><body/></opml>") == Rejected("no-feed", "the list has no outline with an address (xmlUrl)")
