"""Sitemaps: news sitemaps and lists of addresses to entries, index files to links."""

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from extractors.dates import parse_feed_date
from extractors.feeds.entries import Draft, make_entries
from extractors.identity import resolve_url
from extractors.model import Feed, Rejected

MAX_ENTRIES = 50_000  # the protocol's own limit
ADDRESS_SHARE = 0.9  # of the lines of a text sitemap: a comment or two may stand among them

_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def read_sitemap(text: str, base: str, *, now: datetime | None) -> Feed | Rejected:
    """Return the entries of a sitemap, or the sitemaps that an index lists."""
    root, flaws = _parse(text)
    if root is None:
        return Rejected("unreadable", "the sitemap has no elements")
    if _name(root) == "sitemapindex":
        links = _dated_links(root, base, now)
        return Feed("sitemap-index", (), links=tuple(links), link_dates=tuple(links.values()), flaws=flaws)
    urls = [child for child in root if _name(child) == "url"]
    if flaws and not text.rstrip().endswith(">"):
        urls = urls[:-1]  # broken off inside its last address or title
    entries, more = make_entries([_draft(url) for url in urls[:MAX_ENTRIES]], base, now=now)
    # a sitemap has no guids and need not say when a page appeared: that is no flaw of it
    more = tuple(flaw for flaw in more if flaw not in {"missing-guid", "undated-entry"})
    return Feed("sitemap", entries, flaws=(*flaws, *more), language=_common_language(urls))


def read_address_list(text: str, base: str, *, now: datetime | None) -> Feed | None:
    """Return the entries of a sitemap in plain text, an address a line; None where the lines are something else."""
    lines = [line.strip() for line in text.splitlines()[:MAX_ENTRIES] if line.strip()]
    if not lines or sum(map(bool, map(_ADDRESS.fullmatch, lines))) < ADDRESS_SHARE * len(lines):
        return None
    entries, _ = make_entries((Draft(links=(line,)) for line in lines if _ADDRESS.fullmatch(line)), base, now=now)
    return Feed("sitemap", entries)


def _dated_links(root: etree._Element, base: str, now: datetime | None) -> dict[str, datetime | None]:
    """Return the sitemaps that an index lists, each with the date of its last change, in the order given."""
    links: dict[str, datetime | None] = {}
    for child in root:
        url = resolve_url(base, _child(child, "loc") or "") if _name(child) == "sitemap" else None
        if url:
            moment = parse_feed_date(_child(child, "lastmod") or "", now=now)
            links.setdefault(url, moment.at if moment else None)
    return links


def _parse(text: str) -> tuple[etree._Element | None, tuple[str, ...]]:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None, ()
    return root, ("malformed",) if len(parser.error_log) else ()


def _draft(url: etree._Element) -> Draft:
    news = next((child for child in url if _name(child) == "news"), None)
    publication = next((child for child in news if _name(child) == "publication"), None) if news is not None else None
    return Draft(
        links=tuple(_texts(url, "loc")),
        title=_child(news, "title"),
        published=tuple(_texts(news, "publication_date")),
        updated=tuple(_texts(url, "lastmod")),
        language=_child(publication, "language"),
    )


def _common_language(urls: list[etree._Element]) -> str | None:
    languages = {element.text for url in urls[:50] for element in url.iter() if _name(element) == "language"}
    return languages.pop() if len(languages) == 1 else None


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _texts(parent: etree._Element | None, name: str) -> Iterator[str]:
    for child in parent if parent is not None else ():
        if _name(child) == name and (text := "".join(child.itertext()).strip()):
            yield text


def _child(parent: etree._Element | None, name: str) -> str | None:
    return next(_texts(parent, name), None)
