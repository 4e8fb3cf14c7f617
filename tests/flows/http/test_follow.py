"""Where pages send their readers."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.http import find_follow, follow_target

HERE = "https://news.example/world/summit?id=7"

CASES: dict[str, tuple[str, str | None]] = {
    "plain page": ("<html><head><title>x</title></head><body>text</body></html>", None),
    "refresh": ('<meta http-equiv="refresh" content="0; url=https://news.example/new">', "https://news.example/new"),
    "refresh, relative": ('<META HTTP-EQUIV=Refresh CONTENT="0;URL=/new">', "https://news.example/new"),
    "refresh, quoted": (
        "<meta http-equiv='refresh' content=\"1; url='/new?a=1&amp;b=2'\">",
        "https://news.example/new?a=1&b=2",
    ),
    "refresh, comma": ('<meta content="0,url=/new" http-equiv="refresh">', "https://news.example/new"),
    "refresh, fraction": ('<meta http-equiv="refresh" content="0.5; url=/new">', "https://news.example/new"),
    "refresh, base": (
        '<base href="https://other.example/a/"><meta http-equiv="refresh" content="0;url=b">',
        "https://other.example/a/b",
    ),
    "refresh, fragment": ('<meta http-equiv="refresh" content="0;url=/new#top">', "https://news.example/new"),
    "refresh, other host": ('<meta http-equiv="refresh" content="0;url=//cdn.example/x">', "https://cdn.example/x"),
    "reload": ('<meta http-equiv="refresh" content="300">', None),
    "reload of itself": (f'<meta http-equiv="refresh" content="0;url={HERE}#again">', None),
    "slow refresh": ('<meta http-equiv="refresh" content="60;url=/home">', None),
    "without scripts, a page": (
        f'<noscript><meta http-equiv="refresh" content="0;url=/plain"></noscript><p>{"words to read " * 10}</p>',
        None,
    ),
    "a redirector": (
        "<script>go('/s')</script><noscript><META http-equiv=\"refresh\" content=\"0;URL='/s'\"></noscript>",
        "https://news.example/s",
    ),
    "a redirector with a word": (
        '<p>Click <a href="/s">here</a></p><noscript><meta http-equiv="refresh" content="0; url=/s"></noscript>',
        "https://news.example/s",
    ),
    "in a comment": ('<!-- <meta http-equiv="refresh" content="0;url=/new"> -->', None),
    "no url": ('<meta http-equiv="refresh" content="0;url=">', None),
    "script url": ('<meta http-equiv="refresh" content="0;url=javascript:alert(1)">', None),
    "file url": ('<meta http-equiv="refresh" content="0;url=file:///etc/passwd">', None),
    "broken url": ('<meta http-equiv="refresh" content="0;url=http://[::1">', None),
    "amp": ('<html amp><head><link rel="canonical" href="/full"></head></html>', "https://news.example/full"),
    "amp, lightning": (
        '<!doctype html><html ⚡ lang="en"><link rel="canonical" href="/full">',
        "https://news.example/full",
    ),
    "amp, own canonical": (f'<html amp><link rel="canonical" href="{HERE}">', None),
    "amp, no canonical": ("<html amp><head></head></html>", None),
    "canonical alone": ('<html lang="en"><link rel="canonical" href="/full">', None),
    "word in class": ('<html class="no-amp amp"><link rel="canonical" href="/full">', None),
    "attribute like amp": ('<html data-amp="1"><link rel="canonical" href="/full">', None),
}


@pytest.mark.parametrize(("page", "target"), CASES.values(), ids=CASES)
def test_pages_send_on_or_keep_their_readers(page: str, target: str | None) -> None:
    assert follow_target(page.encode(), HERE) == target


def test_the_kind_tells_an_empty_page_from_a_short_form() -> None:
    refresh = find_follow(b'<meta http-equiv="refresh" content="0;url=/new">', HERE)
    amp = find_follow(b'<html amp><link rel="canonical" href="/full">', HERE)
    assert refresh is not None
    assert amp is not None
    assert (refresh.kind, amp.kind) == ("refresh", "amp")


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_are_survived(data: bytes) -> None:
    follow_target(b'<html amp><meta http-equiv="refresh" ' + data, HERE)


@pytest.mark.parametrize(
    "data",
    [
        b'<meta http-equiv="refresh"' + b"<a><div>" * 200_000,
        b"<html " * 200_000,
        b"<html amp>" + b"<!--" * 200_000,
        b"http-equiv" + b" " * 2_000_000,
        b'<meta http-equiv=refresh content="' + b"0" * 1_000_000,
    ],
)
def test_hostile_pages_cost_little(data: bytes) -> None:
    started = time.process_time()
    follow_target(data, HERE)
    assert time.process_time() - started < 1.0
