"""Who wrote it: the shapes of a byline."""

import re
from dataclasses import dataclass

from extractors.reading.published import is_date_line
from extractors.reading.texts.plaintext import Piece

BYLINE_WORDS = 15

_PARTICLE = r"(?: (?:de|del|van|von|der|den|al|bin|ibn|la|le|da|dos|di|ter))?"
_NAME = rf"(?:[^\W\d_a-z][\w.'’-]*{_PARTICLE})"
_NAMES = rf"{_NAME}(?: {_NAME}){{0,4}}(?:(?:,| and| &| with) {_NAME}(?: {_NAME}){{0,4}}){{0,5}}"
_VERB = (
    r"(?:[Bb]y|BY|[Ff]rom|[Aa]uthor|[Rr]eporter"
    r"|(?:[Ww]ritten|[Ss]tory|[Aa]nalysis|[Oo]pinion|[Cc]ommentary|[Rr]eported) by)"
)
_PREFIXED = re.compile(rf"{_VERB}\s?:? (?P<author>{_NAMES})(?P<rest>[\s,|/(–—-].*)?")
_NAME_AND_REST = re.compile(rf"(?P<author>{_NAME}(?: {_NAME}){{1,3}})\s?(?:,|\||·|•|–|—|-) ?(?P<rest>.+)")
_NAME_ALONE = re.compile(rf"(?P<author>{_NAME}(?: {_NAME}){{1,3}})")
_NO_NAME = re.compile(r"\w\w\.")  # a full stop after more than an initial: two phrases, not a name
_POST = re.compile(
    r"\b(?:correspondent|reporter|editor|staff|writer|columnist|contributor|bureau|journalist|analyst|agency|news|times|post"
    r"|herald|daily)\b|\S+@\S+",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"(?:by |from )?(?:our |the )?(?:own )?"
    r"(?:staff(?: reports?)?|news ?desk|agencies|web desk|foreign desk|news ?room|editorial board|online desk"
    r"|(?:special |staff |foreign |diplomatic |our )+(?:correspondent|reporter|writer)s?"
    r"|(?:ap|afp|reuters|yonhap|tass|xinhua|kcna|kyodo|dpa|upi|bloomberg)(?: news(?: agency)?)?)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """A line that says who wrote the article; ``author`` is None where it names only a desk or an agency."""

    author: str | None


def read_byline(piece: Piece, *, below_title: bool) -> Byline | None:
    """Read a line as a byline, None where it is something else; a bare name is one only below the title."""
    line = piece.text
    if piece.n_words > BYLINE_WORDS or (piece.ends_sentence and not piece.ends_initialism):
        return None
    if found := _PREFIXED.fullmatch(line):
        return Byline(found["author"])
    if _DESK.fullmatch(piece.folded):
        return Byline(None)
    return _read_bare_byline(piece.text) if below_title else None


def _read_bare_byline(line: str) -> Byline | None:
    found = _NAME_AND_REST.fullmatch(line)
    if found and (is_date_line(found["rest"]) or _POST.search(found["rest"])):
        return Byline(found["author"])
    if (found := _NAME_ALONE.fullmatch(line)) and not line.isupper() and not _NO_NAME.search(line):
        return Byline(found["author"])
    return None
