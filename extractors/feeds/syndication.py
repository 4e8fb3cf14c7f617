"""RSS of all versions, Atom, RDF and CDF, by feedparser.

Its sanitiser is off (it is quadratic, and only plain text is kept), its dates are not used (it takes zones it does not
know for UTC): the words of each date are read by ``extractors.dates.timestamps``.
"""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import feedparser

from extractors.feeds.entries import Draft, make_entries
from extractors.feeds.titles import one_line, plain_text
from extractors.identity import resolve_url, site_key
from extractors.model import Feed

HEADERS = {"content-type": "application/xml; charset=utf-8"}
PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
DAYS = {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}
PUBLISHED = ("published", "pubdate", "created", "issued", "dcterms_issued", "dcterms_created", "dcterms_available")
UPDATED = ("updated", "dcterms_modified", "modified", "lastmod", "lastbuilddate")
HEAD = 64 * 1024

_SKIPPED = re.compile(r"<skip(hours|days)\b[^<>]{0,200}>(.{0,2000}?)</skip\1\s*>", re.IGNORECASE | re.DOTALL)
_VALUE = re.compile(r"<(?:hour|day)\b[^>]*>\s*(\w{1,12})\s*<", re.IGNORECASE)
_OTHER_THING = re.compile(
    r"expir|start|begin|end(?!orse)|until|valid|due|dead|birth|born|death|event|embargo|remov|kill|modif|updat|chang|access"
    r"|crawl|build|review|release_?to|copyright|archiv|unpubl",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|/", re.IGNORECASE)
_FIRST_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)


def read_syndication(text: str, base: str, *, now: datetime | None, is_feed: bool = False) -> Feed | None:
    """Return the feed in ``text``, None where feedparser finds neither a feed (unless ``is_feed``) nor entries."""
    parsed = _parse(text)
    if not is_feed and not parsed.version and not parsed.entries:
        return None
    kind = _kind(parsed.version)
    drafts = [_draft(dict(entry), kind) for entry in parsed.entries]
    if parsed.bozo and len(drafts) > 1 and drafts[-1] == Draft(language=drafts[-1].language):
        drafts.pop()  # the stump of an item where the document broke off
    about = dict(parsed.feed)
    entries, flaws = make_entries(drafts, _base(about, base), now=now)
    hours, days = _skipped(text)
    return Feed(
        kind=kind,
        entries=entries,
        title=plain_text(_text(about.get("title"))),
        language=one_line(_text(about.get("language")) or "")[:20] or None,
        home=resolve_url(base, _text(about.get("link")) or "") if about.get("link") else None,
        next_url=_next(about, base),
        ttl_minutes=_ttl(about),
        flaws=(("malformed",) if parsed.bozo else ()) + flaws,
        skip_hours=hours,
        skip_days=days,
    )


def _base(about: Mapping[str, Any], base: str) -> str:
    """Return what relative links are relative to: where a feed is hosted elsewhere, the site it says it is of."""
    home = resolve_url(base, _text(about.get("link")) or "") if about.get("link") else None
    return home if home and site_key(home) != site_key(base) else base


def _parse(text: str) -> Any:  # noqa: ANN401 - feedparser has no types
    body = io.BytesIO(text.encode("utf-8", "replace"))
    # It is not told where the feed lives: it would make guids absolute, and they would change when the feed moves.
    try:
        return feedparser.parse(body, response_headers=HEADERS, sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # noqa: BLE001 - the seam to a parser that meets hostile input; the flaw is recorded by the caller
        return feedparser.FeedParserDict(version="", entries=[], feed={}, bozo=True)


def _kind(version: str) -> str:
    if version.startswith("atom"):
        return "atom"
    if version in {"rss10", "rss090"}:
        return "rdf"
    return "cdf" if version == "cdf" else "rss"


def _draft(entry: dict[str, Any], kind: str) -> Draft:
    published, updated = tuple(_dates(entry, PUBLISHED)), tuple(_dates(entry, UPDATED))
    # what is merely named so comes last: behind dc:date, which feedparser files under "updated"
    others = () if published else tuple(_other_dates(entry))
    return Draft(
        guid=_text(entry.get("id")),
        links=tuple(_links(entry)),
        title=_text(entry.get("title")),
        summary=_text(entry.get("summary")),
        content=max(_contents(entry), key=len, default=None),
        published=(*published, *others) if kind == "atom" else (*published, *updated, *others),
        updated=updated,
        author=_text(entry.get("author")),
        language=_language(entry),
    )


def _links(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield the addresses of the item's page, the likeliest first; what only accompanies it is left out."""
    guid = _text(entry.get("id")) or ""
    for key in ("feedburner_origlink", "link"):
        link = _text(entry.get(key))
        if link and (link != guid or _ADDRESS.match(guid)):  # a guid is a link only if it looks like one
            yield link
    for link in entry.get("links") or ():
        if isinstance(link, Mapping) and link.get("rel", "alternate") == "alternate" and link.get("href"):
            yield str(link["href"])
    if _ADDRESS.match(guid):
        yield guid


def _next(about: Mapping[str, Any], base: str) -> str | None:
    """Return where a paged feed (RFC 5005) goes on, or an archived one begins."""
    for relation in ("next", "prev-archive"):
        for link in about.get("links") or ():
            if isinstance(link, Mapping) and link.get("rel") == relation and link.get("href"):
                return resolve_url(base, str(link["href"]))
    return None


def _contents(entry: Mapping[str, Any]) -> Iterator[str]:
    for content in entry.get("content") or ():
        value = content.get("value") if isinstance(content, Mapping) else None
        if isinstance(value, str) and not str(content.get("type", "")).startswith(("image/", "audio/", "video/")):
            yield value


def _dates(entry: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        if raw := _text(entry.get(key)):
            yield raw


def _other_dates(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield dates of extensions such as ``prism:publicationDate``, none that are of other things."""
    for key, value in entry.items():
        if (
            "date" in key
            and not _OTHER_THING.search(key)
            and key not in UPDATED
            and not key.endswith("_parsed")
            and isinstance(value, str)
        ):
            yield value


def _language(entry: Mapping[str, Any]) -> str | None:
    for key in ("title_detail", "summary_detail"):
        detail = entry.get(key)
        if isinstance(detail, Mapping) and isinstance(detail.get("language"), str):
            return str(detail["language"])
    return _text(entry.get("language"))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _ttl(about: Mapping[str, Any]) -> int | None:
    """Return how long the feed asks to be left alone, by its ``ttl`` or the syndication module."""
    ttl = (_text(about.get("ttl")) or "").strip()
    if ttl.isascii() and ttl.isdigit() and len(ttl) < 8:
        return int(ttl) or None
    period = PERIODS.get((_text(about.get("sy_updateperiod")) or "").strip().lower())
    frequency = (_text(about.get("sy_updatefrequency")) or "1").strip()
    if period is None:
        return None
    count = int(frequency) if frequency.isascii() and frequency.isdigit() and len(frequency) < 5 else 1
    return max(1, period // max(1, count))


def _skipped(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the hours (UTC) and days at which the feed asks not to be read; feedparser keeps only the last."""
    first = _FIRST_ENTRY.search(text)
    head = text[: min(first.start() if first else HEAD, HEAD)]
    hours: set[int] = set()
    days: set[int] = set()
    for match in _SKIPPED.finditer(head):
        for value in _VALUE.findall(match[2]):
            if match[1].lower() == "hours" and value.isascii() and value.isdigit() and int(value) <= 24:
                hours.add(int(value) % 24)
            elif value.lower() in DAYS:
                days.add(DAYS[value.lower()])
    return tuple(sorted(hours)), tuple(sorted(days))
