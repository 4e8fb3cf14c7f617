"""Lines that extraction took along though they are no part of the article, told by where they stand on the page.

Links to other stories, boxes that name themselves, notes in the place of embeds, the next article of an endless page:
lists, captions and boxes of facts are the editors' own words and stay.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from extractors.language import count_words
from extractors.reading.pages.markup import key_of, lines_of, names_of, upwards
from extractors.reading.pages.walls import asks_to_subscribe

LINKED_SHARE = 0.9  # of a line's words: with so many in links it names another story
LINKED_WORDS = 4  # a link of fewer is a name or a place that the text mentions
BORNE_SHARE = 0.3  # of the text's words: a name over so much of it is no box's
REPEATED_WORDS = 12  # prose of so many words is written once; where it comes again, the page shows it twice
TWICE = 2  # what comes more often is a question to many, a direction, a refrain
LIST_WORDS = 4  # to each comma: with fewer, a line is a list
BOXES = 4  # around a line that may be a card's
CARD_CHARS = 600  # of a teaser with the headline it stands under
NOTICE_WORDS = 40  # an offer to subscribe has fewer, a report on one has more
MAX_SHARE = 0.6  # of the words: where more would go, the signs mislead
MIN_KEPT = 30  # words: what would leave less is no article beside another one
MAX_ELEMENTS = 10_000
MAX_LABEL = 80  # characters before a link
MAX_LINES = 8  # times the longest line: an element of more text holds many
MIN_TITLE = 8  # letters by which a headline is known

_HOLDERS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "blockquote", "figcaption", "dd", "dt", "td", "div", "span", "a")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_PARAGRAPHS = _HEADINGS | {"p", "li", "figcaption", "dd", "dt"}
_BLOCKS = frozenset({"p", "li", "ul", "ol", "div", "section", "article", "table", "h1", "h2", "h3", "h4", "blockquote"})
_BOX_NAME = re.compile(
    r"comment|related|recommend|promo(?:$|[-_])|newsletter|side-?bar|copyright|credits?(?:$|[-_])"
    r"|popular|trending|most-?read|read-?(?:more|next|also)|author[-_]{0,2}(?:bio|box|info|card)|about-?author|bio(?:$|[-_]|graphy)"
    r"|breadcrumb|popup|modal|outbrain|taboola|placeholder|more-?(?:from|stories|news)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[,;、，；·|]")
_LABEL = re.compile(r"\W*\w+(?:\W+\w+){0,3}\W*[:：]\W*")


@dataclass(frozen=True, slots=True)
class Sorted:
    """The lines of the article, and those that only stood around it."""

    kept: tuple[str, ...]
    left_out: tuple[str, ...]


def sort_lines(tree: HtmlElement, lines: Sequence[str], titles: Sequence[str]) -> Sorted:
    """Take the lines apart; where that would cost much of the text, all are kept."""
    keys = [key_of(line) for line in lines]
    page = _Page(tree, dict(zip(keys, lines, strict=True)), titles)
    times = Counter(keys)
    seen: set[str] = set()
    kept: list[str] = []
    left_out: list[str] = []
    for line, key in zip(lines, keys, strict=True):
        is_again = key in seen and times[key] == TWICE and _is_prose(line)
        seen.add(key)
        is_out = is_again or page.is_beside(key) or _is_notice(line)
        (left_out if is_out else kept).append(line)
    is_most = _n_words(left_out) > MAX_SHARE * _n_words(lines)
    if (is_most and not page.has_other_articles) or _n_words(kept) < MIN_KEPT:
        return Sorted(tuple(lines), ())
    return Sorted(tuple(kept), tuple(left_out))


def _n_words(lines: Sequence[str]) -> int:
    return sum(map(count_words, lines))


def _is_prose(line: str) -> bool:
    """Tell whether a line is no row of names: the same towns may be named twice."""
    n_words = count_words(line)
    return n_words >= REPEATED_WORDS and LIST_WORDS * len(_SEPARATOR.findall(line)) <= n_words


def _is_notice(line: str) -> bool:
    return count_words(line) <= NOTICE_WORDS and asks_to_subscribe(line) is not None


class _Page:
    """Where the lines of a text stand on its page."""

    def __init__(self, tree: HtmlElement, lines: Mapping[str, str], titles: Sequence[str]) -> None:
        self._places = _places(tree, lines.keys())
        self._borne = _borne_names(lines, self._places)
        self._others = _other_articles(tree, titles)
        self.has_other_articles = bool(self._others)
        self._known: dict[HtmlElement, bool] = {}

    def is_beside(self, key: str) -> bool:
        """Tell whether all the places of a line are beside the article."""
        places = self._places.get(key, ())
        return bool(places) and all(map(self._is_place_beside, places))

    def _is_place_beside(self, element: HtmlElement) -> bool:
        return any(map(self._is_box, upwards(element))) or _is_linked(element)

    def _is_box(self, element: HtmlElement) -> bool:
        """Tell whether an element is another article, or calls itself something else."""
        if element not in self._known:
            names = () if element.tag == "body" else [one for one in names_of(element) if one not in self._borne]
            self._known[element] = element in self._others or any(map(_BOX_NAME.search, names))
        return self._known[element]


def _places(tree: HtmlElement, keys: Collection[str]) -> Mapping[str, list[HtmlElement]]:
    """Return the elements that hold each line and nothing else."""
    longest = max(map(len, keys), default=0)
    found: defaultdict[str, list[HtmlElement]] = defaultdict(list)
    for number, element in enumerate(tree.iter(*_HOLDERS)):
        if number >= MAX_ELEMENTS:
            break
        if not _may_be_line(element):
            continue
        for key in _keys_of(element, longest):
            if key in keys:
                found[key].append(element)
    return found


def _may_be_line(element: HtmlElement) -> bool:
    """Tell whether an element may be what a line came from: a paragraph, or words that stand in no paragraph."""
    if element.tag in ("span", "a") and element.getparent().tag in _PARAGRAPHS:
        return False
    return element.tag in _PARAGRAPHS or not any(child.tag in _BLOCKS for child in element)


def _keys_of(element: HtmlElement, longest: int) -> set[str]:
    """Return the key of an element's text, and those of its lines where it has several."""
    text = element.text_content()
    if len(text) > MAX_LINES * longest:
        return set()
    parts = lines_of(element) if "\n" in text or next(element.iter("br"), None) is not None else []
    return {key_of(text), *map(key_of, parts)}


def _borne_names(lines: Mapping[str, str], places: Mapping[str, list[HtmlElement]]) -> set[str]:
    """Return the names over much of the text, each line counted once."""
    counts: Counter[str] = Counter()
    n_words = 0
    for key, line in lines.items():
        weight = count_words(line)
        n_words += weight
        for name in {name for element in places.get(key, ())[:1] for name in _all_names(element)}:
            counts[name] += weight
    return {name for name, count in counts.items() if count >= BORNE_SHARE * n_words}


def _all_names(element: HtmlElement) -> Iterator[str]:
    for one in upwards(element):
        yield from names_of(one)


def _is_linked(element: HtmlElement) -> bool:
    """Tell whether an element leads away: nearly all its words do, all behind a label do, or it is a card."""
    if element.tag in _HEADINGS:  # of a body that lists things, each with its address, or of a card
        return _is_card(element)
    text = element.text_content().strip()
    n_words = count_words(text)
    if n_words < LINKED_WORDS:
        return False
    if _is_card(element) or any(map(_leads_away, upwards(element))):
        return True
    links = [link.text_content().strip() for link in element.iter("a") if _leads_away(link)]
    linked = [link for link in links if count_words(link) >= LINKED_WORDS]
    if sum(map(count_words, linked)) >= LINKED_SHARE * n_words:
        return True
    return len(linked) == 1 and text.endswith(linked[0]) and _is_label(text.removesuffix(linked[0]))


def _is_label(text: str) -> bool:
    return len(text) <= MAX_LABEL and _LABEL.fullmatch(text) is not None


def _is_card(element: HtmlElement) -> bool:
    """Tell whether an element stands in a small box under a headline that leads to another page."""
    boxes = list(upwards(element))[element.tag in _HEADINGS : BOXES]
    for box in boxes:
        if _is_longer(box, CARD_CHARS):
            return False
        headings = [one for one in box.iter("h2", "h3", "h4", "h5") if any(map(_leads_away, one.iter("a")))]
        if headings or box.tag in ("article", "main", "body"):
            return bool(headings)
    return False


def _is_longer(element: HtmlElement, limit: int) -> bool:
    """Tell whether an element holds more characters, reading no more of it than that takes."""
    n_chars = 0
    for part in element.itertext():
        n_chars += len(part)
        if n_chars > limit:
            return True
    return False


def _leads_away(element: HtmlElement) -> bool:
    return element.tag == "a" and not (element.get("href") or "#").startswith("#")


def _other_articles(tree: HtmlElement, titles: Sequence[str]) -> set[HtmlElement]:
    """Return the articles that follow the page's own, each under its own first heading."""
    articles = [one for one in tree.iter("article") if next(one.iterancestors("article"), None) is None]
    headings = {
        one: key_of(heading.text_content()) for one in articles if (heading := next(one.iter("h1"), None)) is not None
    }
    own = {one for one, heading in headings.items() if any(_is_same(heading, key_of(title)) for title in titles)}
    return set(headings) - own if own else set()


def _is_same(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= MIN_TITLE and (one in other or other in one)
