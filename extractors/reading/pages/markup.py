"""Small questions that several readers of a page ask of its elements."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

BREAK = "\0"  # no letter of a page: parsers take it out
_LINE_END = re.compile(rf"{BREAK}|\n\s*\n")
_NO_WORD = re.compile(r"\W+")


def key_of(text: str) -> str:
    """Return the letters and figures of a text, by which two are known to be the same."""
    return _NO_WORD.sub("", text.casefold())


def words_of(element: HtmlElement) -> str:
    """Return what a reader sees of an element, on one line."""
    return " ".join(lines_of(element))


def lines_of(element: HtmlElement) -> list[str]:
    """Return what a reader sees of an element, a line for each that breaks and blank lines make."""
    lines = (" ".join(line.split()) for line in _LINE_END.split("".join(_pieces(element))))
    return [line for line in lines if line]


def _pieces(element: HtmlElement) -> Iterator[str]:
    silent = 0
    for event, one in etree.iterwalk(element, events=("start", "end")):
        is_silent = one.tag in ("script", "style", "noscript", "template")
        if event == "start":
            silent += is_silent
            yield BREAK if one.tag == "br" else "" if silent else one.text or ""
        else:
            silent -= is_silent
            yield "" if silent or one is element else one.tail or ""


def upwards(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield an element and all that hold it, from within."""
    yield element
    yield from element.iterancestors()


def names_of(element: HtmlElement) -> list[str]:
    """Return an element's classes, id and role."""
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}".split()
