# ruff: noqa: E501 (markup reads better on one line)
"""Listings in the dialects of thirty outlets: feeds, sitemaps, pages that announce them."""

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import urlsplit

from tests.newsroom.items import Item
from tests.newsroom.outlets import Outlet
from tests.newsroom.pages import local_time

XML = '<?xml version="1.0" encoding="{charset}"?>\n'


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a listing."""

    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Line:
    """One item as it is listed."""

    item: Item
    link: str
    guid: str
    published: str
    updated: str

    @property
    def title(self) -> str:
        return escape(self.item.story.title, quote=False)

    @property
    def summary(self) -> str:
        return escape(self.item.story.summary, quote=False)

    @property
    def full(self) -> str:
        return "".join(f"<p>{escape(one, quote=False)}</p>" for one in self.item.story.paragraphs)


def listing_path(outlet: Outlet) -> str:
    """Return the path that the configuration names."""
    special = {"page-rss": "/", "page-atom": "/news/", "newssitemap": "/sitemap-news.xml", "sitemap": "/sitemap.xml"}
    special |= {"newssitemap-gz": "/sitemap-news.xml.gz", "sitemap-index": "/sitemap-index.xml"}
    special |= {"jsonfeed": "/feed.json", "jsonfeed-content": "/feed.json", "rdf": "/index.rdf"}
    return special.get(outlet.listing, "/atom.xml" if "atom" in outlet.listing else "/rss.xml")


def listing_kind(outlet: Outlet) -> str:
    """Return the kind of source that the configuration names."""
    if "sitemap" in outlet.listing:
        return "sitemap"
    return "page" if outlet.listing.startswith("page") else "feed"


def render_listing(outlet: Outlet, items: Sequence[Item], base: str) -> dict[str, Document]:
    """Return the documents of an outlet's listing by path; the newest items stand first."""
    newest = sorted(items, key=lambda one: (one.published, one.number), reverse=True)
    lines = [line for item in newest for line in _lines(item, base)]
    path, dialect = listing_path(outlet), outlet.listing
    if dialect == "sitemap-index":
        return _index(lines, base, path)
    if dialect.startswith("page"):
        feed = "/feeds/news.xml"
        text = (_atom if dialect == "page-atom" else _rss20)(outlet, lines, base)
        return {path: _front(outlet, items, dialect, feed), feed: _document(outlet, text, "xml")}
    if dialect.startswith("newssitemap"):
        document = _document(outlet, _news_sitemap(outlet, lines), "xml")
        is_packed = dialect.endswith("gz")
        packed = Document(gzip.compress(document.body, mtime=0), "application/x-gzip")
        return {path: packed if is_packed else document}
    if dialect == "sitemap":
        return {path: _document(outlet, _plain_sitemap(lines), "xml")}
    if dialect.startswith("jsonfeed"):
        return {path: Document(_json_feed(outlet, lines, base).encode(), "application/feed+json")}
    renderers: dict[str, Callable[[Outlet, Sequence[Line], str], str]] = {
        "rdf": _rdf, "rss091": _rss091, "rss092": _rss092, "atom03": _atom03,
    }  # fmt: skip
    render = renderers.get(dialect, _atom if dialect.startswith("atom") else _rss20)
    return {path: _document(outlet, render(outlet, lines, base), "atom+xml" if "atom" in dialect else "rss+xml")}


def _lines(item: Item, base: str) -> Iterator[Line]:
    for place, path in enumerate(item.listed()):
        guid = f"tag:{urlsplit(base).hostname},2025:{item.number}" + (f"-{place}" if place else "")
        link = path if "relative" in item.outlet.listing else base + path
        published = STAMPS[item.outlet.dates](local_time(item))
        updated = STAMPS[item.outlet.dates](local_time(item, item.updated or item.published))
        yield Line(item, escape(link), guid, published, updated)


ZONE_NAMES = {"-0500": "EST", "-0800": "PST", "+0100": "CET", "+0000": "GMT", "+0900": "KST"}
STAMPS: dict[str, Callable[[datetime], str]] = {
    "iso": lambda at: at.isoformat(),
    "iso-fraction": lambda at: at.isoformat(timespec="milliseconds"),
    "iso-minutes": lambda at: at.isoformat(timespec="minutes"),
    "rfc822": lambda at: f"{at:%a, %d %b %Y %H:%M:%S %z}",
    "rfc822-short": lambda at: f"{at.day} {at:%b %y %H:%M} {_zone_name(at)}",
    "rfc822-odd": lambda at: f"{at:%A, %d %B %Y %H:%M:%S %z}",
    "abbreviated": lambda at: f"{at:%a, %d %b %Y %H:%M:%S} {_zone_name(at)}",
    "military": lambda at: f"{at:%a, %d %b %Y %H:%M:%S} Z",
    "spelled": lambda at: f"{at:%B} {at.day}, {at:%Y %I:%M %p} UTC",
    "zoneless": lambda at: f"{at:%a, %d %b %Y %H:%M:%S}",
    "none": lambda _: "",
}


def _zone_name(at: datetime) -> str:
    return ZONE_NAMES.get(f"{at:%z}", f"{at:%z}")


def _document(outlet: Outlet, text: str, kind: str) -> Document:
    charset = "utf-8" if outlet.charset == "utf-8-sig" else outlet.charset
    codec = "windows-1252" if outlet.charset == "iso-8859-1" else outlet.charset
    declared = f"; charset={charset}" if outlet.declares == "header" else ""
    body = (XML.format(charset=charset) + text).encode(codec, "xmlcharrefreplace")
    return Document(body, f"{'text' if kind == 'xml' else 'application'}/{kind}{declared}")


# -- RSS


def _channel(outlet: Outlet, base: str) -> str:
    return f"<title>{escape(outlet.name)}</title><link>{base}/</link><description>News</description><language>en</language>"


def _rss20(outlet: Outlet, lines: Sequence[Line], base: str) -> str:
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    items = "\n".join(_rss20_item(outlet.listing, line) for line in lines)
    return f'<rss version="2.0" {spaces}><channel>{_channel(outlet, base)}<ttl>1</ttl>\n{items}\n</channel></rss>'


def _rss20_item(dialect: str, line: Line) -> str:
    title = f"<![CDATA[<b>{line.title}</b>]]>" if dialect == "rss20-cdata" else line.title
    date = f"<pubDate>{line.published}</pubDate>"
    if dialect == "rss20-dc":
        date = f"<dc:date>{line.published}</dc:date>"
    guid = f'<guid isPermaLink="false">{line.guid}</guid>'
    if dialect == "rss20-guid":
        guid = f"<guid>{line.link}</guid>"
    summary = escape(f'<p>{line.summary}</p><img src="/pixel.gif">') if dialect == "rss20-cdata" else line.summary
    body = f"<content:encoded><![CDATA[{line.full}]]></content:encoded>" if line.item.outlet.lists_in_full else ""
    link = "" if dialect == "rss20-guid" else f"<link>{line.link}</link>"
    if dialect == "rss20-bare":
        guid = ""
    return f"<item><title>{title}</title>{link}{guid}{date}<description>{summary}</description>{body}</item>"


def _rss091(outlet: Outlet, lines: Sequence[Line], base: str) -> str:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">\n'
    items = "".join(
        f"<item><title>{one.title}</title><link>{one.link}</link><description>{one.summary}</description></item>\n"
        for one in lines
    )
    return f'{doctype}<rss version="0.91"><channel>{_channel(outlet, base)}\n{items}</channel></rss>'


def _rss092(outlet: Outlet, lines: Sequence[Line], base: str) -> str:
    items = "".join(
        f"<item><title>{one.title}</title><link>{one.link}</link><description>{one.summary}</description>"
        f"<pubDate>{one.published}</pubDate></item>\n"
        for one in lines
    )
    return f'<rss version="0.92"><channel>{_channel(outlet, base)}\n{items}</channel></rss>'


def _rdf(outlet: Outlet, lines: Sequence[Line], base: str) -> str:
    spaces = (
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    order = "".join(f'<rdf:li resource="{one.link}"/>' for one in lines)
    channel = (
        f'<channel rdf:about="{base}/">{_channel(outlet, base)}<items><rdf:Seq>{order}</rdf:Seq></items></channel>\n'
    )
    items = "".join(
        f'<item rdf:about="{one.link}"><title>{one.title}</title><link>{one.link}</link>'
        f"<description>{one.summary}</description><dc:date>{one.published}</dc:date></item>\n"
        for one in lines
    )
    return f"<rdf:RDF {spaces}>{channel}{items}</rdf:RDF>"


# -- Atom


def _atom(outlet: Outlet, lines: Sequence[Line], base: str) -> str:
    is_full = outlet.lists_in_full
    entries = "".join(
        f'<entry><title type="html">{escape(one.title)}</title><id>{one.guid}</id>'
        f'<link rel="alternate" type="text/html" href="{one.link}"/><link rel="replies" href="{one.link}#comments"/>'
        f"<published>{one.published}</published><updated>{one.updated}</updated><summary>{one.summary}</summary>"
        + (f'<content type="html">{escape(one.full)}</content>' if is_full else "")
        + "</entry>\n"
        for one in lines
    )
    where = ' xml:base="/"' if "relative" in outlet.listing else ""
    head = f"<title>{escape(outlet.name)}</title><id>{base}/</id><updated>2025-03-03T00:00:00Z</updated>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{where}>{head}<link href="{base}/"/>\n{entries}</feed>'


def _atom03(outlet: Outlet, lines: Sequence[Line], base: str) -> str:
    entries = "".join(
        f'<entry><title mode="escaped">{one.title}</title><id>{one.guid}</id><link rel="alternate" type="text/html" '
        f'href="{one.link}"/><issued>{one.published}</issued><modified>{one.updated}</modified>'
        f'<summary type="text/plain">{one.summary}</summary></entry>\n'
        for one in lines
    )
    head = f'<title>{escape(outlet.name)}</title><link rel="alternate" type="text/html" href="{base}/"/>'
    return f'<feed version="0.3" xmlns="http://purl.org/atom/ns#">{head}\n{entries}</feed>'


# -- JSON Feed


def _json_feed(outlet: Outlet, lines: Sequence[Line], base: str) -> str:
    is_full = outlet.lists_in_full
    items = []
    for one in lines:
        row = {"id": one.guid, "url": one.link.replace("&amp;", "&"), "title": one.item.story.title}
        row |= {"date_published": one.published, "date_modified": one.updated}
        row |= {"content_html": one.full} if is_full else {"summary": one.item.story.summary, "content_text": ""}
        items.append(row)
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": outlet.name, "home_page_url": f"{base}/"}
    return json.dumps(feed | {"language": "en", "items": items}, ensure_ascii=False)


# -- sitemaps


def _news_sitemap(outlet: Outlet, lines: Sequence[Line]) -> str:
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    urls = "".join(
        f"<url><loc>{one.link}</loc><lastmod>{one.updated}</lastmod><news:news><news:publication>"
        f"<news:name>{escape(outlet.name)}</news:name><news:language>en</news:language></news:publication>"
        f"<news:publication_date>{one.published}</news:publication_date><news:title>{one.title}</news:title>"
        "</news:news></url>\n"
        for one in lines
    )
    return f"<urlset {spaces}>\n{urls}</urlset>"


def _plain_sitemap(lines: Sequence[Line]) -> str:
    urls = "".join(f"<url><loc>{one.link}</loc><lastmod>{one.updated}</lastmod></url>\n" for one in lines)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>'


def _index(lines: Sequence[Line], base: str, path: str) -> dict[str, Document]:
    """Return an index of two sitemaps, the newer items in the first; the second is a gzip file."""
    outlet = lines[0].item.outlet
    half = len(lines) // 2
    maps = "".join(
        f"<sitemap><loc>{base}{one}</loc><lastmod>2025-03-03</lastmod></sitemap>"
        for one in ("/sm/1.xml", "/sm/2.xml.gz")
    )
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'
    second = _document(outlet, _news_sitemap(outlet, lines[half:]), "xml")
    return {
        path: _document(outlet, index, "xml"),
        "/sm/1.xml": _document(outlet, _news_sitemap(outlet, lines[:half]), "xml"),
        "/sm/2.xml.gz": Document(gzip.compress(second.body, mtime=0), "application/gzip"),
    }


def _front(outlet: Outlet, items: Sequence[Item], dialect: str, feed: str) -> Document:
    kind = "atom" if dialect == "page-atom" else "rss"
    rows = "".join(f'<li><a href="{escape(one.path)}">{escape(one.story.title)}</a></li>' for one in items[-10:])
    links = f'<link rel="alternate" type="application/{kind}+xml" title="News" href="{feed}">'
    links += f'<link rel="alternate" type="application/{kind}+xml" title="Comments" href="/comments/feed">'
    page = f"<html><head><title>{escape(outlet.name)}</title>{links}</head><body><ul>{rows}</ul></body></html>"
    return Document(page.encode(), "text/html; charset=utf-8")
