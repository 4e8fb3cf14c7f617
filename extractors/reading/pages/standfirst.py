"""The standfirst: the sentence between headline and body that a page also gives as its description."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from extractors.language import count_words
from extractors.reading.pages.markup import key_of, upwards, words_of

MIN_WORDS = 8  # a description of fewer is a label
MAX_WORDS = 90  # an element of more is a paragraph of the body, or holds several
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
    for element in tree.iter(*_HOLDERS):
        found = key_of(element.text_content())
        if found == first:
            return None
        if found != key and (len(key) < MIN_LETTERS or not found.startswith(key)):
            continue
        text = words_of(element)
        if count_words(text) <= MAX_WORDS and not any(one.tag in _ELSEWHERE for one in upwards(element)):
            return text
    return None
