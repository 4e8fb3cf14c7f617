"""Sitemaps: news sitemaps to entries, index files to links."""

from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from extractors.feeds.entries import Draft, make_entries
from extractors.identity import resolve_url
from extractors.model import Feed, Rejected

MAX_ENTRIES = 50_000  # the protocol's own limit


def read_sitemap(text: str, base: str, *, now: datetime | None) -> Feed | Rejected:
    """Return the entries of a sitemap, or the sitemaps that an index lists."""
    root, flaws = _parse(text)
    if root is None:
        return Rejected("unreadable", "the sitemap has no elements")
    if _name(root) == "sitemapindex":
        links = (resolve_url(base, _child(child, "loc") or "") for child in root if _name(child) == "sitemap")
        return Feed("sitemap-index", (), links=tuple(dict.fromkeys(filter(None, links))), flaws=flaws)
    urls = [child for child in root if _name(child) == "url"]
    if flaws and not text.rstrip().endswith(">"):
        urls = urls[:-1]  # broken off inside its last address or title
    entries, more = make_entries([_draft(url) for url in urls[:MAX_ENTRIES]], base, now=now)
    # a sitemap has no guids and need not say when a page appeared: that is no flaw of it
    more = tuple(flaw for flaw in more if flaw not in {"missing-guid", "undated-entry"})
    return Feed("sitemap", entries, flaws=(*flaws, *more), language=_common_language(urls))


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
