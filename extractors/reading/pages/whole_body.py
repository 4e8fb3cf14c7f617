"""All of the body: what a reader sees of it, held against the text that was extracted, and what is missing put in.

Where the body stands in several containers of the same make, extraction keeps the first. The paragraphs that were
extracted show what those containers look like: a paragraph in another one like it is body too.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from extractors.language import count_words
from extractors.reading.pages.markup import key_of, names_of, upwards, words_of

MIN_WORDS = 6  # a paragraph of fewer words shows nothing of its container, and its absence is no loss
LINK_SHARE = 0.4  # of a paragraph's words: with more in links it is a list of other stories
KNOWN_PARAGRAPHS = 3  # so many extracted paragraphs show what a container of the body looks like
MISSING_SHARE = 0.05  # of the words seen: less is a caption or a note that extraction left out for a reason
MAX_PARAGRAPHS = 5_000
HOLDERS = 2  # a list stands in the body's own container, or alone in a box in it
SHINGLE = 12  # letters: two texts have so many in a row in common only where one has the other's words
SHINGLES = 4  # a paragraph of fewer is known only by all its words
KNOWN_SHARE = 0.5  # of a paragraph's shingles: a link or a drop cap written otherwise makes no other paragraph

_PARAGRAPHS = ("p", "li", "blockquote", "pre", "h2", "h3", "h4", "dd", "dt")
_FURNITURE_TAGS = frozenset(
    {"nav", "header", "footer", "aside", "form", "figure", "button", "noscript", "template", "dialog", "head", "table"}
)
_FURNITURE_NAME = re.compile(
    r"comment|relat(?!iv)|recommend|promo|newsletter|side-?bar|shar(?:e|ing)|social|footer|navi|menu|cookie|consent|banner|advert"
    r"|subscri|paywall|caption|credit|teaser|trending|most-?(?:read|popular)|read-?(?:more|next|also)|tags?(?:-|$)|bio(?:-|$)"
    r"|author|byline|breadcrumb|disclaimer|popup|modal|hidden|widget|outbrain|taboola|rail(?:-|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a text, and which share of what a reader sees of the body is in it (None: nothing tells)."""

    lines: tuple[str, ...]
    share: float | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A paragraph on the page: its words, the make of its container, and the extracted line that holds it.

    ``holders`` are the elements that it stands in itself; of an item of a list, those that the list stands in.
    """

    text: str
    key: str
    make: tuple[str, ...]
    line: int | None
    n_words: int
    holders: tuple[HtmlElement, ...]


def complete(tree: HtmlElement, lines: Sequence[str]) -> Body:
    """Return the extracted lines with the paragraphs of the body that are missing, each in its place."""
    index = _Lines(lines)
    seen = [one for one in _paragraphs(tree, index) if one.n_words >= MIN_WORDS]
    makes = Counter(one.make for one in seen if one.line is not None)
    holders = Counter(one.holders[0] for one in seen if one.line is not None and one.holders)
    body = [one for one in seen if one.line is not None or _is_body(one, makes, holders)]
    n_known = sum(one.n_words for one in body if one.line is not None)
    n_seen = sum(one.n_words for one in body)
    if not n_known:
        return Body(tuple(lines), None)
    if n_seen - n_known < MISSING_SHARE * n_seen:
        return Body(tuple(lines), round(n_known / n_seen, 3))
    return Body(tuple(_merged(lines, body)), 1.0)


def _is_body(one: _Seen, makes: Counter[tuple[str, ...]], holders: Counter[HtmlElement]) -> bool:
    """Tell whether a missing paragraph is in a container like those of the body, or is a list in that of the body."""
    is_list = one.make[0] == "li" and any(holders[holder] >= KNOWN_PARAGRAPHS for holder in one.holders)
    return is_list or makes[one.make] >= KNOWN_PARAGRAPHS


def _merged(lines: Sequence[str], body: Sequence[_Seen]) -> Iterator[str]:
    """Yield the lines with what is missing after the one that it follows on the page."""
    missing: dict[int, list[str]] = {}
    last, keys = -1, set[str]()
    for one in body:
        if one.line is not None:
            last = max(last, one.line)
        elif one.key not in keys:
            keys.add(one.key)
            missing.setdefault(last, []).append(one.text)
    yield from missing.get(-1, ())
    for number, line in enumerate(lines):
        yield line
        yield from missing.get(number, ())


class _Lines:
    """Extracted lines, to be found by the words of a paragraph."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._by_key = {key_of(line): number for number, line in reversed(list(enumerate(lines)))}
        self._starts: list[int] = []
        pieces, at = [], 0
        for line in lines:
            self._starts.append(at)
            pieces.append(key_of(line))
            at += len(pieces[-1])
        self._all = "".join(pieces)
        self._shingles = {self._all[at : at + SHINGLE]: at for at in range(len(self._all) - SHINGLE, -1, -1)}

    def find(self, key: str) -> int | None:
        """Return the line that holds these words, or most of them; None where none does."""
        if key in self._by_key:
            return self._by_key[key]
        at = self._all.find(key)
        if at >= 0:
            return bisect_right(self._starts, at) - 1
        places = [self._shingles.get(key[start : start + SHINGLE]) for start in range(0, len(key) - SHINGLE, SHINGLE)]
        found = [place for place in places if place is not None]
        if len(places) < SHINGLES:
            return None
        return bisect_right(self._starts, found[0]) - 1 if len(found) > KNOWN_SHARE * len(places) else None


def _paragraphs(tree: HtmlElement, index: _Lines) -> Iterator[_Seen]:
    """Yield the paragraphs of a page, those of its furniture left out, in their order."""
    read = [(element, words_of(element)) for element in islice(tree.iter(*_PARAGRAPHS), MAX_PARAGRAPHS)]
    found = [(element, text, index.find(key_of(text))) for element, text in read if count_words(text) >= MIN_WORDS]
    furniture = _Furniture([element for element, _, line in found if line is not None])
    for element, text, line in found:
        if _holds_paragraphs(element) or furniture.holds(element):
            continue
        n_words = count_words(text)
        if line is not None or _n_linked(element) <= LINK_SHARE * n_words:
            yield _Seen(text, key_of(text), _make(element), line, n_words, _holders(element))


def _holders(element: HtmlElement) -> tuple[HtmlElement, ...]:
    n_lists = 1 if element.tag == "li" else 0
    return tuple(islice(element.iterancestors(), n_lists, n_lists + HOLDERS))


def _holds_paragraphs(element: HtmlElement) -> bool:
    return element.tag in ("li", "blockquote", "dd") and next(element.iterdescendants("p", "li"), None) is not None


class _Furniture:
    """What stands around a body, by tags and names; a name that the body itself bears says nothing."""

    def __init__(self, body: Sequence[HtmlElement]) -> None:
        counts = Counter(name for element in body for name in {n for one in upwards(element) for n in names_of(one)})
        self._borne = {name for name, count in counts.items() if count >= KNOWN_PARAGRAPHS}
        self._known: dict[HtmlElement, bool] = {}

    def holds(self, element: HtmlElement) -> bool:
        """Tell whether an element stands in furniture, by its own names or those of what holds it."""
        for one in upwards(element):
            if one not in self._known:
                self._known[one] = self._is(one)
            if self._known[one]:
                return True
        return False

    def _is(self, element: HtmlElement) -> bool:
        if element.tag in ("body", "html", "article", "main"):
            return False
        is_hidden = "display:none" in (element.get("style") or "").replace(" ", "") or element.get("hidden") is not None
        names = (name for name in names_of(element) if name not in self._borne)
        return is_hidden or element.tag in _FURNITURE_TAGS or any(map(_FURNITURE_NAME.search, names))


def _n_linked(element: HtmlElement) -> int:
    return sum(count_words(link.text_content()) for link in element.iter("a"))


def _make(element: HtmlElement) -> tuple[str, ...]:
    """Return what a paragraph's container looks like: its tag and class, and those of the one around it."""
    holders = list(element.iterancestors())[:2]
    return (element.tag if element.tag in ("p", "li") else "p", *(_looks(one) for one in holders))


def _looks(element: HtmlElement) -> str:
    classes = sorted(re.sub(r"\d+", "0", one) for one in (element.get("class") or "").split())
    return " ".join((str(element.tag), *classes))
