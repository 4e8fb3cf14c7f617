"""Subscription lists (OPML): other readers' lists in, ours out, with what they say of a source kept both ways."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import get_args

from lxml import etree

from extractors.feeds.decoding import decode_listing
from extractors.feeds.repairs import repair
from extractors.feeds.sources import Source, SourceKind, Standing
from extractors.identity import canonical_url, resolve_url
from extractors.language import fold
from extractors.model import Rejected

MAX_SOURCES = 10_000
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def read_opml(data: bytes) -> tuple[Source, ...] | Rejected:
    """Return the sources of a list, each once, in its order; folders are not kept."""
    decoded = decode_listing(data, None)
    if isinstance(decoded, Rejected):
        return decoded
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(repair(decoded.text).text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        return Rejected("unreadable", "no elements")
    outlines = [_attributes(element) for element in root.iter() if _name(element) == "outline"]
    sources = tuple(_sources(outlines))
    return sources or Rejected("no-feed", "the list has no outline with an address (xmlUrl)")


def write_opml(sources: Iterable[Source], *, title: str = "Tocsin sources") -> bytes:
    """Return the sources as OPML 2.0; attributes other readers do not know are left alone by them."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _clean(title)
    body = etree.SubElement(root, "body")
    for source in sources:
        fields = {
            "type": "rss",
            "text": source.outlet or source.source_id,
            "xmlUrl": source.url,
            "language": source.language,
            "description": source.note,
            "tocsinId": source.source_id,
            "tocsinKind": source.kind,
            "tocsinCountry": source.country,
            "tocsinStanding": source.standing,
            "tocsinTopics": " ".join(source.topics),
        }
        etree.SubElement(body, "outline", {name: _clean(value) for name, value in fields.items() if value})
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _sources(outlines: Iterable[Mapping[str, str]]) -> Iterator[Source]:
    seen: set[str] = set()
    ids: set[str] = set()
    for outline in outlines:
        url = resolve_url("", outline.get("xmlurl", ""))
        if url is None or canonical_url(url) in seen:
            continue
        seen.add(canonical_url(url))
        source = _source(outline, url, ids)
        ids.add(source.source_id)
        yield source
        if len(ids) >= MAX_SOURCES:
            return


def _source(outline: Mapping[str, str], url: str, taken: set[str]) -> Source:
    name = outline.get("text") or outline.get("title") or None
    kind, standing = outline.get("tocsinkind"), outline.get("tocsinstanding")
    return Source(
        source_id=free_id(outline.get("tocsinid") or name or url, taken),
        url=url,
        kind=next((one for one in get_args(SourceKind) if one == kind), "feed"),
        outlet=name,
        country=outline.get("tocsincountry"),
        standing=next((one for one in get_args(Standing) if one == standing), "unknown"),
        note=outline.get("description", ""),
        language=outline.get("language"),
        topics=tuple(outline.get("tocsintopics", "").split()),
    )


def free_id(name: str, taken: Container[str]) -> str:
    """Return an id made from a name that is not taken yet."""
    base = _NOT_IN_ID.sub("-", fold(name)).strip("-")[:60].strip("-") or "source"
    candidates = (base if number == 1 else f"{base}-{number}" for number in range(1, MAX_SOURCES + 2))
    return next(candidate for candidate in candidates if candidate not in taken)


def _attributes(element: etree._Element) -> Mapping[str, str]:
    return {str(name).lower(): " ".join(str(value).split()) for name, value in element.attrib.items()}


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)
