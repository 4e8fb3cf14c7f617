"""Reading a listing: bytes of a feed, sitemap or page in, a ``Feed`` or a rejection out. It never raises."""

from dataclasses import replace
from datetime import datetime

from extractors.feeds.decoding import decode_listing
from extractors.feeds.discovery import read_page
from extractors.feeds.jsonfeed import read_json_feed
from extractors.feeds.repairs import repair, root_name
from extractors.feeds.sitemap import read_address_list, read_sitemap
from extractors.feeds.syndication import read_syndication
from extractors.model import Feed, Rejected

SITEMAPS = frozenset({"urlset", "sitemapindex"})
FEEDS = frozenset({"rss", "rdf", "feed", "channel"})
PAGES = frozenset({"html", "head", "body"})


def read_feed(
    data: bytes, url: str, *, content_type: str | None = None, now: datetime | None = None
) -> Feed | Rejected:
    """Return what a source lists; ``now`` is the time against which dates in the future are refused."""
    try:
        return read_listing(data, url, content_type=content_type, now=now)
    except Exception as error:  # noqa: BLE001 - the promise to callers; tests call read_listing, where nothing is hidden
        return Rejected("unreadable", f"{type(error).__name__}: {error}"[:200])


def read_listing(
    data: bytes, url: str, *, content_type: str | None = None, now: datetime | None = None
) -> Feed | Rejected:
    """Do the work of ``read_feed`` without its last safety net."""
    decoded = decode_listing(data, content_type)
    if isinstance(decoded, Rejected):
        return decoded
    text = decoded.text.lstrip("\ufeff \t\r\n\0")
    if text.startswith(("{", "[")):
        return _with_flaws(read_json_feed(text, url, now=now), decoded.flaws)
    repaired = repair(text)
    found = _read_markup(repaired.text, url, now)
    flaws = repaired.flaws if isinstance(found, Feed) and found.kind != "page" else ()
    return _with_flaws(found, (*decoded.flaws, *flaws))


def _read_markup(text: str, url: str, now: datetime | None) -> Feed | Rejected:
    root = root_name(text)
    if not root:
        return read_address_list(text, url, now=now) or Rejected("not-a-feed", "no markup")
    if root in SITEMAPS:
        return read_sitemap(text, url, now=now)
    if root in PAGES:
        return read_page(text, url)
    return read_syndication(text, url, now=now, is_feed=root in FEEDS) or read_page(text, url)


def _with_flaws(found: Feed | Rejected, flaws: tuple[str, ...]) -> Feed | Rejected:
    if isinstance(found, Rejected) or not flaws:
        return found
    return replace(found, flaws=tuple(dict.fromkeys((*flaws, *found.flaws))))
