"""The lines above an article: title, byline, date, standfirst."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from extractors.layout import greeting, is_question
from extractors.model import Moment
from extractors.reading.published import find_line_date, is_date_line
from extractors.reading.texts.boilerplate import REPORTING
from extractors.reading.texts.bylines import read_byline
from extractors.reading.texts.plaintext import Piece

TITLE_WORDS = 30
QUESTION_WORDS = 16  # a title may end in a question mark; a longer line that does is a paragraph

_FIELD = re.compile(
    r"(?P<key>title|headline|author|by|byline|date|published|publication date|source|outlet|publisher|url|link|section"
    r"|language)\s?: +(?P<value>\S.*)",
    re.IGNORECASE,
)
_FIELD_KEYS = {
    "headline": "title",
    "by": "author",
    "byline": "author",
    "published": "date",
    "publication date": "date",
    "source": "outlet",
    "publisher": "outlet",
    "link": "url",
}
_MARKUP = re.compile(r"^(?:#{1,6}\s+|\*\*|__|=+\s)|(?:\*\*|__|\s#+|\s=+)$")
_INNER_END = re.compile(r"[.!?]\s")
_QUESTION_END = re.compile(r"[?？][\"”’')\]]*$")


@dataclass(slots=True)
class Head:
    """What the lines above the body say; ``marks`` are the pieces that they are, with the reason each is no body."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    section: str | None = None
    published: Moment | None = None
    marks: list[tuple[int, str]] = field(default_factory=list)


def read_head(
    pieces: Sequence[Piece], reasons: Sequence[str | None], is_body: Callable[[Piece], bool], *, cautious: bool = False
) -> Head:
    """Read the lines before the first paragraph of the body; ``cautious`` stops at the first line of unknown kind."""
    head = Head()
    for index in _head_indexes(pieces, reasons, is_body):
        reason = _read_line(pieces, index, head)
        if reason is None and cautious:
            break
        head.marks.append((index, reason or _leftover(head)))
    return head


def _head_indexes(
    pieces: Sequence[Piece], reasons: Sequence[str | None], is_body: Callable[[Piece], bool]
) -> Iterator[int]:
    has_title = False
    for index, piece in enumerate(pieces):
        if reasons[index] is not None:
            continue
        is_title = not has_title and _can_be_title(pieces, index)
        if is_body(piece) and not is_title and not _is_label(piece, below_title=has_title):
            return
        if has_title and (is_question(piece.text) or greeting([piece.text])):
            return
        has_title = has_title or is_title
        yield index


def _can_be_title(pieces: Sequence[Piece], index: int) -> bool:
    """Tell whether a line above the body is a title by its shape; it may end in a question mark or initials."""
    piece = pieces[index]
    if index + 1 == len(pieces) or piece.n_words > TITLE_WORDS or pieces[index + 1].text[0].islower():
        return False
    if REPORTING.search(piece.text):
        return False
    if not piece.ends_sentence or piece.ends_initialism:
        return True
    is_question = bool(_QUESTION_END.search(piece.text)) and not _INNER_END.search(piece.text)
    return is_question and piece.n_words <= QUESTION_WORDS and piece.text[0] not in '"“«'


def _is_label(piece: Piece, *, below_title: bool) -> bool:
    if _FIELD.fullmatch(piece.text) or is_date_line(piece.folded):
        return True
    return read_byline(piece, below_title=below_title) is not None


def _read_line(pieces: Sequence[Piece], index: int, head: Head) -> str | None:
    piece = pieces[index]
    if labelled := _FIELD.fullmatch(piece.text):
        return _read_field(labelled, head)
    if is_date_line(piece.folded):
        head.published = head.published or find_line_date(piece.folded)
        return "date"
    if byline := read_byline(piece, below_title=head.title is not None):
        head.author = head.author or byline.author
        head.published = head.published or find_line_date(piece.folded)
        return "byline"
    if head.title is None and _can_be_title(pieces, index):
        head.title = _MARKUP.sub("", piece.text).strip() or piece.text
        return "title"
    return None


def _read_field(labelled: re.Match[str], head: Head) -> str:
    key = labelled["key"].casefold()
    key = _FIELD_KEYS.get(key, key)
    value = labelled["value"].strip()
    if key == "date":
        head.published = head.published or find_line_date(value)
    elif key != "language" and getattr(head, key) is None:
        setattr(head, key, value)
    return key if key in ("title", "date") else "byline"


def _leftover(head: Head) -> str:
    """Name a line above the body that is nothing else: right below the title a standfirst, further down a caption."""
    return "standfirst" if head.marks and head.marks[-1][1] == "title" else "caption"
