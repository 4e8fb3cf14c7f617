"""The second page of an article is told from the next article."""

import pytest

from extractors.reading.pages.second_pages import next_page

FIRST = "https://quay.example/news/2026/locks-stay-shut.html"
PAGES = {
    "/news/2026/locks-stay-shut.html?page=2": FIRST,
    "/news/2026/locks-stay-shut-2.html": FIRST,
    "/news/2026/locks-stay-shut/2": FIRST,
    "/locks/page/2/": "https://quay.example/locks/",
    "?seite=3": FIRST,
}
OTHERS = {
    "/news/2026/another-story.html": FIRST,
    "https://other.example/news/2026/locks-stay-shut.html?page=2": FIRST,
    "/news/2026/locks-stay-shut.html?utm_source=x": FIRST,
    "/news/2026/locks-stay-shut-for-good.html": FIRST,
    "/2": "https://quay.example/",
    "javascript:next()": FIRST,
}


def page(href: str, tag: str = "link") -> bytes:
    return f'<html><head><title>T</title></head><body><{tag} rel="next" href="{href}">on</{tag}></body></html>'.encode()


@pytest.mark.parametrize("href", PAGES)
@pytest.mark.parametrize("tag", ["link", "a"])
def test_the_first_address_with_a_number_is_a_page_of_it(href: str, tag: str) -> None:
    assert next_page(page(href, tag), PAGES[href], PAGES[href]) is not None


@pytest.mark.parametrize("href", OTHERS)
def test_any_other_is_another_story(href: str) -> None:
    assert next_page(page(href), OTHERS[href], OTHERS[href]) is None


def test_a_page_that_links_itself_or_nothing_is_the_last() -> None:
    assert next_page(page("?page=2"), f"{FIRST}?page=2", FIRST) is None
    assert next_page(b"<html><body>next</body></html>", FIRST, FIRST) is None
