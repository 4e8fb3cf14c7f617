"""Front pages and lists of stories, told by their shape: many linked headlines and no text of length."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from extractors.language import count_words

TEASERS_AT_FRONT = 8  # linked headlines at the address of a front page; an article recommends fewer at its foot
TEASERS = 20  # anywhere
LONG_PARAGRAPH = 40  # words: teasers have fewer, and an article has three such paragraphs

_FRONT_PATHS = frozenset({"", "/", "/index.html", "/index.php", "/home", "/en", "/en/", "/news", "/news/"})


def recognise_front(tree: HtmlElement, lines: Sequence[str], url: str | None, *, is_bare: bool) -> str | None:
    """Say why the page is a list of stories and no story; None where it may be one."""
    if not is_bare or sum(count_words(line) >= LONG_PARAGRAPH for line in lines) >= 3:
        return None
    n_teasers = len({href for heading in tree.iter("h2", "h3", "h4") if (href := _link_of(heading))})
    is_front = url is not None and _is_front(url)
    if n_teasers >= (TEASERS_AT_FRONT if is_front else TEASERS):
        return f"{n_teasers} linked headlines{' at a front address' if is_front else ''}"
    return None


def _link_of(heading: HtmlElement) -> str | None:
    links = [heading.getparent()] if heading.getparent() is not None else []
    for link in (*heading.iter("a"), *links):
        if link.tag == "a" and link.get("href"):
            return str(link.get("href"))
    return None


def _is_front(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path.lower() in _FRONT_PATHS and not parts.query
