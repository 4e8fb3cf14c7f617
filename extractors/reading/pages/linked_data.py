"""JSON-LD: what a page's structured data says of its article."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from lxml.html import HtmlElement

MAX_NODES = 2_000  # a page describes its article within the first few; the rest are menus and recommendations
MAX_SCRIPT = 1_000_000  # characters
MAX_VALUE = 2_000  # characters of a headline or a name; the longest in the wild have some hundred

MIN_LETTERS = 8  # of a headline by which a node is known: "Live" stands on many pages
ANOTHER_PAGE = 0

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"/\d{4,}$")
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$")
_TAG = re.compile(r"<[^>]{0,200}>")
_ARTICLE_TYPES = ("article", "posting", "report")
_NOT_ARTICLES = ("discussionforumposting", "jobposting")


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """The article node of a page's structured data."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    section: str | None = None
    url: str | None = None
    language: str | None = None
    published: str | None = None
    is_free: bool | None = None
    is_live: bool = False
    is_marked: bool = False


def read_linked_data(tree: HtmlElement, url: str | None) -> LinkedArticle:
    """Return the article that the page is about; empty where it says none.

    Data of other pages alone is taken off the tree: who looks for a date there later is not to find theirs.
    """
    nodes = [node for node in _nodes(tree) if _is_article(node)]
    if not nodes:
        return LinkedArticle()
    titles = [_letters(one.text_content()) for one in tree.iter("h1", "title")]
    titles += [_letters(one.get("content") or "") for one in tree.iter("meta") if one.get("property") == "og:title"]
    node = max(nodes, key=lambda one: _likeness(one, url, titles))  # of equals the first
    if any(titles) and _likeness(node, url, titles) == ANOTHER_PAGE:
        _forget(tree)
        return LinkedArticle()
    return LinkedArticle(
        title=_text(node.get("headline")) or _text(node.get("name")),
        author=_names(node.get("author")) or _names(node.get("creator")),
        outlet=_names(node.get("publisher")) or _names(node.get("sourceOrganization")),
        section=_text(node.get("articleSection")),
        url=_url(node),
        language=_text(node.get("inLanguage")),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        is_marked=True,
        is_free=_flag(node.get("isAccessibleForFree")),
        is_live=any(one.lower().endswith("liveblogposting") for one in _strings(node.get("@type"))),
    )


def _forget(tree: HtmlElement) -> None:
    for script in list(tree.iter("script")):
        if "ld+json" in (script.get("type") or "").lower():
            script.text = None


def _likeness(node: dict[str, object], url: str | None, titles: Sequence[str]) -> int:
    """Say how surely a node is about this page: its address, its headline, or at least no other address."""
    own = _url(node)
    if own and url and (_path(own) == _path(url) or _is_short_form(own, url)):
        return 3
    headline = _letters(_text(node.get("headline")) or _text(node.get("name")) or "")
    if len(headline) >= MIN_LETTERS and any(
        headline in one or (len(one) >= MIN_LETTERS and one in headline) for one in titles
    ):
        return 2
    return 1 if own is None or url is None or _is_front(own) else ANOTHER_PAGE


def _is_short_form(own: str, url: str) -> bool:
    """Tell whether an address is the page's without the words behind its number: /news/73499 of /news/73499/locks."""
    short = _path(own) or ""
    return _NUMBER.search(short) is not None and (_path(url) or "").startswith(f"{short}/")


def _is_front(url: str) -> bool:
    return "/" not in (_path(url) or "")


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _nodes(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """Walk the page's scripts breadth first: what stands outermost is about the page."""
    queue: list[object] = [data for script in _scripts(tree) if (data := _parse(script)) is not None]
    for count, item in enumerate(queue):  # the queue grows while it is walked
        if count > MAX_NODES:
            return
        if isinstance(item, dict):
            yield item
            queue.extend(value for value in item.values() if isinstance(value, (dict, list)))
        elif isinstance(item, list):
            queue.extend(item)


def _scripts(tree: HtmlElement) -> Iterator[str]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            yield script.text[:MAX_SCRIPT]


def _parse(script: str) -> object:
    try:
        parsed: object = json.loads(_WRAPPING.sub("", script.strip()), strict=False)
    except (ValueError, RecursionError):
        return None
    return parsed


def _is_article(node: dict[str, object]) -> bool:
    kinds = [kind.lower().rsplit("/", 1)[-1] for kind in _strings(node.get("@type"))]
    return any(kind.endswith(_ARTICLE_TYPES) and kind not in _NOT_ARTICLES for kind in kinds)


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _text(value: object) -> str | None:
    """Return the value as a line of text; of a list the first."""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("alternateName")
    for one in _strings(value):
        if line := clean_line(one):
            return line
    return None


def _names(value: object) -> str | None:
    """Return the names of people or organisations, however they are nested; addresses are no names."""
    items: Iterable[object] = value if isinstance(value, list) else [value]
    names = [name for item in items if (name := _text(item)) and not name.startswith(("http:", "https:", "@"))]
    return ", ".join(dict.fromkeys(names)) or None


def _url(node: dict[str, object]) -> str | None:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            return value
    return None


def _path(url: str | None) -> str | None:
    """Return host and path; letters beyond ASCII may be written as they are or with signs of per cent."""
    return unquote(re.sub(r"^https?://(?:www\.)?|[?#].*$|/$", "", url)) if url else None


def _flag(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    lowered = value.strip().lower() if isinstance(value, str) else ""
    return {"true": True, "false": False}.get(lowered.rsplit("/", 1)[-1])


def clean_line(raw: str) -> str | None:
    """Return a value on one line, entities and tags resolved."""
    import html

    return " ".join(_TAG.sub(" ", html.unescape(html.unescape(raw[:MAX_VALUE]))).split()) or None
