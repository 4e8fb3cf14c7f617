"""What of a page's text is not the article: headings, captions, buttons, lists of links, the writer's portrait.

Rules look at shape, position, length and punctuation, and at the known words of ``boilerplate``; where they are unsure
the piece stays in the article. Every dropped piece is kept on record with its reason.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from extractors.layout import labels_of
from extractors.model import Dropped
from extractors.reading.texts import boilerplate
from extractors.reading.texts.headlines import Head, read_head
from extractors.reading.texts.plaintext import Piece

BODY_WORDS = 4  # the shortest sentence that opens a body: below it even a full stop may belong to a label
LONG_WORDS = 26  # a line this long is text even without a full stop; the longest pull quotes stay below
CAPTION_WORDS = 60
BIO_WORDS = 70
PUNCTUATED_SHARE = 0.6  # only where most long paragraphs end in a full stop does its absence mean anything
LINK_SENTENCE_WORDS = 12  # two such sentences in a row after a box of links: the article goes on
PULL_QUOTE_WORDS = 40
MAX_LINE = 500  # characters; the longest notices of copyright stay below
MAX_REPEATS = 400  # paragraphs; beyond this a text is a collection, and comparing all with all costs seconds
LIST_LINES = 3  # headings come alone or in pairs

_PATTERNS = tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in boilerplate.CERTAIN)
_ANY_PATTERN = re.compile("|".join(f"(?:{pattern})" for _, pattern in boilerplate.CERTAIN), re.IGNORECASE)
_LETTER = re.compile(r"[^\W_]")
_LINK_ONLY = re.compile(r"(?:(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.\w+|(?:[#@]\w+[\s,]*)+)", re.IGNORECASE)
_SWITCH_PARTS = re.compile(r"[\s|/·•,]+")
_POST_LINK = re.compile(
    r"https?://|\bpic\.twitter\.com/|\bt\.me/"
)  # a post that was copied with its link is somebody's words
_LIST_ITEM = re.compile(r"(?:[QA][:.]|[-–—•*·▪►>]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s|[a-z]")
_INNER_SENTENCE = re.compile(r"[a-z]{3,}[.!?]['\"”’)]* +['\"“‘(]*[A-Z]")
_CLOSING_QUOTE = re.compile(r"[\"”»][\])]?$")


@dataclass(slots=True)
class Sorting:
    """The pieces of one text with the reason for each that goes; None stays."""

    pieces: Sequence[Piece]
    reasons: list[str | None] = field(default_factory=list)
    head: Head = field(default_factory=Head)

    def __post_init__(self) -> None:
        self.reasons = [certain_reason(piece) for piece in self.pieces]

    def kept(self) -> list[int]:
        """Return the indexes of the pieces that stay."""
        return [index for index, reason in enumerate(self.reasons) if reason is None]

    def dropped(self) -> tuple[Dropped, ...]:
        """Return what goes, in order."""
        return tuple(
            Dropped(reason, piece.text, piece.span)
            for piece, reason in zip(self.pieces, self.reasons, strict=True)
            if reason is not None
        )


def sort_pieces(pieces: Sequence[Piece], *, cautious: bool = False) -> Sorting:
    """Tell article from furniture; ``cautious`` drops only the title and what is certain."""
    sorting = Sorting(pieces)
    steps: tuple[Callable[[Sorting], None], ...] = (_mark_captions, _mark_head, _mark_tail, _mark_repeats, _mark_bio)
    steps = (_mark_cautious_head,) if cautious else (*steps, _mark_headings)
    for step in steps:
        before = list(sorting.reasons)
        step(sorting)
        if not sorting.kept():  # nothing but headings: then they are the text
            sorting.reasons, sorting.head = before, Head()
    return sorting


def certain_reason(piece: Piece) -> str | None:
    """Return why a piece is furniture wherever it stands, None where its words alone do not tell."""
    line = piece.folded
    if not _LETTER.search(line):
        return "ornament"
    if _is_language_switch(line):
        return "language-switch"
    if _LINK_ONLY.fullmatch(line):
        return "link"
    if len(line) > MAX_LINE or not _ANY_PATTERN.fullmatch(line):
        return None
    return next((reason for reason, pattern in _PATTERNS if pattern.fullmatch(line)), None)


def _is_language_switch(line: str) -> bool:
    parts = [part for part in _SWITCH_PARTS.split(line) if part]
    if not 2 <= len(parts) <= 40:
        return False
    return all(
        part.casefold() in boilerplate.LANGUAGE_NAMES
        or (part.isupper() and part.casefold() in boilerplate.LANGUAGE_CODES)
        for part in parts
    )


def is_body(piece: Piece) -> bool:
    """Tell whether a piece reads as a paragraph of an article."""
    return (piece.ends_sentence and piece.n_words >= BODY_WORDS) or piece.n_words >= LONG_WORDS


def _mark_captions(sorting: Sorting) -> None:
    """Mark captions: by the credit at their end, or by the credit line right below them."""
    for index, piece in enumerate(sorting.pieces):
        if sorting.reasons[index] is None and _ends_in_credit(piece):
            sorting.reasons[index] = "caption"
    for index in range(len(sorting.pieces) - 1):
        piece, following = sorting.pieces[index], sorting.pieces[index + 1]
        is_open = not piece.ends_sentence or _stands_alone(sorting.pieces, index, 2)
        if (
            sorting.reasons[index] is None
            and sorting.reasons[index + 1] == "credit"
            and piece.block == following.block
            and piece.n_words <= CAPTION_WORDS
            and is_open
        ):
            sorting.reasons[index] = "caption"


def _stands_alone(pieces: Sequence[Piece], index: int, n_pieces: int) -> bool:
    """Tell whether the block of a piece holds just ``n_pieces``, in a text that parts paragraphs by blank lines."""
    block = pieces[index].block
    return block > 0 and sum(piece.block == block for piece in pieces[max(0, index - 3) : index + 4]) == n_pieces


def _ends_in_credit(piece: Piece) -> bool:
    if piece.n_words > CAPTION_WORDS:
        return False
    line = piece.folded
    if boilerplate.CREDIT_TAIL.search(line):
        return True
    return bool(boilerplate.AGENCY_TAIL.search(line) and boilerplate.IN_PICTURE.search(line))


def _mark_head(sorting: Sorting, *, cautious: bool = False) -> None:
    """Mark title, byline, dates and what else stands before the first paragraph."""
    sorting.head = read_head(sorting.pieces, sorting.reasons, is_body, cautious=cautious)
    for index, reason in sorting.head.marks:
        sorting.reasons[index] = reason


def _mark_cautious_head(sorting: Sorting) -> None:
    _mark_head(sorting, cautious=True)


def _mark_tail(sorting: Sorting) -> None:
    """Mark lists of links, comment boxes and portraits, from their heading on."""
    pieces, reasons = sorting.pieces, sorting.reasons
    has_body = False
    end = 0  # of the last box: a heading inside it ends where the box does
    for index, piece in enumerate(pieces):
        heading = _tail_heading(piece)
        if heading is None or reasons[index] not in (None, "social", "related", "toolbar"):
            has_body = has_body or (reasons[index] is None and is_body(piece))
            continue
        reasons[index] = heading
        if not has_body or (index < end and heading != "comments"):
            continue
        end = len(pieces) if heading == "comments" else _end_of_links(pieces, index + 1)
        for later in range(index + 1, end):
            reasons[later] = reasons[later] or heading
        if end == len(pieces):
            return


def _tail_heading(piece: Piece) -> str | None:
    if piece.n_words > 10:
        return None
    line = piece.folded
    if boilerplate.COMMENT_HEADS.fullmatch(line):
        return "comments"
    if boilerplate.RELATED_HEADS.fullmatch(line):
        return "related"
    return "bio" if boilerplate.AUTHOR_HEADS.fullmatch(line) else None


def _end_of_links(pieces: Sequence[Piece], start: int) -> int:
    """Return where a box of links ends: at two full sentences in a row, or with the text."""
    for index in range(start, len(pieces) - 1):
        if all(piece.ends_sentence and piece.n_words >= LINK_SENTENCE_WORDS for piece in pieces[index : index + 2]):
            return index
    return len(pieces)


def _mark_headings(sorting: Sorting) -> None:
    """Mark subheadings and pull quotes: short, without a full stop, in a text whose paragraphs have them."""
    kept = sorting.kept()
    long = [sorting.pieces[index] for index in kept if sorting.pieces[index].n_words >= 15]
    if not long or sum(piece.ends_sentence for piece in long) < PUNCTUATED_SHARE * len(long):
        return
    labelled = labels_of([sorting.pieces[index].text for index in kept])
    labels = {index for index, label in zip(kept, labelled, strict=True) if label is not None}

    def is_heading_at(place: tuple[int, int]) -> bool:
        return place[1] not in labels and _is_heading(sorting.pieces[place[1]])

    for is_heading, group in groupby(enumerate(kept), key=is_heading_at):
        run = list(group)
        if is_heading and not _is_list(sorting, kept, run[0][0], run[-1][0]):
            for _, index in run:
                sorting.reasons[index] = "subheading"


def _is_list(sorting: Sorting, kept: Sequence[int], first: int, last: int) -> bool:
    """Tell whether a run of lines without full stops is a list: one that a colon opens, or a long one amid the text."""
    is_opened = first > 0 and sorting.pieces[kept[first - 1]].text.endswith((":", "："))
    return is_opened or (last - first + 1 >= LIST_LINES and last + 1 < len(kept))


def _is_heading(piece: Piece) -> bool:
    line = piece.text
    return not (
        piece.n_words >= LONG_WORDS
        or piece.ends_sentence
        or line[-1] in ",;"
        or _LIST_ITEM.match(line)
        or _CLOSING_QUOTE.search(line)
        or _INNER_SENTENCE.search(line)
        or _POST_LINK.search(line)
        or boilerplate.REPORTING.search(line)
    )


def _mark_repeats(sorting: Sorting) -> None:
    """Mark pull quotes that say again what a longer paragraph says, and the title where it stands twice."""
    kept = sorting.kept()
    if len(kept) > MAX_REPEATS:
        return
    folded = {index: _bare(sorting.pieces[index]) for index in kept}
    longer = [folded[index] for index in kept if is_body(sorting.pieces[index])]
    for index in kept:
        piece = sorting.pieces[index]
        if not 6 <= piece.n_words <= PULL_QUOTE_WORDS or not folded[index]:
            continue
        if sorting.head.title and folded[index] == _bare_text(sorting.head.title):
            sorting.reasons[index] = "title"
        elif any(len(other) > len(folded[index]) and folded[index] in other for other in longer):
            sorting.reasons[index] = "pull-quote"


def _bare(piece: Piece) -> str:
    return _bare_text(piece.folded)


def _bare_text(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))


def _mark_bio(sorting: Sorting) -> None:
    """Mark the lines at the end that introduce the writer."""
    kept = sorting.kept()
    for position, index in reversed(list(enumerate(kept))[1:][-3:]):
        others = " ".join(sorting.pieces[i].folded for i in kept[:position])
        if not _is_bio(sorting.pieces[index], sorting.head.author, others):
            return
        sorting.reasons[index] = "bio"


def _is_bio(piece: Piece, author: str | None, others: str) -> bool:
    line = piece.folded
    if piece.n_words > BIO_WORDS:
        return False
    if author and line.casefold().startswith(author.casefold()):
        rest = line[len(author) :]
        return rest.startswith((",", " is ", " was ", " -")) and _last_name(author) not in others
    name = re.match(r"(?:Dr\.? |Prof\.? )?((?:[A-Z][\w.'-]+ ){1,3}[A-Z][\w'-]+)(?:,| is\b| was\b)", line)
    if not name or _last_name(name[1]) in others:
        return False
    return bool(boilerplate.BIO_CERTAIN.search(line) or (boilerplate.BIO.search(line) and piece.n_words <= 40))


def _last_name(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1]
