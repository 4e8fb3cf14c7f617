"""JSON Feed, whole or cut off."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from extractors.feeds.entries import Draft, make_entries
from extractors.feeds.titles import plain_text
from extractors.identity import resolve_url
from extractors.model import Feed, Rejected

MAX_ITEMS = 10_000
_ITEMS = re.compile(r"\"items\"\s*:\s*\[")
_BETWEEN = re.compile(r"[\s,]*")
_VERSION = re.compile(r"jsonfeed\.org", re.IGNORECASE)


def read_json_feed(text: str, base: str, *, now: datetime | None) -> Feed | Rejected:
    """Return the feed in ``text``; items of a feed that breaks off are read up to the break."""
    about, flaws = _load(text)
    if about is None:
        return Rejected("not-a-feed", "JSON without a list of items")
    items = about.get("items")
    listed = items if isinstance(items, list) else []
    drafts = [_draft(item) for item in listed[:MAX_ITEMS] if isinstance(item, Mapping)]
    if len(drafts) < len(listed[:MAX_ITEMS]):
        flaws = (*flaws, "malformed")
    entries, more = make_entries(drafts, base, now=now)
    home = _text(about, "home_page_url")
    return Feed(
        kind="json",
        entries=entries,
        title=plain_text(_text(about, "title")),
        language=(_text(about, "language") or "")[:20] or None,
        home=resolve_url(base, home) if home else None,
        next_url=resolve_url(base, _text(about, "next_url") or "") if _text(about, "next_url") else None,
        flaws=(*flaws, *more),
    )


def _load(text: str) -> tuple[Mapping[str, object] | None, tuple[str, ...]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        items = list(_salvaged(text))
        is_known = _VERSION.search(text[:2000]) is not None and _ITEMS.search(text) is not None
        return ({"items": items, **_salvaged_head(text)} if items or is_known else None), ("malformed",)
    if isinstance(whole, Mapping) and (in_rss := _rss_in_json(whole)) is not None:
        return in_rss, ()
    if not isinstance(whole, Mapping):
        return None, ()
    is_known = _VERSION.search(str(whole.get("version"))[:200]) is not None
    return (whole if is_known or isinstance(whole.get("items"), list) else None), ()


def _rss_in_json(whole: Mapping[str, object]) -> Mapping[str, object] | None:
    """Return RSS written as JSON (rss: channel: item: []) in the words of JSON Feed; None for anything else."""
    rss = whole.get("rss")
    channel = rss.get("channel") if isinstance(rss, Mapping) else whole.get("channel")
    if not isinstance(channel, Mapping):
        return None
    listed = channel.get("item", channel.get("items", []))
    items = [one for one in (listed if isinstance(listed, list) else [listed]) if isinstance(one, Mapping)]
    home = _words(channel, "link")
    return {
        "title": _words(channel, "title"),
        "language": _words(channel, "language"),
        "home_page_url": home,
        "items": [_rss_item(one) for one in items],
    }


def _rss_item(item: Mapping[str, object]) -> dict[str, object]:
    return {
        "id": _words(item, "guid") or _words(item, "link"),
        "url": _words(item, "link"),
        "title": _words(item, "title"),
        "summary": _words(item, "description"),
        "content_html": _words(item, "content:encoded") or _words(item, "encoded"),
        "date_published": _words(item, "pubDate") or _words(item, "dc:date"),
        "author": {"name": _words(item, "dc:creator") or _words(item, "author")},
    }


def _words(source: Mapping[str, object], key: str) -> str | None:
    """Return the words under a key, wherever a converter of XML puts those of an element that has attributes."""
    value = source.get(key)
    if isinstance(value, Mapping):
        value = next((value[name] for name in ("#value", "#text", "$t", "_", "__text", "value") if name in value), None)
    return str(value) if isinstance(value, str | int) and str(value).strip() else None


def _salvaged(text: str) -> Iterator[object]:
    """Yield the whole items of a listing that cannot be read as a whole."""
    start = _ITEMS.search(text)
    decoder, at = json.JSONDecoder(strict=False), start.end() if start else len(text)
    for _ in range(MAX_ITEMS):
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield item


def _salvaged_head(text: str) -> dict[str, object]:
    start = _ITEMS.search(text)
    head = text[: start.start()].rstrip().rstrip(",") if start else ""
    try:
        found = json.loads(head + "}")
    except (ValueError, RecursionError):
        return {}
    return {key: value for key, value in found.items() if key != "items"} if isinstance(found, dict) else {}


def _draft(item: Mapping[str, object]) -> Draft:
    identity = item.get("id")
    return Draft(
        guid=str(identity) if isinstance(identity, str | int | float) and not isinstance(identity, bool) else None,
        links=tuple(link for key in ("url", "external_url", "id") if (link := _link(item, key))),
        title=_text(item, "title"),
        summary=_text(item, "summary"),
        content=_text(item, "content_html") or _text(item, "content_text"),
        published=tuple(filter(None, [_date(item, "date_published")])),
        updated=tuple(filter(None, [_date(item, "date_modified")])),
        author=_author(item),
        language=_text(item, "language"),
    )


def _link(item: Mapping[str, object], key: str) -> str | None:
    link = _text(item, key)
    return link if key != "id" or (link or "").startswith(("http://", "https://")) else None


def _date(item: Mapping[str, object], key: str) -> str | None:
    value = item.get(key)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else _text(item, key)


def _author(item: Mapping[str, object]) -> str | None:
    authors = item.get("authors")
    named = [*(authors if isinstance(authors, list) else []), item.get("author")]
    return (
        ", ".join(name for one in named if (name := _text(one, "name") if isinstance(one, Mapping) else None)) or None
    )


def _text(source: Mapping[str, object], key: str) -> str | None:
    value = source.get(key)
    return value if isinstance(value, str) and value.strip() else None
