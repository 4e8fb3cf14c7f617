"""The standfirst: the sentence between headline and body that a page also gives as its description."""

from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from extractors.language import count_words
from extractors.reading.pages.markup import key_of, upwards, words_of

MIN_WORDS = 8  # a description of fewer is a label
MAX_WORDS = 90  # an element of more is a paragraph of the body, or holds several
MAX_CHARS = 2_000  # of an element: what holds more is no single line
MAX_ELEMENTS = 5_000
MIN_LETTERS = 40  # of a description by which an element that goes on behind it is known

_HOLDERS = ("p", "h2", "h3", "h4", "div", "span", "strong", "li")
_ELSEWHERE = frozenset({"aside", "nav", "footer", "figure", "a", "head", "form", "dialog"})


def find_standfirst(tree: HtmlElement, description: str | None, lines: Sequence[str]) -> str | None:
    """Return the standfirst as the page shows it above its body; None where it shows none, or the text has it."""
    key = key_of((description or "").rstrip(" .…[]"))
    if description is None or count_words(description) < MIN_WORDS or not lines:
        return None
    if key[:MIN_LETTERS] in key_of(" ".join(lines)):
        return None
    first = key_of(lines[0])
    for element in islice(tree.iter(*_HOLDERS), MAX_ELEMENTS):
        found = key_of(_beginning(element))
        if found == first:
            return None
        if found != key and (len(key) < MIN_LETTERS or not found.startswith(key)):
            continue
        text = words_of(element)
        if count_words(text) <= MAX_WORDS and not any(one.tag in _ELSEWHERE for one in upwards(element)):
            return text
    return None


def _beginning(element: HtmlElement) -> str:
    """Return the text of an element, cut where it is longer than a line: whole bodies are not read again."""
    parts: list[str] = []
    n_chars = 0
    for part in element.itertext():
        parts.append(part)
        n_chars += len(part)
        if n_chars > MAX_CHARS:
            break
    return "".join(parts)
