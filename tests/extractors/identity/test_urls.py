"""URL identity: variants of a page are one, different pages stay two."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.identity.urls import canonical_url, host_key, is_fetchable, resolve_url, site_key

CASES = Path(__file__).parents[2] / "cases" / "urls"
SAME = json.loads((CASES / "same_page.json").read_text())
OTHER = json.loads((CASES / "other_page.json").read_text())

words = st.sampled_from(["amp", "m", "www", "a", "index.html", "1.amp", "x.amp.html", "%41", "ü", "..", ".", "", "%zz"])
hosts = st.lists(st.sampled_from(["m", "www", "amp", "en", "news", "example"]), min_size=1, max_size=5).map(".".join)
queries = st.lists(
    st.sampled_from(["utm_source=a", "id=1", "ref=rss", "b", "=", "a=b=c", "%75tm_x=1", "a=%26", ";"]), max_size=4
)
web_urls = st.builds(
    lambda scheme, host, path, query: f"{scheme}://{host}/{'/'.join(path)}?{'&'.join(query)}",
    st.sampled_from(["http", "HTTPS", "https"]),
    hosts,
    st.lists(words, max_size=5),
    queries,
)


@pytest.mark.parametrize(("page", "variant"), [case[:2] for case in SAME], ids=[case[2] for case in SAME])
def test_variants_of_a_page_share_one_identity(page: str, variant: str) -> None:
    assert canonical_url(variant) == canonical_url(page)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_different_pages_keep_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@given(web_urls | st.text() | st.text().map("https://".__add__))
def test_identity_is_idempotent_for_any_text(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


@given(web_urls)
def test_identity_ignores_campaign_parameters_and_fragments(url: str) -> None:
    assert canonical_url(f"{url}&utm_campaign=x&fbclid=y#top") == canonical_url(url)


@given(st.text())
def test_questions_about_any_text_are_answered(text: str) -> None:
    assert isinstance(is_fetchable(text), bool)
    assert isinstance(host_key(text), str)
    assert isinstance(site_key(text), str)
    assert resolve_url("https://news.example/", text) is None or isinstance(text, str)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example/a",
        "//news.example/a",
        "ftp://news.example/a",
        "file:///etc/hosts",
        "javascript:alert(1)",
        "data:text/html,hi",
        "mailto:desk@news.example",
        "https://",
        "https:///a",
        "https://user:word@news.example/",
        "https://news.example\\@inside.example/",
        "https://[broken/",
        "https://news.example:99999/",
        "https://news example/",
        "https://news.example/" + "a" * 4000,
    ],
)
def test_only_web_addresses_are_fetched(url: str) -> None:
    assert not is_fetchable(url)


def test_a_host_is_known_by_its_port_only_where_that_is_unusual() -> None:
    assert host_key("HTTPS://News.Example:443/a") == "news.example"
    assert host_key("http://news.example:8080/a") == "news.example:8080"
    assert host_key("http://m.news.example/a") == "m.news.example"
    assert site_key("http://m.news.example:8080/a") == "news.example"


def test_links_are_resolved_and_refused_unless_fetchable() -> None:
    assert resolve_url("https://news.example/world/", "../a b") == "https://news.example/a%20b"
    assert resolve_url("https://news.example/", "javascript:void(0)") is None
