"""The one door to trafilatura: markup in, its tree and its main text out. Nothing else of ours knows the library."""

import logging
from dataclasses import dataclass
from typing import Any

from lxml.etree import _Comment, _ProcessingInstruction
from lxml.html import HtmlElement

from extractors.model import Rejected

NO_LATEST_DATE = "2100-01-01"  # given instead of today, which the library would take from the clock

_HIDDEN = frozenset({"script", "style", "head", "template", "noscript"})

for _name in ("trafilatura", "htmldate", "courlan", "readability", "justext"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # what they log of a bad page is in our rejection


@dataclass(frozen=True, slots=True)
class MainText:
    """What trafilatura makes of a page; its date is a day without a time."""

    text: str
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    day: str | None = None


def load_tree(markup: str) -> HtmlElement | Rejected:
    """Parse markup; a rejection where it is none."""
    from trafilatura import load_html

    try:
        tree = load_html(markup)
    except Exception as error:  # noqa: BLE001 (the seam to a library that raises what its parsers raise)
        return Rejected("unreadable", f"{type(error).__name__}: {error}"[:200])
    if tree is None:
        return Rejected("not-html", "no markup that could be parsed")
    return tree


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
