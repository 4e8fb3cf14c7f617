"""Where an article goes on: its next page, told from the next article."""

import re
from urllib.parse import parse_qsl, urlsplit

import lxml.html
from lxml import etree

from extractors.identity import resolve_url

HEAD = 512 * 1024  # bytes; the link stands in the head or right below the text
SIGN = re.compile(rb"rel\s*=\s*[\"']?[^\"'>]{0,40}\bnext\b", re.IGNORECASE)
_PAGE_NAMES = frozenset({"page", "p", "pg", "seite", "pagina", "pag", "paged", "start", "s", "singlepage"})
# what is behind the address of the first page: /2, /page/2, -2.html, ,2.html, _p2
_NUMBERED = re.compile(r"(?:[/,_-](?:page|seite|p|pagina|s)?[/-]?\d{1,2})(?:\.\w{2,5})?/?", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:\.\w{2,5})?/?$")


def next_page(data: bytes, url: str, first: str) -> str | None:
    """Return the address of the page on which the article at ``first`` goes on after ``url``; None at its end.

    Blogs link the next article in the same way: only an address that is the first one with a number is a page of it.
    """
    if not SIGN.search(data[:HEAD]):
        return None
    try:
        root = lxml.html.document_fromstring(data[:HEAD], parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    for link in root.iter("link", "a"):
        if "next" in (link.get("rel") or "").lower().split() and (found := resolve_url(url, link.get("href") or "")):
            return found if _is_page_of(found, first) and found != url else None
    return None


def _is_page_of(url: str, first: str) -> bool:
    one, other = urlsplit(first), urlsplit(url)
    if one.hostname != other.hostname:
        return False
    if one.path.rstrip("/") == other.path.rstrip("/"):
        added = {name.lower() for name, _ in set(parse_qsl(other.query)) - set(parse_qsl(one.query))}
        return bool(added) and added <= _PAGE_NAMES
    stem = _SUFFIX.sub("", one.path)
    return other.path.startswith(stem) and len(stem) > 1 and _NUMBERED.fullmatch(other.path[len(stem) :]) is not None
