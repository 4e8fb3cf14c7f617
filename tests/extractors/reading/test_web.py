from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Article, Rejected
from extractors.reading.article import read_html
from tests.extractors.reading.article_cases import list_inputs

REASONS = {
    *("empty", "binary", "too-large", "too-short", "no-text", "not-html", "unreadable", "soft-404", "consent-wall"),
    *("challenge", "paywall", "needs-javascript", "error-page", "parked", "front-page"),
}
PARAGRAPH = "<p>The harbour master said on Monday that the eastern lock would stay closed until the spring tides.</p>"
HEAD = '<meta property="article:published_time" content="{}"><meta property="og:title" content="Lock closed">'
PAGES = [path.read_bytes() for path in list_inputs("html")]


def page(head: str = "", body: str = PARAGRAPH * 3) -> bytes:
    """Return a small page."""
    return f"<html><head><title>T</title>{head}</head><body><article>{body}</article></body></html>".encode()


def check(outcome: Article | Rejected) -> None:
    """An outcome is an article whose paragraphs add up to its text, or a rejection for a known reason."""
    if isinstance(outcome, Rejected):
        assert outcome.reason in REASONS
        return
    assert outcome.text == "\n\n".join(one.span.of(outcome.text) for one in outcome.paragraphs)
    assert all(one.source_start is None for one in outcome.paragraphs)


@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(alphabet='<>/"=&;!-ab pdivhtmlscr\n{}', max_size=300).map(str.encode),
        st.text(max_size=100).map(lambda text: page(body=f"{PARAGRAPH}<p>{text}</p>")),
    )
)
@settings(deadline=None)
def test_any_bytes_give_an_article_or_a_reason(data: bytes) -> None:
    """No bytes raise, whatever they are."""
    check(read_html(data, "https://a.example/x", {}))


@given(st.sampled_from(PAGES), st.data())
@settings(deadline=None)
def test_damaged_pages_never_raise(raw: bytes, data: st.DataObject) -> None:
    """Pages with bytes replaced and their end cut off are read or refused."""
    damaged = bytearray(raw)
    for _ in range(data.draw(st.integers(0, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    check(read_html(bytes(damaged[: data.draw(st.integers(1, len(damaged)))]), None, None))


@pytest.mark.parametrize("address", ["", "x", "http://[", "https://a.example:port/", "//", "mailto:a@b.example"])
def test_odd_addresses_do_no_harm(address: str) -> None:
    """An address that is none leaves the page readable."""
    outcome = read_html(page(f'<link rel="canonical" href="{address}"><base href="{address}">'), address, {})
    assert isinstance(outcome, Article)


def test_a_page_from_the_future_has_no_date() -> None:
    """Neither the clock given nor the response's own Date header is overtaken."""
    now = datetime(2023, 3, 4, 12, tzinfo=UTC)
    for days in (2, 400):
        data = page(HEAD.format((now + timedelta(days=days)).isoformat()))
        outcome = read_html(data, None, {}, now=now)
        by_header = read_html(data, None, {"Date": "Sat, 04 Mar 2023 12:00:00 GMT"})
        assert isinstance(outcome, Article)
        assert isinstance(by_header, Article)
        for published in (outcome.published, by_header.published):
            assert published is None or (published.at <= now and published.is_inferred)


def test_the_same_bytes_give_the_same_article() -> None:
    """Reading looks at no clock and keeps no state."""
    data = page(HEAD.format("2023-03-04T10:00:00Z"))
    assert read_html(data, "https://a.example/x", {}) == read_html(data, "https://a.example/x", {})


def test_other_kinds_of_content_are_refused_by_their_header() -> None:
    """What the server calls an image or a feed reader's JSON is not parsed as a page."""
    for kind in ("image/png", "application/pdf", "application/json; charset=utf-8", "video/mp4"):
        assert read_html(page(), None, {"Content-Type": kind}) == Rejected("not-html", kind.partition(";")[0])
    assert isinstance(read_html(page(), None, {"content-type": "TEXT/HTML; charset=utf-8"}), Article)


def test_a_page_above_the_limit_is_refused() -> None:
    """The size limit is an argument."""
    outcome = read_html(page(), None, {}, max_bytes=100)
    assert isinstance(outcome, Rejected)
    assert outcome.reason == "too-large"


def test_deeply_nested_markup_is_survived() -> None:
    """Ten thousand open elements end in an article or a reason."""
    check(read_html(page(body="<div>" * 10_000 + PARAGRAPH * 3), None, {}))
