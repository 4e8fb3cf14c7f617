"""Where a page sends its readers on without HTTP: a quick meta refresh, or from an AMP page to the article itself.

Pure: bytes in, URL out. A canonical link of an ordinary page is its name, not a redirect, and is not followed.
"""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

# The head is where these stand; a bound keeps the cost of hostile pages small.
HEAD_BYTES = 128 * 1024
# Longer refreshes are for reloading a page that stands by itself.
MAX_REFRESH_SECONDS = 5
# "If you are not taken there, click here."
FEW_WORDS = 20
REFRESH = re.compile(r"\s*(\d{0,6})(?:\.\d*)?\s*[;,]\s*url\s*=\s*(.+)", re.IGNORECASE | re.DOTALL)
# Cheap signs on the raw bytes: most pages have neither and are not parsed at all.
REFRESH_SIGN = re.compile(rb"http-equiv\s*=\s*[\"']?\s*refresh", re.IGNORECASE)
HTML_TAG = re.compile(rb"<html\b([^>]{0,1000})", re.IGNORECASE)
AMP_SIGN = re.compile(rb"\samp|\xe2\x9a\xa1", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Follow:
    """A way on: ``refresh`` leaves a page that has nothing, ``amp`` one that could be read itself."""

    kind: Literal["refresh", "amp"]
    url: str


def follow_target(data: bytes, url: str) -> str | None:
    """Return the URL the page sends its readers to, None where they are to stay."""
    found = find_follow(data, url)
    return found.url if found else None


def find_follow(data: bytes, url: str) -> Follow | None:
    """Return the way on with its kind; http(s) only, and never back to ``url`` itself."""
    head = data[:HEAD_BYTES]
    if not REFRESH_SIGN.search(head) and not _looks_like_amp(head):
        return None
    try:
        root = lxml.html.document_fromstring(head, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    base = _first(root.xpath("//base/@href"))
    for kind, target in (("refresh", _refresh(root)), ("amp", _amp_original(root))):
        resolved = _resolve(target, base, url)
        if resolved:
            return Follow("refresh" if kind == "refresh" else "amp", resolved)
    return None


def _looks_like_amp(head: bytes) -> bool:
    tag = HTML_TAG.search(head)
    return tag is not None and AMP_SIGN.search(tag[1]) is not None


def _refresh(root: lxml.html.HtmlElement) -> str | None:
    """Return the target of the first quick refresh; one without scripts counts where a page has nothing else."""
    is_empty = _says_little(root)
    for meta in root.xpath("//meta[@http-equiv and @content]"):
        match = REFRESH.match(meta.get("content"))
        if not match or meta.get("http-equiv").strip().lower() != "refresh":
            continue
        if next(meta.iterancestors("noscript"), None) is not None and not is_empty:
            continue  # for readers of a page that stands by itself
        return _unquote(match[2]) if int(match[1] or 0) <= MAX_REFRESH_SECONDS else None
    return None


def _says_little(root: lxml.html.HtmlElement) -> bool:
    """Tell whether a page has nothing to read: a script sends its readers on, and a refresh those without scripts."""
    words = root.xpath("//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::title)]")
    return sum(len(one.split()) for one in words) <= FEW_WORDS


def _unquote(target: str) -> str:
    target = target.strip()
    if target[:1] in ("'", '"'):
        return target[1:].partition(target[0])[0].strip()
    return target


def _amp_original(root: lxml.html.HtmlElement) -> str | None:
    attributes = {name.lower() for name in root.attrib} if root.tag == "html" else set()
    if not attributes & {"amp", "⚡"}:
        return None
    return _first(root.xpath("//link[translate(@rel, 'CANOIL', 'canoil') = 'canonical']/@href"))


def _first(values: list[str]) -> str | None:
    return values[0].strip() if values else None


def _resolve(target: str | None, base: str | None, url: str) -> str | None:
    if not target:
        return None
    try:
        resolved = urljoin(urljoin(url, base) if base else url, target).partition("#")[0]
        parts = urlsplit(resolved)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc or resolved == url.partition("#")[0]:
        return None
    return resolved
