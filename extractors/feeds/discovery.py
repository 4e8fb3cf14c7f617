"""The feeds that a page announces."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from extractors.feeds.titles import plain_text
from extractors.identity import resolve_url
from extractors.model import Feed, Rejected

MAX_PAGE = 2_000_000  # characters; a feed is announced in the head, linked at worst in the footer
MAX_LINKS = 50
FEED_TYPES = frozenset(
    [
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/x-rss+xml",
        "text/rss+xml",
    ]
)
# Types that announce other things too: taken when the address looks like a feed's.
VAGUE_TYPES = frozenset(["application/xml", "text/xml", "application/json"])
_LOOKS_LIKE_FEED = re.compile(
    r"(?:\.(?:rss|rdf|atom)|/(?:rss|feeds?|atom|rdf|rss2)(?:/[\w\-]*)*(?:\.(?:xml|json|php|aspx?))?"
    r"|[/_\-](?:rss|feed|atom|index)[\w\-]*\.(?:xml|rdf|json))/?(?:\?[^#]*)?$|[?&](?:feed|format|type)=(?:rss|atom)",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comment", re.IGNORECASE)


def read_page(text: str, base: str) -> Feed | Rejected:
    """Return a page's announced feeds as links, its articles' feeds before those of comments."""
    try:
        root = lxml_html.document_fromstring(text[:MAX_PAGE].encode("utf-8", "replace"), parser=_parser())
    except (etree.LxmlError, ValueError, TypeError, AssertionError):
        return Rejected("not-a-feed", "neither a feed nor a page")
    home = next((href for element in root.iter("base") if (href := element.get("href"))), None)
    base = (resolve_url(base, home) if home else None) or base
    links = list(dict.fromkeys(_announced(root, base))) or list(dict.fromkeys(_linked(root, base)))
    if not links:
        return Rejected("no-feed", "the page announces no feed")
    links.sort(key=lambda link: bool(_COMMENTS.search(link)))
    title = next((plain_text(element.text) for element in root.iter("title")), None)
    language = (root.get("lang") or "")[:20] or None
    return Feed("page", (), title=title, language=language, links=tuple(links[:MAX_LINKS]))


def _parser() -> lxml_html.HTMLParser:
    return lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)


def _announced(root: etree._Element, base: str) -> Iterator[str]:
    for element in root.iter("link"):
        relations = (element.get("rel") or "").lower().split()
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        href = element.get("href") or ""
        is_feed = kind in FEED_TYPES or (kind in VAGUE_TYPES and bool(_LOOKS_LIKE_FEED.search(href)))
        if ("feed" in relations or ("alternate" in relations and is_feed)) and (url := resolve_url(base, href)):
            yield url


def _linked(root: etree._Element, base: str) -> Iterator[str]:
    for element in root.iter("a"):
        href = (element.get("href") or "").strip()
        if len(href) < 500 and _LOOKS_LIKE_FEED.search(href) and (url := resolve_url(base, href)):
            yield url
