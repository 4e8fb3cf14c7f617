"""The one door to trafilatura: markup in, its tree and its main text out. Nothing else of ours knows the library."""

import logging
from dataclasses import dataclass
from typing import Any

from lxml.etree import _Comment, _ProcessingInstruction
from lxml.html import HtmlElement

from extractors.model import Rejected

NO_LATEST_DATE = "2100-01-01"  # given instead of today, which the library would take from the clock

# Bounds beyond which the library's cost grows with the square; articles stay far below.
MAX_VALUE = 2_000  # characters of a title or of what a meta element says
MOST_INLINE = 2_000  # links and emphasised words in one paragraph beyond which all in it is one plain text

_INLINE = frozenset({"a", "abbr", "b", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "u"})
_HIDDEN = frozenset({"script", "style", "head", "template", "noscript"})

for _name in ("trafilatura", "htmldate", "courlan", "readability", "justext"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # what they log of a bad page is in our rejection


@dataclass(frozen=True, slots=True)
class MainText:
    """What trafilatura makes of a page; its date is a day without a time.

    ``share`` says how much of the body that a reader sees is in the text, None where nothing tells.
    """

    text: str
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    day: str | None = None
    share: float | None = None


def load_tree(markup: str) -> HtmlElement | Rejected:
    """Parse markup; a rejection where it is none."""
    from trafilatura import load_html

    try:
        tree = load_html(markup)
    except Exception as error:  # noqa: BLE001 (the seam to a library that raises what its parsers raise)
        return Rejected("unreadable", f"{type(error).__name__}: {error}"[:200])
    if tree is None:
        return Rejected("not-html", "no markup that could be parsed")
    _trim(tree)
    return tree


def _trim(tree: HtmlElement) -> None:
    """Cut what no article has: endless titles, and thousands of links in one paragraph."""
    for meta in tree.iter("meta"):
        if len(meta.get("content") or "") > MAX_VALUE:
            meta.set("content", meta.get("content", "")[:MAX_VALUE])
    for title in tree.iter("title", "h1"):
        title.text = title.text[:MAX_VALUE] if title.text else title.text
    for crowded in [element for element in tree.iter() if _is_crowded(element)]:
        text = crowded.text_content()
        del crowded[:]
        crowded.text = text


def _is_crowded(element: HtmlElement) -> bool:
    return len(element) > MOST_INLINE and sum(child.tag in _INLINE for child in element) > MOST_INLINE


def extract_main(
    tree: HtmlElement, url: str | None, latest_day: str | None, *, with_metadata: bool, with_date: bool
) -> MainText | Rejected | None:
    """Return the main text with what the library says of it, None where it finds none.

    Its search for a date through the whole page costs as much as the text: only where nothing better is known.
    """
    from trafilatura import bare_extraction

    dates = {"original_date": True, "extensive_search": with_date, "max_date": latest_day or NO_LATEST_DATE}
    try:
        found: Any = bare_extraction(
            tree, url=url, include_comments=False, with_metadata=with_metadata, date_extraction_params=dates
        )
    except Exception as error:  # noqa: BLE001 (as above: also recursion in deeply nested pages)
        return Rejected("unreadable", f"{type(error).__name__}: {error}"[:200])
    if found is None or not (found.text or "").strip():
        return None
    return MainText(found.text, found.title, found.author, found.sitename, found.date)


def visible_text(tree: HtmlElement, limit: int) -> str:
    """Return the words a reader sees, up to a length: what is left where no main text was found."""
    pieces: list[str] = []
    length = 0
    for element in tree.iter():
        is_hidden = isinstance(element, (_Comment, _ProcessingInstruction)) or element.tag in _HIDDEN
        for text in (None if is_hidden else element.text, element.tail):
            if text and text.strip():
                pieces.append(" ".join(text.split()))
                length += len(pieces[-1]) + 1
        if length > limit:
            break
    return " ".join(pieces)
